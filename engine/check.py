"""Gradient check: backpropagation against numerical differentiation, input by input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import numpy as np

from engine.budget import Budget
from engine.difference import Differences, Kink
from engine.errors import GraphError
from engine.evaluation import Evaluation, evaluate
from engine.graph import Graph
from engine.op import Array

__all__ = ["GradientCheck", "InputCheck", "Kink", "check"]

TOLD_APART = 1e6
"""How many times the rounding of a difference quotient a gradient must be to be compared as a ratio."""


@dataclass(frozen=True, eq=False)
class InputCheck:
    """Both gradients of one input, and how far they are apart; elements on a kink are left out of that."""

    backprop: Array
    numerical: Array
    mean_abs_diff: float
    max_rel_error: float


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """What a gradient check found, and what both ways cost for the inputs; `nodes` has the others where asked for."""

    inputs: Mapping[str, InputCheck]
    forward_passes: int
    seconds: Mapping[str, float]
    kinks: tuple[Kink, ...]
    nodes: Mapping[str, InputCheck] = field(default_factory=dict)


def check(
    graph: Graph,
    inputs: Mapping[str, Any] | None = None,
    epsilon: float = 1e-4,
    seed: Any = None,
    budget: Budget | None = None,
    every_node: bool = False,
) -> GradientCheck:
    """Compare every input's gradient by backpropagation with the one by central differences.

    The relative error of an element is |a − b| / max(|a|, |b|, floor); the floor is where the rounding of the output,
    divided by ε, leaves a difference quotient no digits to compare. With `every_node` the values between inputs and
    output are nudged too.

    Shapes:  inputs and seed as in evaluate
    Units:   epsilon in the unit of the nudged input
    Errors:  those of evaluate; GraphError for an epsilon that is no positive number; LimitError out of time
    """
    if not 0 < epsilon < np.inf:
        raise GraphError(f"epsilon is a positive number, not {epsilon!r}")
    graph = graph.with_values(inputs or {})
    start = perf_counter()
    result = evaluate(graph, None, seed, budget)
    middle = perf_counter()
    differences = Differences(graph, result.values, result.gradients[graph.output], epsilon)
    floor = _floor(result, epsilon)
    checks: dict[str, InputCheck] = {}
    kinks: list[Kink] = []

    def compared(node_id: str) -> InputCheck:
        numerical, crossed = differences.quickest(node_id, budget)
        kinks.extend(crossed)
        return _compare(result.gradients[node_id], numerical, crossed, floor)

    for node in graph.inputs:
        checks[node.id] = compared(node.id)
    passes = 2 * sum(entry.numerical.size for entry in checks.values())
    seconds = {"backprop": middle - start, "numerical": perf_counter() - middle}
    nodes = {node.id: compared(node.id) for node in graph if node.op != "input"} if every_node else {}
    return GradientCheck(checks, passes, seconds, tuple(kinks), nodes)


def _compare(backprop: Array, numerical: Array, crossed: Sequence[Kink], floor: float) -> InputCheck:
    compared = np.ones(numerical.shape, dtype=bool)
    for kink in crossed:
        compared[kink.index] = False
    a, b = np.asarray(backprop)[compared], numerical[compared]
    with np.errstate(all="ignore"):
        apart = np.abs(a - b)
        relative = apart / np.maximum(np.maximum(np.abs(a), np.abs(b)), floor)
    if not apart.size:
        return InputCheck(backprop, numerical, 0.0, 0.0)
    return InputCheck(backprop, numerical, float(apart.mean()), float(relative.max()))


def _floor(result: Evaluation, epsilon: float) -> float:
    largest = max(float(np.abs(value).max(initial=0)) for value in result.values.values())
    return TOLD_APART * float(np.finfo(np.float64).eps) * largest / epsilon
