"""An Entry is one graph of the chapter: its formula, and words about it in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.formula import parse
from engine.graph import Graph


@dataclass(frozen=True, slots=True)
class Entry:
    """A graph of the gallery, with the section of the chapter that draws it; words are {en, zh, ja}."""

    slug: str
    section: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]
    source: str

    def graph(self) -> Graph:
        """The graph of the source, with its title, description and labels."""
        graph = parse(self.source).graph
        nodes = tuple(replace(node, label=self.labels.get(node.id)) for node in graph)
        return replace(graph, nodes=nodes, title=self.title, description=self.description)
