"""Buffers: where a plan's numbers live, aligned to the width of the processor's vectors."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Buffer = NDArray[Any]

ALIGNMENT = 64


def buffer(shape: tuple[int, ...], dtype: Any, *, batch_last: bool = False, ones: bool = False) -> Buffer:
    """A buffer of zeros that begins on a cache line.

    With the batch last, its first axis is the innermost in memory; with ones, a matrix has a column of them behind it.
    """
    if batch_last:
        return np.moveaxis(buffer((*shape[1:], shape[0]), dtype), -1, 0)
    if ones:
        wide = buffer((shape[0], shape[1] + 1), dtype)
        wide[:, -1] = 1
        return wide[:, :-1]
    dtype = np.dtype(dtype)
    size = math.prod(shape) * dtype.itemsize
    raw = np.zeros(size + ALIGNMENT, dtype=np.uint8)
    start = -raw.ctypes.data % ALIGNMENT
    flat: Buffer = raw[start : start + size].view(dtype)
    return flat.reshape(shape)


def widened(array: Buffer) -> Buffer:
    """The same matrix with the column of ones that lies behind it, all of it in a row; any other array as it is."""
    if array.ndim != 2 or array.strides != ((array.shape[1] + 1) * array.itemsize, array.itemsize):
        return array
    shape = (array.shape[0], array.shape[1] + 1)
    wide: Buffer = np.lib.stride_tricks.as_strided(array, shape, array.strides, writeable=True)
    return wide
