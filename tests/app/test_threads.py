"""A server reads formulas and files of arrays in several threads at once."""

import gc
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from app.runs import checkpoint
from engine.formula.source import Source

SOURCE = "\n".join(f"a{i} = {i} * (a{i - 1} + {i})" for i in range(1, 40))


class Turn:
    """Garbage whose end gives another thread its turn."""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        for _ in range(50):
            pass


@pytest.fixture
def busy() -> Iterator[None]:
    """Threads that take turns all the time, in the middle of a syntax tree too."""
    interval, threshold = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(1e-6)
    gc.set_threshold(5)
    yield
    gc.set_threshold(*threshold)
    sys.setswitchinterval(interval)


def nested(depth: int, read: Callable[[], object]) -> bool:
    """Read again and again so many calls deep: Python counts how deep a tree begins."""
    if depth > 0:
        return nested(depth - 1, read)
    for _ in range(300):
        Turn()
        read()
    return True


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("other", ["a formula", "a checkpoint"])
def test_two_threads_read_at_once(tmp_path: Path, other: str) -> None:
    def formula() -> Source:
        return Source.read(SOURCE)

    file = tmp_path / "0000000001.npz"
    checkpoint.save(file, {f"W{k}": np.zeros(1) for k in range(20)})
    reads = (formula, formula if other == "a formula" else partial(checkpoint.load, file))
    with ThreadPoolExecutor(2) as threads:
        assert all(threads.map(nested, (5, 60), reads))
