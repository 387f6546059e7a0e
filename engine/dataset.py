"""A Dataset is images and labels as the bytes they are: decoded once, checked, and memory-mapped ever after."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import DatasetError
from engine.idx import Bytes, parse_idx, unpack
from engine.lit import Lit
from engine.tree import READING

SHIPPED = Path(__file__).parent / "datasets"
FILES = {
    "train_images": ("train-images-idx3-ubyte", 3),
    "train_labels": ("train-labels-idx1-ubyte", 1),
    "test_images": ("t10k-images-idx3-ubyte", 3),
    "test_labels": ("t10k-labels-idx1-ubyte", 1),
}
# Of the uncompressed files of the original distribution.
SHA256 = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
NAMES = tuple(sorted(folder.name for folder in SHIPPED.iterdir() if folder.is_dir() and folder.name[0] not in "._"))


@dataclass(frozen=True, eq=False)
class Split:
    """Images and their labels, row by row; `lit` is the same pixels with their columns sorted.

    Shapes:  images (n, height, width) uint8, labels (n,) uint8
    """

    images: Bytes
    labels: Bytes
    lit: Lit

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def pixels(self) -> Bytes:
        """The same images as one row of pixels each."""
        return self.images.reshape(len(self), -1)

    def first(self, count: int | None) -> Split:
        """The first images only; all of them for None."""
        return self if count is None else Split(self.images[:count], self.labels[:count], self.lit.first(count))


@dataclass(frozen=True, eq=False)
class Dataset:
    """A training split and a test split of one set of labelled images."""

    name: str
    train: Split
    test: Split
    classes: int

    @property
    def image_shape(self) -> tuple[int, int]:
        """Height and width of every image."""
        height, width = self.train.images.shape[1:]
        return height, width


def load(source: str | Path = "mnist", cache: Path | None = None) -> Dataset:
    """Load the four IDX files of a data set: one that ships with the engine by name, or any directory of them.

    With a cache directory the arrays are decoded into it once and memory-mapped ever after: processes share one copy.

    Errors:  DatasetError says which file is missing or damaged, and how.
    """
    folder = SHIPPED / source if isinstance(source, str) and source in NAMES else Path(source)
    if not folder.is_dir():
        raise DatasetError(
            f"there is no data set {str(source)!r}: it is {' or '.join(NAMES)}, or a directory of IDX files"
        )
    checked = folder.parent == SHIPPED and folder.name == "mnist"
    arrays = _arrays(folder, checked=checked, cache=cache)
    for part in ("train", "test"):
        images, labels = arrays[f"{part}_images"], arrays[f"{part}_labels"]
        if not len(labels) or len(images) != len(labels):
            raise DatasetError(f"{folder}: the {part} files hold {len(images)} images but {len(labels)} labels")
    shapes = [arrays[f"{part}_images"].shape[1:] for part in ("train", "test")]
    if shapes[0] != shapes[1]:
        raise DatasetError(f"{folder}: train images are {shapes[0]}, but test images {shapes[1]}")
    train = Split(arrays["train_images"], arrays["train_labels"], _lit(folder, "train_images", arrays, cache))
    order = train.lit.order
    test = Split(arrays["test_images"], arrays["test_labels"], _lit(folder, "test_images", arrays, cache, order))
    classes = 1 + int(max(train.labels.max(), test.labels.max()))
    return Dataset(folder.name, train, test, classes)


def _lit(
    folder: Path, part: str, arrays: Mapping[str, Bytes], cache: Path | None, order: NDArray[np.intp] | None = None
) -> Lit:
    """The sorted pixels of a part, from the cache where there is one."""
    pixels = arrays[part].reshape(len(arrays[part]), -1)
    if cache is None:
        return Lit.sort(pixels, order)
    key = "-".join(_key(_find(folder, FILES[name][0])) for name in ("train_images", part))
    files = {name: cache / f"{part}-{name}-{key}.npy" for name in ("rows", "order", "start")}
    mapped = {name: array for name, file in files.items() if (array := _mapped(file)) is not None}
    if len(mapped) < len(files):
        lit = Lit.sort(pixels, order)
        for name, file in files.items():
            _store(getattr(lit, name), file)
        return lit
    return Lit(**mapped)


def _arrays(folder: Path, *, checked: bool, cache: Path | None) -> dict[str, Bytes]:
    """The parts by name, from the cache where they are in it."""
    paths = {part: _find(folder, name) for part, (name, _) in FILES.items()}
    stored = {part: cache / f"{FILES[part][0]}-{_key(path)}.npy" for part, path in paths.items()} if cache else {}
    mapped = {part: array for part, file in stored.items() if (array := _mapped(file)) is not None}

    def fresh(part: str) -> Bytes:
        array = _decoded(paths[part], *FILES[part], checked=checked)
        if not stored:
            return array
        _store(array, stored[part])
        read = _mapped(stored[part])
        if read is None:
            raise DatasetError(f"{stored[part]} cannot be read back from the cache directory")
        return read

    missing = [part for part in FILES if part not in mapped]
    if not missing:
        return mapped
    # Unpacking and checking leave the interpreter to others: the parts are decoded side by side.
    with ThreadPoolExecutor() as pool:
        return mapped | dict(zip(missing, pool.map(fresh, missing), strict=True))


def _find(folder: Path, name: str) -> Path:
    for candidate in (folder / name, folder / f"{name}.gz", folder / name.replace("-idx", ".idx")):
        if candidate.is_file():
            return candidate
    raise DatasetError(f"{folder} has no file {name} or {name}.gz")


def _decoded(path: Path, name: str, dimensions: int, *, checked: bool) -> Bytes:
    data = unpack(path)
    if checked and hashlib.sha256(data).hexdigest() != SHA256[name]:
        raise DatasetError(f"{path} is damaged: its sha256 is not that of the original {name}")
    return parse_idx(data, path, dimensions)


def _key(path: Path) -> str:
    """Changes whenever the file does."""
    stat = path.stat()
    return hashlib.sha256(f"{path.resolve()} {stat.st_size} {stat.st_mtime_ns}".encode()).hexdigest()[:16]


def _store(array: NDArray[Any], stored: Path) -> None:
    # Written aside and moved into place: another process sees the whole file or none.
    stored.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=stored.parent, suffix=".partial")
    try:
        with os.fdopen(handle, "wb") as file:
            np.save(file, array)
        os.replace(temporary, stored)
    except BaseException:
        os.unlink(temporary)
        raise


def _mapped(stored: Path) -> NDArray[Any] | None:
    """The array in a cache file; None where there is none, or a damaged one that has to be made again."""
    try:
        with READING:
            return np.asarray(np.load(stored, mmap_mode="r", allow_pickle=False))
    except (OSError, ValueError, EOFError):
        return None
