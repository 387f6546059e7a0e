"""An Evaluation remembers everything: every value, every edge's gradient before the sum, every node's after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.budget import Budget, size
from engine.errors import ShapeError
from engine.graph import Edge, Graph, Node, as_array
from engine.op import OPS, Array, Op


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
    values: Mapping[str, Array]
    gradients: Mapping[str, Array]
    edges: tuple[EdgeGradient, ...]
    warnings: tuple[NonFinite, ...] = ()

    @property
    def output(self) -> Array:
        return self.values[self.graph.output]


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
    values = forward(graph, budget)
    start = _seed(graph, values[graph.output], seed)
    gradients, edges = backward(graph, values, start, budget)
    return Evaluation(graph, values, gradients, edges, _first_non_finite(graph, values, gradients))


def forward(graph: Graph, budget: Budget | None = None) -> dict[str, Array]:
    """The value of every node, in topological order."""
    values: dict[str, Array] = {}
    with np.errstate(all="ignore"):
        for node in graph.nodes:
            if node.value is not None:
                values[node.id] = node.value
            else:
                op, inputs = OPS[node.op], [values[i] for i in node.inputs]
                if budget:
                    budget.spend(node.id, size(op, inputs, node.attrs))
                values[node.id] = _apply(op, node, inputs)
    return values


def backward(
    graph: Graph, values: Mapping[str, Array], seed: Array, budget: Budget | None = None
) -> tuple[dict[str, Array], tuple[EdgeGradient, ...]]:
    """Node gradients after the sum over their edges, and edge gradients before it, in the graph's edge order."""
    gradients: dict[str, Array] = {node.id: np.zeros_like(values[node.id]) for node in graph.nodes}
    reached = {graph.output}
    gradients[graph.output] = seed
    carried: dict[str, list[EdgeGradient]] = {}
    with np.errstate(all="ignore"):
        for node in reversed(graph.nodes):
            if node.leaf:
                continue
            if budget:
                budget.check(node.id)
            carried[node.id] = edges = _edges(node, values, gradients[node.id], flows=node.id in reached)
            if node.id not in reached:
                continue
            for carrying in edges:
                source = carrying.edge.source
                # A fresh sum, never +=: an edge keeps what it carried.
                gradients[source] = gradients[source] + carrying.gradient if source in reached else carrying.gradient
                reached.add(source)
    return gradients, tuple(edge for node in graph.nodes if not node.leaf for edge in carried[node.id])


def unbroadcast(gradient: Array, shape: tuple[int, ...]) -> Array:
    """Sum a gradient over the axes along which a value of this shape was repeated.

    Shapes:  gradient broadcasts from shape → shape
    """
    gradient = np.asarray(gradient, dtype=np.float64)
    if gradient.shape == shape:
        return gradient
    extra = gradient.ndim - len(shape)
    axes = tuple(range(extra)) + tuple(
        extra + axis for axis, length in enumerate(shape) if length == 1 and gradient.shape[extra + axis] != 1
    )
    return np.asarray(gradient.sum(axis=axes).reshape(shape))


def _apply(op: Op, node: Node, inputs: list[Array]) -> Array:
    try:
        return np.asarray(op.forward(*inputs, **node.attrs), dtype=np.float64)
    except ShapeError as error:
        raise ShapeError(error.message, node=node.id, slot=error.slot) from None
    except (ValueError, IndexError, TypeError, OverflowError) as error:
        shapes = " and ".join(f"{op.slot(k)} {_shape(value)}" for k, value in enumerate(inputs))
        given = "".join(f", {key}={value!r}" for key, value in node.attrs.items())
        raise ShapeError(
            f"{op.name} cannot take {shapes}{given} ({error})", node=node.id, slot=len(inputs) - 1
        ) from None


def _edges(node: Node, values: Mapping[str, Array], g: Array, *, flows: bool) -> list[EdgeGradient]:
    op = OPS[node.op]
    out = values[node.id]
    inputs = [values[i] for i in node.inputs]
    locals_ = op.local(out, *inputs, **node.attrs) if op.local else (None,) * len(inputs)
    if not flows:
        gradients: tuple[Array | None, ...] = (None,) * len(inputs)
    elif op.local:
        gradients = tuple(None if d is None else np.asarray(g * d) for d in locals_)
    else:
        gradients = op.vjp(g, out, *inputs, **node.attrs)
    carried = []
    for slot, (source, value, d, gradient) in enumerate(zip(node.inputs, inputs, locals_, gradients, strict=True)):
        local = None if d is None else np.broadcast_to(np.asarray(d, dtype=np.float64), out.shape)
        if gradient is None:
            back = np.zeros_like(value)
        else:
            try:
                back = unbroadcast(gradient, value.shape)
            except ValueError:
                raise ShapeError(
                    f"the backward rule of {op.name} gave {_shape(gradient)} for {op.slot(slot)} {_shape(value)}",
                    node=node.id,
                    slot=slot,
                ) from None
        carried.append(EdgeGradient(Edge(source, node.id, slot), value, local, back))
    return carried


def _seed(graph: Graph, output: Array, seed: Any) -> Array:
    if seed is None:
        return np.ones_like(output)
    array = as_array(seed, node=graph.output)
    if array.ndim and array.shape != output.shape:
        raise ShapeError(
            f"the seed has shape {_shape(array)}, the output {graph.output!r} has {_shape(output)}", node=graph.output
        )
    return np.broadcast_to(array, output.shape)


def _shape(value: Array) -> str:
    return str(tuple(np.shape(value)))


def _first_non_finite(
    graph: Graph, values: Mapping[str, Array], gradients: Mapping[str, Array]
) -> tuple[NonFinite, ...]:
    for node in graph.nodes:
        if not np.isfinite(values[node.id]).all():
            return (NonFinite(node.id, "value", f"the value of {node.id} is not finite ({node.op})"),)
    for node in reversed(graph.nodes):
        if not np.isfinite(gradients[node.id]).all():
            return (NonFinite(node.id, "gradient", f"the gradient of {node.id} is not finite ({node.op})"),)
    return ()
