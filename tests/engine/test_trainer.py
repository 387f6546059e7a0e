"""The trainer: the same losses however it is stepped, every setting learns, and what it tells on the way."""

import json

import numpy as np
import pytest

from engine import evaluate
from engine.dataset import Dataset
from engine.divergence import diagnose
from engine.errors import ConfigError
from engine.events import EpochEnded, Progressed, StateChanged, Stepped
from engine.trainer import train
from tests.engine.trainers import losses, trainer


def test_the_chapters_script_learns(mnist: Dataset):
    events = list(train({"iterations": 1300}, mnist))
    epochs = [event for event in events if isinstance(event, EpochEnded)]
    assert [(e.epoch, e.iteration) for e in epochs] == [(0, 0), (1, 600), (2, 1200)]
    assert epochs[-1].test_accuracy > 0.9
    assert epochs[-1].train_accuracy > 0.9
    iterations = [i for event in events if isinstance(event, Stepped) for i in event.iteration]
    assert iterations == list(range(1300))
    assert [e.state for e in events if isinstance(e, StateChanged)] == ["running", "finished"]
    assert isinstance(events[-2], Progressed)
    assert events[-2].iteration == events[-2].iterations == 1300


def test_steps_are_those_of_the_chapters_listing(mnist: Dataset):
    """The loop of section 5.7.4 in float64: the same batches, losses and weights as far as float32 reaches."""
    run = trainer(mnist, iterations=200)
    W1, b1, W2, b2 = (run.weights()[name].astype(float) for name in ("W1", "b1", "W2", "b2"))
    told = []
    for iteration in range(200):
        rows = run.batches.at(iteration)
        x, t = mnist.train.pixels[rows] / 255.0, np.eye(10)[mnist.train.labels[rows]]
        a1 = x @ W1 + b1
        z1 = np.maximum(a1, 0)
        a2 = z1 @ W2 + b2
        y = np.exp(a2 - a2.max(axis=1, keepdims=True))
        y /= y.sum(axis=1, keepdims=True)
        told.append(-np.sum(t * np.log(y)) / 100)
        dy = (y - t) / 100
        dz1 = dy @ W2.T
        da1 = dz1 * (a1 > 0)
        W2, b2 = W2 - 0.1 * (z1.T @ dy), b2 - 0.1 * dy.sum(axis=0)
        W1, b1 = W1 - 0.1 * (x.T @ da1), b1 - 0.1 * da1.sum(axis=0)
    assert losses(run) == pytest.approx(told, abs=2e-4)
    for name, expected in (("W1", W1), ("b1", b1), ("W2", W2), ("b2", b2)):
        np.testing.assert_allclose(run.weights()[name], expected, atol=2e-4, err_msg=name)


SETTINGS = [
    {},
    {
        "hidden": [12, 8],
        "activation": "sigmoid",
        "init": "xavier",
        "optimizer": {"name": "adam", "learning_rate": 0.02},
    },
    {"activation": "tanh", "init": "xavier", "optimizer": {"name": "momentum", "learning_rate": 0.05}},
    {"activation": "leaky_relu", "init": "he", "optimizer": {"name": "nesterov", "learning_rate": 0.05}},
    {"activation": "softplus", "init": "he", "optimizer": {"name": "adagrad", "learning_rate": 0.1}},
    {"activation": "gelu", "init": "he", "optimizer": {"name": "rmsprop"}},
    {"hidden": [20, 20], "init": "he", "batch_norm": True, "dropout": 0.2, "weight_decay": 0.001},
    {"hidden": [], "init": 0.01},
    {"architecture": "simple_convnet", "init": "he", "optimizer": {"name": "adam"}, "batch_size": 15},
]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: json.dumps(s)[:40])
def test_every_setting_learns(tiny: Dataset, setting: dict):
    run = trainer(tiny, **{"batch_size": 30, "iterations": 120, "init": "he", **setting})
    told = losses(run)
    assert np.mean(told[-10:]) < 0.6 * np.mean(told[:3])
    assert run.answers("test").accuracy(run.weights()) > 0.9


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: json.dumps(s)[:40])
def test_same_losses_however_it_is_cut_paused_or_watched(tiny: Dataset, setting: dict):
    setting = {"batch_size": 20, "iterations": 30, **setting}
    uncut = trainer(tiny, **setting)
    expected = losses(uncut)
    cut = trainer(tiny, **setting)
    told = losses(cut, 7)
    cut.watch()
    told += losses(cut, 1)
    told += losses(cut, 5)
    resumed = trainer(tiny, **setting)
    resumed.restore({name: array.copy() for name, array in cut.state().items()})
    told += losses(resumed)
    assert told == expected
    for name, weight in uncut.weights().items():
        np.testing.assert_array_equal(weight, resumed.weights()[name], err_msg=name)


