"""Backpropagation: one walk forward for the values, one back for what every edge carries and every node gathers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np

from engine.budget import Budget, size
from engine.errors import LimitError, ShapeError
from engine.graph import Graph, Node
from engine.op import OPS, Array, Op


def forward(graph: Graph, budget: Budget | None = None) -> dict[str, Array]:
    """The value of every node, in topological order; single numbers are NumPy scalars, arrays of shape ().

    Errors:  ShapeError naming node, slot and shapes, LimitError when the budget is spent
    """
    values: dict[str, Array] = {}
    with np.errstate(all="ignore"):
        for node in graph.nodes:
            if node.value is not None:
                if budget:
                    budget.spend(node.id, node.value.size)
                values[node.id] = node.value[()]
                continue
            op, inputs = OPS[node.op], [values[source] for source in node.inputs]
            if budget:
                budget.spend(node.id, size(op, inputs, node.attrs))
            values[node.id] = apply(op, node, inputs)
    return values


def backward(
    graph: Graph, values: Mapping[str, Array], seed: Array, budget: Budget | None = None
) -> tuple[dict[str, Array], dict[str, Sequence[Array]]]:
    """Node gradients after the sum over their edges, and what each edge carried before it.

    Errors:  ShapeError naming node, slot and shapes where a backward rule is wrong, LimitError out of time
    """
    reached: dict[str, Array] = {graph.output: seed}
    carried: dict[str, Sequence[Array]] = {}
    with np.errstate(all="ignore"):
        for node in reversed(graph.nodes):
            if node.id not in reached or node.value is not None:
                continue
            if budget:
                budget.check(node.id)
            carried[node.id] = back = _flow(node, reached[node.id], values)
            for source, gradient in zip(node.inputs, back):  # noqa: B905 - strict costs as much as the sum
                # A fresh sum, never +=: an edge keeps what it carried.
                reached[source] = reached[source] + gradient if source in reached else gradient
    gradients = {i: reached[i] if i in reached else np.zeros_like(value) for i, value in values.items()}
    return gradients, carried


def apply(op: Op, node: Node, inputs: Sequence[Array]) -> Array:
    """The value that an op's forward rule makes at a node.

    Errors:  ShapeError naming node, slot and shapes, LimitError when memory does not hold the value
    """
    try:
        out = op.forward(*inputs, **node.attrs)
    except ShapeError as error:
        raise ShapeError(error.message, node=node.id, slot=error.slot) from None
    except MemoryError:
        raise LimitError(f"the value of {node.id!r} does not fit in memory", limit="elements", node=node.id) from None
    except (ValueError, IndexError, TypeError, OverflowError) as error:
        shapes = " and ".join(f"{op.slot(k)} {_shape(value)}" for k, value in enumerate(inputs))
        given = "".join(f", {key}={value!r}" for key, value in node.attrs.items())
        raise ShapeError(
            f"{op.name} cannot take {shapes}{given} ({error})", node=node.id, slot=len(inputs) - 1
        ) from None
    return plain(out)


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
    plain: Any = value if type(value) is np.float64 else np.asarray(value, dtype=np.float64)[()]
    return cast("Array", plain)


def _flow(node: Node, g: Array, values: Mapping[str, Array]) -> Sequence[Array]:
    """What flows back along each edge into a node: upstream × local, or the op's own rule, un-broadcast."""
    op, inputs = OPS[node.op], [values[source] for source in node.inputs]
    try:
        gradients = op.vjp(g, values[node.id], *inputs, **node.attrs)
    except (ValueError, TypeError, IndexError) as error:
        raise _wrong_rule(node, op, 0, inputs[0], error) from None
    if len(gradients) != len(inputs):
        raise _wrong_rule(node, op, 0, inputs[0], f"{len(gradients)} gradients for {len(inputs)} slots")
    for gradient, value in zip(gradients, inputs):  # noqa: B905 - strict costs as much as the product
        if not (isinstance(gradient, np.float64) and isinstance(value, np.float64)):
            return [_to_slot(node, op, slot, gradients[slot], value) for slot, value in enumerate(inputs)]
    return gradients


def _to_slot(node: Node, op: Op, slot: int, gradient: Any, value: Array) -> Array:
    if gradient is None:
        return np.zeros_like(value)
    try:
        return plain(unbroadcast(np.asarray(gradient, dtype=np.float64), value.shape))
    except ValueError as error:
        raise _wrong_rule(node, op, slot, value, error) from None


def _wrong_rule(node: Node, op: Op, slot: int, value: Array, why: object) -> ShapeError:
    message = f"the backward rule of {op.name} gave no gradient of shape {_shape(value)} for {op.slot(slot)}: {why}"
    return ShapeError(message, node=node.id, slot=slot)


def _shape(value: Array) -> str:
    return str(tuple(np.shape(value)))
