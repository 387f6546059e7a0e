"""Workers that stand in for processes, and a dispatcher over them."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

from app.database import open_database
from app.runs.dispatcher import Dispatcher
from app.runs.entry import Entry
from app.runs.library import Library
from app.runs.pool import Pool
from app.runs.process import Worker
from app.runs.record import ENDED, Run
from app.runs.store import RunStore


class Deaf:
    """A worker that hears no command: only `kill` ends it, and that takes a while."""

    lasting = True

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

    async def messages(self) -> AsyncGenerator[dict[str, Any], None]:
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


class Hearing(Deaf):
    """A worker that does at once what it is told, as a process does: says so, and nothing where nothing changes."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self._said: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._state = "running"

    def send(self, command: str, **arguments: Any) -> None:
        self.heard.append(command)
        if command == "start":
            self._state = "paused" if arguments["paused"] else "running"
        elif command == "run":
            self._state = "running"
        elif command == "step":
            self._said.put_nowait({"type": "stepped"})
        elif (command, self._state) in (("pause", "running"), ("stop", "running"), ("stop", "paused")):
            self._state = "paused" if command == "pause" else "stopped"
            self._said.put_nowait({"type": "state", "state": self._state})

    async def messages(self) -> AsyncGenerator[dict[str, Any], None]:
        while (message := await self._said.get()) is not None:
            yield message

    def close(self) -> None:
        self.kill()

    def kill(self) -> None:
        super().kill()
        self._said.put_nowait(None)


class Quick(Deaf):
    """A worker whose runs have ended, one way or another, as soon as they have begun."""

    def __init__(self, end: str) -> None:
        super().__init__()
        self._end = end
        self._said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.runs = 0

    def send(self, command: str, **arguments: Any) -> None:
        if command == "start":
            self.runs += 1
            self._said.put_nowait({"type": "state", "state": self._end})

    async def messages(self) -> AsyncGenerator[dict[str, Any], None]:
        while self.alive:
            yield await self._said.get()
            if self._end == "failed":
                self.kill()

    def close(self) -> None:
        self.kill()


def dispatcher(
    tmp_path: Path, made: list[Any], worker: Callable[[], Worker] = Deaf, *, ready: bool = False
) -> Dispatcher:
    """A dispatcher of two slots that puts every worker it makes into a list."""

    async def start(library: Library) -> Worker:
        await asyncio.sleep(0.05)
        made.append(worker())
        return made[-1]

    store = RunStore(open_database(tmp_path / "runs.sqlite3"), tmp_path / "runs")
    return Dispatcher(store, Pool(Library(tmp_path / "cache", None, 10**6), start, ready=ready), 2)


def queued(name: str, **config: Any) -> Entry:
    """A run that waits."""
    return Entry(Run(name, 0.0, config, iterations=10, batch_size=1, learning_rate=0.1))


async def in_turn(runs: Dispatcher, *names: str, together: bool = False) -> None:
    """Let runs begin, each when the one before has ended unless together, and wait until all have ended."""
    entries = [queued(name) for name in names]
    for entry in entries:
        runs.enqueue(entry)
        if not together:
            assert await entry.until(lambda entry=entry: entry.run.state in ENDED, 5)  # type: ignore[misc]
    for entry in entries:
        assert await entry.until(lambda entry=entry: entry.run.state in ENDED, 5)  # type: ignore[misc]


def paused(name: str) -> Entry:
    """A run that stands still, without a process."""
    run = Run(id=name, created=0.0, config={}, iterations=10, batch_size=1, learning_rate=0.1, state="paused")
    return Entry(run)
