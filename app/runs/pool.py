"""The processes that train, from the first to the last: one more than are at work stands ready."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from app.runs.library import Library
from app.runs.process import Worker, WorkerProcess
from app.runs.tasks import Tasks
from engine.config import RunConfig
from engine.errors import EngineError

START_DELAY = 0.5
"""Seconds that the server has the machine to itself before the first process gets ready."""
SPARE_DELAY = 5.0
"""Seconds that a run has the cores to itself; one that ends sooner leaves its own process for the next."""


class Pool:
    """Knows every process that was started, so that none outlives the server. With `ready` one is spare."""

    def __init__(
        self,
        library: Library,
        start_worker: Callable[[Library], Awaitable[Worker]] = WorkerProcess.start,
        *,
        ready: bool = True,
    ) -> None:
        self._library = library
        self._start_worker = start_worker
        self._ready = ready
        self._spare: Worker | None = None
        self._preparing = False
        self._asked = 0
        self._starting: set[asyncio.Future[Worker]] = set()
        self._processes: set[Worker] = set()
        self._tasks = Tasks()
        self._closed = False

    def start(self) -> None:
        """Get a worker ready, and the data decoded that it maps."""
        self._tasks.begin(self._prepare())

    def close(self) -> None:
        """Get no more processes ready, and keep none."""
        self._closed = True

    async def stop(self) -> None:
        """End every process now."""
        self.close()
        await self._tasks.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        await asyncio.gather(*map(self.end, list(self._processes)))

    async def take(self) -> Worker:
        """A process that waits for its first command; whoever takes it hears it out or ends it.

        Errors:  OSError when no process can be started
        """
        process, self._spare = self._spare, None
        self._tasks.begin(self._prepare_spare(SPARE_DELAY))
        if process is not None:
            if process.alive:
                return process
            self._tasks.begin(self.end(process))
        return await self._start()

    def keep(self, process: Worker) -> bool:
        """Let a process that waits for a command be the spare one, or end where there is one; whether it is kept."""
        if not process.alive:
            return False
        if self._ready and self._spare is None and not self._closed:
            self._spare = process
            return True
        process.close()
        return False

    async def ended(self, process: Worker) -> str:
        """How a process ended, in words, once it has."""
        how = await process.ended()
        self._processes.discard(process)
        return how

    async def end(self, process: Worker) -> None:
        """End a process now."""
        process.kill()
        await self.ended(process)

    async def _prepare(self) -> None:
        await asyncio.sleep(START_DELAY)
        with contextlib.suppress(EngineError):
            # Here first, since processes that start at once would each decode it.
            await asyncio.to_thread(self._library.__getitem__, RunConfig().dataset)
        # Whoever took a process meanwhile has asked for the next.
        if not self._asked:
            await self._prepare_spare()

    async def _prepare_spare(self, delay: float = 0.0) -> None:
        self._asked += 1
        mine = self._asked
        await asyncio.sleep(delay)
        # Whoever took a process meanwhile has the cores to itself as long.
        if mine == self._asked and self._ready and self._spare is None and not self._preparing and not self._closed:
            self._preparing = True
            try:
                # Where none can be started now, whoever takes one tries again and says so.
                with contextlib.suppress(OSError):
                    process = await self._start()
                    if not self.keep(process):
                        await self.ended(process)
            finally:
                self._preparing = False

    async def _start(self) -> Worker:
        starting = asyncio.ensure_future(self._start_worker(self._library))
        self._starting.add(starting)
        starting.add_done_callback(self._begun)
        # Whoever is cancelled meanwhile leaves the process to `stop`.
        return await asyncio.shield(starting)

    def _begun(self, starting: asyncio.Future[Worker]) -> None:
        self._starting.discard(starting)
        if not starting.cancelled() and starting.exception() is None:
            self._processes.add(starting.result())
