"""What tests of the engine share: one BLAS thread, the digits, and a data set that learns in a moment."""

from collections.abc import Iterator

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from engine.dataset import Dataset, Split, load
from engine.lit import Lit


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    """As a run has: on a busy machine two wait for each other far longer than they work."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="session")
def mnist(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return load("mnist", tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def tiny() -> Dataset:
    """Three classes of 8 × 7 pixels that differ in where they shine."""
    rng = np.random.default_rng(1)

    def split(count: int) -> Split:
        labels = (np.arange(count) % 3).astype(np.uint8)
        images = rng.integers(0, 30, (count, 8, 7)) * (rng.random((count, 8, 7)) < 0.3)
        for k in range(3):
            images[labels == k, 2 * k : 2 * k + 3] += 150
        images = images.astype(np.uint8)
        return Split(images, labels, Lit.sort(images.reshape(count, -1), np.arange(56)))

    return Dataset("tiny", split(90), split(30), 3)
