"""Networks that plans are made of, and what a plan has to agree with."""

from typing import Any

import numpy as np

from engine import Graph, Node, evaluate
from engine.plan import Plan


def agree(plan: Plan, graph: Graph, **tolerance: float) -> None:
    """Value and every gradient asked for, also when run again."""
    expected = evaluate(graph)
    for _ in range(2):
        plan.run()
    np.testing.assert_allclose(plan.value[graph.output], expected.output, **tolerance)
    for name in plan.wrt:
        np.testing.assert_allclose(plan.get(name, gradient=True), expected.gradients[name], err_msg=name, **tolerance)


def node(name: str, op: str, *inputs: str, **attrs: Any) -> Node:
    return Node(name, op, inputs, attrs)


def leaf(name: str, value: Any) -> Node:
    return Node(name, "input", value=np.asarray(value, dtype=np.float64))


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
