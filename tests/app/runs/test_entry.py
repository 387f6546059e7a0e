"""What a run says is on disk once, whoever asked for it to be written."""

import asyncio
import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.database import open_database
from app.runs.event import Event
from app.runs.store import RunStore
from tests.app.runs.stand_in import paused


def test_what_is_to_be_written_for_one_who_goes_meanwhile_is_written(tmp_path: Path) -> None:
    store = RunStore(open_database(tmp_path / "runs.sqlite3"), tmp_path / "runs")
    free = threading.Event()

    async def scene() -> list[Event]:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(1))
        loop.run_in_executor(None, free.wait)
        entry = paused("a")
        store.insert(entry.run)
        entry.to_state("paused")
        asked = asyncio.create_task(entry.flush(store))
        while entry.unwritten:
            await asyncio.sleep(0)
        asked.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asked
        free.set()
        await entry.flush(store)
        return store.events("a", 0, 10)

    assert [event.type for event in asyncio.run(scene())] == ["state"]
