"""Editing in place: type, drag, arrow keys, arrays; nothing is lost when something goes wrong."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.graph import centre, drag, field, label, open_graph, payment
from tests.browser.wait import some
from tests.browser.written import written


def test_apple_from_100_to_120_makes_264(page: Page) -> None:
    open_graph(page, "apples-variables-outside")
    field(page, "apple price").fill("120")
    expect(payment(page)).to_have_text("264")
    expect(label(page, "apple:apple_price:0", "value")).to_have_text("120")
    expect(label(page, "apple_num:apple_price:1", "gradient")).to_have_text("◂ 132")


def test_dragging_sideways_changes_the_number_and_is_undone_at_once(page: Page) -> None:
    open_graph(page, "apples-variables-outside")
    drag(page, field(page, "apple price"), 60)
    expect(field(page, "apple price")).to_have_value("120")
    expect(payment(page)).to_have_text("264")
    page.get_by_role("button", name="Undo").click()
    expect(payment(page)).to_have_text("220")
    page.get_by_role("button", name="Redo").click()
    expect(payment(page)).to_have_text("264")


def test_arrow_keys_go_on_where_a_drag_let_go_and_undo_works_in_the_field(page: Page) -> None:
    open_graph(page, "apples-variables-outside")
    price = field(page, "apple price")
    drag(page, price, 60)
    expect(price).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(price).to_have_value("121")
    page.keyboard.press("Control+z")
    expect(price).to_have_value("120")
    page.keyboard.press("Control+z")
    expect(price).to_have_value("100")
    expect(payment(page)).to_have_text("220")
    page.keyboard.press("Control+Shift+z")
    expect(payment(page)).to_have_text("264")


def test_a_finger_scrubs_a_number(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_graph(page, "apples-variables-outside")
    box = field(page, "apple price").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    hand = page.context.new_cdp_session(page)
    for kind, moved in (("touchStart", 0), ("touchMove", 30), ("touchMove", 60), ("touchEnd", None)):
        points = [] if moved is None else [{"x": x + moved, "y": y}]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(field(page, "apple price")).to_have_value("120")
    expect(payment(page)).to_have_text("264")


def test_arrow_keys_step_with_shift_by_ten_and_alt_by_a_tenth(page: Page) -> None:
    open_graph(page, "apples-variables-outside")
    price = field(page, "apple price")
    price.focus()
    for keys, value in (("ArrowUp", "101"), ("Shift+ArrowUp", "111"), ("Alt+ArrowDown", "110.9")):
        page.keyboard.press(keys)
        expect(price).to_have_value(value)


def test_refused_text_says_why_and_keeps_the_last_good_graph(page: Page) -> None:
    open_graph(page, "apples-variables-outside")
    price = field(page, "apple price")
    price.fill("12o")
    expect(price).to_have_attribute("aria-invalid", "true")
    expect(price).to_have_attribute("title", "That is not a number; the last good one is kept.")
    expect(payment(page)).to_have_text("220")
    page.keyboard.press("Escape")
    expect(price).to_have_value("100")


def test_an_array_is_edited_cell_by_cell_and_by_paste(page: Page) -> None:
    open_graph(page, "relu")
    page.get_by_role("button", name="input", exact=True).click()
    cell = page.get_by_role("spinbutton", name="input [0, 1]")
    cell.fill("7")
    page.get_by_role("textbox", name="input", exact=True).fill("[[1, 2, 3], [4, 5, 6]]")
    page.get_by_role("button", name="Done").click()
    expect(page.locator("[data-node-id=x] .shape")).to_have_text("(2, 3)")
    expect(label(page, "x:y:0", "gradient")).to_have_text("◂ (2, 3)")


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("[[1. 2.]\n [3. 4.]]", ["1", "2", "3", "4"]),
        ("array([[1, 2],\n       [5, 6]])", ["1", "2", "5", "6"]),
        ("1,5\t2\n7\t8\n", ["1.5", "2", "7", "8"]),
    ],
)
def test_numpy_text_and_a_spreadsheet_fill_the_grid(page: Page, text: str, cells: list[str]) -> None:
    open_graph(page, "relu")
    page.get_by_role("button", name="input", exact=True).click()
    page.get_by_role("textbox", name="input", exact=True).fill(text)
    for index, cell in zip(("[0, 0]", "[0, 1]", "[1, 0]", "[1, 1]"), cells, strict=True):
        expect(page.get_by_role("spinbutton", name=f"input {index}")).to_have_value(cell)
    page.get_by_role("spinbutton", name="input [0, 1]").press("ArrowUp")
    expect(page.get_by_role("textbox", name="input", exact=True)).to_have_value(re.compile(r", 3\]|, 2\.1\]"))


def test_cells_copied_from_a_spreadsheet_are_pasted_into_a_cell(new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_graph(page, "relu")
    page.evaluate("navigator.clipboard.writeText('9\\t8\\t7\\n6\\t5\\t4\\n')")
    page.get_by_role("button", name="input", exact=True).click()
    page.get_by_role("spinbutton", name="input [0, 0]").press("Control+v")
    expect(page.get_by_role("spinbutton", name="input [1, 2]")).to_have_value("4")
    expect(page.locator("[data-node-id=x] .shape")).to_have_text("(2, 3)")


def test_the_grid_follows_an_undo_and_closes_with_its_graph(page: Page) -> None:
    open_graph(page, "relu")
    page.get_by_role("button", name="input", exact=True).click()
    cell = page.get_by_role("spinbutton", name="input [0, 1]")
    cell.fill("7")
    page.get_by_role("button", name="Undo").click()
    expect(cell).to_have_value("-0.5")
    page.get_by_role("link", name="The add node").click()
    expect(page.get_by_role("dialog", name="input")).to_be_hidden()


def test_the_grid_closes_when_another_node_is_chosen(page: Page) -> None:
    open_graph(page, "dot")
    grid = page.get_by_role("dialog", name="weights")
    page.get_by_role("button", name="weights", exact=True).click()
    expect(grid).to_be_visible()
    page.locator("[data-node-id=Y] .frame").click()
    expect(grid).to_be_hidden()
    expect(page.locator("[data-node-id=Y]")).to_be_focused()


def test_a_ragged_array_is_refused_and_the_last_one_stays(page: Page) -> None:
    open_graph(page, "relu")
    page.get_by_role("button", name="input", exact=True).click()
    page.get_by_role("textbox", name="input", exact=True).fill("[[1, 2], [3]]")
    expect(page.get_by_role("alert")).to_have_text("The rows differ in length; the last good array is kept.")
    expect(page.locator("[data-node-id=x] .shape")).to_have_text("(2, 2)")


def test_a_stale_answer_never_overwrites_a_newer_one(page: Page) -> None:
    open_graph(page, "apples-variables-outside")
    held: list[Route] = []
    page.route("**/api/evaluate", lambda route: held.append(route) if not held else route.continue_())
    price = field(page, "apple price")
    price.fill("110")
    price.fill("120")
    first, *_ = some(page, held)
    asked = json.loads(first.request.post_data or "")
    assert asked.get("inputs", {}).get("apple", asked["graph"]["nodes"][0]["value"]) == 110
    first.continue_()
    expect(payment(page)).to_have_text("264")
    expect(price).to_have_value("120")


def test_when_the_server_is_away_the_page_says_so_and_goes_on_when_it_is_back(page: Page) -> None:
    open_graph(page, "apples-variables-outside")
    page.route("**/api/evaluate", lambda route: route.fulfill(status=503, body=""))
    field(page, "apple price").fill("120")
    expect(page.get_by_text("The server does not answer.")).to_be_visible()
    expect(field(page, "apple price")).to_have_value("120")
    page.unroute("**/api/evaluate")
    expect(payment(page)).to_have_text("264")
    expect(page.get_by_text("The server does not answer.")).to_be_hidden()


def test_a_shape_that_does_not_fit_is_shown_at_the_node_and_the_last_good_graph_stays(page: Page) -> None:
    open_graph(page, "dot")
    page.get_by_role("button", name="weights", exact=True).click()
    page.get_by_role("textbox", name="weights", exact=True).fill("[[1, 2, 3]]")
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".notice.is-problem")).to_contain_text("(1, 3)")
    expect(page.locator("[data-node-id=Y].is-faulty")).to_be_visible()
    callout = page.locator(".callout")
    expect(callout).to_contain_text("Choose an array and give it another shape.")
    callout.get_by_role("button", name="Undo").click()
    expect(callout).to_have_count(0)
    expect(page.locator(".notice.is-problem")).to_be_hidden()


def test_a_yen_more_an_apple_is_two_point_two_yen_more_to_pay(page: Page) -> None:
    open_graph(page, "apples-variables-outside")
    inspector = page.get_by_role("region", name="Inspector")
    expect(inspector.locator(".answer")).to_have_text("payment 220")
    row = inspector.get_by_role("row", name=re.compile("apple price"))
    expect(row.get_by_role("cell")).to_have_text(["100", "◂ 2.2"])
    expect(inspector).to_contain_text("Add 1 to apple price and payment grows by about 2.2.")
    inspector.get_by_role("button", name="Try it").click()
    expect(inspector).to_contain_text("It went from 220 to 222.2: 2.2.")
    expect(payment(page)).to_have_text("222.2")
    expect(field(page, "apple price")).to_have_value("101")
    row.get_by_role("button", name="About apple price").press("Enter")
    expect(inspector.get_by_role("heading", level=2)).to_have_text("apple price")
    expect(inspector).to_contain_text("Used by ×")


def test_while_a_number_is_dragged_nothing_is_written_that_stands_there_already(page: Page) -> None:
    open_graph(page)
    x, y = centre(field(page, "apple price"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y, steps=4)
    expect(page.locator("#original")).to_contain_text("Changed by you")
    page.wait_for_timeout(300)

    def dragged() -> None:
        for pixels in range(12, 60, 3):
            page.mouse.move(x + pixels, y)
            page.wait_for_timeout(40)

    count, again = written(page, dragged)
    page.mouse.up()
    assert count > 50
    assert again == {}
