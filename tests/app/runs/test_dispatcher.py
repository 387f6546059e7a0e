"""No process outlives its dispatcher, whichever hand it is in when that stops."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from app.database import open_database
from app.runs.dispatcher import IDLE_PROCESSES, Dispatcher
from app.runs.entry import Entry
from app.runs.library import Library
from app.runs.record import Run
from app.runs.store import RunStore


class Deaf:
    """A worker that hears no command: only `kill` ends it, and that takes a while."""

    def __init__(self) -> None:
        self._killed = asyncio.Event()
        self.gone = False

    @property
    def alive(self) -> bool:
        return not self._killed.is_set()

    @property
    def orderly(self) -> bool:
        return False

    def send(self, command: str, **arguments: Any) -> None: ...

    async def messages(self) -> AsyncIterator[dict[str, Any]]:
        await self._killed.wait()
        return
        yield

    async def ended(self) -> str:
        await self._killed.wait()
        await asyncio.sleep(0.05)
        self.gone = True
        return "it was killed"

    def close(self) -> None: ...

    def kill(self) -> None:
        self._killed.set()


def dispatcher(tmp_path: Path, made: list[Deaf]) -> Dispatcher:
    async def start(library: Library) -> Deaf:
        await asyncio.sleep(0.05)
        made.append(Deaf())
        return made[-1]

    store = RunStore(open_database(tmp_path / "runs.sqlite3"), tmp_path / "runs")
    return Dispatcher(store, Library(tmp_path / "cache", None, 10**6), 2, start, ready=False)


def paused(name: str) -> Entry:
    run = Run(id=name, created=0.0, config={}, iterations=10, batch_size=1, learning_rate=0.1, state="paused")
    return Entry(run)


def test_processes_that_were_let_go_end_with_it(tmp_path: Path) -> None:
    made: list[Deaf] = []

    async def scene() -> None:
        runs = dispatcher(tmp_path, made)
        for name in range(IDLE_PROCESSES + 2):
            await runs.launch(paused(str(name)), paused=True)
        runs.limit_idle()
        await runs.stop(0.1)

    asyncio.run(scene())
    assert len(made) == IDLE_PROCESSES + 2
    assert all(worker.gone for worker in made)


def test_a_process_that_is_being_started_ends_with_it(tmp_path: Path) -> None:
    made: list[Deaf] = []

    async def scene() -> None:
        runs = dispatcher(tmp_path, made)
        runs.enqueue(Entry(Run("a", 0.0, {}, iterations=10, batch_size=1, learning_rate=0.1)))
        await asyncio.sleep(0.02)
        await runs.stop(0.1)

    asyncio.run(scene())
    assert [worker.gone for worker in made] == [True]


def test_a_process_that_answers_a_question_ends_with_it(tmp_path: Path) -> None:
    made: list[Deaf] = []

    async def scene() -> None:
        runs = dispatcher(tmp_path, made)
        await runs.take()
        await runs.stop(0.1)

    asyncio.run(scene())
    assert [worker.gone for worker in made] == [True]
