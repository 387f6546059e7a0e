"""A checkpoint is a trainer's whole state in one npz file that is there complete or not at all."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from engine.errors import DatasetError
from engine.tree import READING

Arrays = dict[str, NDArray[np.generic]]


def save(path: Path, state: Mapping[str, NDArray[np.generic]]) -> None:
    """Put a trainer's state in its place."""
    file = io.BytesIO()
    np.savez(file, **{name: np.asarray(array) for name, array in state.items()}, allow_pickle=False)
    put(path, file.getbuffer())


def put(path: Path, data: bytes | memoryview) -> None:
    """Write beside the place, then move into it."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_bytes(data)
    os.replace(partial, path)


@contextmanager
def lent(path: Path) -> Iterator[Path]:
    """A place of its own for a checkpoint, where it stays though a newer one takes its place."""
    with TemporaryDirectory(dir=path.parent) as folder:
        own = Path(folder) / path.name
        try:
            os.link(path, own)
        except OSError:
            # Not every file system has links.
            shutil.copyfile(path, own)
        yield own


def load(file: Path | BinaryIO) -> Arrays:
    """The state that was saved, from its place or from the open file.

    Errors:  DatasetError when the file is missing or damaged
    """
    try:
        with READING, np.load(file, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except (OSError, ValueError, EOFError, BadZipFile) as error:
        raise DatasetError(f"the checkpoint {Path(file.name).name} cannot be read: {error}") from None
