"""Two processes share a first layer: the losses of one, the same bits each time, and none outlives the other."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import numpy as np
import pytest

from engine.config import LEARNING_RATES
from engine.dataset import Dataset
from engine.errors import PartnerError
from engine.plan.pixels import Pixels, Rows
from engine.trainer import Trainer
from tests.engine.trainers import losses, trainer

SETTINGS = [
    *({"optimizer": {"name": name}} for name in LEARNING_RATES),
    {"hidden": [30, 20], "dropout": 0.2, "batch_norm": True, "activation": "gelu", "init": "he"},
    {"hidden": [], "batch_size": 1},
]


@pytest.fixture
def pair(tiny: Dataset) -> Iterator[Trainer]:
    run = trainer(tiny, cores=2, iterations=60, optimizer={"name": "momentum"})
    yield run
    run.close()


def partners() -> list[multiprocessing.process.BaseProcess]:
    return [process for process in multiprocessing.active_children() if process.name == "partner"]


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_two_learn_what_one_learns(tiny: Dataset, setting: dict[str, object]):
    one, two = (trainer(tiny, iterations=40, cores=cores, **setting) for cores in (1, 2))
    assert losses(two) == pytest.approx(losses(one), rel=1e-4, abs=1e-6)
    for name, weights in one.weights().items():
        np.testing.assert_allclose(two.weights()[name], weights, atol=1e-5, err_msg=name)
    assert len(partners()) == 1
    two.close()
    assert not partners()


def test_the_chapters_network_learns_on_two(mnist: Dataset):
    one, two = (trainer(mnist, cores=cores) for cores in (1, 2))
    assert two.advance(300).loss == pytest.approx(one.advance(300).loss, rel=1e-4)
    gradients = ({name: run.plan.get(name, gradient=True) for name in run.network.parameters} for run in (one, two))
    for (name, expected), actual in zip(next(gradients).items(), next(gradients).values(), strict=True):
        np.testing.assert_allclose(actual, expected, atol=1e-6, err_msg=name)
    two.close()


def test_bits_are_the_same_however_the_iterations_are_cut(pair: Trainer, tiny: Dataset):
    whole = trainer(tiny, cores=2, iterations=60, optimizer={"name": "momentum"})
    told = whole.advance(60).loss
    cut = [loss for count in (1, 7, 2, 50) for loss in pair.advance(count).loss]
    assert cut == told
    for name, value in whole.state().items():
        np.testing.assert_array_equal(pair.state()[name], value, err_msg=name)
    whole.close()


def test_a_resumed_run_is_the_uncut_one(pair: Trainer, tiny: Dataset):
    pair.advance(25)
    resumed = Trainer(pair.config, tiny, pair.state())
    pair.learning_rate = resumed.learning_rate = 0.003
    assert losses(resumed) == losses(pair)
    resumed.close()


def test_a_look_inside_is_that_of_one(pair: Trainer, tiny: Dataset):
    one = trainer(tiny, iterations=60, optimizer={"name": "momentum"})
    one.advance(20)
    pair.advance(20)
    for expected, actual in zip(one.sample().parameters, pair.sample().parameters, strict=True):
        assert actual.name == expected.name
        assert actual.update_ratio == pytest.approx(expected.update_ratio, rel=1e-3)


def test_divergence_is_told_with_its_node(tiny: Dataset):
    setting = {"hidden": [20, 20], "init": 50, "iterations": 200, "optimizer": {"learning_rate": 1e5}}
    one, two = (trainer(tiny, cores=cores, **setting) for cores in (1, 2))
    for run in (one, two):
        losses(run)
        assert run.diverged is not None
    assert two.diverged == one.diverged
    assert np.isfinite(two.plan.parameters).all() == np.isfinite(one.plan.parameters).all()
    two.close()


@pytest.mark.parametrize(
    "setting",
    [{"weight_decay": 0.1}, {"gradient": "numerical", "hidden": [2]}, {"architecture": "simple_convnet"}],
    ids=str,
)
def test_where_the_first_layer_cannot_be_shared_one_trains(tiny: Dataset, setting: dict[str, object]):
    one, two = (trainer(tiny, iterations=2, cores=cores, **setting) for cores in (1, 2))
    assert losses(two) == losses(one)
    assert not partners()


def test_a_partner_that_was_killed_is_told_of(pair: Trainer):
    pair.advance(5)
    (process,) = partners()
    os.kill(process.pid or 0, signal.SIGKILL)
    with pytest.raises(PartnerError, match="ended with code -9"):
        pair.advance(5)
    assert not partners()


def test_ctrl_c_is_left_to_the_process_that_leads(pair: Trainer):
    pair.advance(5)
    (process,) = partners()
    os.kill(process.pid or 0, signal.SIGINT)
    assert len(pair.advance(5).loss) == 5


def test_an_interrupted_step_leaves_no_process(pair: Trainer, monkeypatch: pytest.MonkeyPatch):
    pair.advance(5)

    def interrupted() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pair.plan, "step", interrupted)
        with pytest.raises(KeyboardInterrupt):
            pair.advance(5)
    assert not partners()
    pair.plan.run()
    assert np.isfinite(pair.plan.gradients).all()


LEADER = """
import multiprocessing, time
from engine.trainer import Trainer
from engine.config import RunConfig

if __name__ == "__main__":
    trainer = Trainer(RunConfig.from_document({"cores": 2}))
    trainer.advance(3)
    print(multiprocessing.active_children()[0].pid, flush=True)
    time.sleep(60)
"""


def test_a_partner_ends_with_the_process_that_started_it(tmp_path):
    script = tmp_path / "leader.py"
    script.write_text(LEADER)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as leader:
        assert leader.stdout is not None
        partner = int(leader.stdout.readline())
        leader.kill()
    for _ in range(500):
        try:
            os.kill(partner, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    pytest.fail("the partner is still there")


def test_a_share_that_is_dark_in_the_batch_adds_nothing():
    pixels = Pixels(np.zeros((4, 3), np.uint8), np.full(4, 3), 2, np.float32)
    weights, gradients, out = np.ones((3, 5), np.float32), np.ones((3, 5), np.float32), np.ones((2, 5), np.float32)
    rows = Rows(weights, gradients)
    pixels.gather(np.array([0, 2]))
    rows.multiply(pixels, out)
    rows.differentiate(pixels, np.ones((2, 5), np.float32))
    assert not out.any()
    assert not gradients.any()
