"""Ops that choose between values: the gradient goes to the one that was chosen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.attr import Bound
from engine.op import Array, Rule, register


def maximum(x: Array, y: Array) -> Array:
    """Larger of two values, element by element; in a tie the first takes the gradient.

    Shapes:  x and y broadcast to out
    Rule:    ∂x = g where x ≥ y · ∂y = g where x < y
    Source:  Deep Learning from Scratch, 3.2.7
    """
    return np.maximum(x, y)


def maximum_local(out: Array, x: Array, y: Array) -> tuple[Array, Array]:
    first = x >= y
    return np.asarray(first, dtype=np.float64), np.asarray(~first, dtype=np.float64)


def minimum(x: Array, y: Array) -> Array:
    """Smaller of two values, element by element; in a tie the first takes the gradient.

    Shapes:  x and y broadcast to out
    Rule:    ∂x = g where x ≤ y · ∂y = g where x > y
    Source:  NumPy, np.minimum
    """
    return np.minimum(x, y)


def minimum_local(out: Array, x: Array, y: Array) -> tuple[Array, Array]:
    first = x <= y
    return np.asarray(first, dtype=np.float64), np.asarray(~first, dtype=np.float64)


def order_kinks(x: Array, y: Array) -> NDArray[np.float64]:
    return np.sign(x - y)


def clip(x: Array, *, low: Bound = None, high: Bound = None) -> Array:
    """Value held between two bounds; none where a bound is null.

    Rule:    ∂x = g where low ≤ x ≤ high, else 0
    Source:  NumPy, np.clip
    """
    if low is None and high is None:
        return x
    return np.asarray(np.clip(x, low, high))


def clip_local(out: Array, x: Array, *, low: Bound = None, high: Bound = None) -> tuple[Array]:
    below, above = _bounds(low, high)
    return (np.asarray((x >= below) & (x <= above), dtype=np.float64),)


def clip_kinks(x: Array, *, low: Bound = None, high: Bound = None) -> NDArray[np.float64]:
    below, above = _bounds(low, high)
    return np.asarray(np.sign(x - below) + 3 * np.sign(x - above))


def _bounds(low: Bound, high: Bound) -> tuple[float, float]:
    return -np.inf if low is None else low, np.inf if high is None else high


register(
    maximum,
    maximum_local,
    symbol="max",
    rule=Rule(
        r"z = \max(x, y)",
        (
            r"\begin{cases} 1 & x \ge y \\ 0 & x < y \end{cases}",
            r"\begin{cases} 0 & x \ge y \\ 1 & x < y \end{cases}",
        ),
    ),
    elementwise=True,
    kinks=order_kinks,
)
register(
    minimum,
    minimum_local,
    symbol="min",
    rule=Rule(
        r"z = \min(x, y)",
        (
            r"\begin{cases} 1 & x \le y \\ 0 & x > y \end{cases}",
            r"\begin{cases} 0 & x \le y \\ 1 & x > y \end{cases}",
        ),
    ),
    elementwise=True,
    kinks=order_kinks,
)
register(
    clip,
    clip_local,
    symbol="clip",
    rule=Rule(
        r"y = \min(\max(x, \mathit{low}), \mathit{high})",
        (r"\begin{cases} 1 & \mathit{low} \le x \le \mathit{high} \\ 0 & \text{else} \end{cases}",),
    ),
    elementwise=True,
    kinks=clip_kinks,
)