@pytest.mark.parametrize("setting", [*SETTINGS, {"weight_decay": 0.1}], ids=lambda s: json.dumps(s)[:40])
def test_minibatch_graph_has_the_loss_that_was_told(tiny: Dataset, setting: dict):
    run = trainer(tiny, **{"batch_size": 20, "iterations": 30, **setting})
    told = losses(run, 9)
    graph = run.minibatch_graph()
    assert evaluate(graph).output == pytest.approx(told[-1], rel=2e-5)
    assert graph["x"].value.min() >= 0
    assert graph["x"].value.max() <= 1


def test_learning_rate_changes_live(tiny: Dataset):
    run = trainer(tiny, iterations=20)
    losses(run, 5)
    run.learning_rate = 0
    before = run.weights()
    losses(run, 5)
    for name, weight in run.weights().items():
        np.testing.assert_array_equal(weight, before[name])
    with pytest.raises(ConfigError, match="learning_rate"):
        run.learning_rate = -1


def test_weight_decay_is_in_loss_and_gradient(tiny: Dataset):
    plain, decayed = trainer(tiny, iterations=5), trainer(tiny, iterations=5, weight_decay=0.5)
    penalty = 0.25 * sum((plain.weights()[name] ** 2).sum() for name in ("W1", "W2"))
    start = plain.weights()
    first, second = losses(plain, 1)[0], losses(decayed, 1)[0]
    assert second == pytest.approx(first + penalty, rel=1e-5)
    for name, extra in (("W1", 0.5), ("b1", 0), ("W2", 0.5), ("b2", 0)):
        difference = plain.weights()[name] - decayed.weights()[name]
        np.testing.assert_allclose(difference, 0.1 * extra * start[name], atol=1e-6)


def test_numerical_gradient_takes_the_same_way(tiny: Dataset):
    # Smooth on purpose: a nudge over ReLU's kink is a difference that the rule rightly does not have.
    setting = {"hidden": [4], "activation": "tanh", "batch_size": 10, "iterations": 5, "init": "he"}
    by_rule, by_nudging = losses(trainer(tiny, **setting)), losses(trainer(tiny, gradient="numerical", **setting))
    assert by_nudging == pytest.approx(by_rule, rel=1e-5)


def test_numerical_gradient_can_be_stopped_between_parameters(tiny: Dataset, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("engine.trainer.PROGRESS_SECONDS", 0.0)
    setting = {"hidden": [4], "batch_size": 10, "iterations": 3, "gradient": "numerical"}
    expected = losses(trainer(tiny, **setting))
    run = trainer(tiny, **setting)
    events = run.step()
    start = run.weights()
    assert all(isinstance(next(events), Progressed) for _ in range(20))
    events.close()
    assert run.iteration == 0
    np.testing.assert_array_equal(run.weights()["W1"], start["W1"])
    assert losses(run) == expected


def test_divergence_names_the_first_node_and_stops(tiny: Dataset):
    run = trainer(tiny, hidden=[20, 20], init=50, iterations=200)
    run.learning_rate = 1e5
    with np.errstate(all="raise"):
        events = list(run.step())
    states = [event for event in events if isinstance(event, StateChanged)]
    assert [event.state for event in states] == ["diverged"]
    assert states[0].node in run.network.graph.by_id
    assert "a learning rate of 10000 in place of 100000" in states[0].reason
    assert run.finished
    assert run.iteration < 200
    assert not np.isfinite([loss for e in events if isinstance(e, Stepped) for loss in e.loss][-1])
    assert list(run.step()) == []


@pytest.mark.parametrize(
    ("rate", "said"),
    [(1e6, "100000 in place of 1000000"), (1e-6, "1e-7 in place of 1e-6"), (0.7, "0.07 in place of 0.7")],
)
def test_the_advice_writes_both_rates_alike(tiny: Dataset, rate: float, said: str) -> None:
    run = trainer(tiny, init=50)
    told = diagnose(run.plan, run.config, 0, rate)
    assert f"try a learning rate of {said}, and smaller initial weights (init is 50;" in told.reason


def test_accuracy_is_that_of_the_graph(tiny: Dataset):
    run = trainer(tiny, iterations=40, batch_size=25)
    (first, *_) = [event for event in run.step(1) if isinstance(event, EpochEnded)]
    weights = {name: w.astype(float) for name, w in run.weights().items()}
    x = tiny.train.pixels / 255
    hidden = np.maximum(x @ weights["W1"] + weights["b1"], 0)
    answers = (hidden @ weights["W2"] + weights["b2"]).argmax(axis=1)
    assert first.train_accuracy == np.mean(answers == tiny.train.labels)


def test_train_limit_uses_the_first_images_only(tiny: Dataset):
    run = trainer(tiny, train_limit=7, batch_size=3)
    assert run.iterations_per_epoch == 2
    assert run.batches.at(0).max() < 7
    assert len(run.answers("train").labels) == 7
