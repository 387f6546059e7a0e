"""Products of matrices: dot, matmul and the affine layer."""

from __future__ import annotations

import numpy as np

from engine.errors import ShapeError
from engine.op import Array, Rule, register


def dot(x: Array, y: Array) -> Array:
    """Dot product as np.dot: rows of the first with columns of the second.

    Shapes:  x (n, d), y (d, k) → (n, k); vectors and single numbers as in NumPy
    Rule:    ∂x = g yᵀ · ∂y = xᵀ g
    Errors:  ShapeError when the inner lengths differ
    Source:  Deep Learning from Scratch, 5.6.1
    """
    if x.ndim == 0 or y.ndim == 0:
        return x * y
    inner = _inner(y)
    if x.shape[-1] != y.shape[inner]:
        raise ShapeError(
            f"dot needs equal inner lengths, but x {x.shape} ends in {x.shape[-1]} "
            f"and y {y.shape} has {y.shape[inner]} in dimension {inner}",
            slot=1,
        )
    return np.asarray(np.dot(x, y))


def dot_vjp(g: Array, out: Array, x: Array, y: Array) -> tuple[Array, Array]:
    if x.ndim == 0 or y.ndim == 0:
        return np.asarray(g * y), np.asarray(g * x)
    inner = _inner(y)
    outer = [axis for axis in range(y.ndim) if axis != inner]
    dx = np.tensordot(g, y, axes=(list(range(x.ndim - 1, g.ndim)), outer))
    dy = np.tensordot(x, g, axes=(list(range(x.ndim - 1)), list(range(x.ndim - 1))))
    return dx, np.moveaxis(dy, 0, inner)


def _inner(y: Array) -> int:
    return max(y.ndim - 2, 0)


def matmul(x: Array, y: Array) -> Array:
    """Matrix product as the operator @; leading dimensions are a batch and broadcast.

    Shapes:  x (..., n, d), y (..., d, k) → (..., n, k)
    Rule:    ∂x = g yᵀ · ∂y = xᵀ g
    Errors:  ShapeError when the inner lengths differ or one side is a single number
    Source:  Deep Learning from Scratch, 3.3.2
    """
    if x.ndim == 0 or y.ndim == 0:
        raise ShapeError(f"matmul needs arrays, but x is {x.shape} and y {y.shape}; use mul for single numbers", slot=1)
    inner = -1 if y.ndim == 1 else -2
    if x.shape[-1] != y.shape[inner]:
        raise ShapeError(
            f"matmul needs equal inner lengths, but x {x.shape} ends in {x.shape[-1]} "
            f"and y {y.shape} has {y.shape[inner]}",
            slot=1,
        )
    return np.asarray(x @ y)


def matmul_vjp(g: Array, out: Array, x: Array, y: Array) -> tuple[Array, Array]:
    left = x[np.newaxis, :] if x.ndim == 1 else x
    right = y[:, np.newaxis] if y.ndim == 1 else y
    if x.ndim == 1:
        g = np.expand_dims(g, g.ndim if y.ndim == 1 else g.ndim - 1)
    if y.ndim == 1:
        g = np.expand_dims(g, g.ndim)
    dx = g @ right.swapaxes(-1, -2)
    dy = left.swapaxes(-1, -2) @ g
    return (dx[..., 0, :] if x.ndim == 1 else dx), (dy[..., 0] if y.ndim == 1 else dy)


def affine(x: Array, W: Array, b: Array) -> Array:
    """Affine transform of a sample or a batch: x W + b; images are flattened first.

    Shapes:  x (n, d) or (d,) or (n, c, h, w), W (d, k), b (k,) → (n, k) or (k,)
    Rule:    ∂x = g Wᵀ · ∂W = xᵀ g · ∂b = Σₙ g
    Errors:  ShapeError when d or k differs
    Source:  Deep Learning from Scratch, 5.6.2
    """
    if W.ndim != 2:
        raise ShapeError(f"affine needs W of shape (d, k), but W is {W.shape}", slot=1)
    rows = _rows(x)
    if rows.shape[-1:] != W.shape[:1]:
        raise ShapeError(
            f"affine needs as many columns in x {x.shape} as rows in W {W.shape}: W would be ({rows.shape[-1]}, k)"
            if x.ndim
            else f"affine needs x of shape (n, d) or (d,), but x is {x.shape}",
            slot=1 if x.ndim else 0,
        )
    shape = (*rows.shape[:-1], W.shape[1])
    if np.broadcast_shapes(b.shape, shape) != shape:
        raise ShapeError(f"affine needs b of shape ({W.shape[1]},) beside W {W.shape}, but b is {b.shape}", slot=2)
    return np.asarray(rows @ W + b)


def affine_vjp(g: Array, out: Array, x: Array, W: Array, b: Array) -> tuple[Array, Array, Array]:
    rows = _rows(x)
    dW = np.outer(rows, g) if rows.ndim == 1 else rows.T @ g
    return (g @ W.T).reshape(x.shape), dW, g


def _rows(x: Array) -> Array:
    return x.reshape(x.shape[0], -1) if x.ndim > 2 else x


register(dot, dot_vjp, symbol="dot", rule=Rule(r"Z = X \cdot Y", (r"g \cdot Y^{\mathsf T}", r"X^{\mathsf T} \cdot g")))
register(matmul, matmul_vjp, symbol="@", rule=Rule(r"Z = X Y", (r"g\, Y^{\mathsf T}", r"X^{\mathsf T} g")))
register(
    affine,
    affine_vjp,
    symbol="Affine",
    rule=Rule(r"Y = X \cdot W + b", (r"g \cdot W^{\mathsf T}", r"X^{\mathsf T} \cdot g", r"\sum_n g_n")),
)
