"""Live, and never in the way: a hidden tab, values on hover, zoom, many runs, keyboard alone."""

import re

from playwright.sync_api import Page, expect

from tests.browser.training import POINTS, start
from tests.browser.wait import until
from tests.browser.written import written

VISIBILITY = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


# When what was asked of the page before has been drawn.
DRAWN = """new Promise((drawn) => {
  setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(drawn)), 100);
})"""

# How many dots a line of accuracy has had.
DOTS = """() => {
  const chart = document.querySelector("#accuracy-chart");
  window.dots = new Set();
  new MutationObserver(() => {
    const lines = chart.querySelectorAll(".trace");
    for (const line of lines) window.dots.add(line.querySelectorAll(".points > path").length);
  }).observe(chart, { childList: true, subtree: true });
}"""

# While the second run's accuracy grows: how many of the dots are beyond the end of their line.
BEYOND = """(() => {
  const chart = document.querySelector("#accuracy-chart");
  const before = chart.dataset.run;
  window.beyond = [];
  setInterval(() => {
    if (chart.dataset.run === before || document.querySelector("#run-state").dataset.state !== "running") return;
    const far = [...chart.querySelectorAll(".scatterlayer .trace")].map((trace) => {
      const end = Number(trace.querySelector("path.js-line").getAttribute("d").match(/([0-9.]+),[0-9.-]+$/)[1]);
      const places = [...trace.querySelectorAll(".points > path")].map((dot) => dot.getAttribute("transform"));
      return places.filter((place) => Number(place.match(/[0-9.]+/)[0]) > end + 1).length;
    });
    window.beyond.push(Math.max(...far));
  }, 50);
})()"""


def test_a_hidden_tab_asks_for_nothing_and_catches_up(page: Page) -> None:
    page.goto("/training")
    with page.expect_websocket() as stream:
        start(page, Iterations="200000")
    until(page, f"{POINTS} > 50")
    page.evaluate(VISIBILITY, True)
    if not stream.value.is_closed():
        stream.value.wait_for_event("close")
    page.evaluate(DRAWN)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    hidden = page.evaluate(POINTS)
    page.wait_for_timeout(2500)
    assert page.evaluate(POINTS) == hidden
    assert asked == []
    with page.expect_websocket() as again:
        page.evaluate(VISIBILITY, False)
    assert re.search(r"after=[1-9]", again.value.url)
    until(page, f"{POINTS} > {hidden} + 100")
    assert page.evaluate("document.querySelector('#loss-chart').data[0].x[0]") == 0
    page.get_by_role("button", name="Stop", exact=True).click()


def test_hover_reads_values_and_a_drag_zooms(page: Page) -> None:
    page.goto("/training")
    start(page, Iterations="400")
    expect(page.locator("#run-state")).to_have_text("finished")
    until(page, f"{POINTS} >= 399")
    chart = page.locator("#loss-chart")
    box = chart.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    expect(chart.locator(".hoverlayer")).to_contain_text(re.compile(r"smoothed : [\d.]+"))
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=5)
    page.mouse.up()
    until(page, "document.querySelector('#loss-chart').layout.xaxis.range[0] > 50")
    page.mouse.dblclick(x, y)
    until(page, "document.querySelector('#loss-chart').layout.xaxis.range[0] === 0")


def test_each_epoch_has_its_dot_as_soon_as_it_is_over(page: Page) -> None:
    page.goto("/training")
    page.evaluate(DOTS)
    # A wider layer, so that an epoch takes longer than a busy page may be held up.
    start(page, Hidden_layers="200", Iterations="7200")
    expect(page.locator("#run-state")).to_have_text("finished", timeout=90_000)
    until(page, "window.dots.has(12)")
    # Plotly itself draws only where an axis grows and once the line rests.
    assert len({7, 8, 9, 10} & set(page.evaluate("[...window.dots]"))) >= 2


def test_a_run_grows_in_the_drawing_of_the_one_before_and_leaves_nothing_of_it(page: Page) -> None:
    page.goto("/training")
    start(page, Iterations="4000")
    expect(page.locator("#run-state")).to_have_text("finished", timeout=60_000)
    until(page, f"{POINTS} === 3999")
    before = page.url
    page.evaluate(BEYOND)
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url(lambda address: address != before)
    # The line of state may still be that of the run before.
    until(page, f"{POINTS} === 3999", 60)
    seen = page.evaluate("window.beyond")
    assert len(seen) > 5
    assert max(seen) == 0


def test_while_a_run_trains_nothing_is_written_that_stands_there_already(page: Page) -> None:
    page.goto("/training")
    start(page, Iterations="200000")
    page.set_viewport_size({"width": 1440, "height": 3000})
    for part in ("#weights", "#confusion", "#mistakes"):
        expect(page.locator(part)).to_be_visible()
    page.wait_for_timeout(500)
    count, again = written(page, lambda: page.wait_for_timeout(2000))
    page.get_by_role("button", name="Stop", exact=True).click()
    assert count > 50
    assert again == {}


def test_many_runs_are_overlaid_one_in_colour(page: Page) -> None:
    page.goto("/training")
    page.evaluate(
        """async () => {
          for (let seed = 100; seed < 120; seed += 1) {
            const body = JSON.stringify({ seed, iterations: 20, train_limit: 100, hidden: [5], batch_size: 10 });
            await fetch("/api/runs", { method: "POST", headers: { "Content-Type": "application/json" }, body });
          }
        }"""
    )
    page.goto("/training")
    page.get_by_label("Filter the runs").fill("seed 1")
    boxes = page.locator("#runs input:not(:disabled)")
    for place in range(19):
        boxes.nth(place).check()
    until(page, "document.querySelector('#loss-chart').data?.length === 21", 60)
    colours = page.evaluate(
        "document.querySelector('#loss-chart').data.map((line) => line.line.color).filter((c) => !c.startsWith('rgba'))"
    )
    assert len(set(colours[:-1])) == 1
    assert colours[-1] != colours[0]


def test_a_run_is_started_and_steered_by_keyboard_alone(page: Page) -> None:
    page.goto("/training")
    page.get_by_label("Iterations", exact=True).focus()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("200000")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/training/\w+"))
    until(page, f"{POINTS} > 5")
    page.get_by_role("button", name="Pause", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#run-state")).to_have_text("paused")
    expect(page.get_by_role("button", name="Resume", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Step", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#run-state")).to_have_text("stopped")
