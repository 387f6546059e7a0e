"""Graph in, formula text out, and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Graph, Node, evaluate
from engine.errors import EngineError
from engine.formula import format as write
from engine.formula import parse
from engine.formula.literal import MODULES
from engine.formula.name import name_nodes
from engine.gallery import GALLERY, Entry
from engine.value import as_array
from tests.engine.graphs import graphs


def assert_same(graph: Graph) -> str:
    source = write(graph)
    again = parse(source).graph
    names = name_nodes((node.id for node in graph if node.op != "constant"), MODULES)
    before, after = evaluate(graph), evaluate(again)
    np.testing.assert_array_equal(before.output, after.output)
    assert [names[node.id] for node in graph.inputs] == [node.id for node in again.inputs]
    for node in graph.inputs:
        np.testing.assert_array_equal(before.values[node.id], after.values[names[node.id]])
        np.testing.assert_allclose(
            before.gradients[node.id], after.gradients[names[node.id]], rtol=1e-12, atol=1e-12, err_msg=source
        )
    return source


@pytest.mark.parametrize("entry", GALLERY, ids=lambda entry: entry.slug)
def test_the_gallery_is_written_as_it_reads(entry: Entry) -> None:
    assert assert_same(entry.graph()) == entry.source


@given(graphs())
@settings(max_examples=150, deadline=None)
def test_random_graphs_come_back(graph: Graph) -> None:
    source = assert_same(graph)
    assert write(parse(source).graph) == source


@pytest.mark.parametrize(
    "line",
    [
        "z = x * y + w",
        "z = x * (y + w)",
        "z = x - (y - w)",
        "z = x - y - w",
        "z = x / (y / w)",
        "z = x / y * w",
        "z = x / (y * w)",
        "z = x ** y ** w",
        "z = (x ** y) ** w",
        "z = (-x) ** 2",
        "z = -x ** 2",
        "z = 2 ** -x",
        "z = (-2) ** x",
        "z = -(x + y)",
        "z = -(x * y)",
        "z = -x * y",
        "z = x + (-1)",
        "z = x * -1",
        "z = -(-x)",
        "z = neg(2) * x",
        "z = neg(-2) + x",
        "z = (x @ y).T @ w.T",
        "z = (x + y).T",
        "z = transpose(2) + x",
        "z = -x.T",
        "z = 1 / (1 + exp(-x))",
        "z = sum(x * y, axis=0, keepdims=True)",
        "z = reshape(x, shape=(-1,))",
        "z = concat(x, y, axis=1)",
        "z = clip(x, low=-1, high=None)",
        "z = x + np.inf - -np.inf * 1.5e-07",
        "z = x - (-np.inf)",
        "z = x + np.array([1.0, 0.5]) * 1e+16",
    ],
)
def test_lines_keep_their_shape(line: str) -> None:
    graph = parse(line).graph
    free = [f"{node.id} = 1" for node in graph.inputs]
    assert write(graph).splitlines() == [*free, line]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("x = 2\nx + 1", "x = 2\nx + 1\n"),
        ("x = 2\ny = x + 1\nx", "x = 2\ny = x + 1\nx\n"),
        ("x = 2\ny = exp(x) * exp(x)\nz = y + x\ny", "x = 2\ny = exp(x) * exp(x)\nz = y + x\ny\n"),
        ("2", "2\n"),
        ("x = 1\n[1, 2]", "x = 1\nnp.array([1, 2])\n"),
        ("y = 3\nx = 1\ny", "y = 3\nx = 1\ny\n"),
        ("x = -0.0", "x = -0.0\n"),
        ("x = [[1, 2.5], [3, 4]]", "x = np.array([[1.0, 2.5], [3.0, 4.0]])\n"),
        ("x = np.zeros((2, 0, 3))", "x = np.zeros((2, 0, 3))\n"),
    ],
)
def test_outputs_and_literals(source: str, wanted: str) -> None:
    assert write(parse(source).graph) == wanted


def test_ids_that_are_no_names_are_renamed_and_names_kept() -> None:
    leaf = [Node(node_id, "input", value=as_array(2.0)) for node_id in ("a b", "if", "a_b", "1", "np", "ﬁ", "\n")]
    total = Node("total", "concat", tuple(node.id for node in leaf))
    graph = Graph((*leaf, total), "total")
    source = write(graph)
    assert source.splitlines()[:7] == [f"{name} = 2" for name in ("a_b_2", "n_if", "a_b", "n_1", "np_2", "fi", "node")]


@given(st.lists(st.text(min_size=1), unique=True, max_size=8))
def test_every_id_gets_a_name_of_its_own(ids: list[str]) -> None:
    names = name_nodes(ids, MODULES)
    assert len(set(names.values())) == len(ids)
    for name in names.values():
        assert list(parse(f"{name} = 1").names) == [name]


def test_thousands_of_nodes_deep() -> None:
    nodes = [Node("x", "input", value=as_array(0.5)), Node("y", "input", value=as_array(0.25))]
    for index in range(6000):
        op = ("add", "sin", "sub")[index % 3]
        nodes.append(Node(f"{op}_{index}", op, (nodes[-1].id,) if op == "sin" else (nodes[-1].id, "y")))
    assert_same(Graph(tuple(nodes), nodes[-1].id))


@given(st.text(alphabet="xy01 .+-*/@()[]=,\n\t'\"#:eT_", max_size=60) | st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_graph_or_an_error_that_says_where(source: str) -> None:
    try:
        graph = parse(source).graph
    except EngineError as error:
        place = (error.line or 0, error.column or 0)
        assert min(place) >= 1
    else:
        assert parse(write(graph)).graph.output is not None
