"""Values as they are written in documents, read into arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.errors import GraphError
from engine.op import Array

NUMBERS = {int, float}
NAMES = ("NaN", "Infinity", "-Infinity")


def as_array(value: Any, *, node: str | None = None) -> Array:
    """A float64 array of a number or of rectangular nested lists of numbers (the strings NaN and ±Infinity included).

    Errors:  GraphError for anything else.
    """
    try:
        simple = type(value) in NUMBERS or _kinds(value) <= NUMBERS
        array = np.array(value if simple else _numbers(value), np.float64)
    except (TypeError, ValueError, OverflowError, RecursionError):
        raise GraphError("a value is a number or rectangular nested lists of numbers", node=node) from None
    array.setflags(write=False)
    return array


def _kinds(value: Any) -> set[type]:
    """Types of what stands in the lists; a row of numbers is looked at in one go."""
    found: set[type] = set()
    stack: list[Any] = [[value]]
    while stack:
        row = stack.pop()
        kinds = set(map(type, row))
        if kinds & {list, tuple}:
            stack.extend(entry for entry in row if isinstance(entry, list | tuple))
        found |= kinds
    return found - {list, tuple}


def _numbers(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_numbers(entry) for entry in value]
    if isinstance(value, str) and value in NAMES:
        return float(value)
    if isinstance(value, bool) or not isinstance(value, int | float | np.number | np.ndarray):
        raise TypeError(value)
    if isinstance(value, np.ndarray) and value.dtype.kind not in "iuf":
        raise TypeError(value.dtype)
    return value
