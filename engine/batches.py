"""Batches: which rows each step takes, a function of the seed and the iteration alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 1024


class Batches:
    """Row numbers drawn with replacement, a thousand batches at a time; any iteration's batch can be had again.

    Shapes:  at(iteration) → (batch,) numbers below rows
    """

    def __init__(self, rows: int, batch: int, seed: np.random.SeedSequence) -> None:
        self.rows = rows
        self.batch = batch
        self._seed = seed
        self._number = -1
        self._block: NDArray[Any] = np.zeros((BLOCK, batch), dtype=np.intp)

    def at(self, iteration: int) -> NDArray[np.intp]:
        number, place = divmod(iteration, BLOCK)
        if number != self._number:
            seed = np.random.SeedSequence(self._seed.entropy, spawn_key=(*self._seed.spawn_key, number))
            self._block = np.random.default_rng(seed).integers(0, self.rows, (BLOCK, self.batch), dtype=np.intp)
            self._number = number
        rows: NDArray[np.intp] = self._block[place]
        return rows
