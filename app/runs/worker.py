"""The worker process: waits ready with NumPy loaded and the data mapped, trains one run after another."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
import traceback
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

import orjson

from app.priority import take_turns
from app.runs import checkpoint, gradients
from app.runs.library import Library
from app.runs.session import Commands, Say, Session
from engine.config import RunConfig
from engine.errors import EngineError
from engine.trainer import Trainer

GRACE_SECONDS = 2.0
PIPE_BYTES = 2**20


def main(cache: Path, folder: Path | None = None) -> None:
    """Read commands from stdin, write messages to stdout, one JSON object a line."""
    take_turns()
    # What a library prints must not fall between the messages.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0) as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        _widen(out)
        commands: Commands = SimpleQueue()
        threading.Thread(target=_listen, args=(sys.stdin.buffer, commands), daemon=True).start()
        library = Library(cache, folder)
        _warm_up(library)
        say = _speaker(out)
        while (command := commands.get()) is not None:
            match command["command"]:
                case "start":
                    if not serve(command, commands, say, library):
                        return
                case "check" | "race":
                    # Whoever asks a question hears the process out.
                    serve(command, commands, say, library)
                    return
                case _:
                    # This came too late for the run before.
                    pass


def serve(first: dict[str, Any], commands: Commands, say: Say, library: Library) -> bool:
    """Do what the first command says; what goes wrong is the last thing that is told. Whether all went well."""
    try:
        config = RunConfig.from_document(first["config"])
        trainer = Trainer(config, library[config.dataset])
        if first["checkpoint"] is not None:
            trainer.restore(checkpoint.load(Path(first["checkpoint"])))
        with contextlib.closing(trainer):
            match first["command"]:
                case "start":
                    trainer.learning_rate = first["learning_rate"]
                    options = {name: first[name] for name in ("seconds", "every", "paused")}
                    Session(trainer, Path(first["folder"]), say, commands, **options).run()
                case "check":
                    say(gradients.compare(trainer, first["samples"], first["seconds"]))
                case "race":
                    gradients.race(trainer, say)
    except BrokenPipeError:
        return False
    except EngineError as error:
        say({"type": "state", "state": "failed", "reason": error.message, "error": type(error).__name__})
        return False
    except Exception as error:
        traceback.print_exc()
        say({"type": "state", "state": "failed", "reason": f"{type(error).__name__}: {error}"})
        return False
    return True


def _warm_up(library: Library) -> None:
    """One step of the chapter's script: what is slow the first time has happened before it counts."""
    config = RunConfig()
    # Data that cannot be read is told to the one who asks for a run on it.
    with contextlib.suppress(EngineError):
        for _ in Trainer(config, library[config.dataset]).step(1):
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
    main(*map(Path, sys.argv[1:]))
    # The listening thread holds stdin, which an orderly end of the interpreter would wait for.
    os._exit(0)
