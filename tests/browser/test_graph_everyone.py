"""For everyone: by keyboard alone, by touch, and in high contrast."""

import re
from collections.abc import Callable

from playwright.sync_api import CDPSession, Page, expect

from tests.browser.graph import field, open_graph, payment
from tests.browser.wait import until

FOCUSED = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const frame = at.querySelector?.(".frame, .wire, rect");
  const drawn = (css) => css !== null && parseFloat(css.strokeWidth) >= 1.9;
  const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const near = at.closest(".track, .sheet, .node, .group, .choice");
  const around = near && near !== at ? getComputedStyle(near) : null;
  const outlined = around !== null && (around.outlineStyle !== "none" || around.boxShadow !== "none");
  const edged = near?.matches(".node") ? drawn(getComputedStyle(near.querySelector(".frame"))) : false;
  return {
    name: at.getAttribute("aria-label") || at.textContent.trim().slice(0, 40) || at.id || at.tagName,
    tag: at.tagName,
    seen: marked || outlined || edged || drawn(frame ? getComputedStyle(frame) : null),
  };
}"""


def test_the_tab_key_reaches_everything_marks_where_it_is_and_is_never_trapped(page: Page) -> None:
    open_graph(page, "apples-variables-outside")
    expect(page.get_by_role("button", name="Try it")).to_be_visible()
    reached = []
    for _ in range(140):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["tag"] == "BODY" or (reached and at["name"] == reached[0]["name"]):
            break
        reached.append(at)
    else:
        raise AssertionError("the Tab key goes round and round")
    names = [at["name"] for at in reached]
    for name in ("Language", "Formula", "New", "Keys", "apple price", "Play", "Try it"):
        assert name in names, name
    assert "payment, mul ×: value 220, gradient 1" in names
    assert [at["name"] for at in reached if not at["seen"]] == []


def test_names_and_sentences_are_put_together_as_the_language_does(new_page: Callable[..., Page]) -> None:
    page = new_page(locale="ja-JP")
    open_graph(page, "affine-batch")
    expect(page.locator('[data-node-id="Y"]')).to_have_attribute("aria-label", re.compile(r"^出力、add \+：値"))
    page.locator("#canvas").press("Home")
    page.locator("#canvas").press("ArrowRight")
    expect(page.locator(".sentence")).to_have_text("順伝播で dot を通ります：(3, 2)、(2, 3) は (3, 3) になります。")


def finger(session: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    touches = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def test_a_finger_scrubs_a_number_two_zoom_and_a_tap_chooses(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce")
    open_graph(page, "apples-and-oranges")
    session = page.context.new_cdp_session(page)
    price = field(page, "apple price")
    box = price.bounding_box()
    assert box
    x, y = box["x"] + 30, box["y"] + box["height"] / 2
    finger(session, "touchStart", (x, y))
    for by in range(5, 45, 5):
        finger(session, "touchMove", (x + by, y))
    finger(session, "touchEnd")
    expect(price).not_to_have_value("100")
    expect(payment(page)).not_to_have_text("715")
    scale = "document.querySelector('.viewport').transform.baseVal.consolidate().matrix.a"
    before = page.evaluate(scale)
    finger(session, "touchStart", (180, 450), (220, 450))
    for by in range(20, 80, 10):
        finger(session, "touchMove", (200 - by, 450), (200 + by, 450))
    finger(session, "touchEnd")
    until(page, f"{scale} > {1.5 * before}")
    page.get_by_role("button", name="Fit").tap()
    page.locator('[data-node-id="price"] .frame').tap()
    expect(page.locator("#inspector h2")).to_contain_text("payment")


def test_in_high_contrast_steps_and_lit_cells_are_still_seen(new_page: Callable[..., Page]) -> None:
    page = new_page(forced_colors="active")
    open_graph(page, "affine-batch", "?step=4")
    marks = page.locator("#timeline .marks i")
    colors = marks.evaluate_all("marks => marks.map((mark) => getComputedStyle(mark).backgroundColor)")
    assert len(set(colors)) == 2
    page.locator('[data-node-id="XW"]').click()
    page.locator('#inspector figure[data-map="XW|gradient:1"] [data-n="3"]').click()
    lit = page.locator("#inspector .is-lit").first
    assert lit.evaluate("cell => getComputedStyle(cell).outlineColor") != "rgba(0, 0, 0, 0)"
