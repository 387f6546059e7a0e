"""The drawing: every node and edge of every gallery graph, nothing over anything, names for those who cannot see."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from engine.gallery import GALLERY
from tests.browser.accessibility import violations
from tests.browser.graph import OVERLAPS, label, open_graph

SLUGS = [entry.slug for entry in GALLERY]


# Texts and buttons that a line passes through: each line is followed in steps of three units.
CROSSED = """() => {
  const shown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
  const texts = [...document.querySelectorAll("#drawing text, #drawing .close")].filter(shown);
  const name = (element) => element.textContent || element.getAttribute("aria-label");
  const boxes = texts.map((element) => [name(element), element.getBoundingClientRect()]);
  const crossed = new Set();
  for (const wire of [...document.querySelectorAll(".wire")].filter(shown)) {
    const matrix = wire.getScreenCTM();
    const length = wire.getTotalLength();
    for (let at = 0; at <= length; at += 3) {
      const { x, y } = wire.getPointAtLength(at).matrixTransform(matrix);
      for (const [text, box] of boxes)
        if (x > box.left + 1 && x < box.right - 1 && y > box.top + 3 && y < box.bottom - 3) crossed.add(text);
    }
  }
  return [...crossed];
}"""

# While `layouts` is a list, what the layout engine is asked waits in it.
HELD = """
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message) {
    if (!window.layouts) return post.call(this, message);
    window.layouts.push(() => new Promise((resolve) => {
      post.call(this, message);
      this.addEventListener("message", () => setTimeout(resolve), { once: true });
    }));
  };
