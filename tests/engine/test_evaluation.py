"""Values and gradients of graphs: the chapter's digits, fan-out, depth, seeds, unreached nodes, wrong rules."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import engine
from engine import Edge, Evaluation, Graph, Node, evaluate
from engine.check import check
from engine.errors import GraphError, ShapeError
from engine.op import OPS, Rule, register
from engine.value import as_array
from tests.engine.graphs import graphs


def of(source: str, **inputs: Any) -> Evaluation:
    return evaluate(engine.parse(source), inputs)


def test_the_books_shopping_prints_its_digits() -> None:
    result = of("apple = 100\napple_num = 2\ntax = 1.1\napple_price = apple * apple_num\nprice = apple_price * tax")
    assert result.output == 220.00000000000003
    assert result.gradients["apple"] == 2.2
    assert result.gradients["apple_num"] == 110.00000000000001
    assert result.gradients["tax"] == 200


def test_apples_and_oranges_print_their_digits() -> None:
    result = of(
        "apple = 100\napple_num = 2\norange = 150\norange_num = 3\ntax = 1.1\n"
        "price = (apple * apple_num + orange * orange_num) * tax"
    )
    assert result.output == 715.0000000000001
    assert [result.gradients[i] for i in ("apple_num", "apple", "orange", "orange_num", "tax")] == [
        110.00000000000001,
        2.2,
        3.3000000000000003,
        165.0,
        650,
    ]


def test_edges_keep_what_they_carried_before_the_sum() -> None:
    result = of("x = 3\ny = x * x + x")
    assert [(e.edge, e.value, e.local, e.gradient) for e in result.edges] == [
        (Edge("x", "mul", 0), 3, 3, 3),
        (Edge("x", "mul", 1), 3, 3, 3),
        (Edge("mul", "y", 0), 9, 1, 1),
        (Edge("x", "y", 1), 3, 1, 1),
    ]
    assert tuple(e.edge for e in result.edges) == result.graph.edges
    assert [(e.source, e.target, e.slot) for e in result.edges[:2]] == [("x", "mul", 0), ("x", "mul", 1)]
    assert result.gradients["x"] == 7


def test_edge_gradients_are_unbroadcast_and_locals_have_the_shape_of_the_output() -> None:
    result = of("x = [[1, 2, 3], [4, 5, 6]]\nb = [[1], [2]]\ny = x * b")
    x, b = result.edges
    np.testing.assert_array_equal(b.gradient, [[6], [15]])
    np.testing.assert_array_equal(b.local, [[1, 2, 3], [4, 5, 6]])
    np.testing.assert_array_equal(x.local, [[1, 1, 1], [2, 2, 2]])


def test_edges_of_other_ops_have_no_local() -> None:
    assert [edge.local for edge in of("x = [1, 2]\ny = x.sum()").edges] == [None]


@pytest.mark.parametrize("seed", [2, 2.0, [2, 2]])
def test_seed_is_a_number_or_has_the_shape_of_the_output(seed: Any) -> None:
    result = evaluate(engine.parse("x = [1, 2]\ny = x * 3"), seed=seed)
    np.testing.assert_array_equal(result.gradients["x"], [6, 6])


def test_seed_of_another_shape_is_refused() -> None:
    with pytest.raises(ShapeError, match=r"\(3,\).*\(2,\)"):
        evaluate(engine.parse("x = [1, 2]\ny = x * 3"), seed=[1, 2, 3])


def test_node_that_leads_nowhere_has_a_gradient_of_zeros() -> None:
    graph = engine.parse("x = [1, 2]\ny = x * 3\nz = x + 1")
    result = evaluate(Graph(graph.nodes, "y"))
    np.testing.assert_array_equal(result.gradients["z"], [0, 0])
    np.testing.assert_array_equal(result.gradients["x"], [3, 3])
    unreached = next(e for e in result.edges if e.edge == Edge("x", "z", 0))
    np.testing.assert_array_equal(unreached.gradient, [0, 0])
    np.testing.assert_array_equal(unreached.local, [1, 1])


def test_an_input_may_be_the_output() -> None:
    assert of("x = 4").gradients["x"] == 1


@pytest.mark.parametrize(("x", "y"), [(3, np.float64(9)), ([3, 4], np.array([9.0, 16.0]))], ids=["tape", "arrays"])
def test_what_was_found_is_read_by_name_and_stays_as_it_is(x: Any, y: Any) -> None:
    result = of("x = 0\ny = x * x", x=x)
    assert [*result.values] == [*result.gradients] == ["x", "y"]
    assert len(result.values) == 2
    assert type(result.values["y"]) is type(y)
    assert np.array_equal(result.values["y"], y)
    assert "z" not in result.values
    assert f"'y': {y!r}" in repr(result.values)
    with pytest.raises(KeyError):
        result.gradients["z"]
    with pytest.raises(TypeError):
        result.values["x"] = 1  # type: ignore[index]


def test_other_values_leave_the_graph_as_it_was() -> None:
    graph = engine.parse("x = 3\ny = x * x")
    changed = evaluate(graph, {"x": [1, 2]})
    assert (changed.graph["x"].value == [1, 2]).all()
    assert graph["x"].value == 3
    assert evaluate(graph).output == 9
    assert [n.id for n in changed.graph.inputs] == ["x"]
    assert changed.graph.edges == graph.edges


def test_only_inputs_take_values() -> None:
    with pytest.raises(GraphError, match="only input nodes"):
        of("x = 3\ny = x * x", y=1)


def test_first_node_that_is_not_finite_is_named() -> None:
    assert [(w.node, w.kind) for w in of("x = 0\ny = log(x)\nz = y * 2").warnings] == [("y", "value")]
    assert [(w.node, w.kind) for w in of("x = 0\ny = sqrt(x)\nz = y * 2").warnings] == [("x", "gradient")]
    assert of("x = 1\ny = log(x)").warnings == ()


@pytest.mark.parametrize("depth", [100_000])
def test_depth_has_no_limit(depth: int) -> None:
    nodes = [Node("n0", "input", value=as_array(1.0))]
    nodes += [Node(f"n{k}", "add", (f"n{k - 1}", "n0")) for k in range(1, depth)]
    result = evaluate(Graph(tuple(reversed(nodes)), f"n{depth - 1}"))
    assert result.output == depth
    assert result.gradients["n0"] == depth


@pytest.mark.parametrize(
    "gradients",
    [
        lambda g, out, x: (np.ones((2, 3)),),
        lambda g, out, x: (np.ones(()),),
        lambda g, out, x: (g, g),
        lambda g, out, x: (g @ np.ones((9, 9)),),
    ],
    ids=["transposed", "too small", "too many", "raising"],
)
def test_wrong_backward_rule_is_an_error_that_says_where(gradients: Any) -> None:
    def wrong(x: Any) -> Any:
        """Wrong on purpose."""
        return x * 2

    try:
        register(wrong, gradients, symbol="?", rule=Rule("y", ("g",)))
        with pytest.raises(ShapeError, match=r"backward rule of wrong .* \(3, 2\) for x") as error:
            of("x = [[1, 2], [3, 4], [5, 6]]\ny = wrong(x)")
        assert (error.value.node, error.value.slot) == ("y", 0)
    finally:
        OPS.pop("wrong")


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_gradients_of_random_graphs_agree_with_central_differences(graph: Graph) -> None:
    result = check(graph, epsilon=1e-5)
    for entry in result.inputs.values():
        assert entry.max_rel_error < 1e-3 or entry.mean_abs_diff < 1e-6


@settings(max_examples=30, deadline=None)
@given(graphs())
def test_node_gradient_is_the_sum_over_its_edges(graph: Graph) -> None:
    result = evaluate(graph)
    for node in graph:
        out = [edge.gradient for edge in result.edges if edge.edge.source == node.id]
        total = sum(out, np.zeros(result.values[node.id].shape)) + (node.id == graph.output)
        np.testing.assert_allclose(result.gradients[node.id], total, rtol=1e-9, atol=1e-12)


def test_shapes_that_clash_are_told_without_stray_spaces() -> None:
    with pytest.raises(ShapeError) as refused:
        evaluate(engine.parse("a = [1, 2]\nb = [1, 2, 3]\nc = a + b"))
    assert refused.value.message.endswith("with shapes (2,) (3,))")
