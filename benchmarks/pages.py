"""The pages' first load in a real Chromium: Lighthouse, script transferred, time to drawn; and the digits' decoding."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Browser

from benchmarks import chromium
from benchmarks.server import serving
from benchmarks.table import Table, duration
from benchmarks.target import at_least, at_most
from engine.dataset import load

LIGHTHOUSE = "lighthouse@12.8.2"
ROUNDS, TRIES = 5, 3
LIMITS = (
    "all style sheets as one and the drawing's libraries as one; title, text, formula, gallery and what to do in the "
    "page itself; modules asked for at once but after the first paint, numbers with the page, the layout engine before "
    "all else; what a graph is drawn, walked and changed without after the drawing (with the libraries 0.75 of the "
    "time until it stands); on an English page no font of another language (0.4 of the first layout, which waits for "
    "fonts). With Lighthouse's slow phone the first paint comes after 1.4 s, 2.4 s before that, and nothing moves "
    "(0.008, 0.066 before). There is no bundler, so that what is served is what is written: each module is 4 to 6 ms "
    "of work for the server and three processes of the browser, however small. All of them as one file, tried with a "
    "bundler, gave 0.7 of the time until the graph stands and 96 points where it was 86. The long tasks that cost the "
    "points are waiting: of a task of 158 ms the page had a core for 50, of one of 46 for 2. Tried without gain: a "
    "first layout by the engine while modules come, since both cores are busy then, and files without the policy that "
    "only a page needs. On the machine of 2026-11-25 a phone scored 99 and 94."
)
DECODING = (
    "the parts are unpacked and checked side by side, pixels counted and sorted in blocks that stay in the cache (0.87 "
    "of the time before both). What is left is unpacking the training images, which one thread does."
)
# Each page with what shows that it is drawn, and its targets: Lighthouse's score and bytes of script.
PAGES = {"/graphs": (".drawing.is-drawn", 95, 700_000), "/training": ("#settings input", 90, 700_000)}
# By the page's own clock, from navigation: who waits outside looks in every half second.
WATCH = """window.drawn = new Promise((resolve) => {
  const observer = new MutationObserver(() => {
    if (!document.querySelector("DRAWN")) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
  });
  observer.observe(document, { attributes: true, childList: true, subtree: true });
})"""
SCRIPTS = """() => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".js"))
  .map(({ encodedBodySize }) => encodedBodySize)"""


def score(address: str, form: str, path: str) -> float | str:
    """Lighthouse's performance score of a page from 0 to 100, or why there is none."""
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    npm = shutil.which("npm", path=places)
    if npm is None:
        return "not measured: there is no npm"
    preset = ["--preset=desktop"] if form == "desktop" else []
    flags = f"--chrome-flags=--headless=new {' '.join(chromium.ARGUMENTS)}"
    options = ["--only-categories=performance", "--output=json", "--quiet", flags, *preset]
    why = ""
    for _ in range(TRIES):
        done = subprocess.run(
            [npm, "exec", "--yes", f"--package={LIGHTHOUSE}", "--", "lighthouse", address, *options],
            env={**os.environ, "PATH": places, "CHROME_PATH": path},
            cwd=tempfile.gettempdir(),
            capture_output=True,
            text=True,
            check=False,
        )
        try:
            return 100 * float(json.loads(done.stdout)["categories"]["performance"]["score"])
        except (ValueError, TypeError, KeyError):
            why = (done.stderr.strip() or "lighthouse failed").splitlines()[-1][:80]
    return f"not measured: {why}"


def opened(browser: Browser, address: str, drawn: str, times: int = 5) -> tuple[float, int, int]:
    """Median seconds from navigation to drawn with nothing cached; number and compressed bytes of its scripts."""
    taken, sizes = [], []
    for _ in range(times):
        with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
            context.add_init_script(WATCH.replace("DRAWN", drawn))
            page = context.new_page()
            page.goto(address, wait_until="commit")
            taken.append(page.evaluate("window.drawn") / 1000)
            page.wait_for_load_state("networkidle")
            sizes = page.evaluate(SCRIPTS)
    return median(taken), len(sizes), sum(sizes)


def measure(path: str) -> Iterator[list[str]]:
    """Both pages as a browser and as Lighthouse see them."""
    with serving() as place:
        for page, (drawn, least, most) in PAGES.items():
            address = f"http://{place}{page}"
            with chromium.launched(path) as browser:
                seconds, count, transferred = opened(browser, address, drawn)
            yield [f"{page}: navigation → drawn, nothing cached", duration(seconds), ""]
            target = at_most(transferred, most, f"≤ {most / 1000:.0f} kB")
            yield [f"{page}: script, compressed", f"{transferred / 1000:.0f} kB in {count} files", target]
            for form in ("desktop", "mobile"):
                points = [score(address, form, path) for _ in range(ROUNDS)]
                what = f"{page}: Lighthouse performance, {form}"
                if any(isinstance(found, str) for found in points):
                    yield [what, next(found for found in points if isinstance(found, str)), f"≥ {least}"]
                else:
                    middle = median(float(found) for found in points)
                    yield [what, f"{middle:.0f}", at_least(middle, least, f"≥ {least}")]


def timed(cache: Path) -> float:
    """Seconds that the data set takes with this cache."""
    began = perf_counter()
    load("mnist", cache)
    return perf_counter() - began


def decoding() -> Iterator[list[str]]:
    """The data set, read the first time and later."""
    times: list[list[float]] = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            times.append([timed(Path(folder)) for _ in range(8)])
    first = median(each[0] for each in times)
    later = median(time for each in times for time in each[1:])
    yield ["first decode", duration(first), at_most(first, 0.5, "≤ 0.5 s")]
    yield ["later, mapped", duration(later), at_most(later, 0.02, "≤ 20 ms")]


def tables() -> Iterator[Table]:
    """Both pages, then the data set."""
    path, columns = chromium.find(), ["what", "measured", "target"]
    yield Table(
        "Pages",
        "First load from a server on this machine, no run yet. Mobile is Lighthouse's default: a slow phone on a slow\n"
        f"network. Scores are medians of {ROUNDS}.",
        columns,
        list(measure(path)) if path else [[chromium.ABSENT, "", ""]],
        limits=LIMITS,
    )
    yield Table(
        "MNIST",
        "The shipped files: decoded, checked, sorted and stored in a folder once, mapped into memory after that.\n"
        f"Medians of {ROUNDS} folders.",
        columns,
        list(decoding()),
        limits=DECODING,
    )
