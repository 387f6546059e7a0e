"""An Entry is one graph of the chapter: its formula, and words about it in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from engine.composite import expand
from engine.formula import format as write
from engine.formula import parse
from engine.graph import Graph


@dataclass(frozen=True)
class Entry:
    """A graph of the gallery, with the section of the chapter that draws it; words are {en, zh, ja}.

    `opened` names a composite of the formula that the graph shows opened, as a group that folds.
    """

    slug: str
    section: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]
    formula: str
    opened: str | None = None

    def graph(self) -> Graph:
        """The graph of the formula, with its title, description and labels."""
        graph = parse(self.formula).graph
        if self.opened is not None:
            graph = expand(graph, self.opened)
        nodes = tuple(replace(node, label=self.labels.get(node.id)) for node in graph)
        return replace(graph, nodes=nodes, title=self.title, description=self.description)

    @cached_property
    def source(self) -> str:
        """The formula of the graph as it is shown."""
        return self.formula if self.opened is None else write(self.graph())
