"""Buffers: where a plan's numbers live, aligned to the width of the processor's vectors."""

from __future__ import annotations

import math
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Buffer = NDArray[Any]

ALIGNMENT = 64


def buffer(shape: tuple[int, ...], dtype: Any, order: Literal["C", "F"] = "C") -> Buffer:
    """A buffer of zeros that begins on a cache line."""
    dtype = np.dtype(dtype)
    size = math.prod(shape) * dtype.itemsize
    raw = np.zeros(size + ALIGNMENT, dtype=np.uint8)
    start = -raw.ctypes.data % ALIGNMENT
    flat: Buffer = raw[start : start + size].view(dtype)
    return flat.reshape(shape, order=order)
