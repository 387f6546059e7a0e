"""What is asked of a run in the moment between two states."""

import asyncio
from pathlib import Path

import pytest

from app.database import open_database
from app.runs.launcher import Launcher
from app.runs.library import Library
from app.runs.process import Worker
from app.runs.store import RunStore
from engine.config import RunConfig
from tests.app.runs.stand_in import Deaf, dispatcher


@pytest.mark.parametrize("state", ["paused", "stopped"])
def test_a_run_that_is_to_begin_in_a_moment_can_be_held(tmp_path: Path, state: str) -> None:
    made: list[Worker] = []

    async def scene() -> None:
        runs = dispatcher(tmp_path, made, Deaf)
        store = RunStore(open_database(tmp_path / "runs.sqlite3"), tmp_path / "runs")
        launcher = Launcher(store, Library(tmp_path / "cache"), runs)
        entry = await launcher.create(RunConfig())
        assert (entry.run.state, entry.process) == ("running", None)
        await (launcher.pause(entry) if state == "paused" else launcher.end(entry))
        await asyncio.sleep(0.1)
        assert (entry.run.state, entry.process) == (state, None)
        await runs.stop(0.1)

    asyncio.run(scene())
    assert made == []
