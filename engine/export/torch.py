"""A graph as PyTorch code in float64: PyTorch's own backward finds the same gradients."""

from __future__ import annotations

import math
from collections.abc import Mapping

from engine.evaluation import forward
from engine.export.pytorch import HELPERS, LABELS, expression
from engine.export.script import Script, comment
from engine.formula.literal import literal_text
from engine.graph import Graph
from engine.node import Node
from engine.op import Array

ARITHMETIC = ("add", "sub", "mul", "div", "pow")


def torch(graph: Graph) -> str:
    """Write a graph as a Python script for PyTorch that prints its output and its gradients.

    Errors:  ShapeError when the graph does not evaluate
    """
    values = forward(graph)
    script = Script(graph, {"torch", "F", *HELPERS}, _numbers(graph))
    _leaves(script, values)
    script.section("forward")
    for node in graph:
        if not node.leaf:
            given = [script.value(source) for source in node.inputs]
            shapes = [values[source].shape for source in node.inputs]
            script.write(f"{script.names[node.id]} = {expression(node.op, given, shapes, node.attrs)}")
    _gradients(script, values)
    body = script.text()
    title = comment(graph.title)
    head = [*([f"# {title}"] if title else []), *(["import numpy as np"] if "dropout(" in body else []), "import torch"]
    if "F." in body:
        head.append("import torch.nn.functional as F")
    used = [text.strip() for name, text in HELPERS.items() if f"{name}(" in body]
    return "\n\n\n".join(["\n".join(head), *used, body.lstrip("\n")])


def _leaves(script: Script, values: Mapping[str, Array]) -> None:
    script.section("inputs")
    for node in script.leaves():
        name = script.names[node.id]
        value = values[node.id]
        grad = ", requires_grad=True" if node.op == "input" else ""
        if value.ndim == 0:
            text = literal_text(value, floats=True).replace("np.", "torch.")
        else:
            text = literal_text(value, indent=len(name) + len(" = torch.tensor(") - len("np.array("), floats=True)
            text = text.removeprefix("np.array(").removesuffix(")").replace("np.", "torch.")
        if value.size == 0:
            line = f"{name} = torch.zeros({value.shape!r}, dtype=torch.float64{grad})"
        else:
            line = f"{name} = torch.tensor({text}, dtype=torch.float64{grad})"
        label = comment(node.label)
        script.write(line + (f"  # {label}" if label and "\n" not in line else ""))


def _gradients(script: Script, values: Mapping[str, Array]) -> None:
    graph = script.graph
    output = script.names[graph.output]
    reached = _reached(graph, values)
    if any(node.id in reached for node in graph.inputs):
        script.section("backward")
        script.write(f"{output}.backward({f'torch.ones_like({output})' if values[graph.output].ndim else ''})")
    script.write("", f'print("{output} =", {output}.tolist())')
    for node in graph.inputs:
        name = script.names[node.id]
        gradient = f"{name}.grad" if node.id in reached else f"torch.zeros_like({name})"
        script.write(f'print("d{name} =", {gradient}.tolist())')


def _numbers(graph: Graph) -> set[str]:
    """Constants that may stand as plain numbers: only in arithmetic, beside what is a tensor."""
    plain = {node.id for node in graph if node.op == "constant" and _finite(node)} - {graph.output}
    for node in graph:
        if node.op not in ARITHMETIC or all(graph[source].op == "constant" for source in node.inputs):
            plain.difference_update(node.inputs)
    return plain


def _finite(node: Node) -> bool:
    return node.value is not None and node.value.ndim == 0 and math.isfinite(float(node.value))


def _reached(graph: Graph, values: Mapping[str, Array]) -> set[str]:
    """The nodes to which PyTorch hands a gradient: on a way to the output that does not pass a label."""
    reached = {graph.output}
    for node in reversed(graph.nodes):
        if node.id in reached:
            reached.update(_differentiable(node, values))
    return reached


def _differentiable(node: Node, values: Mapping[str, Array]) -> list[str]:
    if node.op not in LABELS:
        return list(node.inputs)
    slot = LABELS[node.op]
    labels = values[node.inputs[slot]].shape != values[node.inputs[1 - slot]].shape
    dead = {slot} if labels else set()
    if node.op == "one_hot":
        dead.add(1)
    return [source for index, source in enumerate(node.inputs) if index not in dead]
