"""The graph page in a real Chromium: from the pointer's move to repainted numbers, and a graph of 1,000 nodes."""

import json
import random
from collections.abc import Iterator
from statistics import median
from typing import Any

from playwright.sync_api import Page

from benchmarks import chromium
from benchmarks.server import serving
from benchmarks.table import Table, duration
from benchmarks.target import at_most
from benchmarks.timing import percentile

GRAPHS = ("two-apples", "apples-and-oranges", "sigmoid-opened")
MOVES = 150
LIMITS = (
    "the server is asked a few steps ahead of a drag, what explains a number is drawn once the hand rests, and looking "
    "ahead waits until the browser is idle; taking a foreseen answer in the same turn gained nothing that could be "
    "measured. A move comes at any moment between two frames and waits for the next, up to 16.7 ms at 60 a second: a "
    "page that does nothing else waits too (the first row), and what this one adds is the row without the wait."
)

# Times are the browser's own. A move is stamped as the pointer makes it, at any moment between two frames; the browser
# hands it to the page as a pointermove once a frame; the task after that frame's paint is when it is painted.
PROBE = """() => {
  const probe = (window.probe = { moved: 0, framed: 0, changed: [], painted: [], frame: [], wake: null });
  probe.until = (count) =>
    new Promise((resolve, reject) => {
      probe.wake = () => probe.painted.length >= count && resolve();
      probe.wake();
      setTimeout(() => reject(new Error("a move changed no number")), 10_000);
    });
  const centre = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  };
  const seen = (element) => document.elementFromPoint(...Object.values(centre(element))) === element;
  const input = [...document.querySelectorAll(".node.is-input input")].find(seen);
  const first = { capture: true };
  input.addEventListener("pointerrawupdate", (event) => { probe.moved = event.timeStamp; }, first);
  input.addEventListener("pointermove", () => { probe.framed = performance.now(); }, first);
  new MutationObserver(() => {
    const { moved } = probe;
    probe.changed.push(performance.now() - moved);
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        const now = performance.now();
        probe.painted.push(now - moved);
        probe.frame.push(now - probe.framed);
        probe.wake?.();
      };
      channel.port2.postMessage(0);
    });
  }).observe(document.querySelector(".output .big"), { characterData: true, childList: true, subtree: true });
  return centre(input);
}"""

# The least a page can do: it writes the pointer's place as the number, asks nobody and draws nothing.
LEAST = """<!doctype html><div class="node is-input"><input size="8"></div><p class="output"><b class="big">0</b></p>
<script>
const input = document.querySelector("input");
input.addEventListener("pointerdown", (event) => input.setPointerCapture(event.pointerId));
input.addEventListener("pointerrawupdate", (event) => {
  document.querySelector(".big").textContent = event.clientX;
});
</script>"""

PAN = """() => new Promise((resolve) => {
  const frames = [];
  let last = performance.now();
  const frame = (now) => {
    frames.push(now - last);
    last = now;
    if (frames.length < 60) requestAnimationFrame(frame);
    else resolve(frames.slice(5));
  };
  requestAnimationFrame(frame);
})"""


def large(nodes: int = 1000, width: int = 20) -> dict[str, Any]:
    """A graph of scalar nodes: levels of negations and of sums over neighbours, then one long sum."""
    made: list[dict[str, Any]] = [{"id": f"x{i}", "op": "input", "value": 0.5 + i / 20} for i in range(width)]
    last = [node["id"] for node in made]
    while len(made) <= nodes - 3 * width:
        level = f"n{len(made)}"
        made += [{"id": f"{level}t{i}", "op": "neg", "inputs": [last[i]]} for i in range(width)]
        pairs = [[f"{level}t{i}", f"{level}t{(i + 1) % width}"] for i in range(width)]
        made += [{"id": f"{level}s{i}", "op": "add", "inputs": pair} for i, pair in enumerate(pairs)]
        last = [f"{level}s{i}" for i in range(width)]
    while len(made) < nodes:
        made.append({"id": f"s{len(made)}", "op": "add", "inputs": [made[-1]["id"], last[len(made) % width]]})
    return {"nodes": made, "output": made[-1]["id"]}


