"""An Evaluation remembers everything: every value, every edge's gradient before the sum, every node's after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from typing import Any, NamedTuple

import numpy as np

from engine.backprop import Walked, forward, plain, walk_backward, walk_forward
from engine.budget import Budget
from engine.errors import ShapeError
from engine.graph import Edge, Graph, as_array
from engine.op import Array

__all__ = ["EdgeGradient", "Evaluation", "NonFinite", "evaluate", "forward"]

ONE = plain(1.0)


class EdgeGradient(NamedTuple):
    """What one edge carried: the value forward, the local derivative where the op has one, the gradient back."""

    edge: Edge
    value: Array
    local: Array | None
    gradient: Array

    @property
    def source(self) -> str:
        """The node that the value comes from."""
        return self.edge.source

    @property
    def target(self) -> str:
        """The node that uses it."""
        return self.edge.target

    @property
    def slot(self) -> int:
        """The slot in which it does."""
        return self.edge.slot


@dataclass(frozen=True, slots=True)
class NonFinite:
    """The first node whose value or gradient stopped being finite, with what happened there."""

    node: str
    kind: str
    detail: str


class Numbers(NamedTuple):
    """An evaluation of single numbers: values and gradients by position, the rest by the number of the edge."""

    values: Sequence[float]
    gradients: Sequence[float]
    locals: Sequence[float]
    carried: Sequence[float]


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Forward values and backward gradients of a graph; nothing in it changes afterwards."""

    graph: Graph
    walked: Walked = field(repr=False)

    @property
    def output(self) -> Array:
        """The value of the graph's output."""
        return plain(self.walked.values[self.graph.places[self.graph.output]])

    @property
    def values(self) -> Mapping[str, Array]:
        """The value of every node, in topological order."""
        return self.graph.named(self.walked.values)

    @property
    def gradients(self) -> Mapping[str, Array]:
        """The gradient of every node: the sum of what its edges carried back."""
        return self.graph.named(self.walked.gradients)

    @cached_property
    def numbers(self) -> Numbers | None:
        """All of it as Python's floats; None where there are arrays, or floats refused."""
        values, gradients, carried = self.walked
        tape = self.graph.tape
        if tape is None or not isinstance(values[0], float) or isinstance(values[0], np.float64):
            return None
        try:
            with np.errstate(all="ignore"):
                slopes = tape.slopes(values)
        except ArithmeticError:
            return None
        return Numbers(values, gradients, slopes, carried)

    @cached_property
    def edges(self) -> tuple[EdgeGradient, ...]:
        """What every edge carried, in the order of the graph's edges."""
        carried = _arrays(self.walked.carried)
        with np.errstate(all="ignore"):
            return tuple(
                EdgeGradient(edge, value, local, plain(np.zeros_like(value)) if back is None else back)
                for (value, local), edge, back in zip(self._inward(), self.graph.edges, carried, strict=True)
            )

    def _inward(self) -> Iterator[tuple[Array, Array | None]]:
        """The value that every edge brings and the local derivative there, None where the op has none."""
        values = _arrays(self.walked.values)
        for step in self.graph.steps:
            out, inputs, local = values[step.place], step.pick(values), step.op.local
            slopes = local(out, *inputs, **step.node.attrs) if local else [None] * len(inputs)
            for value, slope in zip(inputs, slopes, strict=True):
                yield value, _of_shape(slope, out)

    @cached_property
    def warnings(self) -> tuple[NonFinite, ...]:
        """The first node that stopped being finite, forward or, if all values are finite, backward."""
        for kind, found, order in (("value", self.walked.values, 1), ("gradient", self.walked.gradients, -1)):
            for node, value in zip(self.graph.nodes[::order], found[::order], strict=True):
                if not (isfinite(value) if type(value) is float or value.ndim == 0 else np.isfinite(value).all()):
                    return (NonFinite(node.id, kind, f"the {kind} of {node.id} is not finite ({node.op})"),)
        return ()


def evaluate(
    graph: Graph, inputs: Mapping[str, Any] | None = None, seed: Any = None, budget: Budget | None = None
) -> Evaluation:
    """Evaluate a graph forward, then backward from its output.

    Shapes:  inputs: {input node id: value}; seed: the output's shape (or a number for all of it), default ones
    Units:   gradients are output unit per value unit
    Rule:    edge gradient = upstream × local, un-broadcast to the slot; node gradient = Σ over its edges
    Errors:  GraphError, ShapeError naming node, slot and both shapes, LimitError when the budget is spent
    """
    graph = graph.with_values(inputs or {})
    return Evaluation(graph, _on_tape(graph, seed, budget) or _walk(graph, seed, budget))


def _on_tape(graph: Graph, seed: Any, budget: Budget | None) -> Walked | None:
    """Both walks over single numbers; None where there are arrays, floats refuse, or the budget has a word to say."""
    tape = graph.tape
    if tape is None or (budget and not budget.covers(len(graph))):
        return None
    start = 1.0 if seed is None else float(_seed(graph, ONE, seed))
    run = tape.run if tape.plain else np.errstate(all="ignore")(tape.run)
    try:
        walked = Walked(*run(graph.nodes, start))
    except ArithmeticError:
        return None
    if budget:
        budget.spend(graph.output, len(graph))
    return walked


def _walk(graph: Graph, seed: Any, budget: Budget | None) -> Walked:
    values = walk_forward(graph, budget)
    start = _seed(graph, values[graph.places[graph.output]], seed)
    return walk_backward(graph, values, start, budget)


def _arrays(found: Sequence[Any]) -> Sequence[Any]:
    """What a walk found, a tape's floats as NumPy's numbers."""
    return [*map(np.float64, found)] if found and type(found[0]) is float else found


def _seed(graph: Graph, output: Array, seed: Any) -> Array:
    """The gradient to start from: ones, one number for all of the output, or an array of its shape.

    Errors:  ShapeError when it has another shape
    """
    if seed is None:
        return ONE if output.ndim == 0 else np.ones_like(output)
    array = as_array(seed, node=graph.output)
    if array.ndim and array.shape != output.shape:
        raise ShapeError(
            f"the seed has shape {array.shape}, the output {graph.output!r} has {output.shape}", node=graph.output
        )
    return plain(np.broadcast_to(array, output.shape))


def _of_shape(local: Any, out: Array) -> Array | None:
    if local is None:
        return None
    return plain(local if out.ndim == 0 else np.broadcast_to(local, out.shape))
