"""Building: a graph made, wired, broken, mended and undone by hand, by mouse and by keyboard."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

SHOP = "/graphs/apples-variables-outside"


def opened(page: Page, address: str = SHOP) -> Page:
    """A page at an address, drawn."""
    page.goto(address)
    expect(page.locator(".drawing.is-drawn")).to_be_visible()
    return page


def node(page: Page, name: str) -> Locator:
    """The drawn node with an id."""
    return page.locator(f'[data-node-id="{name}"]')


def centre(place: Locator) -> tuple[float, float]:
    """Where something stands on the screen."""
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def settled(page: Page) -> None:
    """Wait until nothing glides any more."""
    page.wait_for_timeout(400)


def quick_add(page: Page, text: str, key: str = "/") -> None:
    """Add an op by its name."""
    page.locator("#canvas").press(key)
    page.get_by_role("combobox", name=re.compile("Add|Lead")).fill(text)
    page.keyboard.press("Enter")


def wire(page: Page, source: str, target: str, slot: int) -> None:
    """Draw a wire from where a value leaves to a slot."""
    settled(page)
    page.mouse.move(*centre(node(page, source).locator(".frame").first))
    start = page.locator(f'[data-port="{source}"][data-slot="null"] .dot')
    expect(start).to_be_visible()
    page.mouse.move(*centre(start))
    page.mouse.down()
    page.mouse.move(*centre(node(page, target).locator(".frame").first), steps=4)
    page.mouse.move(*centre(page.locator(f'[data-port="{target}"][data-slot="{slot}"] .dot')), steps=4)
    page.mouse.up()


def violations(page: Page) -> list[str]:
    """What axe finds, and where."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {part['html']} {part['failureSummary']}" for rule in found for part in rule["nodes"]]


def test_a_graph_is_built_from_an_empty_page(page: Page) -> None:
    opened(page)
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
    page.wait_for_timeout(600)  # The address takes the graph up once the hand rests.
    page.reload()
    expect(page.locator(".output .big")).to_have_text("144")


def test_the_palette_lists_every_op_by_family(page: Page) -> None:
    opened(page)
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
    opened(page)
    box = page.locator("#drawing").bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + box["width"] - 60, box["y"] + box["height"] - 30)
    page.locator("#chooser").get_by_role("combobox").fill("7")
    page.keyboard.press("Enter")
    expect(page.locator(".node.is-constant")).to_have_count(1)


def test_a_wire_is_drawn_from_port_to_port(page: Page) -> None:
    opened(page)
    wire(page, "apple_num", "price", 1)
    expect(page.locator(".output .big")).to_have_text("400")
    page.keyboard.press("Control+z")
    expect(page.locator(".output .big")).to_have_text("220")


def test_a_wire_let_go_on_the_open_drawing_asks_where_it_leads(page: Page) -> None:
    opened(page)
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
    opened(page)
    node(page, "apple_price").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    page.get_by_role("combobox", name=re.compile("Wire")).fill("y of price")
    page.keyboard.press("Enter")
    expect(page.locator('[data-edge="apple_price:price:1"]')).to_be_attached()
    expect(page.locator(".output .big")).to_have_text("40000")


def test_what_is_deleted_leaves_a_slot_that_says_what_it_needs(page: Page) -> None:
    opened(page)
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
    opened(page)
    settled(page)
    page.locator('[data-edge="apple:apple_price:0"]').click()
    page.keyboard.press("Backspace")
    expect(page.locator(".callout")).to_contain_text("x of price of the apples has no value")
    expect(page).to_have_url(re.compile("#graph="))
    page.reload()
    expect(page.locator(".callout")).to_contain_text("x of price of the apples has no value")


def test_a_circle_is_shown_on_its_node_and_undone(page: Page) -> None:
    opened(page)
    wire(page, "price", "apple_price", 0)
    expect(page.locator(".node.is-faulty")).to_have_count(1)
    expect(page.locator(".callout")).to_contain_text("each waits for the other")
    page.locator(".callout").get_by_role("button", name="Undo").click()
    expect(page.locator(".node.is-faulty")).to_have_count(0)
    expect(page.locator(".output .big")).to_have_text("220")


def test_shapes_that_do_not_fit_are_shown_on_the_node_and_in_the_text(page: Page) -> None:
    opened(page)
    field = page.get_by_label("Formula")
    field.fill("x = [[1, 2, 3]]\nw = [[1, 2]]\ny = x @ w")
    expect(page.locator(".callout")).to_contain_text("(1, 3)")
    expect(page.locator(".formula mark")).to_have_text("x")
    expect(node(page, "y")).to_have_class(re.compile("is-faulty"))


