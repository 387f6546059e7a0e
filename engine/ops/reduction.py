"""Ops that make many numbers one: sum, mean and max along axes."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.attr import Axis, Flag, axes
from engine.errors import ShapeError
from engine.op import Array, Rule, register


def sum_(x: Array, *, axis: Axis = None, keepdims: Flag = False) -> Array:
    """Sum along axes: hands the upstream gradient on to every element it added.

    Rule:    ∂x = g, repeated along the axes that were summed
    Source:  Deep Learning from Scratch, 5.6.2
    """
    return np.asarray(x.sum(axis=axes(axis, x.ndim), keepdims=keepdims))


def sum_vjp(g: Array, out: Array, x: Array, *, axis: Axis = None, keepdims: Flag = False) -> tuple[Array]:
    return (_repeat(g, x, axis),)


def mean(x: Array, *, axis: Axis = None, keepdims: Flag = False) -> Array:
    """Mean along axes: each element takes an equal share of the upstream gradient.

    Rule:    ∂x = g / n, repeated along the axes, n the number of elements averaged
    Errors:  ShapeError when there is no element to average
    Source:  Deep Learning from Scratch, 4.2.3
    """
    over = axes(axis, x.ndim)
    return np.asarray(x.sum(axis=over, keepdims=keepdims) / _count(x, over, "mean"))


def mean_vjp(g: Array, out: Array, x: Array, *, axis: Axis = None, keepdims: Flag = False) -> tuple[Array]:
    return (_repeat(g / _count(x, axes(axis, x.ndim), "mean"), x, axis),)


def max_(x: Array, *, axis: Axis = None, keepdims: Flag = False) -> Array:
    """Maximum along axes: all of the upstream gradient goes to the first element that reaches it.

    Rule:    ∂x = g where x is the (first) maximum, else 0
    Errors:  ShapeError when there is no element to choose
    Source:  Deep Learning from Scratch, 3.5.2
    """
    over = axes(axis, x.ndim)
    _count(x, over, "max")
    return np.asarray(x.max(axis=over, keepdims=keepdims))


def max_vjp(g: Array, out: Array, x: Array, *, axis: Axis = None, keepdims: Flag = False) -> tuple[Array]:
    over = axes(axis, x.ndim)
    chosen = _first_maximum(x, over)
    mask = np.zeros((*chosen.shape, _count(x, over, "max")))
    np.put_along_axis(mask, chosen[..., np.newaxis], 1.0, axis=-1)
    rest = [x.shape[a] for a in range(x.ndim) if a not in over]
    mask = mask.reshape((*rest, *(x.shape[a] for a in over)))
    return (_repeat(g, x, axis) * np.moveaxis(mask, range(len(rest), x.ndim), over),)


def max_kinks(x: Array, *, axis: Axis = None, keepdims: Flag = False) -> NDArray[np.intp]:
    return _first_maximum(x, axes(axis, x.ndim))


def _first_maximum(x: Array, over: tuple[int, ...]) -> NDArray[np.intp]:
    """Index of the first maximum among the reduced elements, in the order in which they lie in memory."""
    rest = [x.shape[a] for a in range(x.ndim) if a not in over]
    moved = np.moveaxis(x, over, range(len(rest), x.ndim))
    return np.asarray(moved.reshape(*rest, math.prod(x.shape[a] for a in over)).argmax(axis=-1))


def _repeat(g: Array, x: Array, axis: Axis) -> Array:
    over = axes(axis, x.ndim)
    kept = tuple(1 if a in over else length for a, length in enumerate(x.shape))
    return np.broadcast_to(np.reshape(g, kept), x.shape)


def _count(x: Array, over: tuple[int, ...], name: str) -> int:
    count: int = math.prod(x.shape[a] for a in over)
    if count == 0:
        raise ShapeError(f"{name} needs at least one element along axes {over}, but x is {x.shape}", slot=0)
    return count


register(sum_, sum_vjp, symbol="Σ", rule=Rule(r"y = \sum_i x_i", (r"g \text{ repeated to the shape of } x",)))
register(mean, mean_vjp, symbol="mean", rule=Rule(r"y = \frac{1}{n}\sum_i x_i", (r"\frac{g}{n}",)))
register(
    max_,
    max_vjp,
    symbol="max",
    rule=Rule(
        r"y = \max_i x_i", (r"\begin{cases} g & x_i \text{ is the first maximum} \\ 0 & \text{else} \end{cases}",)
    ),
    kinks=max_kinks,
)
