"""A Tape is a graph of single numbers made ready to run: op rules in a row over a list of floats, and back again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any

import numpy as np

from engine.node import Node
from engine.step import Step

Rule = Callable[..., Any]


class Tape:
    """The steps of a graph whose ops are all element-wise and whose leaves are all single numbers, as two tables.

    A row of `forward` says where to write, by which rule, and the one or two places to read; a row of `backward` the
    same of the local derivatives, with the number of the first edge. Python's floats make the same bits as NumPy's
    numbers several times as quickly, but refuse to divide by zero.

    Errors:  ArithmeticError where floats refuse; NumPy's numbers go on to infinity there
    """

    def __init__(self, nodes: Sequence[Node], steps: Sequence[Step], output: int) -> None:
        rows = [(step, *_on_floats(step)) for step in steps]
        leading = bytearray(len(nodes))
        leading[output] = True
        for step in reversed(steps):
            if leading[step.place]:
                for source in step.sources:
                    leading[source] = True
        self.output = output
        self._leaves = [place for place, node in enumerate(nodes) if node.leaf]
        self._forward = [(s.place, rule, s.sources[0], _second(s)) for s, rule, _, _ in rows]
        self._local = [(s.place, d, s.sources[0], _second(s), s.edge) for s, _, d, _ in rows]
        self._backward = [row for row in reversed(self._local) if leading[row[0]]]
        # −0.0 is what a first gradient is added to: 0.0 would turn a gradient of −0.0 into 0.0.
        self._nothing = [-0.0 if reached else 0.0 for reached in leading]
        self._edges = sum(len(step.sources) for step in steps)
        self.plain = all(plain for *_, plain in rows)

    def run(self, nodes: Sequence[Node], seed: float) -> tuple[list[float], list[float], list[float]]:
        """The value and the gradient of every node, by position, and what every edge carried, by number.

        Leaves have the values of these nodes; the output's gradient is the seed.
        """
        values = [0.0] * len(nodes)
        for place in self._leaves:
            values[place] = nodes[place].value.item()  # type: ignore[union-attr]
        for place, rule, one, other in self._forward:
            values[place] = rule(values[one]) if other is None else rule(values[one], values[other])
        gradients = self._nothing[:]
        gradients[self.output] = seed
        carried = [0.0] * self._edges
        for place, local, one, other, edge in self._backward:
            g = gradients[place]
            if other is None:
                (slope,) = local(values[place], values[one])
                carried[edge] = back = g * slope
                gradients[one] += back
            else:
                slope, second = local(values[place], values[one], values[other])
                carried[edge] = back = g * slope
                gradients[one] += back
                carried[edge + 1] = back = g * second
                gradients[other] += back
        return values, gradients, carried

    def slopes(self, values: Sequence[float]) -> list[float]:
        """The local derivative along every edge, by number, at the values of a run."""
        found: list[float] = []
        for place, local, one, other, _ in self._local:
            found += local(values[place], values[one], *(() if other is None else (values[other],)))
        return found


def tape(nodes: Sequence[Node], steps: Sequence[Step], output: int) -> Tape | None:
    """The tape of nodes in topological order; None where an op is not element-wise or a leaf is an array."""
    if any(step.op.local is None or len(step.sources) > 2 for step in steps):
        return None
    return None if any(n.value is not None and n.value.ndim for n in nodes) else Tape(nodes, steps, output)


def _second(step: Step) -> int | None:
    return step.sources[1] if len(step.sources) > 1 else None


def _on_floats(step: Step) -> tuple[Rule, Rule, bool]:
    """A step's rule and its local derivatives as functions of floats, and whether both are plain arithmetic."""
    assert step.op.local is not None
    if step.node.attrs:
        return _converted.__wrapped__(step.forward, partial(step.op.local, **step.node.attrs), len(step.sources))
    return _converted(step.forward, step.op.local, len(step.sources))


@lru_cache(maxsize=256)
def _converted(rule: Rule, local: Rule, slots: int) -> tuple[Rule, Rule, bool]:
    if _takes_floats(rule, local, slots):
        return rule, local, True
    return partial(_float, rule), partial(_floats, local), False


def _takes_floats(rule: Rule, local: Rule, slots: int) -> bool:
    """Whether an op's rules are plain arithmetic: floats in, floats out, no NumPy."""
    inputs = [0.5] * slots
    try:
        out = rule(*inputs)
        return type(out) is float and all(type(slope) is float for slope in local(out, *inputs))
    except (AttributeError, TypeError):
        return False


def _float(rule: Rule, *inputs: float) -> float:
    return float(rule(*map(np.float64, inputs)))


def _floats(local: Rule, *given: float) -> list[float]:
    return [float(slope) for slope in local(*map(np.float64, given))]
