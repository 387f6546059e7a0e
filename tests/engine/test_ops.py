"""Every op of the catalogue: values, gradients against central differences, conventions, refusals."""

from typing import Any

import numpy as np
import pytest

from engine import Graph, Node, evaluate
from engine.attr import TYPES
from engine.check import check
from engine.errors import EngineError, OpError, ShapeError
from engine.op import OPS
from engine.value import as_array
from tests.engine.samples import SAMPLES, Sample, needed

SMOOTH = [sample for sample in SAMPLES if sample.kind != "kink"]
KINKED = [sample for sample in SAMPLES if sample.kind == "kink"]


def run(op: str, *inputs: Any, **attrs: Any) -> tuple[np.ndarray, list[np.ndarray]]:
    """An op's value, and the gradient of each of its inputs."""
    leaves = tuple(Node(f"x{k}", "input", value=as_array(value)) for k, value in enumerate(inputs))
    result = evaluate(Graph((*leaves, Node("out", op, tuple(leaf.id for leaf in leaves), attrs)), "out"))
    return result.output, [result.gradients[leaf.id] for leaf in leaves]


@pytest.mark.parametrize("op", OPS.values(), ids=lambda op: op.name)
def test_op_has_every_sample_that_it_needs(op: Any) -> None:
    assert needed(op) <= {sample.kind for sample in SAMPLES if sample.op == op.name}


@pytest.mark.parametrize("op", OPS.values(), ids=lambda op: op.name)
def test_op_tells_what_it_is(op: Any) -> None:
    assert op.summary.endswith(".")
    assert op.symbol
    assert op.source
    assert op.rule.forward
    assert all(op.rule.local)
    assert "Rule:    ∂" in (op.forward.__doc__ or "")
    assert set(op.types.values()) <= TYPES.keys()


@pytest.mark.parametrize("sample", SMOOTH, ids=str)
def test_backprop_agrees_with_central_differences(sample: Sample) -> None:
    graph = sample.graph()
    seed = np.random.default_rng(1).normal(size=evaluate(graph).output.shape)
    result = check(graph, seed=seed, epsilon=1e-5)
    assert not result.kinks
    for entry in result.inputs.values():
        assert entry.backprop.shape == entry.numerical.shape
        assert entry.mean_abs_diff < 1e-7
        assert entry.max_rel_error < 1e-5


@pytest.mark.parametrize("sample", KINKED, ids=str)
def test_kinks_are_told_and_left_out(sample: Sample) -> None:
    result = check(sample.graph(), epsilon=1e-4)
    assert result.kinks
    assert {kink.node for kink in result.kinks} == {"out"}
    assert all(entry.max_rel_error < 1e-5 for entry in result.inputs.values())


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_rules_change_nothing_and_repeat_exactly(sample: Sample) -> None:
    graph = sample.graph()
    before = {node.id: node.value.copy() for node in graph.inputs if node.value is not None}
    first, second = evaluate(graph), evaluate(graph)
    for node_id, value in before.items():
        np.testing.assert_array_equal(graph[node_id].value, value)
        np.testing.assert_array_equal(first.gradients[node_id], second.gradients[node_id])
    np.testing.assert_array_equal(first.output, second.output)
    assert all(value.dtype == np.float64 for value in (*first.values.values(), *first.gradients.values()))


@pytest.mark.parametrize(
    ("op", "x", "expected"),
    [
        ("relu", [-1, 0, 2], [0, 0, 1]),
        ("abs", [-1, 0, 2], [-1, 0, 1]),
        ("leaky_relu", [-1, 0, 2], [0.01, 0.01, 1]),
        ("max", [1, 3, 3], [0, 1, 0]),
        ("sigmoid", [-800, 0, 800], [0, 0.25, 0]),
        ("softplus", [-800, 0, 800], [0, 0.5, 1]),
        ("tanh", [-800, 0, 800], [0, 1, 0]),
        ("gelu", [-1e200, 0, 1e200], [0, 0.5, 1]),
    ],
)
def test_derivative_where_conventions_or_overflow_matter(op: str, x: list[float], expected: list[float]) -> None:
    out, (gradient,) = run(op, x)
    np.testing.assert_array_equal(gradient, expected)
    assert np.isfinite(out).all()


@pytest.mark.parametrize("op", ["maximum", "minimum"])
def test_first_operand_takes_the_gradient_of_a_tie(op: str) -> None:
    _, gradients = run(op, 2, 2)
    assert gradients == [1, 0]


def test_maximum_over_several_axes_takes_the_first_in_reading_order() -> None:
    _, (gradient,) = run("max", [[[1, 5], [5, 0]], [[5, 1], [2, 5]]], axis=[0, 2])
    np.testing.assert_array_equal(gradient, [[[0, 1], [1, 0]], [[0, 0], [0, 0]]])


def test_pooling_ties_take_the_first_in_reading_order() -> None:
    _, (gradient,) = run("pool", [[[[0, 4], [4, 4]]]])
    np.testing.assert_array_equal(gradient, [[[[0, 1], [0, 0]]]])


