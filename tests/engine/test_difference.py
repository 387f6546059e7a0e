"""All nudges followed at once find what one pass for each nudge finds."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import engine
from engine import Graph, evaluate
from engine.composite import expand
from engine.difference import Differences
from tests.engine.graphs import graphs
from tests.engine.samples import SAMPLES, Sample

RNG = np.random.default_rng(2)
X = RNG.normal(size=(3, 6)) * (RNG.random((3, 6)) < 0.5)
NET = {
    "x": X,
    "W1": RNG.normal(size=(6, 5)),
    "b1": RNG.normal(size=5),
    "W2": RNG.normal(size=(5, 4)),
    "b2": np.zeros(4),
}
HIDDEN = "h = relu(affine(x, W1, b1))\n"


def differences(graph: Graph) -> Differences:
    result = evaluate(graph)
    seed = np.random.default_rng(1).normal(size=result.output.shape)
    return Differences(graph, result.values, np.asarray(seed))


def agree(graph: Graph) -> set[str]:
    """Compare both ways for every input; the inputs that could be followed."""
    both = differences(graph)
    followed = set()
    for node in graph.inputs:
        fast = both.by_change(node.id)
        if fast is None:
            continue
        slow, kinks = both.by_element(node.id)
        np.testing.assert_allclose(fast[0], slow, rtol=1e-6, atol=1e-7 * max(1, np.abs(slow).max(initial=0)))
        assert fast[0].shape == slow.shape
        assert sorted((k.index, k.node) for k in fast[1]) == sorted((k.index, k.node) for k in kinks)
        followed.add(node.id)
    return followed


def net(source: str, **values: Any) -> Graph:
    graph = engine.parse(source)
    known = {node.id for node in graph.inputs}
    return graph.with_values({key: value for key, value in {**NET, **values}.items() if key in known})


@pytest.mark.parametrize(
    ("last", "t", "but"),
    [
        ("softmax_with_loss(affine(h, W2, b2), t)", np.eye(4)[[0, 3, 1]], set()),
        ("softmax_with_loss(affine(h, W2, b2), t)", [0, 3, 1], {"t"}),
        ("cross_entropy_error(softmax(h @ W2 + b2), t)", np.eye(4)[[0, 3, 1]], set()),
        ("cross_entropy_error(sigmoid(dot(h, W2)), t)", [0, 3, 1], {"t"}),
        ("mean_squared_error(transpose(h), t)", RNG.normal(size=(5, 3)), set()),
        ("sum_squared_error(reshape(h, shape=[5, 3]), t)", RNG.normal(size=(5, 3)), set()),
        ("sum(mean(h * t, axis=0) * 2, keepdims=True)", RNG.normal(size=5), set()),
        ("flatten(broadcast_to(h * t, shape=[2, 3, 5]))", 2.0, set()),
        ("h * sigmoid(h) + t", [[1.0], [2.0], [3.0]], set()),
        ("max(h * t, axis=1)", 1.0, {"x", "W1", "b1", "t"}),
        ("dropout(h * t, ratio=0.3)", 1.0, {"x", "W1", "b1", "t"}),
    ],
)
def test_networks_are_followed(last: str, t: Any, but: set[str]) -> None:
    graph = net(f"{HIDDEN}loss = {last}", t=t)
    assert agree(graph) == {node.id for node in graph.inputs} - but


@pytest.mark.parametrize(
    ("source", "x", "W"),
    [
        ("y = affine(x, W, b1)", RNG.normal(size=6), RNG.normal(size=(6, 5))),
        ("y = affine(x, W, b1)", RNG.normal(size=(2, 2, 3, 1)), RNG.normal(size=(6, 5))),
        ("y = matmul(x, W)", RNG.normal(size=(2, 3, 6)), RNG.normal(size=(6, 1))),
        ("y = exp(x @ exp(W))", RNG.normal(size=(3, 2)), RNG.normal(size=(2, 2))),
        ("y = x @ (W + W.T)", RNG.normal(size=(3, 2)), RNG.normal(size=(2, 2))),
        ("y = tanh(x) @ sin(W)", np.zeros((3, 2)), RNG.normal(size=(2, 2))),
    ],
)
def test_products_are_followed(source: str, x: Any, W: Any) -> None:
    graph = net(source, x=x, W=W)
    assert agree(graph) == {node.id for node in graph.inputs}


def test_opened_composites_are_followed() -> None:
    graph = net(f"{HIDDEN}loss = softmax_with_loss(affine(h, W2, b2), t)", t=np.eye(4)[[0, 3, 1]])
    opened = expand(expand(graph, "loss"), "h.affine" if "h.affine" in graph.by_id else "affine")
    assert agree(opened) == {node.id for node in opened.inputs}


def test_kinks_are_told_alike() -> None:
    graph = net("h = relu(x * W) * abs(x - 1)\ny = sum(h)", x=[[0.0, 1.0], [2.0, 1e-5]], W=[1.0, -1.0])
    both = differences(graph)
    fast = both.by_change("x")
    assert fast is not None
    assert fast[1] == both.by_element("x")[1]
    assert len(fast[1]) == 3


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_every_op_is_followed_rightly_or_not_at_all(sample: Sample) -> None:
    agree(sample.graph())


@settings(max_examples=100, deadline=None)
@given(graphs())
def test_random_graphs_are_followed_rightly_or_not_at_all(graph: Graph) -> None:
    agree(graph)
