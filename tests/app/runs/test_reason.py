"""Why a run ended is said in sentences that the pages know in every language."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.runs import checkpoint
from engine.errors import DatasetError
from tests.app.runs.drive import LONG, get, start, until
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


def test_a_damaged_checkpoint_is_said(tmp_path: Path) -> None:
    (tmp_path / "0000000001.npz").write_bytes(b"no archive")
    with pytest.raises(DatasetError) as told:
        checkpoint.load(tmp_path / "0000000001.npz")
    assert known(told.value.message)
