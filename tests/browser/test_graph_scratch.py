"""From an empty page to z = (x + y)**2: by the keyboard alone, and by the mouse alone."""

import re

from playwright.sync_api import Page, expect

from tests.browser.graph import at_rest, centre, node, open_graph, payment


def test_a_graph_is_built_by_the_keyboard_alone(page: Page) -> None:
    open_graph(page, "two-apples")
    page.get_by_role("button", name="New", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#canvas")).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("+")
    page.keyboard.press("Enter")
    expect(node(page, "add")).to_be_focused()
    page.keyboard.press("a")
    page.keyboard.type("pow")
    page.keyboard.press("Enter")
    expect(node(page, "pow")).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.type("z")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Formula")).to_have_value(re.compile(r"y_2 = 2\nz = \(x \+ y\) \*\* y_2"))
    expect(payment(page)).to_have_text("4")
    page.keyboard.press("Control+z")
    expect(node(page, "pow")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Control+z")
    expect(page.get_by_role("heading", level=1)).to_have_text("Two apples")


def formula_says(page: Page, part: str) -> None:
    """Wait until the formula, which takes room from the drawing, says so, and nothing moves."""
    expect(page.get_by_label("Formula")).to_have_value(re.compile(re.escape(part)))
    at_rest(page)


def test_a_graph_is_built_by_the_mouse_alone(page: Page) -> None:
    open_graph(page, "two-apples")
    page.get_by_role("button", name="New", exact=True).click()
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator('#chooser [data-key="add"]').click()
    expect(node(page, "add")).to_be_visible()
    formula_says(page, "x + y")
    page.mouse.move(*centre(node(page, "add").locator(".frame")))
    page.mouse.move(*centre(page.locator('[data-port="add"][data-slot="null"] .dot')))
    page.mouse.down()
    box = page.locator("#drawing").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 40, box["y"] + box["height"] - 30, steps=5)
    page.mouse.up()
    page.locator('#chooser [data-key="pow"]').click()
    expect(page.locator('[data-edge="add:pow:0"]')).to_be_attached()
    expect(page.get_by_label("Formula")).to_have_value(re.compile(r"\(x \+ y\) \*\* y_2"))
    expect(payment(page)).to_have_text("4")


def test_two_ops_laid_down_apart_are_joined_by_a_wire(page: Page) -> None:
    open_graph(page, "two-apples")
    page.get_by_role("button", name="New", exact=True).click()
    for op in ("add", "pow"):
        page.get_by_role("button", name="Add", exact=True).click()
        page.locator(f'#chooser [data-key="{op}"]').click()
        expect(node(page, op)).to_be_visible()
    formula_says(page, "**")
    page.mouse.move(*centre(node(page, "add").locator(".frame")))
    page.mouse.move(*centre(page.locator('[data-port="add"][data-slot="null"] .dot')))
    page.mouse.down()
    page.mouse.move(*centre(node(page, "pow").locator(".frame")), steps=5)
    page.mouse.move(*centre(page.locator('[data-port="pow"][data-slot="0"] .dot')), steps=3)
    page.mouse.up()
    expect(page.locator('[data-edge="add:pow:0"]')).to_be_attached()
    expect(payment(page)).to_have_text("4")
