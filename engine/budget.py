"""A Budget bounds what one evaluation may cost, before the cost is paid."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from engine.errors import LimitError
from engine.op import Array, Op

# Below this the product of the inputs' sizes, a bound for any broadcast, is near enough.
SMALL = 1024


class Budget:
    """Elements that all values of an evaluation may have together, and seconds that it may take from now on.

    Errors:  LimitError, its `limit` saying which of the two ran out
    """

    def __init__(self, elements: int, seconds: float) -> None:
        self.elements = elements
        self.seconds = seconds
        self._left = elements
        self._deadline = time.monotonic() + seconds

    def check(self, node: str) -> None:
        """Go on only while there is time.

        Errors:  LimitError out of time
        """
        if time.monotonic() > self._deadline:
            message = f"this takes longer than {self.seconds:g} s; it had come to {node!r}"
            raise LimitError(message, limit="seconds", node=node)

    def spend(self, node: str, size: int) -> None:
        """Set aside the elements of one value.

        Errors:  LimitError out of elements or time
        """
        self.check(node)
        if size > self._left:
            message = f"the value of {node!r} needs {size:,} elements, more than the {self._left:,} left of"
            raise LimitError(f"{message} {self.elements:,} for the whole graph", limit="elements", node=node)
        self._left -= size

    def covers(self, size: int) -> bool:
        """Whether so many elements and some time are left."""
        return size <= self._left and time.monotonic() <= self._deadline

    def stop(self) -> None:
        """Leave no more time: whoever waited has gone."""
        self._deadline = -math.inf


def size(op: Op, inputs: Sequence[Array], attrs: Mapping[str, Any]) -> int:
    """An upper bound for the elements that an op makes of these inputs, found without making them.

    Zero where the op cannot take them: its own error says more.
    """
    try:
        special = SIZES.get(op.name)
        if special:
            return special(*(value.shape for value in inputs), **attrs)
        product = math.prod(value.size for value in inputs)
        return product if product <= SMALL else _broadcast(*(value.shape for value in inputs))
    except (TypeError, ValueError, IndexError, ArithmeticError):
        return 0


def _broadcast(*shapes: tuple[int, ...]) -> int:
    try:
        return math.prod(np.broadcast_shapes(*shapes))
    except ValueError:
        # Not a matter of broadcasting, as in a loss whose labels have fewer axes.
        return max(math.prod(shape) for shape in shapes)


def _matmul(x: tuple[int, ...], w: tuple[int, ...], *_: tuple[int, ...]) -> int:
    columns = w[-1] if len(w) > 1 else 1
    rows = x[-2] if len(x) > 1 else 1
    return rows * columns * math.prod(np.broadcast_shapes(x[:-2], w[:-2]))


def _dot(x: tuple[int, ...], w: tuple[int, ...], *_: tuple[int, ...]) -> int:
    if not x or not w:
        return math.prod(x) * math.prod(w)
    return math.prod(x[:-1]) * math.prod(w[:-2]) * (w[-1] if len(w) > 1 else 1)


def _concat(*shapes: tuple[int, ...], axis: int = 0) -> int:
    return sum(math.prod(shape) for shape in shapes)


def _target(x: tuple[int, ...], *, shape: Any) -> int:
    return math.prod(shape) if isinstance(shape, list | tuple) else int(shape)


def _windows(x: tuple[int, ...], high: int, wide: int, stride: int, pad: int = 0) -> int:
    n, channels, h, w = x
    h, w = h + 2 * pad, w + 2 * pad
    places = ((h - high) // stride + 1) * ((w - wide) // stride + 1)
    return n * channels * max(h * w, places * high * wide)


def _conv(x: tuple[int, ...], w: tuple[int, ...], b: tuple[int, ...], *, stride: int = 1, pad: int = 0) -> int:
    laid_out = _windows(x, w[2], w[3], stride, pad)
    return laid_out // x[1] * max(x[1], w[0])


def _pool(x: tuple[int, ...], *, size: int = 2, stride: int = 2) -> int:
    return _windows(x, size, size, stride)


SIZES: dict[str, Callable[..., int]] = {
    "matmul": _matmul,
    "dot": _dot,
    "affine": _dot,
    "concat": _concat,
    "broadcast_to": _target,
    "conv": _conv,
    "pool": _pool,
}
