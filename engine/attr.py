"""An attr is a keyword of an op; its type, the annotation in the forward function, is checked when a graph is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from engine.errors import ShapeError

Flag = bool
Number = float
Share = float
Bound = float | None
Seed = int
Count = int
Along = int
Padding = int
Axis = int | Sequence[int] | None
Dims = int | Sequence[int]


def _whole(value: Any, least: int | None = None) -> bool:
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and abs(value) < 2**63
        and (least is None or value >= least)
    )


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")


def _many(value: Any, least: int | None = None) -> bool:
    return isinstance(value, list | tuple) and len(value) <= 64 and all(_whole(v, least) for v in value)


TYPES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "Flag": ("true or false", lambda v: isinstance(v, bool)),
    "Number": ("a finite number", _number),
    "Share": ("a number from 0 up to, but not including, 1", lambda v: _number(v) and 0 <= v < 1),
    "Bound": ("a finite number or null", lambda v: v is None or _number(v)),
    "Seed": ("a whole number from 0", lambda v: _whole(v, 0)),
    "Count": ("a whole number from 1", lambda v: _whole(v, 1)),
    "Padding": ("a whole number from 0", lambda v: _whole(v, 0)),
    "Along": ("a whole number", _whole),
    "Axis": ("a whole number, a list of them, or null", lambda v: v is None or _whole(v) or _many(v)),
    "Dims": ("a list of lengths, whole numbers from 0 (or -1)", lambda v: _whole(v, -1) or _many(v, -1)),
}
"""The types of attrs by name of annotation: what they take in words, and the test of it."""


def axes(axis: Axis, ndim: int) -> tuple[int, ...]:
    """The axes meant by an axis attr, from 0, in ascending order; None means all of them.

    Errors:  ShapeError when there is no such axis or one is named twice.
    """
    given = tuple(range(ndim)) if axis is None else (axis,) if isinstance(axis, int) else tuple(axis)
    positive = sorted(a + ndim if a < 0 else a for a in given)
    if any(not 0 <= a < ndim for a in positive):
        raise ShapeError(f"axis {axis} does not exist in an array of {ndim} dimensions: the first is 0", slot=0)
    if len(set(positive)) < len(positive):
        raise ShapeError(f"axis {axis} names one axis twice", slot=0)
    return tuple(positive)


def dims(shape: Dims) -> tuple[int, ...]:
    """The shape meant by a shape attr: a single number is an array of one dimension."""
    return (shape,) if isinstance(shape, int) else tuple(np.array(shape, dtype=np.int64).tolist())
