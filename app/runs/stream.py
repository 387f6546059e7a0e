"""One client of one run's stream: a cursor that walks the log, from disk as long as it is behind, live after that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from app.runs.channel import POINTS, Channel
from app.runs.event import Event, merge
from app.runs.store import RunStore

CHUNK = 512


async def follow(channel: Channel, store: RunStore, run_id: str, after: int) -> AsyncIterator[Event]:
    """Every event after `after` in its order, without gap or repetition, until the channel is closed.

    What was there before the client came is replayed in full; what it is too slow for comes in coarser `steps`.
    """
    joined = channel.seq
    cursor = min(max(after, 0), joined)
    while True:
        await channel.wait(cursor)
        if channel.closed:
            return
        thin, until = cursor >= joined, channel.visible
        events = channel.take(cursor, thin=thin)
        if events is None:
            # Everything up to here is on disk, and what follows is still in the tail.
            until = channel.dropped
            stored = await asyncio.to_thread(store.events, run_id, cursor, CHUNK)
            if stored:
                until = stored[-1].seq if len(stored) == CHUNK else max(until, stored[-1].seq)
            events = merge(channel.with_latest(stored, cursor, until), POINTS, thin=thin)
        for event in events:
            yield event
        cursor = until
