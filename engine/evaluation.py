"""An Evaluation remembers everything: every value, every edge's gradient before the sum, every node's after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from typing import Any

import numpy as np

from engine.backprop import Walked, forward, plain, walk_backward, walk_forward
from engine.budget import Budget
from engine.errors import ShapeError
from engine.graph import Edge, Graph, as_array
from engine.op import Array
from engine.step import Step

__all__ = ["EdgeGradient", "Evaluation", "NonFinite", "evaluate", "forward"]

ONE = plain(1.0)


@dataclass(frozen=True, slots=True, eq=False)
class EdgeGradient:
    """What one edge carried: the value forward, the local derivative where the op has one, the gradient back."""

    edge: Edge
    value: Array
    local: Array | None
    gradient: Array


@dataclass(frozen=True, slots=True)
class NonFinite:
    """The first node whose value or gradient stopped being finite, with what happened there."""

    node: str
    kind: str
    detail: str


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Forward values and backward gradients of a graph; nothing in it changes afterwards."""

    graph: Graph
    walked: Walked = field(repr=False)

    @property
    def output(self) -> Array:
        return self.walked.values[self.graph.places[self.graph.output]]

    @cached_property
    def values(self) -> Mapping[str, Array]:
        """The value of every node, in topological order."""
        return self.graph.named(self.walked.values)

    @cached_property
    def gradients(self) -> Mapping[str, Array]:
        """The gradient of every node: the sum of what its edges carried back."""
        return self.graph.named(self.walked.gradients)

    @cached_property
    def edges(self) -> tuple[EdgeGradient, ...]:
        """What every edge carried, in the order of the graph's edges."""
        with np.errstate(all="ignore"):
            return tuple(edge for step in self.graph.steps for edge in self._edges_into(step))

    @cached_property
    def warnings(self) -> tuple[NonFinite, ...]:
        """The first node that stopped being finite, forward or, if all values are finite, backward."""
        for kind, found, nodes in (
            ("value", self.values, self.graph.nodes),
            ("gradient", self.gradients, reversed(self.graph.nodes)),
        ):
            for node in nodes:
                value = found[node.id]
                if not (isfinite(value) if value.ndim == 0 else np.isfinite(value).all()):
                    return (NonFinite(node.id, kind, f"the {kind} of {node.id} is not finite ({node.op})"),)
        return ()

    def _edges_into(self, step: Step) -> Iterator[EdgeGradient]:
        place, node, op, _, pick, *_ = step
        out, inputs = self.walked.values[place], pick(self.walked.values)
        locals_ = op.local(out, *inputs, **node.attrs) if op.local else [None] * len(inputs)
        carried = self.walked.carried[place] or [np.zeros_like(value) for value in inputs]
        for slot, (source, value, d, back) in enumerate(zip(node.inputs, inputs, locals_, carried, strict=True)):
            yield EdgeGradient(Edge(source, node.id, slot), value, _of_shape(d, out), back)


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
    values = walk_forward(graph, budget)
    start = _seed(graph, values[graph.places[graph.output]], seed)
    return Evaluation(graph, walk_backward(graph, values, start, budget))


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
