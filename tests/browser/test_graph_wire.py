"""Wires: drawn, laid by keyboard, cut, and what a node says that lacks one or has a wrong one."""

import re

from playwright.sync_api import Page, expect

from tests.browser.graph import at_rest, centre, node, open_graph, wire


def test_a_wire_is_drawn_from_port_to_port(page: Page) -> None:
    open_graph(page)
    wire(page, "apple_num", "price", 1)
    expect(page.locator(".output .big")).to_have_text("400")
    page.keyboard.press("Control+z")
    expect(page.locator(".output .big")).to_have_text("220")


def test_a_wire_let_go_on_the_open_drawing_asks_where_it_leads(page: Page) -> None:
    open_graph(page)
    node(page, "price").hover()
    page.mouse.move(*centre(page.locator('[data-port="price"][data-slot="null"] .dot')))
    page.mouse.down()
    box = page.locator("#drawing").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 40, box["y"] + box["height"] - 20, steps=4)
    page.mouse.up()
    page.get_by_role("combobox", name=re.compile("Lead")).fill("log")
    page.keyboard.press("Enter")
    expect(page.locator('[data-edge="price:log:0"]')).to_be_attached()
    expect(page.locator(".output .big")).to_have_text("5.39363")


def test_a_wire_is_laid_by_keyboard(page: Page) -> None:
    open_graph(page)
    node(page, "apple_price").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    page.get_by_role("combobox", name=re.compile("Wire")).fill("y of price")
    page.keyboard.press("Enter")
    expect(page.locator('[data-edge="apple_price:price:1"]')).to_be_attached()
    expect(page.locator(".output .big")).to_have_text("40000")


def test_what_is_deleted_leaves_a_slot_that_says_what_it_needs(page: Page) -> None:
    open_graph(page)
    node(page, "apple_price").click()
    page.keyboard.press("Delete")
    expect(node(page, "apple_price")).to_have_count(0)
    expect(node(page, "price")).to_have_class(re.compile("is-faulty"))
    expect(page.locator(".callout")).to_contain_text("has no value: drag a wire to it")
    expect(page.locator('.handle.is-free[data-port="price"]')).to_be_visible()
    page.get_by_role("button", name="Put a number there").click()
    expect(page.locator(".output .big")).to_have_text("220")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator('[data-edge="apple:apple_price:0"]')).to_be_attached()
    page.keyboard.press("Control+Shift+z")
    expect(node(page, "apple_price")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator(".output .big")).to_have_text("220")


def test_a_wire_is_deleted_and_a_reload_keeps_the_fault(page: Page) -> None:
    open_graph(page)
    at_rest(page)
    page.locator('[data-edge="apple:apple_price:0"]').click()
    page.keyboard.press("Backspace")
    expect(page.locator(".callout")).to_contain_text("x of price of the apples has no value")
    expect(page).to_have_url(re.compile("#graph="))
    page.reload()
    expect(page.locator(".callout")).to_contain_text("x of price of the apples has no value")


def test_a_circle_is_shown_on_its_node_and_undone(page: Page) -> None:
    open_graph(page)
    wire(page, "price", "apple_price", 0)
    expect(page.locator(".node.is-faulty")).to_have_count(1)
    expect(page.locator(".callout")).to_contain_text("each waits for the other")
    page.locator(".callout").get_by_role("button", name="Undo").click()
    expect(page.locator(".node.is-faulty")).to_have_count(0)
    expect(page.locator(".output .big")).to_have_text("220")


def test_shapes_that_do_not_fit_are_shown_on_the_node_and_in_the_text(page: Page) -> None:
    open_graph(page)
    field = page.get_by_label("Formula")
    field.fill("x = [[1, 2, 3]]\nw = [[1, 2]]\ny = x @ w")
    expect(page.locator(".callout")).to_contain_text("(1, 3)")
    expect(page.locator(".formula mark")).to_have_text("x")
    expect(node(page, "y")).to_have_class(re.compile("is-faulty"))
