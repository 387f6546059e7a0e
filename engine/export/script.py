"""A Script is Python text being written: its lines, and names that are each used once."""

from __future__ import annotations

import builtins
from collections.abc import Container, Iterable

from engine.formula.literal import literal_text
from engine.formula.name import name_nodes
from engine.graph import Graph
from engine.node import Node, Text


class Script:
    """Lines of Python, and for each node of a graph a name; text from outside enters as comments only."""

    def __init__(self, graph: Graph, reserved: Iterable[str], numbers: Container[str]) -> None:
        """`numbers` are the constants that stand where they are used, as plain numbers without a name."""
        reserved = {*reserved, *dir(builtins), "np", "_"}
        self.graph = graph
        self.lines: list[str] = []
        self.names = name_nodes((node.id for node in graph if node.id not in numbers), reserved)
        self._taken = {*self.names.values(), *reserved}

    def write(self, *lines: str) -> None:
        self.lines.extend(lines)

    def section(self, title: str) -> None:
        self.write("", f"# {title}")

    def name(self, base: str) -> str:
        """A name that nothing else has, as near to this one as can be."""
        name, number = base, 1
        while name in self._taken:
            number += 1
            name = f"{base}_{number}"
        self._taken.add(name)
        return name

    def value(self, node_id: str) -> str:
        """How the value of a node is written where it is used: its name, or a constant's number."""
        node = self.graph[node_id]
        if node_id in self.names or node.value is None:
            return self.names[node_id]
        return literal_text(node.value, floats=True)

    def leaves(self) -> list[Node]:
        """The nodes that are bound to a literal: inputs, and constants that have a name."""
        return [node for node in self.graph if node.id in self.names and node.leaf]

    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def comment(text: Text | None) -> str:
    """Words from outside as one harmless line, in English where there is a choice."""
    if not isinstance(text, str):
        text = (text or {}).get("en", "")
    return "".join(c for c in " ".join(str(text).split()) if c.isprintable())[:200]
