"""The launcher: what may be asked of runs, in which state, and what it then does; the log is written meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import sqlite3
import time
from collections.abc import AsyncGenerator

from app.runs.dispatcher import Dispatcher
from app.runs.entry import Entry
from app.runs.library import Library
from app.runs.record import ENDED, Run, State
from app.runs.store import Given, RunStore
from engine.config import RunConfig

FLUSH_SECONDS = 0.1
ANSWER_SECONDS = 5.0
SHUTDOWN_SECONDS = 1.2
UNDO_SECONDS = 3600.0
UNKEPT = 10_000
"""More events than a killed server may have told and not kept."""

log = logging.getLogger(__name__)


class ConflictError(Exception):
    """A change that the run's state does not allow; says which would be right."""


class GoneError(Exception):
    """The run was deleted while the change waited for its turn."""


class Launcher:
    """All runs of one server. Lives in the event loop; `start` comes first and `stop` last."""

    def __init__(self, store: RunStore, library: Library, dispatcher: Dispatcher) -> None:
        self.store = store
        self.library = library
        self.entries: dict[str, Entry] = {}
        self._dispatcher = dispatcher
        self._stopping = asyncio.Event()
        self._flusher: asyncio.Task[None] | None = None

    async def start(self, *, alone: bool) -> None:
        """Take up what an earlier server left, and get a worker ready; if not alone, live runs are another server's."""
        await asyncio.to_thread(self.store.purge, time.time() - UNDO_SECONDS)
        for run in await asyncio.to_thread(self.store.runs):
            live = run.state in ("running", "queued")
            if live and not alone:
                continue
            if run.state not in ENDED:
                # Somebody may have heard numbers that no disk knows, and takes none for new that is not above them.
                run.seq += UNKEPT
            entry = self.entries[run.id] = Entry(run)
            if live:
                entry.to_state("stopped", f"the server ended while this run was {run.state}")
        self._flusher = asyncio.create_task(self._flush())
        self._dispatcher.start()

    async def stop(self) -> None:
        """Let every run save where it is, and put everything on disk."""
        await self._dispatcher.stop(SHUTDOWN_SECONDS)
        self._stopping.set()
        if self._flusher is not None:
            await self._flusher
        for entry in self.entries.values():
            entry.channel.close()
            await entry.flush(self.store)

    async def create(self, config: RunConfig) -> Entry:
        """A new run, which starts as soon as a core is free."""
        entry = await self.add(config, "queued")
        self._dispatcher.enqueue(entry)
        return entry

    async def add(self, config: RunConfig, state: State, name: str = "", given: Given | None = None) -> Entry:
        """A new run that waits in a state."""
        run = Run(
            id=secrets.token_hex(4),
            created=time.time(),
            config=config.to_document(),
            iterations=config.iterations,
            batch_size=config.batch_size,
            learning_rate=config.optimizer.learning_rate,
            state=state,
            name=name,
            checkpoint=None if given is None else 0,
        )
        await asyncio.to_thread(self.store.insert, run, given)
        entry = self.entries[run.id] = Entry(run)
        entry.to_state(state)
        return entry

    async def resume(self, entry: Entry) -> None:
        """Let a run go on: from where it is, or from its last checkpoint."""
        async with self._turn(entry):
            state = entry.run.state
            if state in ("running", "queued"):
                return
            if state not in ("paused", "stopped", "failed"):
                raise ConflictError(f"the run is {state}, so it cannot go on; start a new one with POST /api/runs")
            entry.to_state("queued")
        self._dispatcher.enqueue(entry)

    async def pause(self, entry: Entry) -> None:
        """Hold a run where it is, its weights saved."""
        async with self._turn(entry):
            match entry.run.state:
                case "paused":
                    if entry.process is not None and entry.steps_asked:
                        entry.process.send("pause")
                case "running" if entry.process is not None:
                    entry.process.send("pause")
                    await entry.until(lambda: entry.run.state != "running", ANSWER_SECONDS)
                case "queued" | "running":
                    self._dispatcher.withdraw(entry)
                    entry.to_state("paused")
                case state:
                    raise ConflictError(f"the run is {state}: only a running or queued run can be paused")
        self._dispatcher.limit_idle()

    async def end(self, entry: Entry, reason: str | None = None) -> None:
        """Stop a run; it can be resumed from its last checkpoint."""
        async with self._turn(entry):
            state = entry.run.state
            if state == "stopped":
                return
            if state in ENDED:
                raise ConflictError(f"the run is {state} already: only a queued, running or paused run can be stopped")
            self._dispatcher.withdraw(entry)
            if entry.process is None:
                entry.to_state("stopped", reason)
            else:
                entry.process.send("stop", reason=reason)
                if not await entry.until(lambda: entry.run.state in ENDED, ANSWER_SECONDS):
                    entry.process.kill()
                    await entry.until(lambda: entry.process is None, ANSWER_SECONDS)
                    if entry.run.state not in ENDED:
                        entry.to_state("stopped", reason)
        self._dispatcher.fill()

    async def step(self, entry: Entry, count: int) -> None:
        """Train a paused run a few iterations on; it stays paused."""
        async with self._turn(entry):
            if entry.run.state != "paused":
                hint = "pause it first" if entry.run.state == "running" else "only a paused run can be stepped"
                raise ConflictError(f"the run is {entry.run.state}: {hint}")
            process = entry.process or await self._dispatcher.launch(entry, paused=True)
            entry.steps_asked += 1
            process.send("step", count=count)
        await entry.until(lambda: entry.steps_asked <= 0 or entry.process is None, ANSWER_SECONDS)
        self._dispatcher.limit_idle()

    async def set_learning_rate(self, entry: Entry, value: float) -> None:
        """Change the learning rate, from the next iteration on."""
        async with self._turn(entry):
            if entry.run.state not in ("queued", "running", "paused", "stopped", "failed"):
                raise ConflictError(f"the run is {entry.run.state}: no iteration is left for another learning rate")
            entry.run.learning_rate = value
            if entry.process is not None:
                entry.process.send("learning_rate", value=value)
            entry.to_state(entry.run.state, entry.run.reason, learning_rate=value)

    async def delete(self, entry: Entry) -> None:
        """Take a run away; `restore` brings it back for an hour."""
        with contextlib.suppress(ConflictError):
            await self.end(entry, "deleted while it was not finished")
        if entry.process is not None:
            entry.process.close()
        self.entries.pop(entry.run.id, None)
        entry.channel.close()
        await entry.flush(self.store)
        await asyncio.to_thread(self.store.mark_deleted, entry.run.id)
        await asyncio.to_thread(self.store.purge, time.time() - UNDO_SECONDS)

    async def restore(self, run_id: str) -> Entry | None:
        """Bring a deleted run back; None where there is none."""
        run = await asyncio.to_thread(self.store.restore, run_id)
        # Somebody else may have been quicker.
        return self.entries.get(run_id) if run is None else self.entries.setdefault(run_id, Entry(run))

    async def save(self, entry: Entry, older_than: float = 0.0) -> int | None:
        """The iteration of a checkpoint that is at most so many seconds old; None where there is none yet."""
        fresh = time.monotonic() - entry.saved_at <= older_than
        if entry.run.state == "running" and entry.process is not None and not fresh:
            saves = entry.saves
            entry.process.send("save")
            await entry.until(lambda: entry.saves > saves or entry.process is None, ANSWER_SECONDS)
        return entry.run.checkpoint

    def watch(self, entry: Entry, change: int, looks: bool) -> None:
        """Count a watcher in or out; one who looks inside too makes the process sample its tensors."""
        entry.channel.watchers += change
        if looks:
            entry.channel.lookers += change
        if looks and entry.process is not None:
            entry.process.send("watch", every=entry.every)

    @contextlib.asynccontextmanager
    async def _turn(self, entry: Entry) -> AsyncGenerator[None]:
        """One change of a run at a time.

        Errors:  GoneError when it was deleted before its turn came
        """
        async with entry.lock:
            if self.entries.get(entry.run.id) is not entry:
                raise GoneError(f"there is no run {entry.run.id!r} any more")
            yield

    async def _flush(self) -> None:
        while not self._stopping.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), FLUSH_SECONDS)
            for entry in [entry for entry in self.entries.values() if entry.unwritten]:
                try:
                    await entry.flush(self.store)
                except (sqlite3.Error, OSError) as error:
                    if entry.process is not None:
                        log.exception("run %s cannot be written", entry.run.id)
                        entry.process.kill()
                        entry.to_state("failed", f"the data directory cannot be written: {error}")