def test_pool_leaves_out_what_fills_no_window() -> None:
    out, _ = run("pool", np.arange(25.0).reshape(1, 1, 5, 5).tolist())
    np.testing.assert_array_equal(out, [[[[6, 8], [16, 18]]]])


@pytest.mark.parametrize(("base", "exponent", "expected"), [(-3.0, 2.0, -6.0), (0.0, 1.0, 1.0), (0.0, 0.0, 0.0)])
def test_powers_of_negative_numbers_keep_finite_gradients(base: float, exponent: float, expected: float) -> None:
    _, gradients = run("pow", base, exponent)
    assert gradients == [expected, 0]


@pytest.mark.parametrize(
    ("op", "inputs", "value", "gradient"),
    [("log", (0,), -np.inf, np.inf), ("sqrt", (0,), 0, np.inf), ("div", (1, 0), np.inf, np.inf)],
)
def test_poles_are_told_honestly(op: str, inputs: tuple[float, ...], value: float, gradient: float) -> None:
    out, gradients = run(op, *inputs)
    assert (out, gradients[0]) == (value, gradient)


def test_softmax_is_shifted() -> None:
    out, _ = run("softmax", [1000, 1000, -1000])
    np.testing.assert_array_equal(out, [0.5, 0.5, 0])


def test_softmax_with_loss_is_exact_for_extreme_scores() -> None:
    out, (gradient, _) = run("softmax_with_loss", [[0, -1000]], [1])
    assert out == 1000
    np.testing.assert_array_equal(gradient, [[1, -1]])


@pytest.mark.parametrize("t", [[2, 0], [[0, 0, 1], [1, 0, 0]]])
def test_gradient_of_softmax_with_loss_is_y_minus_t_over_n(t: Any) -> None:
    x = np.array([[0.3, 2.9, 4.0], [1.0, -1.0, 0.5]])
    y = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    _, (gradient, _) = run("softmax_with_loss", x.tolist(), t)
    np.testing.assert_allclose(gradient, (y - [[0, 0, 1], [1, 0, 0]]) / 2, rtol=1e-12)


