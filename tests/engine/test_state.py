"""A trainer's state and weights: taken out, put into a file, back, and into another."""

from pathlib import Path

import numpy as np
import pytest

from engine.dataset import Dataset
from engine.errors import ConfigError
from engine.trainer import Trainer
from tests.engine.trainers import losses, trainer


def test_a_state_survives_a_file(tiny: Dataset, tmp_path: Path):
    run = trainer(tiny, iterations=20, optimizer={"name": "adam"})
    losses(run, 5)
    np.savez(tmp_path / "state.npz", **run.state())
    with np.load(tmp_path / "state.npz", allow_pickle=False) as state:
        resumed = Trainer(run.config, tiny, dict(state))
    assert resumed.iteration == 5
    assert losses(resumed) == losses(run)


def test_state_of_another_network_is_refused(tiny: Dataset):
    with pytest.raises(ConfigError, match="state does not fit"):
        trainer(tiny, hidden=[7]).restore(trainer(tiny, hidden=[8]).state())
    with pytest.raises(ConfigError, match="state does not fit"):
        trainer(tiny, optimizer={"name": "adam"}).restore(trainer(tiny).state())


def test_other_weights_can_be_loaded(tiny: Dataset):
    one, other = trainer(tiny, seed=1), trainer(tiny, seed=2)
    other.load_weights(one.weights())
    np.testing.assert_array_equal(one.answers().scores(one.weights()), other.answers().scores(other.weights()))
    with pytest.raises(ConfigError, match="W1 needs shape"):
        other.load_weights({**one.weights(), "W1": np.zeros((2, 2))})
    with pytest.raises(ConfigError, match="b2 needs shape"):
        other.load_weights({n: w for n, w in one.weights().items() if n != "b2"})
