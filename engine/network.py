"""Networks: graphs that end in a loss, which train, open and expand like any other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.errors import ConfigError
from engine.graph import Graph, Node
from engine.op import Array


@dataclass(frozen=True, eq=False)
class Network:
    """A graph that ends in a loss, with inputs `x` and `t`; every other input that is an array is a parameter.

    `answer` is the node whose largest number says which class it is.
    """

    graph: Graph
    parameters: tuple[str, ...]
    answer: str


def network(graph: Graph, answer: str | None = None) -> Network:
    """A graph as a network: which inputs are parameters, which node answers.

    Errors:  ConfigError when there is no x, no t, no parameter, or the output is not a single number
    """
    inputs = {node.id: node for node in graph.inputs}
    for name in ("x", "t"):
        if name not in inputs:
            raise ConfigError(f"a graph to train needs an input node {name!r}")
    parameters = tuple(n.id for n in graph.inputs if n.id not in ("x", "t") and n.value is not None and n.value.ndim)
    if not parameters:
        raise ConfigError("a graph to train needs at least one more input that is an array: its weights")
    if answer is None:
        reader = next((node for node in graph if "t" in node.inputs), None)
        answers = [name for name in reader.inputs if name != "t"] if reader else []
        if not answers:
            raise ConfigError("a graph to train needs a node that compares its answer with 't'")
        answer = answers[0]
    return Network(graph, parameters, answer)


def with_batch(net: Network, x: Array, t: Array) -> Network:
    """The network on another batch.

    Shapes:  x (n, …) and t (n,) or (n, classes)
    """
    return replace(net, graph=net.graph.with_values({"x": x, "t": t}))


def blank(net: Network, size: int) -> tuple[Array, Array]:
    """A black batch of this size and its targets, all of class 0."""
    x, t = (np.zeros((size, *net.graph[name].value.shape[1:])) for name in ("x", "t"))  # type: ignore[union-attr]
    if t.ndim > 1:
        t[:, 0] = 1
    return x, t


def inference(net: Network) -> Network:
    """The network as it answers: dropout only scales, batch normalization takes a mean and a variance from elsewhere.

    For each batch_norm node `n` these are the inputs `n.mean` and `n.variance`, (d,) each.
    """
    features = {node.id: np.zeros(net.graph[node.inputs[1]].value.shape) for node in normalizations(net)}  # type: ignore[union-attr]
    nodes: list[Node] = []
    for node in net.graph:
        if node.op == "dropout":
            nodes.append(replace(node, attrs={**node.attrs, "training": False}))
        elif node.id in features:
            nodes += _normalized(node, features[node.id])
        else:
            nodes.append(node)
    return replace(net, graph=replace(net.graph, nodes=tuple(nodes), groups=()))


def normalizations(net: Network) -> list[Node]:
    """The batch_norm nodes of the network whose statistics can be followed: one pair of numbers a feature."""
    return [node for node in net.graph if node.op == "batch_norm" and net.graph[node.inputs[1]].leaf]


def _normalized(node: Node, features: Array) -> list[Node]:
    """Batch normalization, written out, with a mean and a variance that do not come from the batch."""
    x, gamma, beta = node.inputs
    name, epsilon = node.id, node.attrs.get("epsilon", 1e-6)
    return [
        Node(f"{name}.mean", "input", value=features),
        Node(f"{name}.variance", "input", value=features + 1),
        Node(f"{name}.epsilon", "constant", value=np.asarray(epsilon)),
        Node(f"{name}.centred", "sub", (x, f"{name}.mean")),
        Node(f"{name}.safe", "add", (f"{name}.variance", f"{name}.epsilon")),
        Node(f"{name}.deviation", "sqrt", (f"{name}.safe",)),
        Node(f"{name}.normal", "div", (f"{name}.centred", f"{name}.deviation")),
        Node(f"{name}.scaled", "mul", (f"{name}.normal", gamma)),
        Node(name, "add", (f"{name}.scaled", beta)),
    ]
