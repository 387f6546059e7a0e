"""The formula beside the drawing: typed, pasted, and marked where it is wrong."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Route, expect

from tests.browser.graph import field, node, open_graph, payment
from tests.browser.wait import some


@contextmanager
def held(page: Page, call: str = "parse") -> Iterator[None]:
    """The formula that is typed meanwhile is read, or that of the drawing written, only afterwards."""
    waiting: list[Route] = []
    page.route(f"**/api/graphs/{call}", lambda route: waiting.append(route))
    yield
    for route in some(page, waiting):
        route.continue_()
    page.unroute(f"**/api/graphs/{call}")


@contextmanager
def unread(page: Page, line: str) -> Iterator[None]:
    """A line is typed below the formula, and read only after what is done meanwhile."""
    formula = page.get_by_label("Formula")
    with held(page):
        formula.press("Control+End")
        formula.press_sequentially(f"\n{line}")
        yield


def test_typing_a_formula_draws_it_and_keeps_the_values(page: Page) -> None:
    open_graph(page)
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


def test_what_is_typed_is_read_though_a_button_is_pressed_at_once(page: Page) -> None:
    open_graph(page)
    page.get_by_label("Formula").fill("x = 3\n\n\n\ny = square(x)\n\n\n")
    page.get_by_role("button", name="Check gradients").click()
    expect(page.get_by_role("region", name="Gradient check")).to_be_visible()
    expect(page.locator(".output .big")).to_have_text("9")
    expect(page.get_by_label("Formula")).to_have_value(re.compile(r"^x = 3\s+y = square"))


def test_a_button_stays_under_the_pointer_though_the_formula_is_read_meanwhile(page: Page) -> None:
    open_graph(page)
    button = page.get_by_role("button", name="Check gradients")
    with page.expect_response("**/api/graphs/parse"), held(page):
        page.get_by_label("Formula").fill("x = 3\ny = square(x)")
        button.hover()
        page.mouse.down()
        place = button.bounding_box()
    page.wait_for_timeout(300)
    assert button.bounding_box() == place
    page.mouse.up()
    expect(page.get_by_role("region", name="Gradient check")).to_be_visible()
    expect(page.locator(".output .big")).to_have_text("9")


def test_a_number_changed_while_the_formula_is_read_stays(page: Page) -> None:
    open_graph(page, "mul-node")
    formula = page.get_by_label("Formula")
    with unread(page, "M = L + 1"):
        field(page, "x").fill("30")
    expect(page.locator(".output .big")).to_have_text("196")
    expect(field(page, "x")).to_have_value("30")
    expect(formula).to_have_value(re.compile(r"x = 30\b[\s\S]*M = L \+ 1"))


def test_a_node_deleted_while_the_formula_is_read_stays_away(page: Page) -> None:
    open_graph(page)
    formula = page.get_by_label("Formula")
    formula.fill("a = x * 3\nb = a + y\nc = b * 2")
    expect(page.locator('[data-edge="b:c:0"]')).to_be_attached()
    with unread(page, "d = x + 4"):
        node(page, "c").click()
        page.keyboard.press("Delete")
    expect(node(page, "c")).to_have_count(0)
    expect(page.locator('[data-edge="x:d:0"]')).to_be_attached()
    expect(formula).to_have_value(re.compile(r"d = x \+ 4"))
    expect(formula).not_to_have_value(re.compile(r"c = b"))


def test_a_node_renamed_while_the_formula_is_read_leaves_what_was_typed(page: Page) -> None:
    open_graph(page)
    formula = page.get_by_label("Formula")
    formula.fill("a = x * 3\nb = a + y")
    expect(page.locator('[data-edge="a:b:0"]')).to_be_attached()
    with unread(page, "d = x + 4"):
        node(page, "b").click()
        page.keyboard.press("F2")
        page.keyboard.type("sum of both")
        page.keyboard.press("Enter")
    expect(page.locator('[data-edge="x:d:0"]')).to_be_attached()
    expect(page.locator('[data-edge="a:sum_of_both:0"]')).to_be_attached()
    expect(formula).to_have_value(re.compile(r"d = x \+ 4"))


def test_what_is_selected_stays_selected_when_the_formula_is_written_anew(page: Page) -> None:
    open_graph(page)
    formula = page.get_by_label("Formula")
    with held(page, "format"):
        node(page, "apple_price").click()
        page.get_by_role("button", name="Set as output").click()
        expect(payment(page)).to_have_text("200")
        before = formula.input_value()
        formula.press("Control+a")
    expect(formula).not_to_have_value(before)
    page.keyboard.insert_text("x = 3\ny = x * 2")
    expect(payment(page)).to_have_text("6")


def test_a_number_stays_though_the_formula_is_typed_before_it_says_so(page: Page) -> None:
    open_graph(page, "mul-node")
    formula = page.get_by_label("Formula")
    with held(page, "format"):
        field(page, "x").fill("30")
        formula.press("Control+End")
        formula.press_sequentially("\nM = L + 1")
        expect(page.locator(".output .big")).to_have_text("196")
        formula.press_sequentially("\nN = M + 1")
        expect(page.locator(".output .big")).to_have_text("197")
    page.locator("#canvas").click(position={"x": 300, "y": 300})
    expect(formula).to_have_value(re.compile(r"x = 30\b[\s\S]*N = M \+ 1"))
    expect(page.get_by_role("button", name="Bring back what I typed")).to_be_hidden()


def test_undo_takes_back_what_was_typed_last_though_it_is_not_read_yet(page: Page) -> None:
    open_graph(page, "mul-node")
    formula = page.get_by_label("Formula")
    formula.fill("a2 = x * 3")
    expect(page.locator('[data-edge="x:a2:0"]')).to_be_attached()
    with held(page):
        formula.fill("a3 = x * 4")
        page.get_by_role("button", name="Undo").click()
    expect(formula).to_have_value(re.compile("a2 = x "))
    page.wait_for_timeout(500)
    expect(page.locator('[data-edge="x:a2:0"]')).to_be_attached()
    page.get_by_role("button", name="Bring back what I typed").click()
    expect(page.locator('[data-edge="x:a3:0"]')).to_be_attached()


def test_a_long_formula_is_opened_where_its_operations_begin(page: Page) -> None:
    open_graph(page, "two-layer-network")
    field = page.get_by_label("Formula")
    expect(field).to_have_value(re.compile("softmax_with_loss"))
    first = next(i for i, line in enumerate(field.input_value().split("\n")) if "affine(" in line)
    top, most = page.locator("#formula .sheet").evaluate("(e) => [e.scrollTop, e.scrollHeight - e.clientHeight]")
    assert most > 0
    assert top == min(8 + first * 22, most)
    assert (top - 8) % 22 == 0, "no line is cut at the top"
    open_graph(page, "affine-batch")
    expect(field).to_have_value(re.compile("XW"))
    assert page.locator("#formula .sheet").evaluate("(e) => e.scrollTop") == 0, "all five lines are in sight"
    open_graph(page, "two-layer-network")
    expect(field).to_have_value(re.compile("softmax_with_loss"))
    assert field.evaluate("(e) => e.scrollHeight - e.clientHeight") <= 1, "the field is as high as its text"
    field.press("Control+Home")
    page.locator("#formula .sheet").evaluate("(e) => e.scrollTo(0, 0)")
    field.press_sequentially("# mine\n")
    expect(field).to_have_value(re.compile("^# mine"))
    assert page.locator("#formula .sheet").evaluate("(e) => e.scrollTop") == 0


def test_a_listing_of_the_chapter_becomes_a_graph(page: Page) -> None:
    open_graph(page)
    page.get_by_label("Formula").fill(
        "mul_apple_layer = MulLayer()\nmul_tax_layer = MulLayer()\n"
        "apple_price = mul_apple_layer.forward(100, apple_num)\nprice = mul_tax_layer.forward(apple_price, 1.1)\n"
        "dprice = 1\ndapple_price, dtax = mul_tax_layer.backward(dprice)\n"
    )
    expect(page.locator(".output .big")).to_have_text("220")


def test_a_wrong_text_is_marked_where_it_is_wrong_and_is_not_lost(page: Page) -> None:
    open_graph(page)
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
