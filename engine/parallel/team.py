"""Who trains a network: one process alone, or a pair."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from engine.batches import Batches
from engine.config import RunConfig
from engine.optimizer import Optimizer
from engine.parallel.pair import Pair
from engine.plan import Plan


class Alone:
    """One process that does everything, with the interface of a pair."""

    def __init__(self, optimizer: Optimizer) -> None:
        self._optimizer = optimizer

    def at_work(self, iteration: int) -> AbstractContextManager[None]:
        del iteration
        return nullcontext()

    def multiply(self) -> None:
        pass

    def update(self, active: int) -> None:
        self._optimizer.update(active)

    def fetch(self) -> None:
        pass

    def close(self) -> None:
        pass


def form_team(config: RunConfig, plan: Plan, optimizer: Optimizer, batches: Batches) -> Alone | Pair:
    """A pair where the configuration gives two cores and the plan has a first layer that two can share."""
    kernel = plan.pixel_affine
    if config.cores == 1 or config.gradient == "numerical" or kernel is None or not kernel.alone:
        return Alone(optimizer)
    return Pair(plan, kernel, optimizer, config.optimizer, batches)
