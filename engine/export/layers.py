"""A graph as the book writes it: layers with forward and backward, run once each way, with NumPy alone."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Mapping

from engine.evaluation import forward
from engine.export.book import HELPERS, LAYERS
from engine.export.script import Script, comment
from engine.formula.literal import literal_text, setting_text
from engine.graph import Graph
from engine.node import Node
from engine.op import OPS, Array


def layers(graph: Graph) -> str:
    """Write a graph as a Python script of the book's layers that prints its output and its gradients.

    Errors:  ShapeError when the graph does not evaluate
    """
    return _Listing(graph, forward(graph)).text()


class _Listing:
    def __init__(self, graph: Graph, values: Mapping[str, Array]) -> None:
        self._graph = graph
        self._values = values
        self._ops = [node for node in graph if not node.leaf]
        classes = [LAYERS[op] for op in dict.fromkeys(node.op for node in self._ops)]
        self._sources = [inspect.getsource(cls) for cls in classes]
        names = {cls.__name__ for cls in classes} | {helper.__name__ for helper in HELPERS}
        self._script = Script(graph, names, _numbers(graph))
        self._layers = {node.id: self._script.name(f"{self._script.names[node.id]}_layer") for node in self._ops}
        self._reached = _reached(graph)
        self._uses = Counter(source for node in self._ops if node.id in self._reached for source in node.inputs)
        self._gradients = {
            node.id: self._script.name(f"d{self._script.names[node.id]}") for node in graph if node.op != "constant"
        }
        self._arrived: dict[str, list[str]] = {}

    def text(self) -> str:
        self._forward()
        self._backward()
        self._print()
        body = self._script.text()
        used = [inspect.getsource(helper) for helper in HELPERS if self._needs(helper.__name__, body)]
        title = comment(self._graph.title)
        head = [*([f"# {title}"] if title else []), "import numpy as np"]
        return (
            "\n\n\n".join(part.rstrip("\n") for part in ["\n".join(head), *used, *self._sources, body.lstrip("\n")])
            + "\n"
        )

    def _needs(self, name: str, body: str) -> bool:
        return any(f"{name}(" in text for text in (*self._sources, body))

    def _forward(self) -> None:
        script = self._script
        script.section("inputs")
        for node in script.leaves():
            label = comment(node.label)
            name = script.names[node.id]
            text = literal_text(self._values[node.id], indent=len(name) + 3, floats=True)
            script.write(f"{name} = {text}" + (f"  # {label}" if label and "\n" not in text else ""))
        ready = [node for node in self._ops if all(self._graph[source].leaf for source in self._held(node).values())]
        early = {node.id for node in ready}
        if ready:
            script.section("layers")
            script.write(*(self._made(node) for node in ready))
        script.section("forward")
        for node in self._ops:
            if node.id not in early:
                script.write(self._made(node))
            held = self._held(node)
            given = [s for slot, s in enumerate(node.inputs) if OPS[node.op].slot(slot) not in held]
            arguments = ", ".join(script.value(source) for source in given)
            script.write(f"{script.names[node.id]} = {self._layers[node.id]}.forward({arguments})")

    def _made(self, node: Node) -> str:
        given = {slot: self._script.value(source) for slot, source in self._held(node).items()}
        given |= {key: setting_text(value) for key, value in node.attrs.items()}
        arguments = ", ".join(text if key in self._held(node) else f"{key}={text}" for key, text in given.items())
        return f"{self._layers[node.id]} = {LAYERS[node.op].__name__}({arguments})"

    def _held(self, node: Node) -> dict[str, str]:
        """The slots that the layer takes when it is made, as the book's Affine takes W and b."""
        taken = inspect.signature(LAYERS[node.op]).parameters
        return {slot: source for slot, source in zip(OPS[node.op].slots, node.inputs, strict=False) if slot in taken}

    def _backward(self) -> None:
        script = self._script
        script.section("backward")
        output = self._graph.output
        if output in self._gradients:
            shape = self._values[output].shape
            one = "1.0" if not shape else f"np.ones({shape!r})"
            script.write(f"{self._gradients[output]} = {one}")
        for node in reversed(self._graph.nodes):
            if node.id in self._reached and node.id in self._gradients:
                self._sum(node)
                if not node.leaf:
                    self._layer_backward(node)
        for node in self._graph.inputs:
            if node.id not in self._reached:
                script.write(f"{self._gradients[node.id]} = np.zeros_like({script.names[node.id]})")

    def _sum(self, node: Node) -> None:
        arrived = self._arrived.get(node.id, [])
        if len(arrived) > 1:
            total = " + ".join(arrived)
            self._script.write(f"{self._gradients[node.id]} = {total}  # used {len(arrived)} times: gradients add up")

    def _layer_backward(self, node: Node) -> None:
        script, op, held = self._script, OPS[node.op], self._held(node)
        layer = self._layers[node.id]
        targets = [self._target(source) for source in node.inputs]
        returned = [t for slot, t in enumerate(targets) if op.slot(slot) not in held]
        left = ", ".join(returned) + ("," if op.variadic and len(returned) == 1 else "")
        script.write(f"{left} = {layer}.backward({self._gradients[node.id]})")
        for slot, (source, target) in enumerate(zip(node.inputs, targets, strict=True)):
            if target == "_":
                continue
            if op.slot(slot) in held:
                script.write(f"{target} = {layer}.d{op.slot(slot)}")
            elif self._spread(node, source):
                script.write(f"{target} = unbroadcast({target}, {script.value(source)})  # it was repeated: sum")

    def _target(self, source: str) -> str:
        if source not in self._gradients:
            return "_"
        once = self._uses[source] == 1
        target = self._gradients[source] if once else self._script.name(f"{self._gradients[source]}_part")
        self._arrived.setdefault(source, []).append(target)
        return target

    def _spread(self, node: Node, source: str) -> bool:
        shape, out = self._values[source].shape, self._values[node.id].shape
        if node.op == "dot":
            return not shape and bool(out)
        if node.op == "matmul":
            return any(self._values[other].shape[:-2] != shape[:-2] for other in node.inputs)
        return (OPS[node.op].elementwise or node.op == "broadcast_to") and shape != out

    def _print(self) -> None:
        script = self._script
        script.write("")
        output = script.names.get(self._graph.output)
        if output is None:
            output = script.name("output")
            script.write(f"{output} = {script.value(self._graph.output)}")
        script.write(f'print("{output} =", {output})')
        for node in self._graph.inputs:
            gradient = self._gradients[node.id]
            script.write(f'print("{gradient} =", {gradient})')


def _numbers(graph: Graph) -> set[str]:
    return {node.id for node in graph if node.op == "constant" and node.value is not None and node.value.ndim == 0}


def _reached(graph: Graph) -> set[str]:
    reached = {graph.output}
    for node in reversed(graph.nodes):
        if node.id in reached:
            reached.update(node.inputs)
    return reached