"""


@pytest.mark.parametrize("slug", SLUGS)
def test_every_node_and_edge_is_drawn_and_nothing_covers_anything(page: Page, slug: str) -> None:
    open_graph(page, slug)
    graph = next(entry for entry in GALLERY if entry.slug == slug).graph()
    for node in graph:
        drawn = page.locator(f'[data-node-id="{node.id}"]')
        expect(drawn).to_be_visible()
        name = drawn.get_attribute("aria-label") or ""
        assert "value" in name
        assert "gradient" in name
    for edge in graph.edges:
        expect(page.locator(f'[data-edge="{edge.source}:{edge.target}:{edge.slot}"]')).to_have_count(1)
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(CROSSED) == []


def test_value_stands_above_the_line_and_gradient_below(page: Page) -> None:
    open_graph(page, "apples-variables-outside")
    value = label(page, "apple_price:price:0", "value").bounding_box()
    gradient = label(page, "apple_price:price:0", "gradient").bounding_box()
    assert value
    assert gradient
    assert value["y"] + value["height"] <= gradient["y"] + 2
    expect(label(page, "apple_price:price:0", "gradient")).to_have_text("◂ 1.1")


def test_a_number_is_written_into_the_circle_as_the_book_does(page: Page) -> None:
    open_graph(page, "two-apples")
    circle = page.locator('[data-node-id="apple_price"] .frame').bounding_box()
    constant = page.locator('[data-node-id="const_2"]').bounding_box()
    assert circle
    assert constant
    assert circle["x"] <= constant["x"]
    assert constant["x"] + constant["width"] <= circle["x"] + circle["width"]


def test_every_node_takes_the_focus_and_says_op_value_and_gradient(page: Page) -> None:
    open_graph(page, "apples-variables-outside")
    node = page.locator('[data-node-id="price"]')
    node.focus()
    expect(node).to_be_focused()
    expect(node).to_have_attribute("aria-label", "payment, mul ×: value 220, gradient 1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Inspector")).to_contain_text("payment")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("slug", ["apples-and-oranges", "two-layer-network"])
def test_axe_finds_nothing_on_a_drawn_graph(new_page: Callable[..., Page], slug: str, theme: str) -> None:
    page = new_page(color_scheme=theme)
    open_graph(page, slug, "?step=2")
    page.wait_for_timeout(500)
    assert violations(page) == []


def test_composites_open_and_close_in_place_and_keep_their_gradients(page: Page) -> None:
    open_graph(page, "two-layer-network")
    edge = page.locator('[data-edge="W1:a1:1"]')
    before = edge.get_attribute("aria-label")
    page.locator('[data-node-id="loss"]').dblclick()
    expect(page.locator('[data-node-id="loss.log"]')).to_be_visible()
    expect(edge).to_have_attribute("aria-label", before or "")
    page.get_by_role("button", name="Close softmax").click()
    expect(page.locator('[data-node-id="loss.y.exp"]')).to_have_count(0)
    page.locator('[data-node-id="loss.y"]').dblclick()
    expect(page.locator('[data-node-id="loss.y.exp"]')).to_be_visible()
    page.get_by_role("button", name="Fit").click()
    page.get_by_role("button", name="Close loss").click()
    expect(page.locator('[data-node-id="loss.log"]')).to_have_count(0)
    expect(edge).to_have_attribute("aria-label", before or "")


def test_a_composite_opens_and_closes_by_keyboard_and_the_focus_goes_on(page: Page) -> None:
    open_graph(page, "sigmoid-node")
    node = page.locator('[data-node-id="y"]')
    node.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    close = page.get_by_role("button", name=re.compile("^Close"))
    expect(close).to_be_in_viewport()
    expect(node).to_be_focused()
    close.focus()
    page.keyboard.press("Enter")
    expect(close).to_have_count(0)
    expect(node).to_be_focused()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_shopping_graph_is_wholly_in_sight(new_page: Callable[..., Page], width: int) -> None:
    page = new_page(viewport={"width": width, "height": 844})
    open_graph(page, "apples-and-oranges")
    for element in page.locator("#drawing .node, #drawing .output").all():
        expect(element).to_be_in_viewport(ratio=0.98)
    output, timeline = page.locator(".output").bounding_box(), page.locator("#timeline").bounding_box()
    assert output
    assert timeline
    assert output["y"] + output["height"] <= timeline["y"]


def test_a_drawing_that_goes_on_beyond_a_side_fades_there(page: Page) -> None:
    open_graph(page, "softmax-with-loss-opened")
    canvas = page.locator("#canvas")
    page.get_by_role("button", name="Zoom in").click()
    expect(canvas).to_have_class(re.compile("goes-on-right"))
    page.get_by_role("button", name="Fit").click()
    expect(canvas).not_to_have_class(re.compile("goes-on-right"))


@pytest.mark.parametrize("slug", ["apples-and-oranges", "affine-batch", "softmax-with-loss"])
def test_on_a_phone_numbers_can_be_read_and_the_page_does_not_scroll_sideways(
    new_page: Callable[..., Page], slug: str
) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_graph(page, slug)
    heights = page.evaluate(
        """() => {
          const scale = document.querySelector(".viewport").getCTM().a;
          return [...document.querySelectorAll("#drawing text, .field")]
            .map((element) => parseFloat(getComputedStyle(element).fontSize) * scale);
        }"""
    )
    assert min(heights) >= 11.99
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_role("button", name="Play")).to_be_in_viewport()


def test_on_a_phone_nothing_covers_anything_in_any_graph(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    for slug in SLUGS:
        open_graph(page, slug)
        assert page.evaluate(OVERLAPS) == [], slug
        assert page.evaluate(CROSSED) == [], slug


def test_a_layout_that_comes_after_its_graph_was_undone_is_not_drawn(page: Page) -> None:
    page.add_init_script(HELD)
    open_graph(page, "apples-variables-outside")
    page.evaluate("window.layouts = []")
    count = page.locator("#timeline .count")
    expect(count).to_have_text("5 of 5")
    price = page.locator('[data-node-id="price"]')
    price.click()
    page.keyboard.press("Delete")
    expect(count).to_have_text("3 of 3")
    page.keyboard.press("Control+z")
    expect(count).to_have_text("5 of 5")
    assert page.evaluate("Promise.all(window.layouts.map((lay) => lay())).then((laid) => laid.length)") == 1
    assert price.is_visible()
