"""A Graph becomes formula text that reads back as a graph of the same values and gradients."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from engine.formula.literal import MODULES, literal_text, setting_text
from engine.formula.name import name_nodes
from engine.graph import Graph, Node

SUM, PRODUCT, SIGN, POWER, ATOM = range(5)
INFIX = {
    "add": ("+", SUM),
    "sub": ("-", SUM),
    "mul": ("*", PRODUCT),
    "div": ("/", PRODUCT),
    "matmul": ("@", PRODUCT),
    "pow": ("**", POWER),
}
MAX_INLINE = 60
MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class _Text:
    """A piece of formula, how tightly it binds, and how deep it nests."""

    text: str
    binds: int = ATOM
    depth: int = 0
    number: bool = False

    def within(self, binds: int) -> str:
        return self.text if self.binds >= binds else f"({self.text})"


def format(graph: Graph) -> str:  # noqa: A001 - the counterpart of parse
    """Write a graph as formula text, one line a named value.

    Inputs come first. A node that is used once and has only its op for a name stands inside the line that uses it;
    constants always do. An id that is no Python name is written as the nearest name.
    """
    writer = _Writer(graph)
    lines = [writer.line(node) for node in graph if node.op == "input"]
    for node in graph:
        if not node.leaf and not writer.inline(node):
            lines.append(writer.line(node))
    output = graph[graph.output]
    if writer.bare(output):
        lines.append(writer.expression(output).text)
    elif not lines[-1].startswith(f"{writer.names[graph.output]} = "):
        lines.append(writer.names[graph.output])
    return "\n".join(lines) + "\n"


class _Writer:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.names = name_nodes((node.id for node in graph if node.op != "constant"), MODULES)
        self._uses = Counter(source for node in graph for source in node.inputs)
        self._pieces: dict[str, _Text] = {}

    def line(self, node: Node) -> str:
        name = self.names[node.id]
        if node.value is not None:
            return f"{name} = {literal_text(node.value, indent=len(name) + 3)}"
        text = f"{name} = {self.expression(node).text}"
        self._pieces[node.id] = _Text(name)
        return text

    def bare(self, node: Node) -> bool:
        """Whether the output is written as the bare expression at the end."""
        return node.op == "constant" or (not self._uses[node.id] and _automatic(node))

    def inline(self, node: Node) -> bool:
        """Whether this node stands inside the line that uses it; its text is then kept for that line."""
        if node.id == self._graph.output:
            return self.bare(node)
        if self._uses[node.id] != 1 or not _automatic(node):
            return False
        piece = self.expression(node)
        if piece.depth > MAX_DEPTH or len(piece.text) > MAX_INLINE:
            return False
        self._pieces[node.id] = piece
        return True

    def expression(self, node: Node) -> _Text:
        if node.value is not None:
            return self._leaf(node)
        parts = [self._pieces.get(source) or self._leaf(self._graph[source]) for source in node.inputs]
        depth = 1 + max(part.depth for part in parts)
        if node.op in INFIX and not node.attrs:
            symbol, binds = INFIX[node.op]
            left, right = parts
            # Python's ** binds to the right, and takes a sign on its right only.
            first = left.within(binds + 1 if node.op == "pow" else binds)
            second = right.within(SIGN if node.op == "pow" else binds + 1)
            if right.number and right.binds == SIGN and binds == SUM:
                second = f"({right.text})"
            return _Text(f"{first} {symbol} {second}", binds, depth)
        if node.op == "neg" and not parts[0].number:
            return _Text(f"-{parts[0].within(POWER)}", SIGN, depth)
        if node.op == "transpose" and not node.attrs and not parts[0].number:
            return _Text(f"{parts[0].within(ATOM)}.T", ATOM, depth)
        arguments = [part.text for part in parts] + [f"{k}={setting_text(v)}" for k, v in node.attrs.items()]
        return _Text(f"{node.op}({', '.join(arguments)})", ATOM, depth)

    def _leaf(self, node: Node) -> _Text:
        if node.op == "input" or node.value is None:
            return _Text(self.names[node.id])
        text = literal_text(node.value)
        return _Text(text, SIGN if text.startswith("-") else ATOM, number=node.value.ndim == 0)


def _automatic(node: Node) -> bool:
    return re.fullmatch(rf"{re.escape(node.op)}(_\d+)?", node.id) is not None