def test_cross_entropy_error_is_the_books() -> None:
    y = [0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0]
    out, _ = run("cross_entropy_error", y, [0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    assert out == 0.510825457099338


def test_sum_squared_error_is_the_books() -> None:
    y = [0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0]
    out, _ = run("sum_squared_error", y, [0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    assert out == pytest.approx(0.0975, abs=1e-15)


def test_batch_norm_uses_the_books_epsilon() -> None:
    out, _ = run("batch_norm", [[0.0], [0.002]], [1.0], [0.0])
    np.testing.assert_allclose(out, [[-0.001 / np.sqrt(2e-6)], [0.001 / np.sqrt(2e-6)]], rtol=1e-12)


def test_dropout_is_the_books_and_follows_from_its_seed() -> None:
    ones = [1.0] * 1000
    first, (gradient,) = run("dropout", ones, ratio=0.2, seed=3)
    again, _ = run("dropout", ones, ratio=0.2, seed=3)
    other, _ = run("dropout", ones, ratio=0.2, seed=4)
    at_rest, _ = run("dropout", ones, ratio=0.2, training=False)
    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(first, gradient)
    assert (first != other).any()
    assert set(first) == {0, 1}
    assert first.mean() == pytest.approx(0.8, abs=0.05)
    np.testing.assert_array_equal(at_rest, [0.8] * 1000)


def test_convolution_is_a_sum_of_products_over_windows() -> None:
    out, _ = run(
        "conv", [[[[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1]]]], [[[[2, 0, 1], [0, 1, 2], [1, 0, 2]]]], [3]
    )
    np.testing.assert_array_equal(out, [[[[18, 19], [9, 18]]]])


@pytest.mark.parametrize(
    ("op", "inputs", "attrs", "words"),
    [
        ("add", ([1, 2], [1, 2, 3]), {}, r"\(2,\).*\(3,\)"),
        ("dot", ([[1, 2]], [[1, 2]]), {}, r"\(1, 2\).*\(1, 2\)"),
        ("matmul", ([[1, 2]], [[1, 2]]), {}, r"\(1, 2\).*\(1, 2\)"),
        ("matmul", (1, [1]), {}, "use mul"),
        ("matmul", ([[[1]]] * 2, [[[1]]] * 3), {}, r"\(2, 1, 1\).*\(3, 1, 1\)"),
        ("affine", ([[1, 2]], [[1], [2], [3]], [0]), {}, r"\(1, 2\).*\(3, 1\)"),
        ("affine", ([1], [1], [0]), {}, r"W is \(1,\)"),
        ("affine", (1, [[1]], [0]), {}, r"x is \(\)"),
        ("affine", ([1], [[1, 2]], [[0, 0], [0, 0]]), {}, r"b is \(2, 2\)"),
        ("affine", ([1], [[1, 2]], [0, 0, 0]), {}, r"\(3,\)"),
        ("sum", ([1, 2],), {"axis": 1}, "axis 1 does not exist"),
        ("mean", ([[1]],), {"axis": [0, -2]}, "twice"),
        ("mean", ([],), {}, "at least one element"),
        ("max", ([[]],), {"axis": 1}, "at least one element"),
        ("reshape", ([1, 2],), {"shape": [3]}, r"\(3,\) of x \(2,\)"),
        ("reshape", ([1, 2],), {"shape": [-1, -1]}, "at most one -1"),
        ("reshape", ([],), {"shape": [0, -1]}, r"\(0, -1\)"),
        ("transpose", ([[1]],), {"axes": [0]}, "needs 2 axes"),
        ("broadcast_to", ([1, 2],), {"shape": [3]}, r"\(3,\) of x \(2,\)"),
        ("broadcast_to", ([1, 2],), {"shape": [-1]}, "from 0"),
        ("concat", ([[1]], [[1, 2]], [1]), {}, r"\(1, 1\).*\(1, 2\)"),
        ("concat", (1, 2), {}, "axis 0 does not exist"),
        ("softmax", (1,), {}, r"\(\)"),
        ("softmax", ([[]],), {}, r"\(1, 0\)"),
        ("softmax_with_loss", ([[1, 2]], [2]), {}, "labels from 0 to 1"),
        ("softmax_with_loss", ([[1, 2]], [float("nan")]), {}, "labels from 0 to 1"),
        ("cross_entropy_error", ([[1, 2]], [-1]), {}, "labels from 0 to 1"),
        ("cross_entropy_error", ([[1, 2]], [1, 0]), {}, r"\(1, 2\) \(one-hot\) or \(1,\) \(labels\).*\(2,\)"),
        ("mean_squared_error", ([1, 2], [1]), {}, r"\(2,\).*\(1,\)"),
        ("sum_squared_error", ([], []), {}, "at least one"),
        ("batch_norm", ([[1, 2]], [1, 2, 3], 0), {}, r"gamma of shape \(2,\)"),
        ("batch_norm", (1, 1, 0), {}, "needs a batch"),
        ("conv", ([1], [1], [1]), {}, "images"),
        ("conv", ([[[[1]]]], [1], [1]), {}, "filters"),
        ("conv", ([[[[1]]]], [[[[1]], [[1]]]], [1]), {}, "channels"),
        ("conv", ([[[[1]]]], [[[[1]]]], [1, 2]), {}, "one bias a filter"),
        ("conv", ([[[[1]]]], [[[[1, 1]]]], [1]), {}, r"\(1, 2\).*\(1, 1\)"),
        ("pool", ([[[[1]]]],), {}, r"\(2, 2\).*\(1, 1\)"),
        ("pool", ([[[]]],), {}, "images"),
    ],
)
def test_misfits_name_shapes_node_and_slot(op: str, inputs: tuple[Any, ...], attrs: dict[str, Any], words: str) -> None:
    with pytest.raises(ShapeError, match=words) as error:
        run(op, *inputs, **attrs)
    assert error.value.node == "out"
    assert error.value.slot is not None


@pytest.mark.parametrize(
    ("op", "attrs"),
    [
        ("sum", {"axis": "a"}),
        ("sum", {"axis": 1.5}),
        ("sum", {"axis": True}),
        ("sum", {"keepdims": 1}),
        ("sum", {"dim": 1}),
        ("clip", {"low": "0"}),
        ("clip", {"low": float("nan")}),
        ("clip", {"high": [1]}),
        ("leaky_relu", {"slope": None}),
        ("dropout", {"ratio": 1}),
        ("dropout", {"ratio": -0.1}),
        ("dropout", {"seed": -1}),
        ("pool", {"stride": 0}),
        ("pool", {"size": 1.0}),
        ("reshape", {}),
        ("reshape", {"shape": None}),
        ("reshape", {"shape": [2, -2]}),
        ("broadcast_to", {"shape": [10**30]}),
        ("broadcast_to", {"shape": "3"}),
        ("transpose", {"axes": {"0": 1}}),
        ("concat", {"axis": None}),
        ("batch_norm", {"epsilon": float("inf")}),
    ],
)
def test_wrong_attrs_are_refused_when_the_graph_is_made(op: str, attrs: dict[str, Any]) -> None:
    leaf = Node("x", "input", value=as_array([[[[1.0]]]]))
    with pytest.raises(OpError) as error:
        Graph((leaf, Node("out", op, ("x",) * len(OPS[op].slots), attrs)), "out")
    assert error.value.node == "out"


@pytest.mark.parametrize("shape", [[2**40, 2**40], [10**12]])
def test_a_shape_beyond_memory_is_refused(shape: list[int]) -> None:
    leaf = Node("x", "input", value=as_array(1.0))
    wide = Node("wide", "broadcast_to", ("x",), {"shape": shape})
    with pytest.raises(EngineError):
        evaluate(Graph((leaf, wide, Node("out", "exp", ("wide",))), "out"))
