"""Same configuration and seed, same bits: paused, resumed, cut off and killed on the way."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient

from app.settings import Settings
from tests.app.runs.drive import LONG, Document, change, get, losses, start, until

FULL: Document = {
    "hidden": [10],
    "train_limit": 5000,
    "batch_size": 20,
    "iterations": 2000,
    "optimizer": {"name": "adam"},
    "dropout": 0.1,
    "batch_norm": True,
}


@pytest.fixture(scope="module")
def uncut(finished: tuple[TestClient, str]) -> Document:
    """The losses of the run that nothing happened to."""
    client, _ = finished
    run = start(client, FULL)
    until(client, run, "finished")
    return losses(client, run)


def test_twice_the_same_is_the_same(finished: tuple[TestClient, str], uncut: Document) -> None:
    client, _ = finished
    again = start(client, FULL)
    until(client, again, "finished")
    assert losses(client, again) == uncut


def test_paused_stepped_and_resumed_is_the_same(client: TestClient, uncut: Document) -> None:
    run = start(client, FULL)
    for count in (1, 13, 500):
        if change(client, run, state="paused")["state"] == "paused":
            change(client, run, step=count)
            change(client, run, state="running")
    until(client, run, "finished")
    assert losses(client, run) == uncut


def test_a_killed_worker_stops_its_run_which_goes_on_to_the_same_end(client: TestClient, uncut: Document) -> None:
    run = start(client, FULL)
    until(client, run, "running", iteration=200)
    os.kill(client.app.state.launcher.entries[run].process.pid, signal.SIGKILL)
    stopped = until(client, run, "stopped")
    assert "SIGKILL" in stopped["reason"]
    assert client.get("/api/health").status_code == 200
    assert losses(client, run)["iteration"][-1] + 1 == stopped["progress"]["iteration"]
    change(client, run, state="running")
    until(client, run, "finished")
    assert losses(client, run) == uncut


def test_a_server_that_ends_in_order_leaves_a_run_that_goes_on(
    serve: Callable[..., TestClient], uncut: Document
) -> None:
    with serve() as first:
        run = start(first, FULL)
        until(first, run, "running", iteration=200)
    with serve() as second:
        stopped = get(second, run)
        assert (stopped["state"], stopped["reason"]) == ("stopped", "the server was shut down")
        assert stopped["checkpoint"] == stopped["progress"]["iteration"]
        assert losses(second, run)["iteration"] == list(range(stopped["progress"]["iteration"]))
        change(second, run, state="running")
        until(second, run, "finished")
        assert losses(second, run) == uncut


def test_a_paused_run_is_still_paused_after_a_restart(serve: Callable[..., TestClient]) -> None:
    with serve() as first:
        run = start(first, LONG)
        until(first, run, "running", iteration=1)
        at = change(first, run, state="paused")["progress"]["iteration"]
    with serve() as second:
        assert get(second, run)["state"] == "paused"
        assert change(second, run, step=3)["progress"]["iteration"] == at + 3
        assert losses(second, run)["iteration"] == list(range(at + 3))


def test_another_learning_rate_outlives_a_restart(serve: Callable[..., TestClient]) -> None:
    with serve() as first:
        run = start(first, LONG)
        change(first, run, learning_rate=0.0125)
    with serve() as second:
        assert get(second, run)["learning_rate"] == 0.0125


@pytest.fixture
def server(settings: Settings) -> Iterator[Callable[[], tuple[subprocess.Popen[str], httpx2.Client]]]:
    """Start the server as a process of its own."""
    started: list[subprocess.Popen[str]] = []
    clients: list[httpx2.Client] = []

    def launch() -> tuple[subprocess.Popen[str], httpx2.Client]:
        command = [sys.executable, "-c", "from app.cli import main; main()", "--no-browser", "--port", "0"]
        process = subprocess.Popen([*command, "--data-dir", str(settings.data_dir)], stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        clients.append(httpx2.Client(base_url=process.stdout.readline().split()[-1]))
        return process, clients[-1]

    yield launch
    for client in clients:
        client.close()
    for process in started:
        process.kill()
        process.communicate()


def gone(pid: int) -> bool:
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return True


def workers(parent: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]


def test_a_killed_server_takes_its_workers_along_and_loses_no_run(
    server: Callable[[], tuple[subprocess.Popen[str], httpx2.Client]], client: TestClient, uncut: Document
) -> None:
    process, first = server()
    run = start(first, FULL | {"iterations": 10_000_000})  # type: ignore[arg-type]
    until(first, run, "running", iteration=300)  # type: ignore[arg-type]
    children = workers(process.pid)
    assert children
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while not all(gone(pid) for pid in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert all(gone(pid) for pid in children)
    _, second = server()
    cut: Document = second.get(f"/api/runs/{run}").json()
    assert cut["state"] == "stopped"
    assert "the server ended" in cut["reason"]
    kept = second.get(f"/api/runs/{run}/metrics").json()
    assert kept["iteration"] == list(range(cut["progress"]["iteration"]))
    change(second, run, state="running")  # type: ignore[arg-type]
    until(second, run, "running", iteration=1000)  # type: ignore[arg-type]
    change(second, run, state="stopped")  # type: ignore[arg-type]
    went_on = second.get(f"/api/runs/{run}/metrics").json()
    assert went_on["iteration"] == list(range(len(went_on["iteration"])))
    assert went_on["loss"][:1000] == uncut["loss"][:1000]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_with_every_event_on_disk(
    server: Callable[[], tuple[subprocess.Popen[str], httpx2.Client]], number: int
) -> None:
    process, first = server()
    run = start(first, LONG)  # type: ignore[arg-type]
    until(first, run, "running", iteration=100)  # type: ignore[arg-type]
    process.send_signal(number)
    process.wait(timeout=10)
    _, second = server()
    stopped = second.get(f"/api/runs/{run}").json()
    assert (stopped["state"], stopped["reason"]) == ("stopped", "the server was shut down")
    kept = second.get(f"/api/runs/{run}/metrics").json()
    assert kept["iteration"] == list(range(stopped["progress"]["iteration"]))
