"""Runs on a Dask cluster: a real scheduler and a real worker, as processes of their own."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.app.runs.drive import LONG, SMALL, change, get, losses, start, until

Cluster = tuple[str, subprocess.Popen[bytes], subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The address of a scheduler, the scheduler, and its one worker of two threads."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    processes = [subprocess.Popen([*command, "--no-dashboard", "--scheduler-file", str(file)], **quiet)]
    try:
        address = _address(file)
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "2", "--no-nanny"]
        processes.append(subprocess.Popen([*worker, "--no-dashboard", "--host", "127.0.0.1"], **quiet))
        from distributed import Client

        with Client(address, timeout=30, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=60)
        yield address, processes[0], processes[1]
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def _address(file: Path) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if file.exists() and (text := file.read_text()):
            return str(json.loads(text)["address"])
        time.sleep(0.05)
    raise AssertionError("the scheduler did not start")


def test_a_run_on_the_cluster_has_the_same_losses(
    serve: Callable[..., TestClient], cluster: Cluster, finished: tuple[TestClient, str]
) -> None:
    here, local = finished
    with serve(scheduler=cluster[0]) as client:
        run = start(client, SMALL)
        until(client, run, "finished")
        assert losses(client, run) == losses(here, local)
        assert client.post(f"/api/runs/{run}/predict", json={"sample": 0}).status_code == 200
        assert client.get(f"/api/runs/{run}/moments/120").json()["iteration"] == 120


def test_it_is_paused_stepped_and_taken_up_again(serve: Callable[..., TestClient], cluster: Cluster) -> None:
    with serve(scheduler=cluster[0]) as client:
        run = start(client, LONG)
        until(client, run, "running", iteration=1)
        at = change(client, run, state="paused")["progress"]["iteration"]
        assert change(client, run, step=3)["progress"]["iteration"] == at + 3
        change(client, run, state="running")
        until(client, run, "running", iteration=at + 4)
        stopped = change(client, run, state="stopped")
        assert stopped["checkpoint"] == stopped["progress"]["iteration"]
        change(client, run, state="running")
        until(client, run, "running", iteration=stopped["checkpoint"] + 1)
        client.delete(f"/api/runs/{run}")
    with serve() as client:
        client.post(f"/api/runs/{run}/restore")
        assert get(client, run)["state"] == "stopped"
        assert losses(client, run)["iteration"] == list(range(get(client, run)["progress"]["iteration"]))


def test_a_lost_worker_stops_the_run(
    serve: Callable[..., TestClient], cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.runs.cluster.SILENCE_SECONDS", 4)
    address, _, worker = cluster
    with serve(scheduler=address) as client:
        run = start(client, LONG)
        until(client, run, "running", iteration=1)
        worker.kill()
        stopped = until(client, run, "stopped")
        assert "lost the worker" in stopped["reason"]
        assert losses(client, run)["iteration"] == list(range(stopped["progress"]["iteration"]))


def test_a_lost_scheduler_stops_the_run_and_the_next_cannot_begin(
    serve: Callable[..., TestClient], cluster: Cluster
) -> None:
    address, scheduler, _ = cluster
    with serve(scheduler=address) as client:
        run = start(client, SMALL)
        until(client, run, "running")
        scheduler.kill()
        assert "connection to the cluster's scheduler was lost" in until(client, run, "stopped")["reason"]
        assert "the run cannot begin" in until(client, start(client, SMALL), "failed")["reason"]
