"""A Dask cluster in place of processes: runs train wherever the scheduler puts them, and are kept here all the same."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import orjson
from distributed import Client, Future, Queue, rpc

from app.runs import checkpoint
from app.runs.library import Library
from app.runs.remote import ALIVE_SECONDS, SILENCE_SECONDS, train

CONNECT_SECONDS = 5
LOOK_SECONDS = 1


async def greet(address: str, seconds: float) -> None:
    """See that a Dask scheduler is what answers at tcp://HOST:PORT.

    Errors:  OSError when it is something else
    """
    try:
        async with asyncio.timeout(seconds), rpc(address) as there:
            kind = (await there.identity())["type"]
    except Exception as error:
        # Dask takes the bytes of another protocol for lengths and stumbles in many ways.
        raise OSError("what answers there speaks another language") from error
    if kind != "Scheduler":
        raise OSError(f"what answers there is a {kind}")


class Cluster:
    """The connection to a scheduler."""

    def __init__(self, address: str, client: Client, slots: int) -> None:
        self._address = address
        self._client = client
        self._connecting = asyncio.Lock()
        self.slots = slots

    @classmethod
    async def connect(cls, address: str) -> Cluster:
        """Connect to a scheduler at tcp://HOST:PORT; it trains as many runs at once as its workers have threads.

        Errors:  OSError when nobody answers there
        """
        client = await _client(address)
        return cls(address, client, max(1, sum((await client.nthreads()).values())))

    async def start_worker(self, library: Library) -> ClusterTask:
        """A task to be: the first command submits it.

        Errors:  OSError when the scheduler has gone and not come back
        """
        async with self._connecting:
            if self._client.status != "running":
                await self._client.close()
                self._client = await _client(self._address)
        return ClusterTask(self._client)

    async def close(self) -> None:
        """Let go of the scheduler."""
        await self._client.close()


async def _client(address: str) -> Client:
    return await Client(address, asynchronous=True, timeout=CONNECT_SECONDS, set_as_default=False)


class ClusterTask:
    """A run on the cluster, as the server sees it: the same commands and messages as a process's."""

    lasting = False

    def __init__(self, client: Client) -> None:
        self._client = client
        self._name = f"backprop-explorer-{secrets.token_hex(8)}"
        self._up = Queue(f"{self._name}-up", client=client)
        self._down = Queue(f"{self._name}-down", client=client)
        self._outgoing: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._future: Future | None = None
        self._failure: Exception | None = None
        self._begun = asyncio.Event()
        self._folder = Path()
        self._killed = False
        self._lost = False
        self._pump = asyncio.create_task(self._send())

    @property
    def alive(self) -> bool:
        return not self._begun.is_set() or (self._future is not None and not self._future.done())

    @property
    def orderly(self) -> bool:
        """Whether it has ended as it was asked to."""
        return self._future is not None and self._future.status == "finished" and not self._killed

    def send(self, command: str, **arguments: Any) -> None:
        """Give it a command."""
        self._outgoing.put_nowait({"command": command, **arguments})

    async def messages(self) -> AsyncGenerator[dict[str, Any], None]:
        """What it says, until it ends; the files it sends along are put where they belong first."""
        await self._begun.wait()
        future = self._future
        heard: float | None = None
        while future is not None and not self._killed:
            try:
                batch = await self._up.get(timeout=LOOK_SECONDS)
                heard = time.monotonic()
            except TimeoutError:
                # A task that waits for a worker is silent too, but was never heard.
                lost = heard is not None and time.monotonic() - heard > SILENCE_SECONDS
                if lost:
                    await future.cancel()
                if lost or future.done():
                    return
                continue
            except (OSError, AttributeError):
                # The scheduler has gone. The client cancels every task, and is closed unless it comes back soon.
                self._lost = True
                return
            for parcel in batch:
                if parcel is None:
                    return
                for name, data in parcel["files"].items():
                    await asyncio.to_thread(checkpoint.put, self._folder / Path(name).name, data)
                yield orjson.loads(parcel["message"])

    async def ended(self) -> str:
        """How it ended, in words, once it has."""
        self._pump.cancel()
        future = self._future
        if future is None:
            return "the cluster's task was never begun" + ("" if self._failure is None else f": {self._failure}")
        if self._lost or self._client.status != "running":
            return "the connection to the cluster's scheduler was lost"
        if self._killed:
            await self._down.put(orjson.dumps({"command": "close"}))
            return "the cluster's task was ended"
        if future.status == "cancelled":
            return "the cluster lost the worker"
        error = await future.exception()
        for queue in (self._up, self._down):
            queue.close()
        return "the cluster's task ended" + ("" if error is None else f": {error}")

    def close(self) -> None:
        """No more commands: it ends by itself."""
        self.send("close")

    def kill(self) -> None:
        """Wait for it no longer."""
        self._killed = True
        self._begun.set()

    async def _send(self) -> None:
        first = await self._outgoing.get()
        try:
            await self._submit(first)
        except Exception as failure:
            self._failure = failure
            return
        finally:
            self._begun.set()
        while True:
            try:
                command = await asyncio.wait_for(self._outgoing.get(), ALIVE_SECONDS)
            except TimeoutError:
                command = {"command": "alive"}
            try:
                await self._down.put(orjson.dumps(command))
            except (OSError, AttributeError):
                # Nobody is there to hear it; `messages` ends for the same reason.
                return

    async def _submit(self, first: dict[str, Any]) -> None:
        self._folder = Path(first.get("folder", ""))
        file = first.get("checkpoint")
        data = None if file is None else await asyncio.to_thread(Path(file).read_bytes)
        self._future = self._client.submit(train, self._name, first, data, pure=False, retries=0, key=self._name)
