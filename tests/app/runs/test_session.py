"""A session takes the commands of its own run, leaves those of the next, and saves a file whole or not at all."""

from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

import orjson
import pytest

from app.runs.library import Library
from app.runs.session import Commands, Session
from engine.config import RunConfig
from engine.trainer import Trainer
from tests.app.runs.drive import SMALL


@pytest.mark.parametrize("paused", [False, True])
def test_a_run_that_was_held_at_its_last_iteration_finishes(tmp_path: Path, cache: Path, paused: bool) -> None:
    config = RunConfig.from_document(SMALL)
    trainer = Trainer(config, Library(cache)["mnist"])
    for _ in trainer.step(config.iterations):
        pass
    commands: Commands = SimpleQueue()
    if paused:
        commands.put({"command": "run"})
    said: list[dict[str, Any]] = []
    session = Session(trainer, tmp_path, said.append, commands, paused=paused)
    training = Thread(target=session.run, daemon=True)
    training.start()
    training.join(10)
    assert {"type": "state", "state": "finished"} in said


def test_the_next_start_that_comes_as_soon_as_it_said_stopped_is_left_for_the_next(tmp_path: Path, cache: Path) -> None:
    commands: Commands = SimpleQueue()
    commands.put({"command": "stop", "reason": None})

    def say(message: dict[str, Any]) -> None:
        if message["type"] == "state":
            commands.put({"command": "start"})

    Session(Trainer(RunConfig.from_document(SMALL), Library(cache)["mnist"]), tmp_path, say, commands).run()
    assert commands.get_nowait() == {"command": "start"}


def test_a_look_that_cannot_be_written_again_stays_as_it_was(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: Commands = SimpleQueue()
    # Iteration 0 is a moment when the run begins, and again when it is stopped there.
    commands.put({"command": "stop", "reason": None})
    write, looks = Path.write_bytes, 0

    def full(path: Path, data: bytes) -> int:
        nonlocal looks
        looks += bytes(data[:1]) == b"{"
        if looks < 2:
            return write(path, data)
        write(path, data[: len(data) // 2])
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    session = Session(
        Trainer(RunConfig.from_document(SMALL), Library(cache)["mnist"]), tmp_path, lambda _: None, commands
    )
    with pytest.raises(OSError, match="no space"):
        session.run()
    assert orjson.loads((tmp_path / "0000000000.json").read_bytes())["iteration"] == 0
