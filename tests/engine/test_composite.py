"""Composites open and fold back with values and gradients unchanged."""

from dataclasses import replace

import numpy as np
import pytest

import engine
from engine import Graph, Node, evaluate
from engine.composite import collapse, expand, expandable
from engine.errors import GraphError, OpError
from engine.expansion import EXPANSIONS
from engine.graph import Group
from engine.op import OPS
from engine.value import as_array
from tests.engine.samples import SAMPLES, Sample

EXTREME = [[1000.0, 0.0, -1000.0], [0.0, 300.0, -300.0]]
WIDE = [
    *(Sample(op, "matrix", (EXTREME,)) for op in ("sigmoid", "tanh", "softplus", "softmax", "gelu")),
    Sample("softmax_with_loss", "matrix", (EXTREME, [0, 2])),
    Sample("softmax_with_loss", "matrix", (EXTREME, [[0, 0, 1], [0.5, 0.25, 0.25]])),
]
COMPOSITES = [s for s in SAMPLES if expandable(s.op) and s.kind != "kink"] + WIDE


def ops(graph: Graph) -> list[str]:
    return [node.op for node in graph if not node.leaf]


@pytest.mark.parametrize("sample", COMPOSITES, ids=lambda s: s.op)
def test_opened_composite_has_the_same_values_and_gradients(sample: Sample) -> None:
    closed = sample.graph()
    seed = np.random.default_rng(0).normal(size=evaluate(closed).output.shape)
    opened = expand(closed, "out")
    one, other = evaluate(closed, seed=seed), evaluate(opened, seed=seed)
    np.testing.assert_allclose(other.output, one.output, rtol=1e-12, atol=1e-13)
    for node in closed.inputs:
        np.testing.assert_allclose(other.gradients[node.id], one.gradients[node.id], rtol=1e-11, atol=1e-12)
    assert not any(expandable(op) for op in ops(opened))


@pytest.mark.parametrize("sample", COMPOSITES, ids=lambda s: s.op)
def test_folding_is_the_inverse_of_opening(sample: Sample) -> None:
    graph = sample.graph()
    folded = collapse(expand(graph, "out"), f"out:{sample.op}")
    assert folded.to_document() == graph.to_document()


@pytest.mark.parametrize("op", EXPANSIONS)
def test_every_expansion_belongs_to_an_op_and_is_tested(op: str) -> None:
    assert op in OPS
    assert any(sample.op == op for sample in COMPOSITES)


def test_sigmoid_opens_into_the_books_four_nodes() -> None:
    opened = expand(engine.parse("x = 1\ny = sigmoid(x)\nz = y * 2"), "y")
    assert ops(opened) == ["mul", "exp", "add", "reciprocal", "mul"]
    assert opened["z"].inputs[0] == "y"
    assert opened["y"].op == "reciprocal"
    assert opened.groups == (Group("y:sigmoid", "sigmoid", opened.groups[0].nodes, inputs=("x",)),)
    assert all(member == "y" or member.startswith("y.") for member in opened.groups[0].nodes)


def test_nested_composites_are_groups_of_their_own() -> None:
    graph = engine.parse("x = [[1, 2, 3]]\nt = [2]\nloss = softmax_with_loss(x, t)")
    opened = expand(graph, "loss")
    outer, inner = opened.groups
    assert (outer.op, inner.op) == ("softmax_with_loss", "softmax")
    assert set(inner.nodes) < set(outer.nodes)
    assert [opened[i].op for i in inner.nodes] == ["exp", "sum", "div"]
    half = collapse(opened, inner.id)
    assert half["loss.y"].op == "softmax"
    assert "loss.y" in half.groups[0].nodes
    assert evaluate(half).output == pytest.approx(float(evaluate(graph).output), rel=1e-14)
    again = expand(half, "loss.y")
    assert {node.id for node in again} == {node.id for node in opened}
    assert set(again.groups[0].nodes) == set(outer.nodes)
    assert ops(collapse(opened, outer.id)) == ["softmax_with_loss"]


@pytest.mark.parametrize("sample", COMPOSITES, ids=lambda s: s.op)
def test_groups_fold_one_by_one_from_within(sample: Sample) -> None:
    graph = sample.graph()
    opened = expand(graph, "out")
    for group in reversed(opened.groups):
        opened = collapse(opened, group.id)
    assert opened.to_document() == graph.to_document()


def test_label_goes_to_the_group_and_back() -> None:
    graph = engine.parse("x = 1\ny = sigmoid(x)")
    named = replace(graph, nodes=tuple(replace(n, label="gate") if n.id == "y" else n for n in graph))
    opened = expand(named, "y")
    assert opened.groups[0].label == "gate"
    assert opened["y"].label is None
    assert collapse(opened, "y:sigmoid")["y"].label == "gate"


def test_same_input_in_every_slot() -> None:
    graph = engine.parse("x = [1, 2]\ny = sum_squared_error(x, x)")
    assert evaluate(expand(graph, "y")).output == 0


def test_documents_of_opened_graphs_come_back() -> None:
    opened = expand(engine.parse("x = [[1, 2, 3]]\nt = [2]\nloss = softmax_with_loss(x, t)"), "loss")
    assert Graph.from_document(opened.to_document()).to_document() == opened.to_document()


def test_only_composites_open() -> None:
    graph = engine.parse("x = 1\ny = exp(x)")
    with pytest.raises(OpError, match="exp is no composite; these open: sigmoid"):
        expand(graph, "y")
    with pytest.raises(OpError):
        expand(graph, "x")
    with pytest.raises(GraphError, match="no node 'z'"):
        expand(graph, "z")


def test_taken_id_is_refused() -> None:
    graph = Graph((Node("y.exp", "input", value=as_array(1.0)), Node("y", "sigmoid", ("y.exp",))), "y")
    with pytest.raises(GraphError, match=r"'y\.exp' of an inner node is taken"):
        expand(graph, "y")


def test_group_that_was_changed_within_does_not_fold() -> None:
    opened = expand(engine.parse("x = 1\ny = sigmoid(x)"), "y")
    other = replace(opened, nodes=tuple(replace(n, op="square") if n.op == "exp" else n for n in opened))
    with pytest.raises(GraphError, match="no longer what sigmoid opens into"):
        collapse(other, "y:sigmoid")


def test_group_whose_inside_is_used_outside_does_not_fold() -> None:
    opened = expand(engine.parse("x = 1\ny = sigmoid(x)"), "y")
    used = replace(opened, nodes=(*opened.nodes, Node("peek", "neg", ("y.exp",))), output="peek")
    with pytest.raises(GraphError, match=r"'peek' uses 'y\.exp'") as error:
        collapse(used, "y:sigmoid")
    assert (error.value.node, error.value.slot) == ("peek", 0)


def test_group_must_exist_and_be_of_a_composite() -> None:
    graph = engine.parse("x = 1\ny = exp(x)")
    with pytest.raises(GraphError, match="no group"):
        collapse(graph, "y:exp")
    with pytest.raises(GraphError, match="no longer"):
        collapse(replace(graph, groups=(Group("y:exp", "exp", ("y",), inputs=("x",)),)), "y:exp")
