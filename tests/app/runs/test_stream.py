"""A stream is a cursor over the log: no gap, no repetition, whatever the client's speed."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest

from app.database import open_database
from app.runs.channel import TAIL
from app.runs.entry import Entry
from app.runs.event import Event
from app.runs.record import Run
from app.runs.store import RunStore
from app.runs.stream import follow


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RunStore]:
    database = open_database(tmp_path / "test.sqlite3")
    yield RunStore(database, tmp_path / "runs")
    database.close()


def new_entry(store: RunStore) -> Entry:
    run = Run("a", time.time(), {}, iterations=100_000, batch_size=100, learning_rate=0.1)
    store.insert(run)
    return Entry(run)


def say(entry: Entry, first: int, count: int = 1) -> None:
    numbers = list(range(first, first + count))
    entry.receive({"type": "steps", "iteration": numbers, "loss": [1 / n for n in numbers]})


async def heard(entry: Entry, store: RunStore, after: int, until: int, pause: float = 0.0) -> list[Event]:
    """Everything a client is sent up to an iteration."""
    events = []
    async with asyncio.timeout(20):
        async for event in follow(entry.channel, store, "a", after):
            events.append(event)
            if event.type == "steps" and event.message["iteration"][-1] >= until:
                break
            await asyncio.sleep(pause)
    return events


def iterations(events: list[Event]) -> list[int]:
    return [n for event in events if event.type == "steps" for n in event.message["iteration"]]


def growing(events: list[Event]) -> bool:
    return all(a.seq < b.seq for a, b in pairwise(events))


def test_a_client_that_comes_late_is_told_everything_then_goes_on_live(store: RunStore) -> None:
    async def scenario() -> None:
        entry = new_entry(store)
        for n in range(1, 2001):
            say(entry, n)
            if n % 100 == 0:
                await entry.flush(store)
                await asyncio.sleep(0.02)
        assert entry.channel.dropped > 0
        client = asyncio.create_task(heard(entry, store, 0, 2500))
        for n in range(2001, 2501):
            say(entry, n)
            if n % 50 == 0:
                await entry.flush(store)
                await asyncio.sleep(0.01)
        events = await client
        assert iterations(events) == list(range(1, 2501))
        assert growing(events)

    asyncio.run(scenario())


def test_after_says_where_to_go_on(store: RunStore) -> None:
    async def scenario() -> None:
        entry = new_entry(store)
        for n in range(1, 1001):
            say(entry, n)
        await asyncio.sleep(0.05)
        await entry.flush(store)
        for after in (0, 1, 499, 999):
            assert iterations(await heard(entry, store, after, 1000)) == list(range(after + 1, 1001))

    asyncio.run(scenario())


def test_a_reconnection_anywhere_misses_nothing_though_progress_came_between(store: RunStore) -> None:
    async def scenario() -> None:
        entry = new_entry(store)
        for n in range(1, 101):
            say(entry, n)
            if n % 30 == 0:
                entry.receive(
                    {
                        "type": "progress",
                        "iteration": n,
                        "iterations": 100_000,
                        "samples_per_second": 1.0,
                        "eta_seconds": 1.0,
                        "seconds": 1.0,
                    }
                )
        await asyncio.sleep(0.05)
        events = await heard(entry, store, 0, 100)
        assert "progress" in [event.type for event in events]
        for cut, event in enumerate(events[:-1], start=1):
            rest = await heard(entry, store, event.seq, 100)
            assert iterations(events[:cut]) + iterations(rest) == list(range(1, 101))

    asyncio.run(scenario())


def test_a_slow_client_gets_coarser_steps_and_nothing_waits_for_it(store: RunStore) -> None:
    async def scenario() -> None:
        entry = new_entry(store)
        client = asyncio.create_task(heard(entry, store, 0, 40_000, pause=0.2))
        await asyncio.sleep(0)
        for n in range(1, 40_001, 20):
            say(entry, n, 20)
            if n % 2000 == 1:
                await entry.flush(store)
                await asyncio.sleep(0.02)
        await entry.flush(store)
        assert len(entry.channel._tail) <= TAIL
        events = await client
        assert growing(events)
        assert iterations(events) == sorted(set(iterations(events)))
        assert iterations(events)[-1] == 40_000
        assert len(iterations(events)) < 20_000
        assert len(events) < 100

    asyncio.run(scenario())


def test_clients_at_one_place_share_the_very_same_text(store: RunStore) -> None:
    async def scenario() -> None:
        entry = new_entry(store)
        clients = [asyncio.create_task(heard(entry, store, 0, 300)) for _ in range(20)]
        await asyncio.sleep(0)
        for n in range(1, 301):
            say(entry, n)
            if n % 100 == 0:
                await asyncio.sleep(0.03)
        first, *others = [await client for client in clients]
        for other in others:
            assert [id(event.text) for event in other] == [id(event.text) for event in first]

    asyncio.run(scenario())


def test_a_deleted_run_sends_its_clients_home(store: RunStore) -> None:
    async def scenario() -> None:
        entry = new_entry(store)

        async def listen() -> None:
            async for _ in follow(entry.channel, store, "a", 0):
                pass

        client = asyncio.create_task(listen())
        await asyncio.sleep(0)
        entry.channel.close()
        async with asyncio.timeout(5):
            await client

    asyncio.run(scenario())


def test_what_could_not_be_written_is_written_the_next_time(store: RunStore) -> None:
    async def scenario() -> None:
        entry = new_entry(store)
        say(entry, 1)
        broken = RunStore(open_database(store.folder("a") / "other.sqlite3"), store.folder("b"))
        broken._database.close()
        with suppress(Exception):
            await entry.flush(broken)
        await entry.flush(store)
        assert store.metrics("a")["iteration"] == [1]

    asyncio.run(scenario())
