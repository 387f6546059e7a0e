"""What a pass puts in place gives what an evaluation gives, and stays away where it may not."""

import numpy as np
import pytest

from engine import Graph, evaluate
from engine.plan import Plan, Table
from engine.plan.buffer import widened
from engine.plan.linear import HiddenAffine
from engine.plan.pixels import PixelAffine
from tests.engine.plan.networks import agree, leaf, net, node


@pytest.mark.parametrize("decay", [False, True])
def test_first_layer_from_bytes_on_lit_columns(pixels: np.ndarray, decay: bool) -> None:
    labels = np.arange(30) % 4
    tables = {"x": Table(pixels, 1 / 255), "t": Table(labels)}
    parameters = ("W1", "b1", "W2", "b2")
    batches = [[0, 3, 5, 7, 11], [20, 20, 1, 2, 9], [4, 6, 8, 10, 12]]
    plan = Plan(net(pixels, batches[0], labels, decay=decay), parameters, np.float64, tables)
    assert isinstance(plan.kernels["a1"], PixelAffine)
    for rows in batches:
        plan.rows[:] = rows
        agree(plan, net(pixels, rows, labels, decay=decay), rtol=1e-12, atol=1e-13)
        assert not plan.gradients[: plan.active].any()
    assert (plan.active > 0) is not decay


@pytest.mark.parametrize("decayed", [None, "W1", "W2"])
def test_bias_as_one_more_row_behind_relu(decayed: str | None) -> None:
    rng = np.random.default_rng(6)
    nodes = [
        leaf("x", rng.normal(size=(5, 3))),
        leaf("t", np.eye(4)[[0, 1, 2, 3, 0]]),
        *(leaf(f"W{layer}", rng.normal(size=size)) for layer, size in enumerate([(3, 6), (6, 2), (2, 4)], 1)),
        *(leaf(f"b{layer}", rng.normal(size=size)) for layer, size in enumerate([6, 2, 4], 1)),
        node("a1", "affine", "x", "W1", "b1"),
        node("h1", "relu", "a1"),
        node("a2", "affine", "h1", "W2", "b2"),
        node("h2", "relu", "a2"),
        node("a3", "affine", "h2", "W3", "b3"),
        node("error", "softmax_with_loss", "a3", "t"),
    ]
    if decayed:
        nodes += [node("squared", "square", decayed), node("penalty", "sum", "squared")]
        nodes += [node("loss", "add", "error", "penalty")]
    graph = Graph(tuple(nodes), "loss" if decayed else "error")
    plan = Plan(graph, dtype=np.float64)
    assert [isinstance(plan.kernels[name], HiddenAffine) for name in ("a1", "a2", "a3")] == [False, True, True]
    agree(plan, graph, rtol=1e-12, atol=1e-13)
    for name, units in (("h1", 6), ("h2", 2)):
        wide = widened(plan.value[name])
        assert wide.shape == (5, units + 1)
        assert (wide[:, -1] == 1).all()


@pytest.mark.parametrize("wrt", [("W1", "b1", "W2"), ("W2", "b2"), ("W1",), ("x", "b2")])
def test_a_bias_without_its_weights_stays_apart(pixels: np.ndarray, wrt: tuple[str, ...]) -> None:
    rows, labels = [1, 2, 3], np.arange(30) % 4
    tables = {"t": Table(labels)} | ({} if "x" in wrt else {"x": Table(pixels, 1 / 255)})
    graph = net(pixels, rows, labels)
    plan = Plan(graph, wrt, np.float64, tables)
    plan.rows[:] = rows
    agree(plan, graph, rtol=1e-12, atol=1e-13)


def test_weights_that_two_layers_share() -> None:
    rng = np.random.default_rng(7)
    nodes = [
        *(leaf(name, rng.normal(size=size)) for name, size in {"x": (5, 3), "W": (3, 3), "b": 3, "c": 3}.items()),
        node("a1", "affine", "x", "W", "b"),
        node("h1", "relu", "a1"),
        node("a2", "affine", "h1", "W", "c"),
        node("h2", "relu", "a2"),
        node("a3", "affine", "h2", "W", "b"),
        node("out", "sum", "a3"),
    ]
    graph = Graph(tuple(nodes), "out")
    agree(Plan(graph, dtype=np.float64), graph, rtol=1e-12, atol=1e-13)


def convnet(rng: np.random.Generator, channels: int, size: int, *, ties: bool = False) -> Graph:
    """conv - relu - pool twice, then flatten, affine and loss."""
    x = rng.normal(size=(4, channels, 13, 12))
    if ties:
        x = np.round(x)
        x[:, :, 4:] = 0
    nodes = (
        leaf("x", x),
        leaf("t", [0, 2, 1, 1]),
        leaf("W1", np.round(rng.normal(size=(5, channels, 3, 2))) if ties else rng.normal(size=(5, channels, 3, 2))),
        leaf("b1", rng.normal(size=5)),
        leaf("W2", rng.normal(size=(3, 5, 2, 2))),
        leaf("b2", rng.normal(size=3)),
        node("conv1", "conv", "x", "W1", "b1"),
        node("relu1", "relu", "conv1"),
        node("pool1", "pool", "relu1", size=size, stride=size),
        node("conv2", "conv", "pool1", "W2", "b2"),
        node("relu2", "relu", "conv2"),
        node("pool2", "pool", "relu2", size=1, stride=1),
        node("flat", "flatten", "pool2"),
    )
    width = evaluate(Graph(nodes, "flat")).output.shape[1]
    head = (leaf("W3", rng.normal(size=(width, 3))), leaf("b3", np.zeros(3)), node("y", "affine", "flat", "W3", "b3"))
    return Graph((*nodes, *head, node("loss", "softmax_with_loss", "y", "t")), "loss")


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize(("channels", "size"), [(1, 2), (3, 2), (2, 3), (1, 1)])
def test_convolution_fused_with_relu_and_pool(channels: int, size: int, ties: bool) -> None:
    graph = convnet(np.random.default_rng(6), channels, size, ties=ties)
    plan = Plan(graph, dtype=np.float64)
    assert str(plan).count("= conv-relu-pool(") == 2
    assert "flatten" not in str(plan)
    agree(Plan(graph, [n.id for n in graph.inputs if n.id != "t"], np.float64), graph, rtol=1e-10, atol=1e-12)


def test_convolution_that_others_read_stays_as_it_is() -> None:
    graph = convnet(np.random.default_rng(7), 1, 2)
    more = (node("seen", "sum", "relu1"), node("both", "add", "loss", "seen"))
    watched = Graph((*graph.nodes, *more), "both")
    plan = Plan(watched, ("W1", "b1"), np.float64)
    assert str(plan).count("= conv-relu-pool(") == 1
    agree(plan, watched, rtol=1e-10, atol=1e-12)
