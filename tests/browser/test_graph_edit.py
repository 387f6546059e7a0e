"""Building: a graph made, named, copied and undone by hand, by mouse and by keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.graph import at_rest, node, open_graph, quick_add, settled


def test_a_graph_is_built_from_an_empty_page(page: Page) -> None:
    open_graph(page)
    page.get_by_role("button", name="New", exact=True).click()
    expect(page.locator("#empty")).to_contain_text("An empty page")
    quick_add(page, "*")
    expect(node(page, "mul")).to_be_visible()
    node(page, "x").locator("input").fill("3")
    node(page, "y").locator("input").fill("4")
    expect(page.locator(".output .big")).to_have_text("12")
    node(page, "mul").click()
    quick_add(page, "sq", key="a")
    expect(page.locator(".output .big")).to_have_text("144")
    expect(page.get_by_label("Formula")).to_have_value(re.compile(r"x = 3\ny = 4\n"))
    expect(page).to_have_url(re.compile("#graph="))
    page.reload()
    expect(page.locator(".output .big")).to_have_text("144")


def test_the_palette_lists_every_op_by_family(page: Page) -> None:
    open_graph(page)
    page.get_by_role("button", name="Add", exact=True).click()
    chooser = page.get_by_role("listbox", name="Add an operation")
    ops = page.evaluate("fetch('/api/ops').then((r) => r.json())")
    expect(chooser.get_by_role("option")).to_have_count(len(ops) + 2)
    expect(chooser.get_by_role("group", name="Activations").locator('[data-key="sigmoid"]')).to_be_visible()
    page.locator("#chooser").get_by_role("combobox").fill("soft")
    expect(chooser.get_by_role("option").first).to_contain_text("softplus")
    page.keyboard.press("ArrowDown")
    expect(chooser.get_by_role("option", selected=True)).to_contain_text("softmax")
    page.keyboard.press("Escape")
    expect(chooser).to_be_hidden()
    expect(page.locator("#canvas")).to_be_focused()


def test_a_double_click_on_the_open_drawing_adds_there(page: Page) -> None:
    open_graph(page)
    box = page.locator("#drawing").bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + box["width"] - 60, box["y"] + box["height"] - 30)
    page.locator("#chooser").get_by_role("combobox").fill("7")
    page.keyboard.press("Enter")
    expect(page.locator(".node.is-constant")).to_have_count(1)


def test_a_node_gets_another_name(page: Page) -> None:
    open_graph(page)
    node(page, "price").click()
    page.keyboard.press("F2")
    page.keyboard.type("total")
    page.keyboard.press("Enter")
    expect(node(page, "total")).to_be_visible()
    expect(page.get_by_label("Formula")).to_have_value(re.compile("total = apple_price"))
    page.get_by_role("textbox", name="Name").fill("apple")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("names are unique")


# A node is chosen and its name asked for before a frame can draw either.
AT_ONCE = """(() => {
  const node = document.querySelector('[data-node-id="price"]');
  node.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  node.dispatchEvent(new KeyboardEvent("keydown", { key: "F2", bubbles: true }));
  return document.activeElement.dataset.field;
})()"""


def test_a_name_can_be_typed_at_once(page: Page) -> None:
    open_graph(page)
    assert page.evaluate(AT_ONCE) == "name"
    page.keyboard.type("total")
    page.keyboard.press("Enter")
    expect(node(page, "total")).to_be_visible()


def test_several_are_chosen_copied_pasted_duplicated_and_deleted(page: Page) -> None:
    open_graph(page)
    at_rest(page)
    node(page, "apple_price").click()
    node(page, "price").click(modifiers=["Shift"])
    expect(page.locator(".node.is-chosen")).to_have_count(2)
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")
    expect(node(page, "price_2")).to_be_visible()
    expect(page.locator(".node.is-chosen")).to_have_count(5)
    page.keyboard.press("Delete")
    expect(node(page, "price_2")).to_have_count(0)
    at_rest(page)
    box = page.locator("#drawing").bounding_box()
    assert box is not None
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + 4, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4, steps=5)
    page.mouse.up()
    page.keyboard.up("Shift")
    expect(page.locator(".editing")).to_contain_text("5 nodes chosen")
    page.keyboard.press("Control+d")
    expect(page.locator("[data-node-id]")).to_have_count(10)


def test_a_formula_and_a_document_are_pasted(new_page: Callable[..., Page]) -> None:
    page = open_graph(new_page(permissions=["clipboard-read", "clipboard-write"]))
    page.evaluate("navigator.clipboard.writeText('a = 3\\nb = a ** 2')")
    page.locator("#canvas").focus()
    page.keyboard.press("Control+v")
    expect(page.locator(".output .big")).to_have_text("9")
    page.evaluate(
        """navigator.clipboard.writeText('{"nodes": [{"id": "a", "op": "input", "value": 5}], "output": "a"}')"""
    )
    page.keyboard.press("Control+v")
    expect(node(page, "a_2")).to_be_visible()
    expect(page.locator(".output .big")).to_have_text("9")
    page.evaluate("""navigator.clipboard.writeText('{"nodes": [{"id": "a", "op": "no"}], "output": "a"}')""")
    page.keyboard.press("Control+v")
    expect(page.locator("#notices")).to_contain_text("no")
    expect(page.locator(".output .big")).to_have_text("9")


def test_output_attributes_and_sources_are_changed_beside_the_inspector(page: Page) -> None:
    open_graph(page)
    node(page, "apple_price").click()
    page.get_by_role("button", name="Set as output").click()
    expect(page.locator(".output .big")).to_have_text("200")
    page.get_by_label("Formula").fill("x = [[1, 2], [3, 4]]\ny = x.sum()")
    expect(page.locator(".output .big")).to_have_text("10")
    node(page, "y").click()
    page.get_by_label("axis").fill("0")
    page.get_by_label("axis").press("Enter")
    expect(page.get_by_label("Formula")).to_have_value(re.compile(r"axis=0"))
    page.get_by_label("keepdims").check()
    expect(page.get_by_label("Formula")).to_have_value(re.compile(r"keepdims=True"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_while_building(new_page: Callable[..., Page], theme: str) -> None:
    page = open_graph(new_page(color_scheme=theme))
    node(page, "price").click()
    page.keyboard.press("a")
    expect(page.get_by_role("listbox")).to_be_visible()
    at_rest(page)
    assert violations(page) == []
    page.keyboard.press("Escape")
    node(page, "apple").click(position={"x": 10, "y": 4})
    page.keyboard.press("Delete")
    page.get_by_label("Formula").fill("z = x + y\nw = z + foo(2)")
    expect(page.locator(".formula mark")).to_have_text("foo")
    expect(page.locator(".callout")).to_be_visible()
    settled(page)
    assert violations(page) == []


def test_a_graph_is_built_on_a_phone(new_page: Callable[..., Page]) -> None:
    page = open_graph(new_page(viewport={"width": 390, "height": 844}, has_touch=True))
    page.get_by_role("button", name="Add", exact=True).tap()
    page.locator("#chooser").get_by_role("combobox").fill("exp")
    page.locator("#chooser").get_by_role("option").first.tap()
    expect(node(page, "exp")).to_be_visible()
    node(page, "apple_price").locator(".frame").tap()
    page.get_by_role("button", name="Delete", exact=True).tap()
    expect(page.locator("#notices")).to_contain_text("has no value")
    page.locator("#notices").get_by_role("button", name="Put a number there").tap()
    expect(page.locator(".output .big")).to_have_text("220")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize(("language", "add"), [("zh-CN", "添加"), ("ja-JP", "追加")])
def test_building_speaks_the_readers_language(new_page: Callable[..., Page], language: str, add: str) -> None:
    page = open_graph(new_page(locale=language))
    expect(page.get_by_role("button", name=add, exact=True)).to_be_visible()
