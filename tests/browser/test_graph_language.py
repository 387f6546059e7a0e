"""In every language: what is shown changes in place, errors too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.graph import open_graph
from tests.browser.wait import until


def test_what_the_server_refuses_is_said_in_the_language_of_the_page_and_switches_with_it(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(locale="zh-CN")
    open_graph(page, "two-apples")
    page.locator("#formula textarea").fill("z = foo(2)")
    said = page.locator("#formula .refusal")
    expect(said).to_contain_text("没有叫 'foo' 的运算")
    page.locator("#language").select_option("ja")
    expect(said).to_contain_text("'foo' という演算はありません")
    page.locator("#formula textarea").fill("z = np.array([[1, 2, 3]]) @ np.array([[1, 2]])")
    callout = page.locator(".callout")
    expect(callout).to_contain_text("matmul では隣り合う長さが等しくなければなりません")
    page.locator("#language").select_option("en")
    expect(callout).to_contain_text("matmul needs equal inner lengths")
    page.locator("#formula textarea").fill("z = log(0)")
    expect(page.locator("#notices")).to_contain_text("the value of z is not finite")
    page.locator("#language").select_option("zh")
    expect(page.locator("#notices")).to_contain_text("z 的值不是有限的数")


def test_what_the_page_itself_sees_wrong_changes_its_language_in_place(page: Page) -> None:
    open_graph(page, "two-apples")
    page.locator('[data-node-id="apple"]').click(position={"x": 3, "y": 3})
    page.locator("#canvas").press("Delete")
    callout = page.locator(".callout")
    expect(callout).to_contain_text("has no value: drag a wire to it.")
    page.locator("#language").select_option("ja")
    expect(callout).not_to_contain_text("has no value")
    expect(callout).to_contain_text("値")


def test_what_is_wrong_is_said_inside_the_drawing(page: Page) -> None:
    open_graph(page, "softmax-with-loss-opened")
    page.locator(".node.is-input").first.click(position={"x": 3, "y": 3})
    page.locator("#canvas").press("Delete")
    inside = """() => {
      const [callout, canvas] = [".callout", "#canvas"].map((s) => document.querySelector(s).getBoundingClientRect());
      return callout.left >= canvas.left && callout.right <= canvas.right && callout.bottom <= canvas.bottom;
    }"""
    expect(page.locator(".callout")).to_be_visible()
    page.wait_for_function(inside)


# What each state of the page does first; each is looked at by axe in every language, light and dark.
STATES: dict[str, Callable[[Page], object]] = {
    "nothing chosen": lambda page: None,
    "a node": lambda page: page.locator('[data-node-id="Y"]').click(),
    "a cell, wide": lambda page: (
        page.locator('[data-node-id="Y"]').click(),
        page.locator("#inspector figure [data-n='1']").last.click(),
        page.locator("#inspector .expand").click(),
    ),
    "an array": lambda page: page.locator('[data-node-id="B"] .press').click(),
    "the check": lambda page: (
        page.locator("[aria-controls=check]").click(),
        page.locator("[data-check]").first.wait_for(),
    ),
    "the palette": lambda page: page.locator("#canvas").press("/"),
    "the name": lambda page: page.locator("#actions button").first.click(),
    "a wrong formula": lambda page: (
        page.locator("#formula textarea").fill("z = foo(1"),
        page.locator("#formula .refusal").filter(has_text="(").wait_for(),
    ),
}


@pytest.mark.parametrize(("locale", "scheme"), [("en-US", "dark"), ("zh-CN", "light"), ("ja-JP", "dark")])
def test_axe_finds_nothing_in_any_state(new_page: Callable[..., Page], locale: str, scheme: str) -> None:
    page = new_page(locale=locale, color_scheme=scheme, reduced_motion="reduce")
    for name, reach in STATES.items():
        open_graph(page, "affine-batch")
        reach(page)
        page.wait_for_timeout(400)
        assert violations(page) == [], name


def test_no_english_is_left_after_a_switch_in_place(page: Page) -> None:
    open_graph(page, "apples-and-oranges")
    page.locator("#language").select_option("zh")
    expect(page.get_by_role("button", name="播放", exact=True)).to_be_visible()
    # Words of Latin letters, but for what is typed, drawn as a symbol, or has no other name.
    words = """(() => {
          const own = "script, code, kbd, textarea, .mirror, .lines, .symbol, .brand, .katex, option, .gallery, .menu";
          const texts = [...document.querySelectorAll("body *")].filter((element) => !element.closest(own))
            .flatMap((element) => [
              ...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
              ...["aria-label", "title", "placeholder"].map((name) => element.getAttribute(name) ?? ""),
            ]);
          return [...new Set(texts.flatMap((text) => text.match(/[A-Za-z]{3,}/g) ?? []))];
        })()"""
    names = ["mul", "add", "Shift", "Alt", "MNIST", "JSON", "SVG", "PNG", "LaTeX", "TikZ", "Python", "PyTorch"]
    # The drawing is in the new language a frame after the buttons.
    until(page, f"{words}.every((word) => {names}.includes(word))", 10)
