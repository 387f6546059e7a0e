"""Backpropagation: one walk forward for the values, one back for what every edge carries and every node gathers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

import numpy as np

from engine.budget import Budget, size
from engine.errors import EngineError, LimitError, ShapeError
from engine.graph import Graph, Node
from engine.op import Array, Op

WRONG = (ValueError, IndexError, TypeError, OverflowError, MemoryError, ShapeError)
"""What a rule raises over inputs that it cannot take."""


class Walked(NamedTuple):
    """What both walks leave behind, by position of the node.

    `carried` has what flowed back along every edge before the sum, by number; None where no gradient came.
    """

    values: Sequence[Any]
    gradients: Sequence[Any]
    carried: Sequence[Any]


def forward(graph: Graph, budget: Budget | None = None) -> Mapping[str, Array]:
    """The value of every node, in topological order; single numbers are NumPy scalars, arrays of shape ().

    Errors:  ShapeError naming node, slot and shapes, LimitError when the budget is spent
    """
    return graph.named(walk_forward(graph, budget))


def walk_forward(graph: Graph, budget: Budget | None = None) -> list[Array]:
    """The same values by position."""
    values: list[Any] = [None if node.value is None else node.value[()] for node in graph.nodes]
    if budget:
        for node in graph.nodes:
            if node.value is not None:
                budget.spend(node.id, node.value.size)
    with np.errstate(all="ignore"):
        for place, node, op, _, _, pick, rule, _ in graph.steps:
            inputs = pick(values)
            if budget:
                budget.spend(node.id, size(op, inputs, node.attrs))
            try:
                out = rule(*inputs)
            except WRONG as error:
                raise _refusal(op, node, inputs, error) from None
            values[place] = out if type(out) is np.float64 else plain(out)
    return values


def walk_backward(graph: Graph, values: Sequence[Array], seed: Array, budget: Budget | None = None) -> Walked:
    """Gradients from the output back to the leaves; zeros at a node that does not lead to the output.

    Errors:  ShapeError naming node, slot and shapes where a backward rule is wrong, LimitError out of time
    """
    gradients: list[Any] = [None] * len(values)
    carried: list[Array | None] = [None] * sum(len(step.sources) for step in graph.steps)
    gradients[graph.places[graph.output]] = seed
    reached = 1
    with np.errstate(all="ignore"):
        for place, node, op, sources, edge, pick, _, rule in reversed(graph.steps):
            g = gradients[place]
            if g is None:
                continue
            if budget:
                budget.check(node.id)
            inputs, out = pick(values), values[place]
            back: Sequence[Array]
            try:
                back = rule(g, out, *inputs)
            except WRONG as error:
                raise _wrong_rule(node, op, 0, inputs[0], error) from None
            if op.local is None or not isinstance(out, np.float64):
                back = _to_slots(node, op, back, inputs)
            carried[edge : edge + len(back)] = back
            for source, gradient in zip(sources, back):  # noqa: B905 - strict costs as much as the sum
                held = gradients[source]
                if held is None:
                    reached += 1
                    gradients[source] = gradient
                else:
                    # A fresh sum, never +=: an edge keeps what it carried.
                    gradients[source] = held + gradient
    if reached < len(values):
        gradients = [plain(np.zeros_like(v)) if g is None else g for g, v in zip(gradients, values, strict=True)]
    return Walked(values, gradients, carried)


def apply(op: Op, node: Node, inputs: Sequence[Array]) -> Array:
    """The value that an op's forward rule makes at a node.

    Errors:  ShapeError naming node, slot and shapes, LimitError when memory does not hold the value
    """
    try:
        return plain(op.forward(*inputs, **node.attrs))
    except WRONG as error:
        raise _refusal(op, node, inputs, error) from None


def unbroadcast(gradient: Array, shape: tuple[int, ...]) -> Array:
    """Sum a gradient over the axes along which a value of this shape was repeated.

    Shapes:  gradient broadcasts from shape → shape
    Errors:  ValueError when shape does not broadcast to the gradient's
    """
    if gradient.shape == shape:
        return gradient
    extra = gradient.ndim - len(shape)
    repeated = [axis for axis, length in enumerate(shape) if length == 1 and gradient.shape[extra + axis] != 1]
    if extra < 0 or any(shape[a] != gradient.shape[extra + a] for a in range(len(shape)) if a not in repeated):
        raise ValueError(f"{shape} does not broadcast to {gradient.shape}")
    return plain(gradient.sum(axis=(*range(extra), *(extra + axis for axis in repeated))).reshape(shape))


def plain(value: Any) -> Array:
    """A float64 array, or a NumPy scalar for a single number: five times as fast to compute with."""
    number: Any = value if type(value) is np.float64 else np.asarray(value, dtype=np.float64)[()]
    return cast("Array", number)


def _to_slots(node: Node, op: Op, gradients: Sequence[Any], inputs: Sequence[Array]) -> list[Array]:
    """What a backward rule gave, un-broadcast to the shapes of its slots."""
    if len(gradients) != len(inputs):
        raise _wrong_rule(node, op, 0, inputs[0], f"{len(gradients)} gradients for {len(inputs)} slots")
    back = []
    for slot, (gradient, value) in enumerate(zip(gradients, inputs, strict=True)):
        try:
            fitting = np.zeros_like(value) if gradient is None else unbroadcast(plain(gradient), value.shape)
        except ValueError as error:
            raise _wrong_rule(node, op, slot, value, error) from None
        back.append(plain(fitting))
    return back


def _refusal(op: Op, node: Node, inputs: Sequence[Array], error: Exception) -> EngineError:
    """Why an op cannot take its inputs, in the op's own words where it has some."""
    if isinstance(error, ShapeError):
        return ShapeError(error.message, node=node.id, slot=error.slot)
    if isinstance(error, MemoryError):
        return LimitError(f"the value of {node.id!r} does not fit in memory", limit="elements", node=node.id)
    shapes = " and ".join(f"{op.slot(k)} {_shape(value)}" for k, value in enumerate(inputs))
    given = "".join(f", {key}={value!r}" for key, value in node.attrs.items())
    reason = str(error).strip()
    return ShapeError(f"{op.name} cannot take {shapes}{given} ({reason})", node=node.id, slot=len(inputs) - 1)


def _wrong_rule(node: Node, op: Op, slot: int, value: Array, why: object) -> ShapeError:
    message = f"the backward rule of {op.name} gave no gradient of shape {_shape(value)} for {op.slot(slot)}: {why}"
    return ShapeError(message, node=node.id, slot=slot)


def _shape(value: Array) -> str:
    return str(tuple(np.shape(value)))
