"""A Graph is data: nodes in topological order, immutable, validated when made, to and from JSON documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import engine.ops  # noqa: F401 - registers the catalogue
from engine.document import group_document, group_from, known_keys, node_document, node_from, text_from
from engine.errors import GraphError, OpError, SlotError
from engine.named import Named
from engine.node import Edge, Group, Node, Text
from engine.op import find
from engine.order import topological
from engine.step import Step, steps
from engine.tape import Tape, tape
from engine.value import as_array

__all__ = ["Edge", "Graph", "Group", "Node", "Text", "as_array"]


@dataclass(frozen=True, eq=False)
class Graph:
    """Nodes in topological order with one output.

    Errors:  GraphError, CycleError, OpError or SlotError, each naming the node.
    """

    nodes: tuple[Node, ...]
    output: str
    title: Text | None = None
    description: Text | None = None
    groups: tuple[Group, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "nodes", topological(self.nodes))
        if self.output not in self.by_id:
            raise GraphError(f"the output {self.output!r} is no node of the graph", node=self.output)
        for node in self.nodes:
            _validate(node)
        for group in self.groups:
            for member in group.nodes:
                if member not in self.by_id:
                    raise GraphError(f"group {group.id!r} names {member!r}, which is no node of the graph", node=member)

    @cached_property
    def by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(node.id for node in self.nodes)

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each node stands in the order."""
        return {node.id: place for place, node in enumerate(self.nodes)}

    def named(self, found: Sequence[Any]) -> Named:
        """What was found at every node, by position, to be read by node id."""
        return Named(self.places, found)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every node but the leaves, made ready to run."""
        return steps(self.nodes, self.places)

    @cached_property
    def tape(self) -> Tape | None:
        """The same of a graph of single numbers, several times as quick; None where there are arrays."""
        return tape(self.nodes, self.steps, self.places[self.output])

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        return tuple(Edge(s, node.id, slot) for node in self.nodes for slot, s in enumerate(node.inputs))

    @cached_property
    def inputs(self) -> tuple[Node, ...]:
        """The nodes whose value a person may set."""
        return tuple(node for node in self.nodes if node.op == "input")

    def __getitem__(self, node_id: str) -> Node:
        return self.nodes[self.places[node_id]]

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    def __len__(self) -> int:
        return len(self.nodes)

    def with_values(self, values: Mapping[str, Any]) -> Graph:
        """The same graph with other values on its input nodes; this one stays as it is.

        Errors:  GraphError for an id that is no input node, or a value that is no rectangular array of numbers.
        """
        if not values:
            return self
        nodes, of_values = list(self.nodes), ["by_id", "inputs"]
        for node_id, value in values.items():
            place = self.places.get(node_id)
            if place is None:
                raise GraphError(f"there is no node {node_id!r} to set a value on", node=node_id)
            old = nodes[place]
            if old.op != "input":
                raise GraphError(f"{node_id!r} is a {old.op} node: only input nodes take a value", node=node_id)
            array = as_array(value, node=node_id)
            if array.ndim or old.value.ndim:  # type: ignore[union-attr]
                of_values.append("tape")
            nodes[place] = Node(old.id, old.op, old.inputs, old.attrs, array, old.label)
        # The order, the steps and all that was validated still hold: a copy of self but for its leaves, not made anew.
        _ = self.steps, self.tape, self.ids
        copy = object.__new__(Graph)
        copy.__dict__.update(self.__dict__, nodes=tuple(nodes))
        for name in of_values:
            copy.__dict__.pop(name, None)
        return copy

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Graph:
        """A graph from its JSON document.

        Errors:  GraphError and its kinds; unknown keys are errors.
        """
        known_keys(document, ("nodes", "output", "title", "description", "groups", "source"), "graph")
        if not isinstance(document.get("nodes"), Sequence) or not document["nodes"]:
            raise GraphError("a graph needs a list of nodes with at least one node")
        nodes = tuple(node_from(entry) for entry in document["nodes"])
        if not isinstance(document.get("output"), str):
            raise GraphError("a graph needs an output: the id of one of its nodes")
        groups = () if document.get("groups") is None else document["groups"]
        if not isinstance(groups, list | tuple):
            raise GraphError("the groups of a graph are a list")
        if not isinstance(document.get("source"), str | None):
            raise GraphError("the source of a graph is a text")
        return cls(
            nodes,
            document["output"],
            text_from(document, "title"),
            text_from(document, "description"),
            tuple(group_from(entry) for entry in groups),
        )

    def to_document(self) -> dict[str, Any]:
        """The graph's JSON document, nodes in topological order."""
        document: dict[str, Any] = {"nodes": [node_document(node) for node in self.nodes], "output": self.output}
        if self.title is not None:
            document["title"] = self.title
        if self.description is not None:
            document["description"] = self.description
        if self.groups:
            document["groups"] = [group_document(group) for group in self.groups]
        return document


def _validate(node: Node) -> None:
    if node.leaf:
        if node.value is None:
            raise GraphError(f"the {node.op} node {node.id!r} needs a value", node=node.id)
        if node.inputs:
            raise SlotError(f"the {node.op} node {node.id!r} takes no inputs", node=node.id, slot=0)
        if node.attrs:
            raise OpError(f"the {node.op} node {node.id!r} takes no attrs", node=node.id)
        return
    op = find(node.op, node=node.id)
    if node.value is not None:
        raise GraphError(f"{node.id!r} is a {node.op} node: only input and constant nodes hold a value", node=node.id)
    if not op.arity(len(node.inputs)):
        wanted = "at least 1 input" if op.variadic else f"{len(op.slots)} inputs ({', '.join(op.slots)})"
        raise SlotError(
            f"{node.op} takes {wanted}, but {node.id!r} has {len(node.inputs)}",
            node=node.id,
            slot=min(len(node.inputs), len(op.slots)),
        )
    op.check(node.attrs, node=node.id)
