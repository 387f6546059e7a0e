"""Walking: one timeline that play, step, scrub and keys drive; the sentence; the step in the address."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.graph import label, open_graph
from tests.browser.wait import until

APPLES = "apples-variables-outside"

# Every number that travels, for one is gone within half a second.
TOKENS = """(() => {
  window.tokens = [];
  new MutationObserver((changes) => changes.forEach(({ addedNodes }) => window.tokens.push(...addedNodes)))
    .observe(document.querySelector(".tokens"), { childList: true });
})()"""


def test_play_walks_to_the_end_and_stops(page: Page) -> None:
    open_graph(page, APPLES)
    page.get_by_label("Speed").select_option("4")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator(".timeline .count")).to_have_text("5 of 5")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_each_step_is_a_sentence_with_its_numbers(page: Page) -> None:
    open_graph(page, APPLES, "?step=1")
    sentence = page.get_by_role("status").filter(has_text="through")
    expect(sentence).to_have_text("Forward through ×: 100 × 2 = 200.")
    for _ in range(4):
        page.get_by_role("button", name="Step forward").click()
    expect(sentence).to_contain_text("upstream 1.1 × local 2 = 2.2 goes to apple price")
    assert page.url.endswith("?step=5")


def test_a_link_to_a_step_shows_what_is_reached_there(page: Page) -> None:
    open_graph(page, APPLES, "?step=4")
    expect(page.locator(".timeline .count")).to_have_text("4 of 5")
    expect(label(page, "tax:price:1", "gradient")).to_be_visible()
    expect(label(page, "apple:apple_price:0", "gradient")).to_be_hidden()


def test_keys_on_the_drawing_drive_the_timeline(page: Page) -> None:
    open_graph(page, APPLES)
    page.locator("#canvas").focus()
    count = page.locator(".timeline .count")
    for key, text in (
        ("Home", "0 of 5"),
        ("ArrowRight", "1 of 5"),
        ("ArrowRight", "2 of 5"),
        ("ArrowLeft", "1 of 5"),
        ("End", "5 of 5"),
    ):
        page.keyboard.press(key)
        expect(count).to_have_text(text)
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_the_timeline_is_scrubbed(page: Page) -> None:
    open_graph(page, APPLES)
    page.get_by_role("slider", name="Timeline").fill("2")
    expect(page.locator(".sentence")).to_contain_text("200 × 1.1 = 220")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".timeline .count")).to_have_text("5 of 5")
    assert "step" not in page.url


def test_a_number_travels_along_the_edge(page: Page) -> None:
    open_graph(page, APPLES, "?step=3")
    page.evaluate(TOKENS)
    page.get_by_role("button", name="Step forward").click()
    until(page, "window.tokens.some((token) => token.matches('.is-gradient'))")
    expect(page.locator(".token")).to_have_count(0)


def test_with_motion_reduced_nothing_travels(new_page: Callable[..., Page]) -> None:
    page = new_page(reduced_motion="reduce")
    open_graph(page, APPLES, "?step=3")
    page.evaluate(
        """() => {
          window.tokens = 0;
          new MutationObserver((changes) => { window.tokens += changes.length; })
            .observe(document.querySelector(".tokens"), { childList: true });
        }"""
    )
    page.get_by_role("button", name="Step forward").click()
    expect(page.locator(".timeline .count")).to_have_text("4 of 5")
    added = page.evaluate("document.querySelectorAll('.token').length")
    assert added == 0


def test_each_language_has_its_own_sentence(page: Page) -> None:
    open_graph(page, APPLES, "?step=1")
    page.get_by_label("Language").select_option("zh")
    expect(page.locator(".sentence")).to_have_text(re.compile("正向通过 ×：100 × 2 = 200"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("苹果"))
    page.get_by_label("语言").select_option("ja")
    expect(page.locator(".sentence")).to_have_text(re.compile("順伝播で × を通ります"))


def test_all_keys_are_listed_in_a_dialog_that_a_key_opens_and_a_key_closes(page: Page) -> None:
    open_graph(page, "two-apples")
    node = page.locator('[data-node-id="price"]')
    node.focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("play or pause")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(node).to_be_focused()
    page.get_by_role("button", name="Keys").press("Enter")
    page.locator("#language").evaluate("select => { select.value = 'ja'; select.dispatchEvent(new Event('change')); }")
    expect(page.get_by_role("dialog", name="キー操作")).to_contain_text("再生")
