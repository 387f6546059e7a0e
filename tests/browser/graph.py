"""What a person does on the graph page, in the words of the tests."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

# Boxes on the screen of all that must not lie over anything else, by what they are.
OVERLAPS = """() => {
  const shown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
  const name = (element) => element.closest("[data-node-id]")?.dataset.nodeId ?? element.closest(".edge").dataset.edge;
  const kinds = ".node:not(.is-constant) > .frame, .label text, .label > g, .is-op > .checked";
  const things = [...document.querySelectorAll(kinds)];
  const boxes = things.filter(shown).map((element) => [name(element), element.getBoundingClientRect()]);
  const over = [];
  boxes.forEach(([a, p], i) => {
    for (const [b, q] of boxes.slice(i + 1)) {
      const width = Math.min(p.right, q.right) - Math.max(p.left, q.left);
      const height = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      if (width > 1.5 && height > 3) over.push([a, b, width, height]);
    }
  });
  return over;
}"""


def open_graph(page: Page, slug: str = "apples-variables-outside", query: str = "") -> Page:
    """Open a gallery graph and wait until it is drawn."""
    page.goto(f"/graphs/{slug}{query}")
    page.locator(".drawing.is-drawn").wait_for()
    return page


def field(page: Page, name: str) -> Locator:
    """The field of an input's number."""
    return page.get_by_role("spinbutton", name=name, exact=True)


def payment(page: Page) -> Locator:
    """The answer at the right end of the drawing."""
    return page.locator(".output .big")


def label(page: Page, edge: str, kind: str) -> Locator:
    """The number above (value) or below (gradient) an edge."""
    return page.locator(f'[data-edge="{edge}"] .is-{kind} text')


def drag(page: Page, locator: Locator, pixels: int, **options: Any) -> None:
    """Press in the middle of something and move sideways."""
    x, y = centre(locator)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + pixels, y, steps=options.get("steps", 6))
    page.mouse.up()


def node(page: Page, name: str) -> Locator:
    """The drawn node with an id."""
    return page.locator(f'[data-node-id="{name}"]')


def centre(place: Locator) -> tuple[float, float]:
    """Where something stands on the screen."""
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def settled(page: Page) -> None:
    """Wait until nothing glides to another place and nothing fades, once a frame has shown what begins to."""
    page.evaluate("new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)))")
    expect(page.locator(".drawing.is-gliding")).to_have_count(0)
    page.evaluate("Promise.allSettled(document.getAnimations().map((animation) => animation.finished))")


def at_rest(page: Page) -> None:
    """Wait until nothing moves and nothing is out of date."""
    settled(page)
    expect(page.locator(".drawing.is-stale")).to_have_count(0)
    settled(page)


def quick_add(page: Page, text: str, key: str = "/") -> None:
    """Add an op by its name."""
    page.locator("#canvas").press(key)
    page.get_by_role("combobox", name=re.compile("Add|Lead")).fill(text)
    page.keyboard.press("Enter")


def wire(page: Page, source: str, target: str, slot: int) -> None:
    """Draw a wire from where a value leaves to a slot."""
    at_rest(page)
    page.mouse.move(*centre(node(page, source).locator(".frame").first))
    start = page.locator(f'[data-port="{source}"][data-slot="null"] .dot')
    expect(start).to_be_visible()
    page.mouse.move(*centre(start))
    page.mouse.down()
    page.mouse.move(*centre(node(page, target).locator(".frame").first), steps=4)
    page.mouse.move(*centre(page.locator(f'[data-port="{target}"][data-slot="{slot}"] .dot')), steps=4)
    page.mouse.up()
