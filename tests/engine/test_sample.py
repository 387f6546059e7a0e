"""Looks inside while it learns: images of the weights, histograms, what is not finite left out."""

import json

import numpy as np
import pytest

from engine import evaluate
from engine.dataset import Dataset
from engine.events import TensorsSampled
from engine.sample import BINS, histogram
from engine.trainer import Trainer
from tests.engine.trainers import losses, trainer


def test_watching_shows_what_is_inside(tiny: Dataset):
    run = trainer(tiny, iterations=60)
    list(run.step(50))
    run.watch()
    (seen,) = [event for event in run.step(1) if isinstance(event, TensorsSampled)]
    message = json.loads(json.dumps(seen.to_message()))
    assert message["type"] == "tensors"
    assert message["iteration"] == 51
    assert message["images"]["shape"] == [50, 8, 7]
    assert seen.images.pixels.max() == 127 or seen.images.pixels.min() == -127
    assert [a["name"] for a in message["activations"]] == ["relu1"]
    assert sum(message["activations"][0]["counts"]) == 100 * 50
    assert 0 <= message["activations"][0]["dead"] <= 50
    gradients = evaluate(run.minibatch_graph()).gradients
    for entry, parameter in zip(message["gradients"], message["parameters"], strict=True):
        gradient = gradients[entry["name"]]
        assert entry["high"] == pytest.approx(gradient.max(), rel=1e-3, abs=1e-6)
        assert parameter["gradient_mean_abs"] == pytest.approx(np.abs(gradient).mean(), rel=1e-3)
        assert parameter["update_ratio"] > 0


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"init": "he", "batch_norm": True, "dropout": 0.3, "hidden": [9, 7]},
        {"gradient": "numerical", "hidden": [3]},
    ],
)
def test_before_the_first_step_a_look_shows_how_the_first_batch_is_answered(tiny: Dataset, config: dict[str, object]):
    run = trainer(tiny, iterations=3, batch_size=10, **config)
    brought = {name: np.asarray(array) * 3 for name, array in run.weights().items()}
    run.load_weights(brought)
    seen = run.sample()
    assert seen.iteration == 0
    assert seen.images.limit == pytest.approx(np.abs(brought["W1"]).max())
    graph = evaluate(run.minibatch_graph())
    for layer in seen.activations:
        assert layer.mean == pytest.approx(graph.values[layer.name].mean(), rel=1e-4)
        assert layer.dead == (graph.values[layer.name].max(axis=0) <= 0).sum()
    for entry in seen.gradients:
        assert entry.high == pytest.approx(graph.gradients[entry.name].max(), rel=1e-3, abs=1e-6)
    assert {parameter.update_ratio for parameter in seen.parameters} == {0.0}
    unseen = trainer(tiny, iterations=3, batch_size=10, **config)
    unseen.load_weights(brought)
    assert losses(run) == losses(unseen)
    for name, array in run.weights().items():
        np.testing.assert_array_equal(array, unseen.weights()[name])


def test_weights_that_overflow_are_looked_at_before_the_first_step(tiny: Dataset):
    run = trainer(tiny, init=100, hidden=[50] * 20)
    with np.errstate(all="raise"):
        json.dumps(run.sample().to_message(), allow_nan=False)


def test_a_look_leaves_out_what_is_not_finite(tiny: Dataset):
    run = trainer(tiny, iterations=60)
    run.advance(2)
    run.plan.gradients[::2] = np.inf
    run.plan.parameters[:100] = (np.inf, np.nan) * 50
    run.plan.value["relu1"][0] = (np.nan, 3e38) * 25
    message = json.dumps(run.sample().to_message(), allow_nan=False)
    seen = json.loads(message)
    assert all(sum(entry["counts"]) for entry in seen["gradients"])
    assert seen["images"]["limit"] > 0


def test_filters_of_a_convolution_are_shown(tiny: Dataset):
    run = trainer(tiny, architecture="simple_convnet", batch_size=10)
    run.advance(2)
    seen = run.sample()
    assert seen.images.pixels.shape == (30, 5, 5)
    assert [(a.name, a.units) for a in seen.activations] == [("relu1", 30), ("relu2", 100)]
    graph = evaluate(run.minibatch_graph())
    assert seen.activations[0].mean == pytest.approx(graph.values["pool1"].mean(), rel=1e-4)


def test_a_restored_trainer_shows_the_last_step(tiny: Dataset):
    run = trainer(tiny, iterations=60)
    losses(run, 20)
    resumed = Trainer(run.config, tiny, run.state())
    seen, expected = (json.dumps(r.sample().to_message()) for r in (resumed, run))
    scaled = json.loads(seen), json.loads(expected)
    assert scaled[0]["activations"] == scaled[1]["activations"]
    assert scaled[0]["images"] == scaled[1]["images"]
    for one, other in zip(scaled[0]["parameters"], scaled[1]["parameters"], strict=True):
        assert one["gradient_mean_abs"] == pytest.approx(other["gradient_mean_abs"], rel=1e-5)
        assert one["update_ratio"] == other["update_ratio"]


@pytest.mark.parametrize(
    "numbers",
    [
        np.random.default_rng(0).standard_normal(5000),
        np.arange(-3.0, 4.0),
        np.array([2.5]),
        np.array([]),
        np.array([0.0, 5e-324]),
        np.array([-1e308, 1e308, np.nan]),
    ],
    ids=["normal", "few", "one", "none", "subnormal", "widest"],
)
def test_every_finite_number_is_in_one_of_the_steps_between_the_least_and_the_greatest(numbers: np.ndarray):
    with np.errstate(all="ignore"):
        seen = histogram("W", numbers)
    finite = numbers[np.isfinite(numbers)]
    assert sum(seen.counts) == len(finite)
    assert len(seen.counts) == BINS
    if len(set(finite)) > 1:
        assert (seen.low, seen.high) == (finite.min(), finite.max())
    if 1e-300 < seen.high - seen.low < np.inf:
        expected, _ = np.histogram(finite, bins=BINS, range=(seen.low, seen.high))
        # A number on an edge may fall on either side of it.
        assert np.abs(np.cumsum(seen.counts) - np.cumsum(expected)).max(initial=0) <= 1
