"""Runs on two cores: told and kept like any other, bit for bit, and taken up again when the second process is lost."""

import multiprocessing
import os
import signal
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.runs.library import Library
from app.runs.worker import serve
from engine.config import RunConfig
from tests.app.runs.drive import change, get, losses, start, until

PAIR = {"hidden": [20], "iterations": 400, "train_limit": 1000, "cores": 2}


def test_a_run_on_two_cores_is_like_any_other(client: TestClient) -> None:
    runs = []
    for config in (PAIR, PAIR, PAIR | {"cores": 1}):
        runs.append(start(client, config))
        until(client, runs[-1], "finished")
    first, again, alone = (losses(client, run)["loss"] for run in runs)
    assert again == first
    assert alone == pytest.approx(first, rel=1e-3)
    assert get(client, runs[0])["config"]["cores"] == 2
    assert "cores" not in get(client, runs[2])["config"]


def test_paused_and_resumed_it_is_the_uncut_one(client: TestClient) -> None:
    config = PAIR | {"iterations": 1500}
    whole = start(client, config)
    until(client, whole, "finished")
    cut = start(client, config)
    change(client, cut, state="paused")
    assert client.patch(f"/api/runs/{cut}", json={"step": 3}).status_code == 200
    change(client, cut, state="running")
    until(client, cut, "finished")
    assert losses(client, cut)["loss"] == losses(client, whole)["loss"]


def test_a_lost_second_process_is_the_runs_reason(tmp_path: Path, cache: Path) -> None:
    said: list[dict[str, Any]] = []

    def hear(message: dict[str, Any]) -> None:
        said.append(message)
        for process in multiprocessing.active_children():
            if process.name == "partner" and message["type"] == "steps":
                os.kill(process.pid or 0, signal.SIGKILL)

    config = RunConfig.from_document(PAIR).to_document()
    options = {"learning_rate": 0.1, "seconds": 0.0, "every": None, "paused": False}
    first = {"command": "start", "folder": str(tmp_path), "config": config, "checkpoint": None, **options}
    assert not serve(first, SimpleQueue(), hear, Library(cache, None))
    assert said[-1]["state"] == "failed"
    assert "second process of this run ended with code -9" in said[-1]["reason"]
