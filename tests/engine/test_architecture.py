"""Networks made from a configuration: of one's own graph, and what cannot be one."""

import numpy as np
import pytest

from engine.dataset import Dataset
from engine.errors import ConfigError, LimitError
from tests.engine.trainers import losses, trainer

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
