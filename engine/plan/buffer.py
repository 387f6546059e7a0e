"""Buffers: where a plan's numbers live, aligned to the width of the processor's vectors."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Buffer = NDArray[Any]

ALIGNMENT = 64


def buffer(shape: tuple[int, ...], dtype: Any, *, batch_last: bool = False) -> Buffer:
    """A buffer of zeros that begins on a cache line; with the batch last, its first axis is the innermost in memory."""
    if batch_last:
        return np.moveaxis(buffer((*shape[1:], shape[0]), dtype), -1, 0)
    dtype = np.dtype(dtype)
    size = math.prod(shape) * dtype.itemsize
    raw = np.zeros(size + ALIGNMENT, dtype=np.uint8)
    start = -raw.ctypes.data % ALIGNMENT
    flat: Buffer = raw[start : start + size].view(dtype)
    return flat.reshape(shape)
