"""What is opened fits its view, and no text on the screen is lower than 12 pixels, however small the drawing."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.graph import open_graph

# The lowest text of the drawing that is shown, in pixels of the screen.
LOWEST = """() => {
  const scale = document.querySelector(".viewport").getCTM().a;
  const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== "hidden";
  const texts = [...document.querySelectorAll("#drawing text, #drawing .field")].filter(shown);
  return Math.min(...texts.map((e) => parseFloat(getComputedStyle(e).fontSize) * scale));
}"""


def is_whole_and_legible(page: Page) -> None:
    """All that is drawn is in sight, its texts 12 pixels high."""
    expect(page.locator("#canvas")).not_to_have_class(re.compile("goes-on-right"))
    for element in page.locator("#drawing .node, #drawing .output, #drawing .group .frame").all():
        expect(element).to_be_in_viewport(ratio=0.95)
    assert page.evaluate(LOWEST) >= 11.9


@pytest.mark.parametrize(("slug", "node"), [("softmax-with-loss", "L"), ("sigmoid-node", "y")])
def test_an_opened_composite_is_seen_whole(page: Page, slug: str, node: str) -> None:
    open_graph(page, slug)
    page.locator(f'[data-node-id="{node}"]').dblclick()
    expect(page.locator("#drawing .group")).not_to_have_count(0)
    expect(page.locator("#drawing.is-gliding")).to_have_count(0)
    is_whole_and_legible(page)
    page.get_by_role("button", name="Zoom out").click()
    page.get_by_role("button", name="Fit").click()
    is_whole_and_legible(page)


def test_a_mini_batch_of_a_run_is_seen_whole(page: Page) -> None:
    page.goto("/training")
    run = page.request.post("/api/runs", data={"iterations": 1}).json()["id"]
    page.goto(f"/training/{run}")
    expect(page.locator('[data-metric="loss"]')).to_have_text(re.compile(r"\d"))
    expect(page.locator("#run-state")).to_have_text("finished")
    page.goto(f"/graphs?run={run}")
    expect(page.locator(".drawing.is-drawn")).to_be_visible()
    is_whole_and_legible(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("mini-batch")
    expect(page.get_by_label("Formula")).to_have_value(re.compile(r"# x = np\.array\(\[…\]\)"))
    expect(page.get_by_role("link", name="Back to the run")).to_have_attribute("href", f"/training/{run}")


@pytest.mark.parametrize("size", [(1024, 768), (390, 844)])
def test_what_is_opened_in_part_says_how_to_see_the_rest(new_page: Callable[..., Page], size: tuple[int, int]) -> None:
    page = new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    open_graph(page, "two-layer-network")
    canvas, more = page.locator("#canvas"), page.get_by_text("Drag the drawing to see the rest")
    expect(more).to_be_in_viewport()
    expect(canvas).to_have_class(re.compile("goes-on-down"))
    expect(canvas).not_to_have_class(re.compile("goes-on-up"))
    box = page.locator("#drawing").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 120)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 80, steps=4)
    page.mouse.up()
    expect(more).to_be_hidden()
    expect(canvas).to_have_class(re.compile("goes-on-up"))
    page.reload()
    expect(page.locator(".drawing.is-drawn")).to_be_visible()
    expect(more).to_be_hidden()


def test_what_a_person_moved_to_stays_when_the_window_changes(page: Page) -> None:
    open_graph(page, "two-layer-network")
    page.get_by_role("button", name="Zoom in").click()
    expect(page).to_have_url(re.compile(r"view="))
    before = page.locator(".viewport").get_attribute("transform")
    page.set_viewport_size({"width": 1300, "height": 760})
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.locator(".viewport")).to_have_attribute("transform", before or "")


@pytest.mark.parametrize(("slug", "width"), [("sigmoid-node", 1280), ("apples-and-oranges", 390)])
def test_what_is_seen_whole_needs_no_such_words(new_page: Callable[..., Page], slug: str, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 844})
    open_graph(page, slug)
    expect(page.get_by_text("Drag the drawing to see the rest")).to_be_hidden()


def test_texts_too_small_to_read_are_left_out(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_graph(page, "two-layer-network")
    for _ in range(4):
        page.get_by_role("button", name="Zoom out").click()
    expect(page.locator("#drawing")).to_have_class(re.compile("is-far"))
    expect(page.locator("#drawing .label text").first).to_be_hidden()
    page.get_by_role("button", name="Fit").click()
    expect(page.locator("#drawing .label text").first).to_be_visible()