def opened(page: Page, place: str, slug: str) -> None:
    """Open a graph and wait until it is drawn."""
    page.goto(f"http://{place}/graphs/{slug}")
    page.wait_for_selector(".drawing.is-drawn", timeout=60_000)
    page.wait_for_timeout(800)


def scrub(page: Page) -> dict[str, list[float]]:
    """Seconds of each move of a drag over an input in sight: until the output changed, until that was painted, and how
    much of it went by since the frame began that brought the move to the page."""
    x, y = page.evaluate(PROBE).values()
    page.mouse.move(x, y)
    page.mouse.down()
    for move in range(1, MOVES + 1):
        page.wait_for_timeout(random.uniform(0, 16))  # the hand knows nothing of the screen's frames
        page.mouse.move(x + 3 + 3 * move, y)
        page.evaluate("count => window.probe.until(count)", move)
    page.mouse.up()
    return {
        what: [time / 1000 for time in page.evaluate(f"window.probe.{what}")[5:]]
        for what in ("changed", "painted", "frame")
    }


def pan(page: Page) -> list[float]:
    """Seconds of each frame while the drawing is panned and zoomed by wheel and drag."""
    page.mouse.move(640, 500)
    page.evaluate(f"() => {{ window.frames_ = ({PAN})(); }}")
    page.mouse.down()
    for move in range(40):
        page.mouse.move(640 - 4 * move, 500 + move)
    page.mouse.up()
    return [time / 1000 for time in page.evaluate("() => window.frames_")]


def row(what: str, times: list[float], bound: float | None = None) -> list[str]:
    """A row of the table."""
    late = percentile(times, 0.95)
    target = "" if bound is None else at_most(late, bound, f"≤ {duration(bound)}")
    return [what, duration(median(times)), duration(late), target]


def measure(path: str) -> Iterator[list[str]]:
    """Editing on gallery graphs and on 1,000 nodes, drawing 1,000 nodes, panning them."""
    with serving() as place, chromium.launched(path) as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        # From the server's own address: raw pointer events come in a secure context alone.
        page.route("**/least", lambda route: route.fulfill(body=LEAST, content_type="text/html"))
        page.goto(f"http://{place}/least")
        yield row("a page that writes one number, and nothing else: move → painted", scrub(page)["painted"])
        for slug in GRAPHS:
            opened(page, place, slug)
            times = scrub(page)
            yield row(f"{slug}: move → number painted", times["painted"], 0.0167)
            yield row(f"{slug}: until it changed", times["changed"])
            yield row(f"{slug}: from the frame that brings the move, without the wait for it", times["frame"])
        # Anew, since a browser that has changed a graph brings its own copy back.
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        document = json.dumps(large())
        page.route(
            "**/api/graphs/two-apples", lambda route: route.fulfill(body=document, content_type="application/json")
        )
        drawn = []
        for _ in range(3):
            opened(page, place, "two-apples")
            drawn.append(page.evaluate("performance.getEntriesByName('graph/drawn')[0].startTime") / 1000)
        yield row("1,000 nodes: navigation → drawn", drawn, 2)
        times = scrub(page)
        yield row("1,000 nodes: move → number painted", times["painted"], 0.05)
        yield row("1,000 nodes: until it changed", times["changed"])
        yield row("1,000 nodes: a frame while panning", pan(page))


def tables() -> Iterator[Table]:
    """What a hand and an eye meet."""
    path = chromium.find()
    yield Table(
        "Graph page",
        f"Chromium without a GPU, server on this machine; {MOVES} moves of a drag, from the pointer event's stamp.",
        ["what", "median", "p95", "target (p95)"],
        list(measure(path)) if path else [[chromium.ABSENT, "", "", ""]],
        limits=LIMITS,
    )
