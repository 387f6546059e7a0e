"""The layout of exported figures: columns, order, and nothing on top of anything else."""

from __future__ import annotations

from hypothesis import given, settings

from engine import Edge, Graph, Node, parse
from engine.export.layout import LABEL_ROW, Layout, place
from engine.gallery import GALLERY
from engine.value import as_array
from tests.engine.graphs import graphs


def laid_out(graph: Graph) -> Layout:
    leaves = {node.id for node in graph if node.leaf}
    return place({node.id: 48.0 for node in graph}, dict.fromkeys(graph.edges, 80.0), leaves, graph.output)


def assert_clear(graph: Graph) -> None:
    layout = laid_out(graph)
    boxes = [(x, y, 48.0, 50.0) for x, y in layout.nodes.values()]
    boxes += [(x, y, 80.0, LABEL_ROW) for x, y in layout.labels.values()]
    for index, (x, y, width, height) in enumerate(boxes):
        assert width / 2 <= x <= layout.width - width / 2
        assert height / 2 <= y <= layout.height - height / 2
        for other_x, other_y, other_width, other_height in boxes[:index]:
            apart = (
                abs(x - other_x) >= (width + other_width) / 2 or abs(y - other_y) >= (height + other_height) / 2 - 1e-6
            )
            assert apart
    for edge, runs in layout.paths.items():
        xs = [layout.nodes[edge.source][0], *(x for run in runs for x, _ in run), layout.nodes[edge.target][0]]
        assert xs == sorted(xs)


def test_the_gallery_is_clear() -> None:
    for entry in GALLERY:
        assert_clear(entry.graph())


@given(graphs())
@settings(max_examples=60, deadline=None)
def test_random_graphs_are_clear(graph: Graph) -> None:
    assert_clear(graph)


def test_operands_stand_in_slot_order() -> None:
    layout = laid_out(parse("price = (apple * number + orange * orange_number) * tax"))
    rows = [layout.nodes[name][1] for name in ("apple", "number", "orange", "orange_number")]
    assert rows == sorted(rows)
    assert layout.nodes["tax"][0] > layout.nodes["apple"][0]


def test_a_chain_is_straight() -> None:
    layout = laid_out(parse("y = exp(sin(x))"))
    assert len({y for _, y in layout.nodes.values()}) == 1


def test_one_input_of_thousands_of_nodes_needs_no_thousands_of_rows() -> None:
    nodes = [Node("x", "input", value=as_array(1.0))]
    for index in range(1500):
        nodes.append(Node(f"y{index}", "add", (nodes[-1].id, "x")))
    layout = laid_out(Graph(tuple(nodes), nodes[-1].id))
    assert len(layout.paths[Edge("x", "y1499", 1)]) == 1
