"""What is asked of a run between two of its checkpoints."""

import asyncio
import os
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from app.database import open_database
from app.runs.launcher import Launcher
from app.runs.library import Library
from app.runs.questions import Questions
from app.runs.store import RunStore
from tests.app.runs.stand_in import Deaf, dispatcher, paused


class Slow(Deaf):
    """A worker that was told which checkpoint to open, and has not yet."""

    checkpoint = Path()

    def send(self, command: str, **arguments: Any) -> None:
        self.checkpoint = Path(arguments["checkpoint"])

    async def messages(self) -> AsyncGenerator[dict[str, Any], None]:
        yield {"type": "slow"}
        await self._killed.wait()


@pytest.mark.parametrize("links", [True, False])
def test_a_checkpoint_stays_for_the_process_that_is_asked_about_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    made: list[Slow] = []
    if not links:

        def link(*_: Any) -> None:
            raise OSError("operation not supported")

        monkeypatch.setattr(os, "link", link)

    async def scene() -> bytes:
        runs = dispatcher(tmp_path, made, Slow)
        store = RunStore(open_database(tmp_path / "runs.sqlite3"), tmp_path / "runs")
        launcher = Launcher(store, Library(tmp_path / "cache"), runs)
        entry = paused("a")
        store.insert(entry.run)

        async def save(iteration: int) -> None:
            store.checkpoint("a", iteration).write_bytes(b"%d" % iteration)
            entry.receive({"type": "saved", "iteration": iteration, "moment": False})
            await entry.flush(store)

        await save(1)
        answers = Questions(launcher, runs.pool).ask(entry, "check")
        await anext(answers)
        await save(2)
        read = made[0].checkpoint.read_bytes()
        await answers.aclose()
        await runs.stop(0.1)
        return read

    assert asyncio.run(scene()) == b"1"
    assert [file.name for file in (tmp_path / "runs" / "a").iterdir()] == ["0000000002.npz"]
