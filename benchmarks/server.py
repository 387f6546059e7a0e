"""The server as a process: how soon it answers, how quick an evaluation is over a kept connection."""

import http.client
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.table import Table, duration
from benchmarks.target import at_most
from benchmarks.timing import percentile

LIMITS = (
    "nine tenths of the start are imports, two thirds of those FastAPI with the models of its OpenAPI document, "
    "uvicorn and NumPy; the libraries of pages, exports, reports and clusters wait until they are needed (Jinja "
    "0.96), and nothing is searched for plugins (0.97). Bytecode is kept where the machine would have it switched off "
    "(three quarters of the time), and no garbage is collected meanwhile (0.90 to 0.96); schemas of answers are made "
    "no sooner than the OpenAPI document (0.89 to 0.95). An empty program that imports FastAPI, uvicorn, NumPy and "
    "pydantic-settings, and collects no garbage, takes nine tenths of it."
)
SOURCE = "payment = (apple * 2 + orange * 3) * tax"


@contextmanager
def serving() -> Iterator[str]:
    """A server with an empty data folder; what it gives is HOST:PORT."""
    command = [str(Path(sys.executable).with_name("backprop-explorer")), "--port", "0", "--no-browser"]
    with tempfile.TemporaryDirectory() as data:
        process = subprocess.Popen([*command, "--data-dir", data], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        try:
            yield process.stdout.readline().rpartition("/")[2].strip()
        finally:
            process.terminate()
            process.wait()
            process.stdout.close()


def call(place: str, method: str, path: str, body: Any = None) -> Any:
    """One call of the API."""
    connection = http.client.HTTPConnection(place)
    connection.request(method, path, json.dumps(body), {"content-type": "application/json"})
    answer = json.loads(connection.getresponse().read() or b"null")
    connection.close()
    return answer


def starts(times: int = 7) -> list[float]:
    """Seconds from starting the process to the answer of /api/health."""
    taken = []
    for _ in range(times):
        began = perf_counter()
        with serving() as place:
            connection = http.client.HTTPConnection(place)
            connection.request("GET", "/api/health")
            connection.getresponse().read()
            taken.append(perf_counter() - began)
            connection.close()
    return taken


def evaluations(calls: int = 2_000) -> list[float]:
    """Seconds of each POST /api/evaluate of apples and oranges, another price each time."""
    taken = []
    with serving() as place:
        connection = http.client.HTTPConnection(place)
        for price in range(calls):
            body = json.dumps({"source": SOURCE, "inputs": {"apple": price, "orange": 150, "tax": 1.1}})
            began = perf_counter()
            connection.request("POST", "/api/evaluate", body, {"content-type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            taken.append(perf_counter() - began)
            assert answer.status == 200
        connection.close()
    return taken[calls // 10 :]


def tables() -> Iterator[Table]:
    """Start and evaluation, with the targets they are held to."""
    start, evaluation = starts(), evaluations()
    yield Table(
        "Server",
        "A process of its own on this machine; evaluations over one kept connection, client's time included.",
        ["what", "median", "p95", "target"],
        [
            [
                "process start to /api/health",
                duration(median(start)),
                duration(max(start)),
                at_most(median(start), 1, "median ≤ 1.0 s"),
            ],
            [
                "POST /api/evaluate, apples and oranges",
                duration(median(evaluation)),
                duration(percentile(evaluation, 0.95)),
                at_most(percentile(evaluation, 0.95), 0.005, "p95 ≤ 5 ms"),
            ],
        ],
        limits=LIMITS,
    )
