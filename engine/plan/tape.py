"""A Tape is the plan of a graph of single numbers: op functions in a row over a list of floats, and back again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from engine.errors import GraphError
from engine.graph import Graph
from engine.node import Node
from engine.op import OPS

Numbers = Callable[..., Any]


class Record(NamedTuple):
    """One op on the tape: where it writes, its rules, where it reads (`other` is None for an op of one slot)."""

    place: int
    rule: Numbers
    local: Numbers
    one: int
    other: int | None
    plain: bool


class Tape:
    """An element-wise graph of single numbers, run again and again with other inputs.

    Takes both rules from the ops. Python's floats are far quicker than NumPy's numbers, but refuse to divide by zero:
    then the same records run once more on NumPy's, which go on to infinity.

    Errors:  GraphError for a graph with arrays, or with ops that are not element-wise
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._places = {node.id: place for place, node in enumerate(graph)}
        self.values: list[float] = [0.0 if node.value is None else _number(node) for node in graph]
        self.gradients = [0.0] * len(self.values)
        self._records = [_record(node, self._places) for node in graph if not node.leaf]
        leading = {self._places[graph.output]}
        for record in reversed(self._records):
            if record.place in leading:
                leading |= {record.one} if record.other is None else {record.one, record.other}
        self._forward = [record[:2] + record[3:5] for record in self._records]
        self._backward = [(r.place, *r[2:5]) for r in reversed(self._records) if r.place in leading]
        self._plain = all(record.plain for record in self._records)

    def set(self, name: str, value: float) -> None:
        """Write an input node's value."""
        self.values[self._places[name]] = float(value)

    def get(self, name: str, *, gradient: bool = False) -> float:
        """A node's value, or its gradient, as of the last run."""
        return float((self.gradients if gradient else self.values)[self._places[name]])

    def run(self) -> None:
        """Forward, then backward."""
        with nullcontext() if self._plain else np.errstate(all="ignore"):
            try:
                self._run()
            except ArithmeticError:
                self._run_on()

    def _run(self) -> None:
        values = self.values
        for place, rule, one, other in self._forward:
            values[place] = rule(values[one]) if other is None else rule(values[one], values[other])
        self.gradients = gradients = [0.0] * len(values)
        gradients[self._places[self.graph.output]] = 1.0
        for place, local, one, other in self._backward:
            g = gradients[place]
            if other is None:
                (slope,) = local(values[place], values[one])
                gradients[one] += g * slope
            else:
                slope, second = local(values[place], values[one], values[other])
                gradients[one] += g * slope
                gradients[other] += g * second

    def _run_on(self) -> None:
        """The same with NumPy's numbers."""
        self.values = [np.float64(value) for value in self.values]
        with np.errstate(all="ignore"):
            self._run()
        self.values = [float(value) for value in self.values]


def _number(node: Node) -> float:
    assert node.value is not None
    if node.value.ndim:
        raise GraphError(f"{node.id!r} is an array: a tape takes single numbers", node=node.id)
    return node.value.item()


def _record(node: Node, places: dict[str, int]) -> Record:
    op = OPS[node.op]
    if op.local is None:
        raise GraphError(f"{node.op} of {node.id!r} is not element-wise: a tape takes no other ops", node=node.id)
    rule, local = (partial(f, **node.attrs) if node.attrs else f for f in (op.forward, op.local))
    plain = _takes_floats(rule, local, len(node.inputs))
    if not plain:
        rule, local = partial(_float, rule), partial(_floats, local)
    one, *others = (places[source] for source in node.inputs)
    return Record(places[node.id], rule, local, one, others[0] if others else None, plain)


def _takes_floats(rule: Numbers, local: Numbers, slots: int) -> bool:
    """Whether an op's rules are plain arithmetic: floats in, floats out, no NumPy."""
    inputs = [0.5] * slots
    try:
        out = rule(*inputs)
        return type(out) is float and all(type(slope) is float for slope in local(out, *inputs))
    except (AttributeError, TypeError):
        return False


def _float(rule: Numbers, *inputs: float) -> float:
    return float(rule(*map(np.float64, inputs)))


def _floats(local: Numbers, *given: float) -> list[float]:
    return [float(slope) for slope in local(*map(np.float64, given))]
