"""A session takes the commands of its own run and leaves those of the next."""

from pathlib import Path
from queue import SimpleQueue
from typing import Any

from app.runs.library import Library
from app.runs.session import Commands, Session
from engine.config import RunConfig
from engine.trainer import Trainer
from tests.app.runs.drive import SMALL


def test_the_next_start_that_comes_as_soon_as_it_said_stopped_is_left_for_the_next(tmp_path: Path, cache: Path) -> None:
    commands: Commands = SimpleQueue()
    commands.put({"command": "stop", "reason": None})

    def say(message: dict[str, Any]) -> None:
        if message["type"] == "state":
            commands.put({"command": "start"})

    Session(Trainer(RunConfig.from_document(SMALL), Library(cache)["mnist"]), tmp_path, say, commands).run()
    assert commands.get_nowait() == {"command": "start"}
