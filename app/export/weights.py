"""Weights as files, and files as weights."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from zipfile import BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as load_safetensors
from safetensors.numpy import save as save_safetensors

from engine.errors import DatasetError, LimitError
from engine.tree import READING

Weights = Mapping[str, NDArray[np.generic]]
UNREADABLE = (
    SafetensorError,
    ValueError,
    OSError,
    EOFError,
    KeyError,
    RuntimeError,
    MemoryError,
    BadZipFile,
    zlib.error,
)
ZIP = b"PK\x03\x04"


def npz(weights: Weights) -> bytes:
    """The weights as NumPy's archive."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **{name: np.asarray(array) for name, array in weights.items()})
    return file.getvalue()


def safetensors(weights: Weights) -> bytes:
    """The weights in the safetensors format."""
    return save_safetensors({name: np.ascontiguousarray(array) for name, array in weights.items()})


def read(data: bytes, longest: int) -> dict[str, NDArray[np.floating]]:
    """The arrays of an npz or safetensors file, as float64.

    Errors:  DatasetError when it is neither, or holds what are no numbers; LimitError when it unpacks to more bytes
    """
    try:
        if data.startswith(ZIP):
            with ZipFile(io.BytesIO(data)) as packed:
                size = sum(entry.file_size for entry in packed.infolist())
            if size > longest:
                raise LimitError(f"the file is {size:,} bytes long unpacked, more than {longest:,}", limit="body")
            with READING, np.load(io.BytesIO(data), allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
        else:
            arrays = load_safetensors(data)
    except UNREADABLE as error:
        raise DatasetError(f"this is neither an npz nor a safetensors file with numbers in it: {error}") from None
    for name, array in arrays.items():
        if array.dtype.kind not in "fiu" or not np.isfinite(array).all():
            raise DatasetError(f"the array {name!r} holds what are no finite numbers")
    return {name: array.astype(np.float64) for name, array in arrays.items()}
