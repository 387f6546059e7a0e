"""Ops that move numbers and change none: the gradient is moved back."""

from __future__ import annotations

import math

import numpy as np

from engine.attr import Along, Axis, Dims, axes, dims
from engine.errors import ShapeError
from engine.op import Array, Rule, register


def transpose(x: Array, *, axes: Axis = None) -> Array:
    """Transpose: dimensions in reverse, or in the order given.

    Rule:    ∂x = gᵀ
    Errors:  ShapeError when axes is not an order of the dimensions
    Source:  Deep Learning from Scratch, 5.6.1
    """
    return np.transpose(x, _order(x, axes))


def transpose_vjp(g: Array, out: Array, x: Array, *, axes: Axis = None) -> tuple[Array]:
    return (np.transpose(g, np.argsort(_order(x, axes)).tolist()),)


def _order(x: Array, order: Axis) -> tuple[int, ...]:
    if order is None:
        return tuple(reversed(range(x.ndim)))
    given = dims(order)
    if len(axes(given, x.ndim)) != x.ndim:
        raise ShapeError(f"transpose of x {x.shape} needs {x.ndim} axes, but axes is {order}", slot=0)
    return tuple(a % x.ndim for a in given)


def reshape(x: Array, *, shape: Dims) -> Array:
    """Same numbers in the same order, in another shape; one length may be −1 and is then worked out.

    Rule:    ∂x = g in the shape of x
    Errors:  ShapeError when the number of elements differs
    Source:  Deep Learning from Scratch, 7.4.3
    """
    wanted = dims(shape)
    known = math.prod(length for length in wanted if length != -1)
    if wanted.count(-1) > 1:
        raise ShapeError(f"reshape takes at most one -1, but shape is {wanted}", slot=0)
    if known == 0 or x.size % known if -1 in wanted else x.size != known:
        raise ShapeError(f"reshape cannot make {wanted} of x {x.shape}, which has {x.size} elements", slot=0)
    return x.reshape(wanted)


def reshape_vjp(g: Array, out: Array, x: Array, *, shape: Dims) -> tuple[Array]:
    return (g.reshape(x.shape),)


def flatten(x: Array) -> Array:
    """All elements in one row; a batch of images becomes a batch of rows.

    Shapes:  (n, c, h, w) → (n, c·h·w), (n, d) → (n·d,), (d,) → (d,)
    Rule:    ∂x = g in the shape of x
    Source:  Deep Learning from Scratch, 7.5
    """
    return x.reshape(x.shape[0], math.prod(x.shape[1:])) if x.ndim > 2 else x.reshape(-1)


def flatten_vjp(g: Array, out: Array, x: Array) -> tuple[Array]:
    return (g.reshape(x.shape),)


def broadcast_to(x: Array, *, shape: Dims) -> Array:
    """Value repeated to a larger shape: the repeat node, whose backward is a sum.

    Rule:    ∂x = Σ g over what was repeated
    Errors:  ShapeError when x does not fit the shape
    Source:  Deep Learning from Scratch, 1.5.5 and 5.6.2
    """
    wanted = dims(shape)
    if any(length < 0 for length in wanted):
        raise ShapeError(f"broadcast_to needs lengths from 0, but shape is {wanted}", slot=0)
    fits = len(wanted) >= x.ndim and all(
        length in (1, wanted[len(wanted) - x.ndim + axis]) for axis, length in enumerate(x.shape)
    )
    if not fits:
        raise ShapeError(f"broadcast_to cannot make {wanted} of x {x.shape}", slot=0)
    return np.broadcast_to(x, wanted)


def broadcast_to_vjp(g: Array, out: Array, x: Array, *, shape: Dims) -> tuple[Array]:
    return (g,)


def concat(*x: Array, axis: Along = 0) -> Array:
    """Arrays joined along one axis.

    Rule:    ∂xₖ = the part of g that came from xₖ
    Errors:  ShapeError when the other lengths differ
    Source:  NumPy, np.concatenate
    """
    (along,) = axes(axis, x[0].ndim)
    for slot, part in enumerate(x):
        if part.ndim != x[0].ndim or np.delete(part.shape, along).tolist() != np.delete(x[0].shape, along).tolist():
            raise ShapeError(
                f"concat along axis {axis} needs equal other lengths, but x0 is {x[0].shape} and x{slot} {part.shape}",
                slot=slot,
            )
    return np.concatenate(x, axis=along)


def concat_vjp(g: Array, out: Array, *x: Array, axis: Along = 0) -> tuple[Array, ...]:
    ends = np.cumsum([part.shape[axis] for part in x])[:-1]
    return tuple(np.split(g, ends.tolist(), axis=axis))


register(transpose, transpose_vjp, symbol="T", rule=Rule(r"Y = X^{\mathsf T}", (r"g^{\mathsf T}",)))
register(
    reshape,
    reshape_vjp,
    symbol="reshape",
    rule=Rule(r"y = \operatorname{reshape}(x)", (r"g \text{ in the shape of } x",)),
)
register(
    flatten,
    flatten_vjp,
    symbol="flatten",
    rule=Rule(r"y = \operatorname{flatten}(x)", (r"g \text{ in the shape of } x",)),
)
register(
    broadcast_to,
    broadcast_to_vjp,
    symbol="repeat",
    rule=Rule(r"y_{n} = x", (r"\sum_n g_n",)),
)
register(
    concat,
    concat_vjp,
    symbol="concat",
    rule=Rule(r"y = (x_0, x_1, \dots)", (r"\text{the part of } g \text{ that came from } x_k",)),
)
