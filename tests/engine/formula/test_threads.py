"""A server reads formulas in several threads at once."""

import gc
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

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


def nested(depth: int) -> int:
    """Read the source again and again so many calls deep: Python counts how deep a tree begins."""
    if depth > 0:
        return nested(depth - 1)
    statements = 0
    for _ in range(300):
        Turn()
        statements += len(Source.read(SOURCE).statements)
    return statements


@pytest.mark.usefixtures("busy")
def test_two_threads_read_at_once() -> None:
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(nested, (5, 60))) == [300 * 39] * 2
