"""Two executors, one graph: a plan gives what an evaluation gives, on every op, the gallery and random graphs."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from engine import Graph, Node, evaluate
from engine.errors import GraphError
from engine.gallery import GALLERY
from engine.lit import Lit
from engine.plan import Plan, Table
from engine.plan.buffer import widened
from engine.plan.kernel import KERNELS, Rules
from engine.plan.linear import HiddenAffine
from engine.plan.passes import PASSES
from engine.plan.pixels import PixelAffine
from tests.engine.graphs import graphs
from tests.engine.samples import SAMPLES, Sample


def agree(plan: Plan, graph: Graph, **tolerance: float) -> None:
    """Value and every gradient asked for, also when run again."""
    expected = evaluate(graph)
    for _ in range(2):
        plan.run()
    np.testing.assert_allclose(plan.value[graph.output], expected.output, **tolerance)
    for name in plan.wrt:
        np.testing.assert_allclose(plan.get(name, gradient=True), expected.gradients[name], err_msg=name, **tolerance)


def executors_agree(graph: Graph) -> None:
    for passes in ((), PASSES):
        agree(Plan(graph, dtype=np.float64, passes=passes), graph, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_every_op(sample: Sample) -> None:
    executors_agree(sample.graph())


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.kind not in ("kink", "scalar")], ids=str)
def test_every_op_in_single_precision(sample: Sample) -> None:
    agree(Plan(sample.graph()), sample.graph(), rtol=2e-4, atol=2e-5)


@pytest.mark.parametrize("entry", GALLERY, ids=lambda entry: entry.slug)
def test_every_gallery_graph(entry: Any) -> None:
    executors_agree(entry.graph())


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_random_graphs(graph: Graph) -> None:
    executors_agree(graph)


def test_every_kernel_stands_in_for_an_op_that_has_samples() -> None:
    assert KERNELS.keys() <= {sample.op for sample in SAMPLES}
    assert all(issubclass(kernel, object) and kernel is not Rules for kernel in KERNELS.values())


def node(name: str, op: str, *inputs: str, **attrs: Any) -> Node:
    return Node(name, op, inputs, attrs)


def leaf(name: str, value: Any) -> Node:
    return Node(name, "input", value=np.asarray(value, dtype=np.float64))


@pytest.fixture
def pixels() -> np.ndarray:
    """Rows of 20 pixels of which some columns are seldom lit and two never."""
    rng = np.random.default_rng(3)
    lit = rng.random((30, 20)) < np.linspace(0.02, 0.9, 20)
    lit[:, 5:7] = False
    return (rng.integers(1, 256, (30, 20)) * lit).astype(np.uint8)


def net(pixels: np.ndarray, rows: list[int], labels: np.ndarray, *, decay: bool = False) -> Graph:
    rng = np.random.default_rng(4)
    nodes = [
        leaf("x", pixels[rows] / 255),
        leaf("t", labels[rows]),
        leaf("W1", rng.normal(size=(20, 6))),
        leaf("b1", rng.normal(size=6)),
        leaf("W2", rng.normal(size=(6, 4))),
        leaf("b2", rng.normal(size=4)),
        node("a1", "affine", "x", "W1", "b1"),
        node("h1", "relu", "a1"),
        node("a2", "affine", "h1", "W2", "b2"),
        node("error", "softmax_with_loss", "a2", "t"),
    ]
    if decay:
        nodes += [node("squared", "square", "W1"), node("penalty", "sum", "squared")]
        return Graph((*nodes, node("loss", "add", "error", "penalty")), "loss")
    return Graph(tuple(nodes), "error")


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


def test_table_feeds_an_input_of_any_op(pixels: np.ndarray) -> None:
    rows = [2, 9]
    graph = Graph((leaf("x", pixels[rows] / 255), leaf("w", np.ones(20)), node("out", "mul", "x", "w")), "out")
    plan = Plan(graph, ("w",), np.float64, {"x": Table(pixels, 1 / 255)})
    plan.rows[:] = rows
    agree(plan, graph, rtol=1e-12)


def test_columns_sorted_by_how_often_they_are_lit(pixels: np.ndarray) -> None:
    lit = Lit.sort(pixels)
    np.testing.assert_array_equal(lit.rows[:, :-1], pixels[:, lit.order])
    assert (lit.rows[:, -1] == 255).all()
    assert (np.diff((lit.rows[:, :-1] > 0).sum(axis=0)) >= 0).all()
    for row, start in zip(lit.rows, lit.start, strict=True):
        assert not row[:start].any()
        assert row[start]


def test_flat_array_by_name_and_back(pixels: np.ndarray) -> None:
    labels = np.arange(30) % 4
    graph = net(pixels, [0, 1], labels)
    plan = Plan(graph, ("W1", "b1", "W2", "b2"), tables={"x": Table(pixels, 1 / 255), "t": Table(labels)})
    named = plan.named(plan.parameters)
    for name in plan.wrt:
        np.testing.assert_allclose(named[name], graph[name].value, rtol=1e-6)
        np.testing.assert_array_equal(named[name], plan.get(name))
    flat = np.zeros_like(plan.parameters)
    plan.load(flat, named)
    np.testing.assert_array_equal(flat, plan.parameters)


def test_seed_scales_every_gradient(pixels: np.ndarray) -> None:
    graph = net(pixels, [0, 1, 2], np.arange(30) % 4)
    plan = Plan(graph, ("W1", "b2"), np.float64)
    plan.seed = 0.5
    plan.run()
    np.testing.assert_allclose(plan.get("W1", gradient=True), 0.5 * evaluate(graph).gradients["W1"], rtol=1e-12)


def test_plan_reads_as_a_list_of_steps() -> None:
    graph = Graph((leaf("x", 2), leaf("y", 3), node("p", "mul", "x", "y"), node("z", "exp", "p")), "z")
    assert str(Plan(graph, ("x",))).splitlines() == ["p = mul(x, y)", "z = exp(p)", "∂p ← exp(∂z)", "∂x ← mul(∂p)"]


def test_nothing_is_differentiated_that_nobody_asked_for() -> None:
    graph = Graph((leaf("x", [1.0, 2]), leaf("w", [3.0, 4]), node("p", "mul", "x", "w"), node("s", "sum", "p")), "s")
    plan = Plan(graph, ("w",))
    assert plan.gradient.keys() == {"w", "p", "s"}
    assert Plan(graph, ()).backward_steps == []


@pytest.mark.parametrize("name", ["p", "nothing"])
def test_wrt_must_be_an_input(name: str) -> None:
    graph = Graph((leaf("x", 1), node("p", "neg", "x")), "p")
    with pytest.raises(GraphError, match=name):
        Plan(graph, (name,))


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
