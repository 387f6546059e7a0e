"""A worker process as the server sees it: commands in, messages out, and how it ended."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncGenerator
from typing import Any, Protocol

import orjson

from app.runs.library import Library
from engine.parallel import ONE_THREAD

LONGEST_MESSAGE = 256 * 2**20
PIPE_BYTES = 2**20


class Worker(Protocol):
    """Whatever does what it is asked for: a process of this machine, or a task of a cluster."""

    lasting: bool
    """Whether it can do more than one thing, one after the other."""

    @property
    def alive(self) -> bool: ...

    @property
    def orderly(self) -> bool: ...

    def send(self, command: str, **arguments: Any) -> None: ...

    def messages(self) -> AsyncGenerator[dict[str, Any], None]: ...

    async def ended(self) -> str: ...

    def close(self) -> None: ...

    def kill(self) -> None: ...


class WorkerProcess:
    """A process that waits for its next command with NumPy loaded and the data mapped."""

    lasting = True

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, library: Library) -> WorkerProcess:
        """Start one. It has a session of its own, so Ctrl-C reaches the server alone, which then ends it in order."""
        folders = [str(folder) for folder in (library.cache, library.folder) if folder is not None]
        return cls(
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "app.runs.worker", *folders),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=LONGEST_MESSAGE,
                env={**os.environ, **ONE_THREAD},
                start_new_session=True,
            )
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    def send(self, command: str, **arguments: Any) -> None:
        """Give it a command; one that has ended hears nothing."""
        assert self._process.stdin is not None
        with contextlib.suppress(ConnectionError, RuntimeError):
            self._process.stdin.write(orjson.dumps({"command": command, **arguments}) + b"\n")

    async def messages(self) -> AsyncGenerator[dict[str, Any], None]:
        """What it says, until it ends. A last line that was cut off is left out."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            if line.endswith(b"\n"):
                yield orjson.loads(line)

    @property
    def orderly(self) -> bool:
        """Whether it has ended as it was asked to."""
        return self._process.returncode == 0

    async def ended(self) -> str:
        """How it ended, in words, once it has."""
        code = await self._process.wait()
        # Its pipes end a turn of the loop later than it does.
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        with contextlib.suppress(ConnectionError):
            await self._process.stdin.wait_closed()
        while await self._process.stdout.read(PIPE_BYTES):
            pass
        if code < 0:
            return f"the worker process was ended by {signal.Signals(-code).name}"
        return f"the worker process ended with code {code}"

    def close(self) -> None:
        """No more commands: it ends by itself at once."""
        if self._process.stdin is not None:
            self._process.stdin.close()

    def kill(self) -> None:
        """End it now."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
