"""The worker's side of a cluster: one Dask task that trains one run as a worker process would, over two queues."""

from __future__ import annotations

import contextlib
import tempfile
import threading
import time
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import orjson
from distributed import Event, Queue, get_client
from threadpoolctl import threadpool_limits

from app.runs.library import Library
from app.runs.session import Commands
from app.runs.worker import serve

BATCH_SECONDS = 1 / 60
ALIVE_SECONDS = 2
SILENCE_SECONDS = 10
Parcel = dict[str, Any]


def train(name: str, first: dict[str, Any], checkpoint: bytes | None) -> None:
    """Do what the first command says; files travel as bytes, since the server's folders are not here.

    Errors:  RuntimeError when this is the second start of a task whose worker was lost
    """
    client = get_client()
    started = Event(f"{name}-started", client=client)
    if started.is_set():
        raise RuntimeError("the cluster lost the worker")
    started.set()
    with tempfile.TemporaryDirectory() as made, threadpool_limits(1):
        folder = Path(made)
        if checkpoint is not None:
            file = folder / "start.npz"
            file.write_bytes(checkpoint)
            first = {**first, "checkpoint": str(file)}
        commands: Commands = SimpleQueue()
        parcels: SimpleQueue[Parcel | None] = SimpleQueue()
        sender = threading.Thread(target=_send, args=(Queue(f"{name}-up", client=client), parcels))
        sender.start()
        threading.Thread(target=_listen, args=(Queue(f"{name}-down", client=client), commands), daemon=True).start()
        cache = Path(tempfile.gettempdir()) / "backprop-explorer"
        # A task has one core, and may start no process of its own.
        first = {**first, "folder": made, "config": {**first["config"], "cores": 1}}
        try:
            serve(first, commands, lambda message: parcels.put(_pack(message, folder)), Library(cache))
        finally:
            parcels.put(None)
            sender.join()


def _pack(message: dict[str, Any], folder: Path) -> Parcel:
    """A message, with the files that it speaks of taken out of the folder."""
    files: dict[str, bytes] = {}
    if message["type"] == "saved":
        for file in folder.glob(f"{message['iteration']:010d}.*"):
            files[file.name] = file.read_bytes()
            file.unlink()
    return {"message": orjson.dumps(message, option=orjson.OPT_SERIALIZE_NUMPY), "files": files}


def _send(queue: Queue, parcels: SimpleQueue[Parcel | None]) -> None:
    """Send what has gathered, so that training never waits for the network; None comes last."""
    batch: list[Parcel | None] = []
    while None not in batch:
        batch = []
        # An empty batch says that the worker is there.
        with contextlib.suppress(Empty):
            batch.append(parcels.get(timeout=ALIVE_SECONDS))
            time.sleep(BATCH_SECONDS)
        while not parcels.empty():
            batch.append(parcels.get())
        queue.put(batch)


def _listen(queue: Queue, commands: Commands) -> None:
    """Hand commands on until the server has said nothing for long, not even that it is there."""
    while True:
        try:
            command = orjson.loads(queue.get(timeout=SILENCE_SECONDS))
        except Exception:
            commands.put(None)
            return
        if command["command"] == "close":
            commands.put(None)
            return
        if command["command"] != "alive":
            commands.put(command)
