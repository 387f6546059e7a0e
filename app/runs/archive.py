"""The archive brings back replicas of a run's checkpoints, and keeps the last few at hand."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import nullcontext
from typing import BinaryIO

import numpy as np
import orjson
from numpy.typing import NDArray

from app.runs.entry import Entry
from app.runs.launcher import Launcher
from app.runs.library import Library
from app.runs.replica import Replica
from app.runs.store import Given
from engine.config import RunConfig
from engine.errors import ConfigError, DatasetError
from engine.trainer import Trainer

AT_HAND = 4
FRESH_SECONDS = 0.5


class MissingError(Exception):
    """There is no checkpoint of this iteration."""


class Archive:
    """Replicas by run and iteration. Lives in the event loop; what takes long happens in threads."""

    def __init__(self, launcher: Launcher, library: Library) -> None:
        self._launcher = launcher
        self._library = library
        self._at_hand: OrderedDict[tuple[str, object], asyncio.Task[Replica]] = OrderedDict()

    async def replica(self, entry: Entry, iteration: int | None = None) -> Replica:
        """The network as it is now (half a second old at most, while it trains), or as it was at a saved moment.

        Errors:  MissingError
        """
        if iteration is None:
            iteration = await self._launcher.save(entry, older_than=FRESH_SECONDS)
        file = None if iteration is None else self._launcher.store.checkpoint(entry.run.id, iteration)
        if file is not None and not file.exists():
            raise MissingError(f"run {entry.run.id} has no saved moment at iteration {iteration}")
        # The same iteration is another network when the run was taken up again with another learning rate.
        key = (entry.run.id, None if file is None else (iteration, file.stat().st_mtime_ns))
        task = self._at_hand.get(key)
        if task is None or (task.done() and task.exception() is not None):
            config = RunConfig.from_document(entry.run.config)
            # Opened at once: a newer checkpoint may take its place before a thread reads it.
            opened = None if file is None else file.open("rb")
            task = asyncio.create_task(asyncio.to_thread(self._bring_back, config, opened))
            self._at_hand[key] = task
            while len(self._at_hand) > AT_HAND:
                self._at_hand.popitem(last=False)
        self._at_hand.move_to_end(key)
        return await asyncio.shield(task)

    async def adopt(self, config: RunConfig, weights: dict[str, NDArray[np.floating]], name: str) -> Entry:
        """A new paused run that begins with weights of one's own.

        Errors:  ConfigError names a weight that does not fit, LimitError when there are too many
        """

        def begin() -> Given:
            self._library.check(config)
            trainer = Trainer(config, self._library[config.dataset])
            trainer.load_weights(weights)
            look = trainer.sample().to_message()
            return Given(trainer.state(), orjson.dumps(look, option=orjson.OPT_SERIALIZE_NUMPY))

        return await self._launcher.add(config, "paused", name, given=await asyncio.to_thread(begin))

    def _bring_back(self, config: RunConfig, file: BinaryIO | None) -> Replica:
        with file or nullcontext():
            return Replica(config, self._library[config.dataset], file)


def config_of(weights: dict[str, NDArray[np.floating]]) -> RunConfig:
    """The configuration of the network that weights W1, b1, W2, b2 ... belong to.

    Errors:  DatasetError when they are those of no network we know
    """
    if "W1" in weights and weights["W1"].ndim == 4:
        return RunConfig(architecture="simple_convnet")
    sizes: list[int] = []
    while f"W{len(sizes) + 1}" in weights:
        W = weights[f"W{len(sizes) + 1}"]
        if W.ndim != 2:
            raise DatasetError(f"W{len(sizes) + 1} has shape {W.shape}, but a layer's weights are a matrix")
        sizes.append(W.shape[1])
    if not sizes:
        raise DatasetError(f"there is no W1 among the arrays {', '.join(weights) or '(none)'}")
    try:
        return RunConfig.from_document({"hidden": sizes[:-1], "batch_norm": "gamma1" in weights})
    except ConfigError as error:
        raise DatasetError(f"these weights fit no network: {error.message}") from None
