"""The tape gives what an evaluation gives: on every element-wise op, at any depth, where numbers stop being finite."""

from typing import Any

import numpy as np
import pytest

from engine import Graph, Node, evaluate
from engine.errors import GraphError
from engine.gallery import GALLERY
from engine.op import OPS
from engine.plan.tape import Tape
from tests.engine.samples import SAMPLES, Sample


def leaf(name: str, value: Any) -> Node:
    return Node(name, "input", value=np.asarray(value, dtype=np.float64))


def agree(graph: Graph, tape: Tape | None = None) -> None:
    tape = tape or Tape(graph)
    expected = evaluate(graph)
    for _ in range(2):
        tape.run()
    for node in graph:
        assert tape.get(node.id) == pytest.approx(float(expected.values[node.id]), rel=1e-14, nan_ok=True), node
        gradient = float(expected.gradients[node.id])
        assert tape.get(node.id, gradient=True) == pytest.approx(gradient, rel=1e-14, nan_ok=True), node


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
        with pytest.raises(GraphError):
            Tape(graph)


def test_value_used_twice_and_a_node_that_leads_nowhere() -> None:
    nodes = (leaf("x", 3), leaf("y", 5), Node("s", "mul", ("x", "x")), Node("idle", "add", ("s", "y")))
    agree(Graph(nodes, "s"))


def test_inputs_change() -> None:
    graph = Graph((leaf("x", 2), leaf("y", 3), Node("p", "mul", ("x", "y")), Node("e", "exp", ("p",))), "e")
    tape = Tape(graph)
    tape.run()
    tape.set("x", -1.5)
    agree(graph.with_values({"x": -1.5}), tape)


@pytest.mark.parametrize(("x", "y"), [(1, 0), (0, 0), (-2, 0), (1e308, 1e-308), (float("inf"), 2)])
def test_goes_on_where_floats_refuse(x: float, y: float) -> None:
    nodes = (leaf("x", x), leaf("y", y), Node("d", "div", ("x", "y")), Node("q", "mul", ("d", "x")))
    agree(Graph(nodes, "q"))
    agree(Graph((*nodes[:3], Node("e", "exp", ("d",)), Node("l", "log", ("e",))), "l"))


def test_twenty_thousand_nodes_deep() -> None:
    nodes = [leaf("n0", 1.25), leaf("w", 0.9999)]
    nodes += [Node(f"n{k}", "mul" if k % 2 else "add", (f"n{k - 1}", "w")) for k in range(1, 20_000)]
    agree(Graph(tuple(nodes), nodes[-1].id))
