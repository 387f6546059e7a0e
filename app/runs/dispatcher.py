"""The dispatcher gives waiting runs their processes, as many at once as there are cores, and hears them out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections import deque

from app.runs.entry import Entry
from app.runs.pool import Pool
from app.runs.process import Worker
from app.runs.record import ENDED
from app.runs.store import RunStore
from app.runs.tasks import Tasks

IDLE_PROCESSES = 4

log = logging.getLogger(__name__)


class Dispatcher:
    """Runs that wait, and those that do not with their processes."""

    def __init__(self, store: RunStore, pool: Pool, slots: int) -> None:
        self.pool = pool
        self._store = store
        self._slots = slots
        self._waiting: deque[Entry] = deque()
        self._active: set[Entry] = set()
        self._tasks = Tasks()
        self._closed = False

    def start(self) -> None:
        """Get ready for the first run."""
        self.pool.start()

    async def stop(self, seconds: float) -> None:
        """Let every run save where it is and every process end; what takes longer than so many seconds is killed."""
        self._closed = True
        self.pool.close()
        alive = [entry for entry in self._active if entry.process is not None]
        for entry in alive:
            if entry.process is not None and entry.run.state == "running":
                entry.process.send("stop", reason="the server was shut down")
            elif entry.process is not None:
                entry.process.close()
        readers = [entry.reader for entry in alive if entry.reader is not None]
        for _ in range(2):
            if readers:
                await asyncio.wait(readers, timeout=seconds)
            for entry in alive:
                if entry.process is not None:
                    entry.process.kill()
        await self._tasks.cancel()
        await self.pool.stop()

    def enqueue(self, entry: Entry) -> None:
        """Let a run start as soon as a core is free."""
        self._waiting.append(entry)
        self.fill()

    def withdraw(self, entry: Entry) -> None:
        """Let a run wait no longer."""
        if entry in self._waiting:
            self._waiting.remove(entry)

    def fill(self) -> None:
        """Start what waits, in its order, while the first has the cores that it asks for, or all that there are."""
        free = self._slots - sum(self._cores(entry) for entry in self._active if entry.run.state == "running")
        while self._waiting and self._cores(self._waiting[0]) <= free and not self._closed:
            entry = self._waiting.popleft()
            self._active.add(entry)
            entry.to_state("running")
            free -= self._cores(entry)
            if entry.process is None:
                self._tasks.begin(self._begin(entry))
            else:
                # At once, so that it is heard before what is asked next.
                entry.process.send("run")

    async def launch(self, entry: Entry, *, paused: bool) -> Worker:
        """Give a run a process, which goes on from the last checkpoint. The caller holds the entry's lock.

        Errors:  OSError when no process can be started, OSError or sqlite3.Error when its log cannot be written
        """
        run, checkpoint = entry.run, None
        if run.iteration or run.checkpoint is not None:
            await entry.flush(self._store)
            checkpoints = await asyncio.to_thread(self._store.checkpoints, run.id)
            saved = checkpoints[-1] if checkpoints else None
            checkpoint = None if saved is None else str(self._store.checkpoint(run.id, saved.iteration))
            logged, run.checkpoint = run.iteration, None if saved is None else saved.iteration
            run.iteration = run.checkpoint or 0
            await asyncio.to_thread(self._store.cut, run, saved)
            entry.channel.stored(run.seq, tail=0)
            if run.iteration < logged:
                # Tells those who watch from where the curve is drawn again.
                entry.to_state(run.state)
        process = await self.pool.take()
        entry.process = process
        self._active.add(entry)
        process.send(
            "start",
            folder=str(self._store.folder(run.id)),
            config=run.config,
            checkpoint=checkpoint,
            learning_rate=run.learning_rate,
            seconds=run.seconds,
            paused=paused,
            every=entry.every,
        )
        entry.reader = self._tasks.begin(self._read(entry, process))
        return process

    def limit_idle(self) -> None:
        """Only so many paused runs keep their process; the others go on from their checkpoint when asked to."""
        idle = [e for e in self._active if e.run.state == "paused" and e.process is not None and not e.steps_asked]
        for entry in idle[: max(0, len(idle) - IDLE_PROCESSES)]:
            if entry.process is not None:
                entry.process.close()
                self._detach(entry)

    def _cores(self, entry: Entry) -> int:
        return min(int(entry.run.config.get("cores", 1)), self._slots)

    async def _begin(self, entry: Entry) -> None:
        async with entry.lock:
            if entry.run.state == "running":
                try:
                    if entry.process is None:
                        await self.launch(entry, paused=False)
                    else:
                        entry.process.send("run")
                except (OSError, sqlite3.Error) as error:
                    log.exception("run %s cannot begin", entry.run.id)
                    entry.to_state("failed", f"the run cannot begin: {error}")
            if entry.process is None:
                # It could not begin, or was paused or stopped before it had.
                self._active.discard(entry)
        self.fill()

    async def _read(self, entry: Entry, process: Worker) -> None:
        async with contextlib.aclosing(process.messages()) as messages:
            async for message in messages:
                entry.receive(message)
                if message["type"] != "state":
                    continue
                if entry.run.state in ENDED:
                    # Who resumes the run at once gets another.
                    self._detach(entry)
                    if process.lasting and entry.run.state != "failed" and self.pool.keep(process):
                        entry.notify()
                        self.fill()
                        return
                self.fill()
        how = await self.pool.ended(process)
        if entry.process is process:
            self._detach(entry)
            if entry.run.state == "running" or (entry.run.state == "paused" and not process.orderly):
                entry.to_state("stopped", f"{how}; it can go on from its last checkpoint")
        entry.notify()
        self.fill()

    def _detach(self, entry: Entry) -> None:
        entry.process, entry.steps_asked = None, 0
        self._active.discard(entry)
