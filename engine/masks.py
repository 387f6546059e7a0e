"""Masks: which units dropout cuts in each iteration, a function of the seed and the iteration alone."""

from __future__ import annotations

import numpy as np

from engine.plan import Plan
from engine.plan.normalization import Dropout


class Masks:
    """The dropout nodes of a plan and the seeds of their masks; any iteration's masks can be had again."""

    def __init__(self, plan: Plan, seed: np.random.SeedSequence) -> None:
        self._kernels = {name: kernel for name, kernel in plan.kernels.items() if isinstance(kernel, Dropout)}
        self._seed = seed

    def draw(self, iteration: int) -> None:
        """Give every dropout node its mask for this iteration."""
        for place, kernel in enumerate(self._kernels.values()):
            kernel.seed = self._mask(iteration, place)

    def seeds(self, iteration: int) -> dict[str, int]:
        """The seed of each dropout node's mask, as its attr `seed` takes it."""
        return {name: self._mask(iteration, place) for place, name in enumerate(self._kernels)}

    def _mask(self, iteration: int, place: int) -> int:
        key = (*self._seed.spawn_key, iteration, place)
        return int(np.random.SeedSequence(self._seed.entropy, spawn_key=key).generate_state(1)[0])
