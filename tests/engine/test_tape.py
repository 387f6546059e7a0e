"""The tape gives the very bits that the walk through NumPy's numbers gives: every op, any depth, finite or not."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Graph, Node, evaluate
from engine.backprop import walk_backward, walk_forward
from engine.budget import Budget
from engine.errors import LimitError, ShapeError
from engine.evaluation import Evaluation
from engine.gallery import GALLERY
from engine.op import OPS
from engine.value import as_array
from tests.engine.samples import SAMPLES, Sample

ONE = np.float64(1)
wild = st.sampled_from((0.0, -0.0, 1.0, -1.0, 1e308, -1e-308, float("inf"), float("nan"))) | st.floats(-9, 9)


def leaf(name: str, value: Any) -> Node:
    return Node(name, "input", value=as_array(value))


def bits(found: Any) -> bytes:
    """What an evaluation found, zeros with their sign; one NaN is like another."""
    numbers = np.array([np.nan if np.isnan(one) else one for one in found])
    return numbers.tobytes()


def agree(graph: Graph, seed: Any = ONE) -> None:
    assert graph.tape is not None
    result, walked = evaluate(graph, seed=seed), walk_backward(graph, walk_forward(graph), seed)
    expected = Evaluation(graph, walked)
    for found in ("values", "gradients"):
        assert bits(getattr(result, found).values()) == bits(getattr(expected, found).values()), found
    for part in ("value", "local", "gradient"):
        assert bits(getattr(e, part) for e in result.edges) == bits(getattr(e, part) for e in expected.edges), part
    if result.numbers is not None:
        assert bits(result.numbers.values) == bits(expected.values.values())
        assert bits(result.numbers.gradients) == bits(expected.gradients.values())
        assert bits(result.numbers.locals) == bits(edge.local for edge in expected.edges)
        assert bits(result.numbers.carried) == bits(edge.gradient for edge in expected.edges)
    assert all(type(value) is np.float64 for value in (*result.values.values(), *result.gradients.values()))
    assert result.output.shape == ()


def scalar(sample: Sample) -> bool:
    return OPS[sample.op].elementwise and all(np.ndim(value) == 0 for value in sample.inputs)


@pytest.mark.parametrize("sample", [sample for sample in SAMPLES if scalar(sample)], ids=str)
def test_every_element_wise_op(sample: Sample) -> None:
    agree(sample.graph())


@pytest.mark.parametrize("entry", GALLERY, ids=lambda entry: entry.slug)
def test_gallery_graphs_of_single_numbers(entry: Any) -> None:
    graph = entry.graph()
    if all(node.value is None or node.value.ndim == 0 for node in graph) and all(
        node.leaf or OPS[node.op].elementwise for node in graph
    ):
        agree(graph)
    else:
        assert graph.tape is None


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_graph_of_any_numbers(data: st.DataObject) -> None:
    nodes = [leaf(f"x{k}", data.draw(wild)) for k in range(3)]
    for k in range(data.draw(st.integers(1, 8))):
        op = data.draw(st.sampled_from([op for op in OPS.values() if op.elementwise]))
        places = st.integers(0, len(nodes) - 1)
        nodes.append(Node(f"n{k}", op.name, tuple(nodes[data.draw(places)].id for _ in op.slots)))
    agree(Graph(tuple(nodes), data.draw(st.sampled_from(nodes)).id), np.float64(data.draw(wild)))


def test_value_used_twice_and_a_node_that_leads_nowhere() -> None:
    nodes = (leaf("x", 3), leaf("y", 5), Node("s", "mul", ("x", "x")), Node("idle", "add", ("s", "y")))
    agree(Graph(nodes, "s"))


def test_other_numbers_run_on_the_same_tape_and_arrays_leave_it() -> None:
    graph = Graph((leaf("x", 2), leaf("y", 3), Node("p", "mul", ("x", "y")), Node("e", "exp", ("p",))), "e")
    changed = graph.with_values({"x": -1.5})
    assert changed.tape is graph.tape
    agree(changed)
    agree(graph)
    arrays = changed.with_values({"x": [1, 2]})
    assert arrays.tape is None
    assert evaluate(arrays).output.shape == (2,)
    agree(arrays.with_values({"x": 4}))
    assert arrays.with_values({"x": [4]}).tape is None


@pytest.mark.parametrize(("x", "y"), [(1, 0), (0, 0), (-2, 0), (1e308, 1e-308), (float("inf"), 2)])
def test_goes_on_where_floats_refuse(x: float, y: float) -> None:
    nodes = (leaf("x", x), leaf("y", y), Node("d", "div", ("x", "y")), Node("q", "mul", ("d", "x")))
    agree(Graph(nodes, "q"))
    agree(Graph((*nodes[:3], Node("e", "exp", ("d",)), Node("l", "log", ("e",))), "l"))


def test_a_seed_is_one_number() -> None:
    graph = Graph((leaf("x", 2), Node("s", "square", ("x",))), "s")
    assert evaluate(graph, seed=3).gradients["x"] == 12
    with pytest.raises(ShapeError, match=r"\(2,\)"):
        evaluate(graph, seed=[1, 2])


def test_numbers_count_in_a_budget() -> None:
    graph = Graph((leaf("x", 1), leaf("y", 0), Node("d", "div", ("x", "y")), Node("s", "square", ("x",))), "s")
    for output in ("s", "d"):
        budget = Budget(elements=7, seconds=60)
        evaluate(Graph(graph.nodes, output), budget=budget)
        with pytest.raises(LimitError) as error:
            evaluate(Graph(graph.nodes, output), budget=budget)
        assert error.value.limit == "elements"
    with pytest.raises(LimitError, match="longer than"):
        evaluate(graph, budget=Budget(elements=100, seconds=-1.0))


def test_twenty_thousand_nodes_deep() -> None:
    nodes = [leaf("n0", 1.25), leaf("w", 0.9999)]
    nodes += [Node(f"n{k}", "mul" if k % 2 else "add", (f"n{k - 1}", "w")) for k in range(1, 20_000)]
    agree(Graph(tuple(nodes), nodes[-1].id))
