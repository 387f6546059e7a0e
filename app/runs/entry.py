"""A run as the launcher holds it: its record, the live end of its log, and its process while it has one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.runs.channel import Channel
from app.runs.event import Event
from app.runs.process import Worker
from app.runs.record import Run, State
from app.runs.store import RunStore, Saved
from app.runs.tasks import Tasks


class Entry:
    """One run in memory. `lock` is held by whoever changes what its process does."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.channel = Channel(run.seq)
        self.lock = asyncio.Lock()
        self.process: Worker | None = None
        self.reader: asyncio.Task[None] | None = None
        self.steps_asked = 0
        self.saves = 0
        self.saved_at = 0.0
        self.dirty = False
        self._events: list[Event] = []
        self._saved: list[Saved] = []
        self._heard = asyncio.Event()
        self._writing = asyncio.Lock()
        self._tasks = Tasks()

    @property
    def every(self) -> float | None:
        """Seconds between two looks inside: few for a few watchers, more for a large audience, None for nobody."""
        lookers = self.channel.lookers
        return max(1 / 3, 0.01 * lookers) if lookers else None

    def publish(self, message: dict[str, Any]) -> None:
        """Append a message to the log: seen at the next tick, on disk at the next flush."""
        event = self.channel.publish(message)
        self.run.seq = event.seq
        self._events.append(event)
        self.notify()

    def to_state(self, state: State, reason: str | None = None, **more: Any) -> None:
        """Enter a state and say so."""
        self.run.state, self.run.reason = state, reason
        self.run.diverged = {key: more.get(key) for key in ("node", "iteration")} if state == "diverged" else None
        said = {} if reason is None else {"reason": reason}
        self.publish({"type": "state", "state": state, **said, "iteration": self.run.iteration, **more})

    def receive(self, message: dict[str, Any]) -> None:
        """Take in what the process said."""
        run = self.run
        match message:
            case {"type": "steps", "iteration": [*_, iteration], "loss": [*_, loss]}:
                run.iteration, run.loss = iteration + 1, loss
                self.publish(message)
            case {"type": "epoch"}:
                run.epoch = message["epoch"]
                run.train_accuracy, run.test_accuracy = message["train_accuracy"], message["test_accuracy"]
                self.publish(message)
            case {"type": "progress"}:
                run.seconds = message.pop("seconds")
                run.iteration = message["iteration"]
                run.samples_per_second = message["samples_per_second"]
                self.publish(message)
            case {"type": "state", "state": state, **more}:
                reason = more.pop("reason", None)
                # For those who ask a question.
                more.pop("error", None)
                self.to_state(state, reason, **more)
            case {"type": "saved", "iteration": iteration, "moment": moment}:
                metrics = (run.epoch, run.loss, run.train_accuracy, run.test_accuracy)
                self._saved.append(Saved(iteration, run.seq, moment, *metrics))
                run.checkpoint = iteration
                self.saves += 1
                self.saved_at = time.monotonic()
                self.notify()
            case {"type": "stepped"}:
                self.steps_asked -= 1
                self.notify()
            case _:
                self.publish(message)

    async def until(self, there: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is so, as long as that may take; whether it is."""
        try:
            async with asyncio.timeout(seconds):
                while not there():
                    await self._heard.wait()
        except TimeoutError:
            return there()
        return True

    @property
    def unwritten(self) -> bool:
        """Whether there is something that is not on disk yet."""
        return bool(self._events or self._saved or self.dirty)

    async def flush(self, store: RunStore) -> None:
        """Put on disk what is not there yet; what cannot be written is kept for the next time."""
        # Whoever is cancelled meanwhile leaves the writing to go on, and the next to wait for it.
        await asyncio.shield(self._tasks.begin(self._write(store)))

    def notify(self) -> None:
        """Let those look again who wait for something."""
        self._heard.set()
        self._heard = asyncio.Event()

    async def _write(self, store: RunStore) -> None:
        async with self._writing:
            if not self.unwritten:
                return
            events, self._events = self._events, []
            saved, self._saved = self._saved, []
            self.dirty = False
            try:
                await asyncio.to_thread(store.append, replace(self.run), events, saved)
            except Exception:
                self._events[:0], self._saved[:0], self.dirty = events, saved, True
                raise
            if events:
                self.channel.stored(events[-1].seq)
