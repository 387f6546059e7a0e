"""What a person does on the graph page, in the words of the tests."""

from typing import Any

from playwright.sync_api import Locator, Page


def open_graph(page: Page, slug: str, query: str = "") -> None:
    """Open a gallery graph and wait until it is drawn."""
    page.goto(f"/graphs/{slug}{query}")
    page.locator(".drawing.is-drawn").wait_for()


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
    box = locator.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + pixels, y, steps=options.get("steps", 6))
    page.mouse.up()
