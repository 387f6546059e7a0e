"""Values as they are written in documents, read into arrays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.errors import GraphError
from engine.op import Array


def as_array(value: Any, *, node: str | None = None) -> Array:
    """A float64 array of a number or of rectangular nested lists of numbers (the strings NaN and ±Infinity included).

    Errors:  GraphError for anything else.
    """
    try:
        if isinstance(value, str) or any(isinstance(leaf, bool | str) for leaf in _leaves(value)):
            value = _numbers(value)
        array = np.array(value, dtype=np.float64)
    except (TypeError, ValueError, OverflowError, RecursionError):
        raise GraphError("a value is a number or rectangular nested lists of numbers", node=node) from None
    array.flags.writeable = False
    return array


def _leaves(value: Any) -> Iterator[Any]:
    stack = [value]
    while stack:
        top = stack.pop()
        if isinstance(top, list | tuple):
            stack.extend(top)
        else:
            yield top


def _numbers(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_numbers(entry) for entry in value]
    if value in ("NaN", "Infinity", "-Infinity"):
        return float(value)
    if isinstance(value, bool | str):
        raise TypeError(value)
    return value
