"""The trainer: the same losses however it is stepped, every setting learns, and what it tells on the way."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine import evaluate
from engine.config import RunConfig
from engine.dataset import Dataset, Split, load
from engine.errors import ConfigError, LimitError
from engine.events import EpochEnded, Progressed, StateChanged, Stepped, TensorsSampled
from engine.lit import Lit
from engine.trainer import Trainer, train


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


def trainer(data: Dataset, **document: object) -> Trainer:
    return Trainer(RunConfig.from_document(document), data)


def losses(trainer: Trainer, n: int | None = None) -> list[float]:
    return [loss for event in trainer.step(n) if isinstance(event, Stepped) for loss in event.loss]


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


OWN = {
    "nodes": [
        {"id": "x", "op": "input", "value": [[0.0] * 56] * 2},
        {"id": "t", "op": "input", "value": [[1, 0, 0], [0, 1, 0]]},
        {"id": "W", "op": "input", "value": [[0.0] * 3] * 56},
        {"id": "y", "op": "dot", "inputs": ["x", "W"]},
        {"id": "p", "op": "softmax", "inputs": ["y"]},
        {"id": "loss", "op": "cross_entropy_error", "inputs": ["p", "t"]},
    ],
    "output": "loss",
}


def test_the_graph_you_draw_is_the_network_you_train(tiny: Dataset):
    run = trainer(tiny, graph=OWN, iterations=100, batch_size=30)
    told = losses(run)
    assert told[0] == pytest.approx(np.log(3), rel=1e-3)
    assert told[-1] < 0.5
    assert run.network.parameters == ("W",)
    assert run.answers().accuracy(run.weights()) > 0.9
    assert run.minibatch_graph()["t"].value.shape == (30, 3)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "x", "op": "input", "value": [[0.0] * 55] * 2}, "x has shape"),
        ({"id": "t", "op": "input", "value": [[1, 0], [0, 1]]}, "t has shape"),
        ({"id": "W", "op": "constant", "value": [[0.0] * 3] * 56}, "at least one more input"),
        ({"id": "W", "op": "input", "value": [[0.0] * 3] * 5}, "does not take a batch"),
        ({"id": "loss", "op": "mul", "inputs": ["p", "t"]}, "no single number"),
    ],
)
def test_a_graph_that_cannot_be_trained_says_why(tiny: Dataset, change: dict, said: str):
    nodes = [change if node["id"] == change["id"] else node for node in OWN["nodes"]]
    with pytest.raises(ConfigError, match=said):
        trainer(tiny, graph={**OWN, "nodes": nodes})


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"hidden": [10_000, 10_000]}, "hidden makes 107,"),
        ({"hidden": [5000] * 5, "batch_size": 10_000}, "weights, more than"),
        ({"hidden": [400] * 50, "batch_size": 10_000}, "batch_size 10,000 makes"),
        ({"architecture": "simple_convnet", "batch_size": 10_000}, "batch_size 10,000 makes"),
    ],
)
def test_a_network_that_does_not_fit_is_refused_before_it_is_made(mnist: Dataset, document: dict, said: str):
    with pytest.raises(LimitError, match=said):
        trainer(mnist, **document)
