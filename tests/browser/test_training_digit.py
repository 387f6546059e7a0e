"""Digits: drawn by hand and answered, and those of the test set that it gets wrong."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.training import INKED, draw_seven, start


def test_a_drawn_digit_is_answered_while_it_is_drawn(trained: Page) -> None:
    page = trained
    draw_seven(page)
    expect(page.locator("#answer-label")).to_have_text("7")
    expect(page.locator("#answer-text")).to_contain_text("The network reads 7")
    assert page.evaluate(INKED, "answer-gradient") > 20
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.locator("#answer-label")).to_have_text("?")


def test_a_digit_is_drawn_by_keyboard(trained: Page) -> None:
    page = trained
    pad = page.locator("#pad")
    pad.focus()
    page.keyboard.press("Space")
    for _ in range(14):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#answer-label")).to_have_text(re.compile(r"\d"))
    assert page.evaluate(INKED, "answer-seen") > 1
    page.keyboard.press("Backspace")
    expect(page.locator("#answer-label")).to_have_text("?")


def test_a_finger_draws_and_does_not_scroll(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto("/training")
    start(page, Iterations="700")
    expect(page.locator("#run-state")).to_have_text("finished", timeout=30_000)
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#parameters")).to_be_visible()
    pad = page.locator("#pad")
    pad.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = pad.bounding_box()
    assert box
    client = page.context.new_cdp_session(page)
    for kind, down in (("touchStart", 60), ("touchMove", 120), ("touchMove", 180), ("touchMove", 240)):
        point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + down}
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("#answer-label")).to_have_text(re.compile(r"\d"))
    after = pad.bounding_box()
    assert after
    assert abs(after["y"] - box["y"]) < 2


def test_a_cell_of_the_confusion_matrix_opens_its_images(trained: Page) -> None:
    page = trained
    page.locator("#mistaken").scroll_into_view_if_needed()
    cell = page.get_by_role("button", name=re.compile(r"^\d+ images of a 4 read as 9$"))
    count = int(cell.inner_text())
    cell.click()
    expect(page.locator("#mistakes-title")).to_have_text(f"{count} test images of a 4 read as 9")
    expect(page.locator("#mistakes li")).to_have_count(min(count, 48))
    page.locator("#mistakes button").first.click()
    expect(page.locator("#digit-note")).to_contain_text("which is a 4")
    expect(page.locator("#answer-label")).to_have_text("9")
    page.get_by_role("button", name="All mistakes").click()
    expect(page.locator("#mistakes-title")).to_contain_text("test images it gets wrong")


def test_the_matrix_is_one_stop_of_the_tab_key_and_arrows_move_in_it(trained: Page) -> None:
    page = trained
    page.locator("#mistaken").scroll_into_view_if_needed()
    expect(page.locator("#confusion")).to_be_visible()
    page.get_by_role("region", name="Confusion matrix").focus()
    page.keyboard.press("Tab")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    cell = page.get_by_role("button", name=re.compile(r"images of a 2 read as 1$"))
    expect(cell).to_be_focused()
    page.keyboard.press("Enter")
    expect(cell).to_have_attribute("aria-pressed", "true")
    expect(cell).to_be_focused()
    expect(page.locator("#mistakes-title")).to_contain_text("of a 2 read as 1")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="All mistakes")).to_be_focused()


def test_the_mistakes_are_one_stop_of_the_tab_key_and_keep_the_focus_when_more_come(trained: Page) -> None:
    page = trained
    page.locator("#mistaken").scroll_into_view_if_needed()
    images = page.locator("#mistakes button")
    expect(images).to_have_count(48)
    images.first.focus()
    page.keyboard.press("ArrowRight")
    expect(images.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(images.nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#mistakes-more")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(images.nth(1)).to_be_focused()
    images.first.evaluate("button => { button.className = 'before' }")
    page.emulate_media(color_scheme="dark")
    expect(page.locator("#mistakes .before")).to_have_count(0)
    expect(images.nth(1)).to_be_focused()


def test_a_matrix_that_comes_late_is_not_shown_for_another_run(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 3000})
    page.goto("/training")
    start(page, Iterations="600")
    expect(page.locator("#run-state")).to_have_text("finished")
    table = page.locator("#confusion")
    cell = table.locator("tbody button").first
    first = page.url
    counts = page.request.get(first.replace("/training/", "/api/runs/") + "/confusion").json()["matrix"]
    right = str(counts[0][0])
    expect(cell).to_have_text(right)
    late: list[Route] = []
    holding = True
    page.route("**/confusion*", lambda route: late.append(route) if holding else route.continue_())
    with page.expect_request("**/confusion*"):
        start(page, Iterations="3")
    expect(page.locator("#run-state")).to_have_text("finished")
    expect(table).to_be_hidden()
    assert page.url != first
    holding = False
    page.go_back()
    expect(table).to_be_visible()
    with page.expect_response(late[-1].request.url):
        for route in late:
            route.continue_()
    page.wait_for_timeout(300)
    expect(cell).to_have_text(right)
