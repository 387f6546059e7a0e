"""The data set reader: the shipped digits, any directory of IDX files, and what it says of a damaged one."""

import gzip
import hashlib
import struct
from pathlib import Path

import numpy as np
import pytest

from engine import dataset
from engine.errors import DatasetError


def idx(array: np.ndarray) -> bytes:
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.astype(np.uint8).tobytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A directory of IDX files, one of them compressed: 6 images to train, 3 to test, 5 × 4 pixels."""
    rng = np.random.default_rng(0)
    for part, count in (("train", 6), ("t10k", 3)):
        (tmp_path / f"{part}-images-idx3-ubyte").write_bytes(idx(rng.integers(0, 256, (count, 5, 4))))
        labels = gzip.compress(idx(np.arange(count) % 3))
        (tmp_path / f"{part}-labels-idx1-ubyte.gz").write_bytes(labels)
    return tmp_path


def test_mnist_ships_whole():
    mnist = dataset.load("mnist")
    assert (len(mnist.train), len(mnist.test), mnist.classes, mnist.image_shape) == (60_000, 10_000, 10, (28, 28))
    assert mnist.train.labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert hashlib.sha256(idx(mnist.test.images)).hexdigest() == dataset.SHA256["t10k-images-idx3-ubyte"]


def test_any_directory_of_idx_files_plain_or_compressed(folder: Path):
    small = dataset.load(folder)
    assert (len(small.train), len(small.test), small.classes, small.image_shape) == (6, 3, 3, (5, 4))
    assert small.train.pixels.shape == (6, 20)
    assert len(small.train.first(2)) == 2


def test_second_load_is_mapped_from_the_cache(folder: Path, tmp_path: Path):
    cache = tmp_path / "cache"
    plain = dataset.load(folder)
    first, second = dataset.load(folder, cache), dataset.load(folder, cache)
    assert isinstance(second.train.images.base, np.memmap)
    for loaded in (first, second):
        np.testing.assert_array_equal(loaded.train.images, plain.train.images)
        np.testing.assert_array_equal(loaded.test.labels, plain.test.labels)
    with pytest.raises(ValueError, match="read-only"):
        second.train.images[0, 0, 0] = 1


def test_damaged_cache_is_made_again(folder: Path, tmp_path: Path):
    cache = tmp_path / "cache"
    dataset.load(folder, cache)
    for file in cache.iterdir():
        file.write_bytes(file.read_bytes()[:100])
    assert len(dataset.load(folder, cache).train) == 6
    assert not list(cache.glob("*.partial"))


def test_changed_file_is_decoded_again(folder: Path, tmp_path: Path):
    cache = tmp_path / "cache"
    dataset.load(folder, cache)
    (folder / "train-images-idx3-ubyte").write_bytes(idx(np.zeros((6, 5, 4))) + b"")
    (folder / "train-labels-idx1-ubyte.gz").write_bytes(gzip.compress(idx(np.full(6, 2)), 1))
    assert dataset.load(folder, cache).train.labels.tolist() == [2] * 6


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("train-images-idx3-ubyte", None, "has no file train-images-idx3-ubyte"),
        ("train-images-idx3-ubyte", b"\x00\x00", "too short"),
        ("train-images-idx3-ubyte", b"\x00\x00\x09\x03" + bytes(12), "begins with 00 00 09 03"),
        ("train-images-idx3-ubyte", idx(np.zeros((6, 5, 4)))[:-1], "but it has 135"),
        ("t10k-labels-idx1-ubyte.gz", b"not gzip at all", "not readable as gzip"),
        ("t10k-labels-idx1-ubyte.gz", gzip.compress(idx(np.zeros(3)), mtime=0)[:-9], "ends too early"),
        ("train-labels-idx1-ubyte.gz", gzip.compress(idx(np.zeros(5)), mtime=0), "6 images but 5 labels"),
        ("t10k-images-idx3-ubyte", idx(np.zeros((3, 4, 5))), "train images are"),
    ],
)
def test_damaged_or_missing_file_is_named(folder: Path, name: str, content: bytes | None, said: str):
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with pytest.raises(DatasetError, match=said) as caught:
        dataset.load(folder)
    assert str(folder) in caught.value.message


def test_shipped_files_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for file in (dataset.SHIPPED / "mnist").iterdir():
        (tmp_path / "mnist").mkdir(exist_ok=True)
        (tmp_path / "mnist" / file.name).write_bytes(file.read_bytes())
    labels = bytearray(gzip.decompress((tmp_path / "mnist" / "train-labels-idx1-ubyte.gz").read_bytes()))
    labels[8] = 9
    (tmp_path / "mnist" / "train-labels-idx1-ubyte.gz").write_bytes(gzip.compress(bytes(labels), 1))
    monkeypatch.setattr(dataset, "SHIPPED", tmp_path)
    with pytest.raises(DatasetError, match="sha256"):
        dataset.load("mnist")


def test_unknown_name_says_what_there_is():
    with pytest.raises(DatasetError, match="mnist, or a directory"):
        dataset.load("no such set")
