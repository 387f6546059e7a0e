"""Memory that two processes see: named arrays in one block, which comes along when a process is started."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from multiprocessing.context import SpawnContext
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from engine.plan.buffer import ALIGNMENT, Buffer

Layout = Mapping[str, tuple[tuple[int, ...], DTypeLike]]


class Memory:
    """Arrays of zeros by name, each on a cache line of its own, since a line belongs to one core at a time."""

    def __init__(self, context: SpawnContext, layout: Layout) -> None:
        self._layout = dict(layout)
        self._block = context.RawArray("b", ALIGNMENT + sum(map(_size, self._layout.values())))

    def __getitem__(self, name: str) -> Buffer:
        return self._arrays[name]

    def __getstate__(self) -> dict[str, Any]:
        return {"_layout": self._layout, "_block": self._block}

    @cached_property
    def _arrays(self) -> dict[str, Buffer]:
        raw: Buffer = np.frombuffer(self._block, dtype=np.uint8)
        arrays, begin = {}, -raw.ctypes.data % ALIGNMENT
        for name, (shape, dtype) in self._layout.items():
            size = math.prod(shape) * np.dtype(dtype).itemsize
            arrays[name] = raw[begin : begin + size].view(dtype).reshape(shape)
            begin += _size((shape, dtype))
        return arrays


def _size(entry: tuple[tuple[int, ...], DTypeLike]) -> int:
    """Bytes of an array, rounded up to whole cache lines."""
    shape, dtype = entry
    return math.ceil(math.prod(shape) * np.dtype(dtype).itemsize / ALIGNMENT) * ALIGNMENT
