"""IDX, the file format of MNIST and its relatives: a header that names type and lengths, then the bytes."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import DatasetError

Bytes = NDArray[np.uint8]

UINT8 = 0x08
GZIP = 31  # zlib's window bits for a gzip header


def read_idx(path: Path, dimensions: int) -> Bytes:
    """The uint8 array in an IDX file, plain or gzip.

    Shapes:  → an array of as many dimensions as asked for
    Errors:  DatasetError names the file and what is wrong with it.
    """
    return parse_idx(unpack(path), path, dimensions)


def unpack(path: Path) -> bytes:
    """The bytes of a file, decompressed where its name ends in .gz.

    Errors:  DatasetError when the file cannot be read, or is no whole gzip file.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DatasetError(f"{path} cannot be read: {error.strerror}") from None
    if path.suffix != ".gz":
        return content
    # The last four bytes of a gzip file are the length of what it holds: one allocation is enough.
    expected = int.from_bytes(content[-4:], "little")
    stream = zlib.decompressobj(GZIP)
    try:
        data = stream.decompress(content, expected + 1)
        complete = stream.eof
    except zlib.error as error:
        raise DatasetError(f"{path} is damaged: not readable as gzip ({error})") from None
    if not complete:
        raise DatasetError(f"{path} is damaged: the gzip file ends too early or holds the wrong length")
    return data


def parse_idx(data: bytes, path: Path, dimensions: int) -> Bytes:
    """The uint8 array that the bytes of an IDX file describe, without a copy.

    Errors:  DatasetError names the file for a wrong header or a wrong length.
    """
    header = 4 + 4 * dimensions
    if len(data) < header:
        raise DatasetError(f"{path} is too short for an IDX file: {len(data)} bytes")
    zeros, kind, ndim = struct.unpack_from(">HBB", data)
    if zeros != 0 or kind != UINT8 or ndim != dimensions:
        raise DatasetError(
            f"{path} is no IDX file of unsigned bytes in {dimensions} dimensions: it begins with {data[:4].hex(' ')}"
        )
    shape = struct.unpack_from(f">{ndim}I", data, 4)
    expected = header + int(np.prod(shape, dtype=np.int64))
    if len(data) != expected:
        raise DatasetError(f"{path} says {shape}, which takes {expected} bytes, but it has {len(data)}")
    return np.frombuffer(data, dtype=np.uint8, offset=header).reshape(shape)
