"""Pixels for plans that are fed from a table."""

import numpy as np
import pytest


@pytest.fixture
def pixels() -> np.ndarray:
    """Rows of 20 pixels of which some columns are seldom lit and two never."""
    rng = np.random.default_rng(3)
    lit = rng.random((30, 20)) < np.linspace(0.02, 0.9, 20)
    lit[:, 5:7] = False
    return (rng.integers(1, 256, (30, 20)) * lit).astype(np.uint8)
