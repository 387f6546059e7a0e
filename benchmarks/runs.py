"""Training runs as a person meets them: how soon the first loss, and what it costs to be watched."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Any

from websockets.sync.client import connect

from benchmarks import chromium
from benchmarks.server import call, serving
from benchmarks.table import Table, duration
from benchmarks.target import at_least, at_most
from benchmarks.timing import percentile
from benchmarks.visitor import SETTLED, visiting

ROUNDS = 5
BROWSERS = 25
"""Rounds before one browser: a few per cent are told from noise by more of them."""
CLIENTS = 500
LIMITS = (
    "events are encoded once and sent as the same text; a crowd is woken twice a second; no compression; the page "
    "repaints at most 40 times a second, grows its lines in place on an axis that is there from the beginning, has a "
    "chart drawn anew only where an axis grows or a pointer reads it, draws only the panels that are seen, keeps the "
    "painting of the others, and writes what is read rather than watched eight times a second; no process is started "
    "beside a run that begins, and on Linux the server interrupts no run; what a run that begins has no answer to yet "
    "is asked for later, and no look of a past that came live (its wait for a core 32 to 22 ms in the first 3,000 "
    "steps). The browser paints without a GPU, no inspector attached. Training, server and watchers share the cores "
    "of one machine: what is left is 35 to 50 ms of waiting for a core where the browser needs both, mostly while the "
    "page turns to the new run, a look inside three times a second, and caches shared. The slower a core, the more of "
    "it a repaint takes: on the machine of 2026-11-28 the browser needs 15 ms of a core for each (19 before panels "
    "kept their painting and words came seldom), three fifths of it in laying out and painting. There the run keeps "
    "0.96 of its speed beside a program that counts on the other core for 0.7 of the time, 0.95 beside one that "
    "counts all the time and 0.89 beside one that copies memory, single rounds 0.82 to 1.10. On the machine of "
    "2026-11-29, whose run takes 1.7 s, some 35 ms of it are waiting, half of that in the first 60 ms, in which page "
    "and run start together. Tried there without gain: two thirds of the messages (repaints fall to 27 a second), no "
    "icon."
)
ENDS = ("finished", "failed", "stopped", "diverged")


def first_loss(place: str) -> float:
    """Seconds from POST /api/runs to the first steps message."""
    began = perf_counter()
    run = call(place, "POST", "/api/runs", {"iterations": 200, "train_limit": 1000})["id"]
    with connect(f"ws://{place}/api/runs/{run}/stream?after=0") as stream:
        while json.loads(stream.recv())["type"] != "steps":
            pass
        taken = perf_counter() - began
        _last(stream)
    return taken


def _last(stream: Any) -> None:
    while (message := json.loads(stream.recv()))["type"] != "state" or message["state"] not in ENDS:
        pass


def trained(place: str, run: str) -> float:
    """Steps a second of a run, once it has ended."""
    while (answer := call(place, "GET", f"/api/runs/{run}"))["state"] not in ENDS:
        sleep(0.2)
    assert answer["state"] == "finished", answer
    return float(answer["config"]["iterations"] / answer["seconds"])


# A repaint is a frame in which the loss that is shown changed. Start is pressed with the page as it stands.
START = """(async () => {
  const seen = (window.seen = []);
  const loss = document.querySelector("[data-metric=loss]");
  new MutationObserver(() => seen.push(performance.now())).observe(loss, {
    characterData: true, childList: true, subtree: true,
  });
  document.querySelector("#start").click();
  while (!location.pathname.startsWith("/training/")) await new Promise((resolve) => setTimeout(resolve, 20));
  return location.pathname.split("/").pop();
})()"""
RATE = "(1000 * (window.seen.length - 2)) / (window.seen.at(-1) - window.seen[1])"


def watched_by_browser(place: str, path: str) -> tuple[list[float], list[float]]:
    """The share of its speed that the chapter's run keeps while a page watches, and the page's repaints a second."""
    shares, repaints = [], []
    for _ in range(BROWSERS):
        alone = trained(place, call(place, "POST", "/api/runs", {})["id"])
        with visiting(path, f"http://{place}/training") as page:
            sleep(SETTLED)
            run = page.evaluate(START)
            shares.append(trained(place, run) / alone)
            repaints.append(page.evaluate(RATE))
    return shares, repaints


def crowd(place: str, run: str) -> list[int]:
    """Watch one run with many clients at once; the number of losses that each was sent, in order and to the end."""
    command = [sys.executable, "-m", "benchmarks.crowd", place, run, str(CLIENTS)]
    return list(json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout))


def resident(place: str) -> float:
    """Resident megabytes of the server process, the one that listens at this place."""
    port = int(place.rpartition(":")[2])
    inode = next(
        line.split()[9]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A"
    )
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if os.readlink(link) == f"socket:[{inode}]":
                status = (link.parent.parent / "status").read_text()
                return int(status.split("VmRSS:")[1].split()[0]) / 1024
        except OSError:
            continue
    return float("nan")


def watched_by_crowd(place: str) -> tuple[list[float], list[int], list[float]]:
    """The share of its speed a run keeps before a crowd, losses each client was sent, megabytes after each round."""
    shares, losses, memory = [], [], [resident(place)]
    for _ in range(ROUNDS):
        alone = trained(place, call(place, "POST", "/api/runs", {})["id"])
        run = call(place, "POST", "/api/runs", {})["id"]
        losses += crowd(place, run)
        shares.append(trained(place, run) / alone)
        memory.append(resident(place))
    return shares, losses, memory


def tables() -> Iterator[Table]:
    """First loss, one browser, many clients."""
    path = chromium.find()
    with serving() as place:
        first_loss(place)
        first = [first_loss(place) for _ in range(15)]
        alone = [trained(place, call(place, "POST", "/api/runs", {})["id"]) for _ in range(3)]
        page, repaints = watched_by_browser(place, path) if path else ([], [])
        shares, losses, memory = watched_by_crowd(place)
    watched = "watched by one browser / unwatched"
    yield Table(
        "Training runs",
        f"The chapter's run of 10,000 steps, watched and unwatched in turns, medians of {BROWSERS} and {ROUNDS}.\n"
        f"{CLIENTS} clients are one process of low priority on the same cores, since their work is another machine's.",
        ["what", "measured", "target"],
        [
            [
                "POST /api/runs → first streamed loss, warm",
                f"median {duration(median(first))}, p95 {duration(percentile(first, 0.95))}",
                at_most(median(first), 0.15, "median ≤ 150 ms"),
            ],
            ["the chapter's run, unwatched", f"{duration(10_000 / median(alone))}", ""],
            [watched, f"{median(page):.3f}", at_least(median(page), 0.97, "≥ 0.97")]
            if page
            else [watched, chromium.ABSENT, "≥ 0.97"],
            ["repaints a second meanwhile", f"{median(repaints):.0f}", at_least(median(repaints), 30, "≥ 30")]
            if page
            else ["repaints a second meanwhile", chromium.ABSENT, "≥ 30"],
            [
                f"watched by {CLIENTS} clients / unwatched",
                f"{median(shares):.3f}",
                at_least(median(shares), 0.9, "≥ 0.9"),
            ],
            ["losses each client was sent, fewest and most", f"{min(losses):,} … {max(losses):,} of 10,000", ""],
            [
                "server's memory before and after each round",
                " → ".join(f"{m:.0f}" for m in memory) + " MB",
                at_most(memory[-1], 1.1 * memory[1], "flat after the first round, within 10 %"),
            ],
        ],
        limits=LIMITS,
    )
