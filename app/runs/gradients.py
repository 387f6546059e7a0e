"""Both ways to a gradient on the network of a run, in a worker process: compared to the last digit, and raced."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

from engine.budget import Budget
from engine.check import check
from engine.minibatch import minibatch, tables
from engine.plan import Plan
from engine.plan.numerical import numerical_gradient
from engine.trainer import Trainer

TELL_SECONDS = 0.2
ROUNDS = 5
ELEMENTS = 10**9

Say = Callable[[dict[str, Any]], None]


def compare(trainer: Trainer, samples: int, seconds: float) -> dict[str, Any]:
    """The chapter's gradient check on the first training images, in float64.

    Errors:  LimitError when it takes longer than so many seconds
    """
    rows = np.arange(min(samples, len(trainer.split)))
    graph = minibatch(trainer.network, trainer.split, rows, trainer.weights())
    found = check(graph, budget=Budget(ELEMENTS, seconds))
    inputs = {
        name: {
            "mean_abs_diff": found.inputs[name].mean_abs_diff,
            "max_rel_error": found.inputs[name].max_rel_error,
        }
        for name in trainer.network.parameters
    }
    return {
        "type": "checked",
        "inputs": inputs,
        "forward_passes": found.forward_passes,
        "seconds": dict(found.seconds),
        "kinks": len(found.kinks),
    }


def race(trainer: Trainer, say: Say) -> None:
    """Backpropagation, then numerical differentiation of the same batch: two forward passes for every number."""
    net, dataset = trainer.network, trainer.dataset
    plan = Plan(net.graph, net.parameters, np.float64, tables(net, trainer.split, dataset.classes, np.float64))
    for name, value in trainer.weights().items():
        if name in net.parameters:
            plan.set(name, value)
    np.copyto(plan.rows, trainer.batches.at(max(trainer.iteration - 1, 0)))
    rounds = []
    for _ in range(ROUNDS):
        started = perf_counter()
        plan.run()
        rounds.append(perf_counter() - started)
    total = 2 * sum(place.stop - place.start for place in plan.places.values())
    begin = told = perf_counter()
    for passes in numerical_gradient(plan):
        now = perf_counter()
        if passes < total and now - told < TELL_SECONDS:
            continue
        told = now
        say(
            {
                "type": "raced",
                "passes": passes,
                "total": total,
                "seconds": now - begin,
                "eta_seconds": (now - begin) * (total - passes) / passes,
                "backprop_seconds": sorted(rounds)[ROUNDS // 2],
            }
        )