def test_a_node_gets_another_name(page: Page) -> None:
    opened(page)
    node(page, "price").click()
    page.keyboard.press("F2")
    page.keyboard.type("total")
    page.keyboard.press("Enter")
    expect(node(page, "total")).to_be_visible()
    expect(page.get_by_label("Formula")).to_have_value(re.compile("total = apple_price"))
    page.get_by_role("textbox", name="Name").fill("apple")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("names are unique")


def test_several_are_chosen_copied_pasted_duplicated_and_deleted(page: Page) -> None:
    opened(page)
    settled(page)
    node(page, "apple_price").click()
    node(page, "price").click(modifiers=["Shift"])
    expect(page.locator(".node.is-chosen")).to_have_count(2)
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")
    expect(node(page, "price_2")).to_be_visible()
    expect(page.locator(".node.is-chosen")).to_have_count(5)
    page.keyboard.press("Delete")
    expect(node(page, "price_2")).to_have_count(0)
    box = page.locator("#drawing").bounding_box()
    assert box is not None
    settled(page)
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
    page = opened(new_page(permissions=["clipboard-read", "clipboard-write"]))
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
    opened(page)
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


def test_typing_a_formula_draws_it_and_keeps_the_values(page: Page) -> None:
    opened(page)
    field = page.get_by_label("Formula")
    field.fill("z = (x + y)**2")
    expect(page.locator(".output .big")).to_have_text("4")
    node(page, "x").locator("input").fill("2")
    expect(page.locator(".output .big")).to_have_text("9")
    expect(field).to_have_value(re.compile("x = 2"))
    field.press("Control+End")
    field.press_sequentially("\nw = z * k")
    expect(page.locator('[data-edge="z:w:0"]')).to_be_attached()
    expect(node(page, "x").locator("input")).to_have_value("2")


def test_a_listing_of_the_chapter_becomes_a_graph(page: Page) -> None:
    opened(page)
    page.get_by_label("Formula").fill(
        "mul_apple_layer = MulLayer()\nmul_tax_layer = MulLayer()\n"
        "apple_price = mul_apple_layer.forward(100, apple_num)\nprice = mul_tax_layer.forward(apple_price, 1.1)\n"
        "dprice = 1\ndapple_price, dtax = mul_tax_layer.backward(dprice)\n"
    )
    expect(page.locator(".output .big")).to_have_text("220")


def test_a_wrong_text_is_marked_where_it_is_wrong_and_is_not_lost(page: Page) -> None:
    opened(page)
    field = page.get_by_label("Formula")
    field.fill("z = x + y\nw = z + foo(2)")
    expect(page.locator(".formula mark")).to_have_text("foo")
    expect(page.locator("#formula-said")).to_contain_text("Line 2: there is no op named 'foo'")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".output .big")).to_have_text("220")
    page.reload()
    expect(field).to_have_value("z = x + y\nw = z + foo(2)")
    expect(page.locator(".formula mark")).to_have_text("foo")
    node(page, "apple").locator("input").fill("120")
    expect(page.locator(".output .big")).to_have_text("264")
    expect(field).to_have_value(re.compile("apple = 120"))
    page.get_by_role("button", name="Bring back what I typed").click()
    expect(field).to_have_value("z = x + y\nw = z + foo(2)")
    page.get_by_role("button", name="Back to the graph's formula").click()
    expect(field).to_have_value(re.compile("apple = 120"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_while_building(new_page: Callable[..., Page], theme: str) -> None:
    page = opened(new_page(color_scheme=theme))
    node(page, "price").click()
    page.keyboard.press("a")
    expect(page.get_by_role("listbox")).to_be_visible()
    settled(page)
    settled(page)
    assert violations(page) == []
    page.keyboard.press("Escape")
    node(page, "apple").click(position={"x": 10, "y": 4})
    page.keyboard.press("Delete")
    page.get_by_label("Formula").fill("z = x + y\nw = z + foo(2)")
    expect(page.locator(".formula mark")).to_have_text("foo")
    expect(page.locator(".callout")).to_be_visible()
    settled(page)
    settled(page)
    assert violations(page) == []


def test_a_graph_is_built_on_a_phone(new_page: Callable[..., Page]) -> None:
    page = opened(new_page(viewport={"width": 390, "height": 844}, has_touch=True))
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
    page = opened(new_page(locale=language))
    expect(page.get_by_role("button", name=add, exact=True)).to_be_visible()
