"""The worker process: waits ready with NumPy loaded and the data mapped, then trains the one run it is given."""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

import orjson

from app.runs import checkpoint
from app.runs.session import Commands, Say, Session
from engine.config import RunConfig
from engine.dataset import Dataset, load
from engine.errors import EngineError
from engine.trainer import Trainer

GRACE_SECONDS = 2.0
PIPE_BYTES = 2**20


def main(cache: Path) -> None:
    """Serve one run over stdin and stdout."""
    # What a library prints must not fall between the messages.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0) as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        _widen(out)
        commands: Commands = SimpleQueue()
        threading.Thread(target=_listen, args=(sys.stdin.buffer, commands), daemon=True).start()
        datasets = Datasets(cache)
        _warm_up(datasets)
        first = commands.get()
        if first is not None:
            serve(first, commands, _speaker(out), datasets)


class Datasets:
    """Data sets by name, each loaded once."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._loaded: dict[str, Dataset] = {}

    def __getitem__(self, name: str) -> Dataset:
        if name not in self._loaded:
            self._loaded[name] = load(name, self._cache)
        return self._loaded[name]


def serve(start: dict[str, Any], commands: Commands, say: Say, datasets: Datasets) -> None:
    """Train as the command `start` says; what goes wrong becomes the run's last event."""
    try:
        config = RunConfig.from_document(start["config"])
        trainer = Trainer(config, datasets[config.dataset])
        if start["checkpoint"] is not None:
            trainer.restore(checkpoint.load(Path(start["checkpoint"])))
        trainer.learning_rate = start["learning_rate"]
        session = Session(
            trainer,
            Path(start["folder"]),
            say,
            commands,
            seconds=start["seconds"],
            every=start["every"],
            paused=start["paused"],
        )
        session.run()
    except BrokenPipeError:
        return
    except EngineError as error:
        say({"type": "state", "state": "failed", "reason": error.message})
    except Exception as error:
        traceback.print_exc()
        say({"type": "state", "state": "failed", "reason": f"{type(error).__name__}: {error}"})


def _warm_up(datasets: Datasets) -> None:
    """One step of the chapter's script: what is slow the first time has happened before it counts."""
    config = RunConfig()
    for _ in Trainer(config, datasets[config.dataset]).step(1):
        pass


def _listen(stream: BinaryIO, commands: Commands) -> None:
    for line in stream:
        commands.put(orjson.loads(line))
    # The server has gone. A step that takes longer than a moment is not waited for.
    commands.put(None)
    time.sleep(GRACE_SECONDS)
    os._exit(1)


def _speaker(out: BinaryIO) -> Say:
    def say(message: dict[str, Any]) -> None:
        data = memoryview(orjson.dumps(message, option=orjson.OPT_SERIALIZE_NUMPY) + b"\n")
        while data:
            data = data[out.write(data) :]

    return say


def _widen(out: BinaryIO) -> None:
    """Let the pipe hold what a busy server has not read yet, where the system has a call for that."""
    try:
        import fcntl

        fcntl.fcntl(out.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    except (ImportError, AttributeError, OSError):
        pass


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    # The listening thread holds stdin, which an orderly end of the interpreter would wait for.
    os._exit(0)
