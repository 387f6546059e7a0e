"""A worker process trains one run after another, and only the newest hears what is said to it."""

import asyncio
from pathlib import Path
from typing import Any

from app.runs.library import Library
from app.runs.process import WorkerProcess
from engine.config import RunConfig
from tests.app.runs.drive import SMALL

CONFIG = RunConfig.from_document(SMALL).to_document()


async def losses(process: WorkerProcess, folder: Path, iterations: int) -> list[float]:
    """The losses of a run that a process is given and finishes."""
    config = CONFIG | {"iterations": iterations}
    folder.mkdir()
    options: dict[str, Any] = {"learning_rate": 0.1, "seconds": 0.0, "every": None, "paused": False}
    process.send("start", folder=str(folder), config=config, checkpoint=None, **options)
    said: list[float] = []
    async for message in process.messages():
        if message["type"] == "steps":
            said += message["loss"]
        if message["type"] == "state":
            assert message["state"] == "finished"
            return said
    raise AssertionError("the process ended")


def test_the_second_run_of_a_process_is_like_its_first(tmp_path: Path, cache: Path) -> None:
    async def scene() -> tuple[list[float], list[float], str]:
        process = await WorkerProcess.start(Library(cache, None))
        first = await losses(process, tmp_path / "first", 120)
        process.send("stop", reason="this comes too late")
        second = await losses(process, tmp_path / "second", 100)
        process.close()
        return first, second, await process.ended()

    first, second, how = asyncio.run(scene())
    assert len(first) == 120
    assert second == first[:100]
    assert how == "the worker process ended with code 0"
