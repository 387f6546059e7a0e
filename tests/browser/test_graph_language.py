"""In every language: what is shown changes in place, errors too."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.graph import open_graph


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
