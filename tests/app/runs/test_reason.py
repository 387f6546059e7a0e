"""Why a run ended is said in sentences that the pages know in every language."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.runs import checkpoint
from engine.errors import DatasetError
from tests.app.runs.drive import LONG, SMALL, Document, get, start, until
from tests.app.test_refusal import PATTERNS


def known(reason: str) -> bool:
    return any(pattern.fullmatch(reason) for pattern in PATTERNS)


def test_what_cuts_a_run_off_is_said(serve: Callable[..., TestClient]) -> None:
    with serve() as first:
        killed = start(first, LONG)
        until(first, killed, "running", iteration=1)
        os.kill(first.app.state.launcher.entries[killed].process.pid, signal.SIGKILL)
        assert known(until(first, killed, "stopped")["reason"])
        shut = start(first, LONG)
        until(first, shut, "running", iteration=1)
    with serve() as second:
        assert known(get(second, shut)["reason"])


@pytest.mark.parametrize(
    ("config", "advice"),
    [
        ({"hidden": [20, 20], "init": "he"}, "in place of 100000."),
        ({"hidden": [20], "init": 50}, "smaller initial weights (init is 50;"),
        ({"hidden": [20, 20, 20], "init": "he"}, "or batch normalization"),
    ],
)
def test_where_numbers_broke_and_what_to_change_is_said(client: TestClient, config: Document, advice: str) -> None:
    rate = {"name": "sgd", "learning_rate": 1e5}
    run = start(client, SMALL | {"activation": "leaky_relu", "optimizer": rate} | config)
    reason = until(client, run, "diverged")["reason"]
    assert advice in reason
    assert known(reason)


@pytest.mark.parametrize("state", ["running", "queued"])
def test_a_server_that_vanished_is_said(serve: Callable[..., TestClient], state: str) -> None:
    with serve() as first:
        run = start(first, LONG)
        until(first, run, "running", iteration=1)
    with serve() as second:
        entry = second.app.state.launcher.entries[run]
        entry.run.state = state
        entry.dirty = True
    with serve() as third:
        assert known(get(third, run)["reason"])


def test_what_a_state_does_not_allow_is_said(serve: Callable[..., TestClient]) -> None:
    with serve() as client:
        run = start(client, LONG)
        until(client, run, "running", iteration=1)
        told = [client.patch(f"/api/runs/{run}", json={"step": 1})]
        done = start(client, SMALL)
        until(client, done, "finished")
        for body in (
            {"state": "running"},
            {"state": "paused"},
            {"state": "stopped"},
            {"step": 1},
            {"learning_rate": 0.1},
        ):
            told.append(client.patch(f"/api/runs/{done}", json=body))
    assert [answer.status_code for answer in told] == [409] * 6
    assert [answer.json()["detail"] for answer in told if not known(answer.json()["detail"])] == []


def test_a_damaged_checkpoint_is_said(tmp_path: Path) -> None:
    (tmp_path / "0000000001.npz").write_bytes(b"no archive")
    with pytest.raises(DatasetError) as told:
        checkpoint.load(tmp_path / "0000000001.npz")
    assert known(told.value.message)
