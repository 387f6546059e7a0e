"""A Site is a place in a plan: which kernel runs there, on which nodes, and what passes have found out about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engine.graph import Graph
from engine.op import OPS
from engine.plan.kernel import Kernel, kernel_for
from engine.plan.table import Table

Shapes = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Site:
    """One step forward and one back: a kernel with the nodes that it reads and the node that it writes."""

    id: str
    op: str
    kernel: type[Kernel]
    inputs: tuple[str, ...]
    attrs: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Layout:
    """What a plan is made of before it has buffers: sites in order, and how passes want some buffers laid out."""

    graph: Graph
    shapes: Shapes
    wrt: frozenset[str]
    tables: Mapping[str, Table]
    sites: tuple[Site, ...]
    stacked: tuple[tuple[str, str], ...] = ()  # parameters W and b that stand first in the flat array, b right behind W
    shared: Mapping[str, str] = field(default_factory=dict)  # this node's value and gradient lie in that node's
    batch_last: frozenset[str] = frozenset()  # nodes with the batch as the innermost axis in memory
    with_ones: frozenset[str] = frozenset()  # nodes with a column of ones behind them in memory

    @classmethod
    def of(cls, graph: Graph, shapes: Shapes, wrt: frozenset[str], tables: Mapping[str, Table]) -> Layout:
        """One site for each node that is no leaf and leads to the output."""
        leading = {graph.output}
        for node in reversed(graph.nodes):
            if node.id in leading:
                leading.update(node.inputs)
        sites = []
        for node in graph:
            if not node.leaf and node.id in leading:
                attrs = {**OPS[node.op].attrs, **node.attrs}
                chosen = kernel_for(node.op, [shapes[i] for i in node.inputs], attrs)
                sites.append(Site(node.id, node.op, chosen, node.inputs, attrs))
        return cls(graph, shapes, wrt, tables, tuple(sites))

    def site(self, node_id: str) -> Site | None:
        """The site that writes this node, if one does."""
        return next((site for site in self.sites if site.id == node_id), None)

    def users(self, node_id: str) -> list[Site]:
        """The sites that read this node; one that reads it in two slots counts twice."""
        return [site for site in self.sites for source in site.inputs if source == node_id]

    def only_user(self, node_id: str) -> Site | None:
        """The one site that reads this node, where there is just one, in one slot, and it is not the output."""
        users = self.users(node_id)
        return users[0] if len(users) == 1 and node_id != self.graph.output else None

    def memory(self, node_id: str) -> dict[str, bool]:
        """How passes want this node's buffers in memory."""
        return {"batch_last": node_id in self.batch_last, "ones": node_id in self.with_ones}

    def replacing(self, *old: Site, new: Site | None) -> Layout:
        """The last of the old sites becomes the new one, the others go."""
        kept = (new if site is old[-1] else site for site in self.sites if site is old[-1] or site not in old)
        return replace(self, sites=tuple(site for site in kept if site is not None))


Pass = Callable[[Layout], Layout]


def run_passes(layout: Layout, passes: Sequence[Pass]) -> Layout:
    """The layout after each pass has had its turn."""
    for turn in passes:
        layout = turn(layout)
    return layout
