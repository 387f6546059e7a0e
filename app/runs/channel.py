"""The live end of a run's log: what was said last, held once, for all who watch."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

from app.runs.event import KEPT, Event, encode, merge

TICK = 1 / 60
TICK_PER_WATCHER = 0.001
TAIL = 256
POINTS = 1000


class Channel:
    """Events become visible in ticks, at most 60 a second and fewer for a large audience.

    A watcher is a cursor and has no queue here: it takes what is visible beyond its cursor when it is ready, so however
    slow it is, it costs nothing, and what it missed comes joined and thinned. What is no longer in the tail is in the
    store.
    """

    def __init__(self, seq: int) -> None:
        self.seq = seq
        self.visible = seq
        self.dropped = seq
        self.closed = False
        self.watchers = 0
        self.lookers = 0
        self._tail: deque[Event] = deque()
        self._latest: dict[str, Event] = {}
        self._taken: dict[tuple[int, bool], list[Event]] = {}
        self._tick = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._woken = 0.0

    def publish(self, message: dict[str, Any]) -> Event:
        """Give a message its place in the log and let it be seen at the next tick."""
        self.seq += 1
        event = encode(self.seq, message)
        if event.type in KEPT:
            self._tail.append(event)
        else:
            self._latest[event.type] = event
        if self._timer is None:
            loop = asyncio.get_running_loop()
            interval = max(TICK, self.watchers * TICK_PER_WATCHER)
            self._timer = loop.call_later(max(0.0, self._woken + interval - loop.time()), self._wake)
        return event

    def stored(self, seq: int, tail: int = TAIL) -> None:
        """Events up to `seq` are on disk, so the tail may lose its oldest."""
        while len(self._tail) > tail and self._tail[0].seq <= min(seq, self.visible):
            self.dropped = self._tail.popleft().seq

    def close(self) -> None:
        """Send everyone home."""
        self.closed = True
        self._wake()

    async def wait(self, cursor: int) -> None:
        """Return once something beyond the cursor is visible, or the channel is closed."""
        while self.visible <= cursor and not self.closed:
            await self._tick.wait()

    def take(self, cursor: int, *, thin: bool) -> list[Event] | None:
        """What is visible beyond the cursor, joined; None when the store has to be asked first."""
        if cursor < self.dropped:
            return None
        key = (cursor, thin)
        if key not in self._taken:
            fresh = [event for event in self._tail if cursor < event.seq <= self.visible]
            self._taken[key] = merge(self.with_latest(fresh, cursor, self.visible), POINTS, thin=thin)
        return self._taken[key]

    def with_latest(self, events: list[Event], after: int, until: int) -> list[Event]:
        """The events and, at their places, the latest of each kind that is not kept."""
        latest = [event for event in self._latest.values() if after < event.seq <= until]
        return sorted([*events, *latest], key=lambda event: event.seq)

    def _wake(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._woken = asyncio.get_running_loop().time()
        self.visible = self.seq
        self._taken.clear()
        self._tick.set()
        self._tick = asyncio.Event()
