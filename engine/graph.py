"""A Graph is data: nodes in topological order, immutable, validated when made, to and from JSON documents."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

import engine.ops  # noqa: F401 - registers the catalogue
from engine.errors import CycleError, GraphError, OpError, SlotError
from engine.op import Array, find

Text = str | Mapping[str, str]
LEAVES = ("input", "constant")


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One node: an op with its inputs, or a leaf (`input`, `constant`) with its value."""

    id: str
    op: str
    inputs: tuple[str, ...] = ()
    attrs: Mapping[str, Any] = field(default_factory=dict)
    value: Array | None = None
    label: Text | None = None

    @property
    def leaf(self) -> bool:
        return self.op in LEAVES


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """One use of a value: from the node `source` into one slot of the node `target`."""

    source: str
    target: str
    slot: int


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that together make one composite node, e.g. the opened sigmoid; `inputs` and `attrs` fold it back."""

    id: str
    op: str
    nodes: tuple[str, ...]
    label: Text | None = None
    collapsed: bool = False
    inputs: tuple[str, ...] = ()
    attrs: Mapping[str, Any] = field(default_factory=dict)


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
        object.__setattr__(self, "nodes", _topological(self.nodes))
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
    def edges(self) -> tuple[Edge, ...]:
        return tuple(Edge(s, node.id, slot) for node in self.nodes for slot, s in enumerate(node.inputs))

    @cached_property
    def inputs(self) -> tuple[Node, ...]:
        """The nodes whose value a person may set."""
        return tuple(node for node in self.nodes if node.op == "input")

    def __getitem__(self, node_id: str) -> Node:
        return self.by_id[node_id]

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    def __len__(self) -> int:
        return len(self.nodes)

    def with_values(self, values: Mapping[str, Any]) -> Graph:
        """The same graph with other values on its input nodes; this one stays as it is.

        Errors:  GraphError for an id that is no input node, or a value that is no rectangular array of numbers.
        """
        arrays = {}
        for node_id, value in values.items():
            node = self.by_id.get(node_id)
            if node is None:
                raise GraphError(f"there is no node {node_id!r} to set a value on", node=node_id)
            if node.op != "input":
                raise GraphError(f"{node_id!r} is a {node.op} node: only input nodes take a value", node=node_id)
            arrays[node_id] = as_array(value, node=node_id)
        if not arrays:
            return self
        return replace(self, nodes=tuple(replace(n, value=arrays.get(n.id, n.value)) for n in self.nodes))

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Graph:
        """A graph from its JSON document.

        Errors:  GraphError and its kinds; unknown keys are errors.
        """
        _known_keys(document, ("nodes", "output", "title", "description", "groups", "source"), "graph")
        if not isinstance(document.get("nodes"), Sequence) or not document["nodes"]:
            raise GraphError("a graph needs a list of nodes with at least one node")
        nodes = tuple(_node_from(entry) for entry in document["nodes"])
        if not isinstance(document.get("output"), str):
            raise GraphError("a graph needs an output: the id of one of its nodes")
        groups = document.get("groups") or ()
        if not isinstance(groups, list | tuple):
            raise GraphError("the groups of a graph are a list")
        return cls(
            nodes,
            document["output"],
            _text_from(document.get("title"), "the title of a graph"),
            _text_from(document.get("description"), "the description of a graph"),
            tuple(_group_from(entry) for entry in groups),
        )

    def to_document(self) -> dict[str, Any]:
        """The graph's JSON document, nodes in topological order."""
        document: dict[str, Any] = {"nodes": [_node_document(node) for node in self.nodes], "output": self.output}
        if self.title is not None:
            document["title"] = self.title
        if self.description is not None:
            document["description"] = self.description
        if self.groups:
            document["groups"] = [_group_document(group) for group in self.groups]
        return document


def as_array(value: Any, *, node: str | None = None) -> Array:
    """A float64 array of a number or of rectangular nested lists of numbers (the strings NaN and ±Infinity included).

    Errors:  GraphError for anything else.
    """
    try:
        if isinstance(value, str) or any(isinstance(leaf, bool | str) for leaf in _leaves(value)):
            value = _numbers(value)
        array = np.array(value, dtype=np.float64)
    except (TypeError, ValueError, OverflowError, RecursionError):
        raise GraphError("a value is a number or rectangular nested lists of numbers", node=node) from None
    array.flags.writeable = False
    return array


def _leaves(value: Any) -> Iterator[Any]:
    stack = [value]
    while stack:
        top = stack.pop()
        if isinstance(top, list | tuple):
            stack.extend(top)
        else:
            yield top


def _numbers(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_numbers(entry) for entry in value]
    if value in ("NaN", "Infinity", "-Infinity"):
        return float(value)
    if isinstance(value, bool | str):
        raise TypeError(value)
    return value


def _topological(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Kahn's order, ties broken by the order given; no recursion, so depth has no limit."""
    position: dict[str, int] = {}
    for index, node in enumerate(nodes):
        if node.id in position:
            raise GraphError(f"two nodes have the id {node.id!r}: ids are unique", node=node.id)
        position[node.id] = index
    waiting = [0] * len(nodes)
    users: list[list[int]] = [[] for _ in nodes]
    for index, node in enumerate(nodes):
        for slot, source in enumerate(node.inputs):
            if source not in position:
                raise SlotError(
                    f"slot {slot} of {node.id!r} takes {source!r}, which is no node of the graph",
                    node=node.id,
                    slot=slot,
                )
            waiting[index] += 1
            users[position[source]].append(index)
    ready = [index for index, count in enumerate(waiting) if count == 0]
    order: list[Node] = []
    while ready:
        index = heapq.heappop(ready)
        order.append(nodes[index])
        for user in users[index]:
            waiting[user] -= 1
            if waiting[user] == 0:
                heapq.heappush(ready, user)
    if len(order) < len(nodes):
        looped = _one_cycle(nodes, waiting)
        raise CycleError(f"the graph has a cycle: {' → '.join([*looped, looped[0]])}", node=looped[0])
    return tuple(order)


def _one_cycle(nodes: Sequence[Node], waiting: Sequence[int]) -> list[str]:
    stuck = {node.id: node for node, count in zip(nodes, waiting, strict=True) if count}
    path: list[str] = [next(iter(stuck))]
    while True:
        source = next(s for s in stuck[path[-1]].inputs if s in stuck)
        if source in path:
            return path[path.index(source) :][::-1]
        path.append(source)


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


def _known_keys(entry: Any, known: Iterable[str], what: str, node: str | None = None) -> None:
    if not isinstance(entry, Mapping):
        raise GraphError(f"a {what} is an object")
    for key in entry:
        if key not in known:
            raise GraphError(f"a {what} has no key {key!r}; it takes {', '.join(known)}", node=node)


def _node_from(entry: Any) -> Node:
    node_id = entry.get("id") if isinstance(entry, Mapping) else None
    _known_keys(entry, ("id", "op", "inputs", "attrs", "value", "label"), "node", node_id)
    if not isinstance(node_id, str) or not node_id:
        raise GraphError("a node needs an id: a text that is not empty")
    if not isinstance(entry.get("op"), str):
        raise GraphError(f"the node {node_id!r} needs an op: a name of the catalogue", node=node_id)
    inputs = _ids_from(entry.get("inputs"), f"the inputs of {node_id!r}", node_id)
    attrs = _attrs_from(entry.get("attrs"), node_id)
    label = _text_from(entry.get("label"), f"the label of {node_id!r}", node_id)
    value = entry.get("value")
    array = None if value is None else as_array(value, node=node_id)
    return Node(node_id, entry["op"], inputs, attrs, array, label)


def _group_from(entry: Any) -> Group:
    _known_keys(entry, ("id", "op", "label", "nodes", "collapsed", "inputs", "attrs"), "group")
    if not isinstance(entry.get("id"), str) or not isinstance(entry.get("op"), str):
        raise GraphError("a group needs an id and an op")
    name = f"group {entry['id']!r}"
    if not isinstance(entry.get("collapsed", False), bool):
        raise GraphError(f"collapsed of the {name} is true or false")
    return Group(
        entry["id"],
        entry["op"],
        _ids_from(entry.get("nodes"), f"the nodes of the {name}"),
        _text_from(entry.get("label"), f"the label of the {name}"),
        entry.get("collapsed", False),
        _ids_from(entry.get("inputs"), f"the inputs of the {name}"),
        _attrs_from(entry.get("attrs"), entry["id"]),
    )


def _ids_from(given: Any, what: str, node: str | None = None) -> tuple[str, ...]:
    ids = () if given is None else given
    if not isinstance(ids, list | tuple) or not all(isinstance(i, str) for i in ids):
        raise SlotError(f"{what} are a list of node ids", node=node)
    return tuple(ids)


def _attrs_from(given: Any, node: str) -> dict[str, Any]:
    attrs = {} if given is None else given
    if not isinstance(attrs, Mapping):
        raise OpError(f"the attrs of {node!r} are an object", node=node)
    return dict(attrs)


def _text_from(given: Any, what: str, node: str | None = None) -> Text | None:
    if given is None or isinstance(given, str):
        return given
    if isinstance(given, Mapping) and all(isinstance(text, str) for text in given.values()):
        return dict(given)
    raise GraphError(f"{what} is a text, or an object of language: text", node=node)


def _node_document(node: Node) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": node.id, "op": node.op}
    if node.inputs:
        entry["inputs"] = list(node.inputs)
    if node.attrs:
        entry["attrs"] = dict(node.attrs)
    if node.value is not None:
        entry["value"] = node.value.tolist()
    if node.label is not None:
        entry["label"] = node.label
    return entry


def _group_document(group: Group) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": group.id, "op": group.op, "nodes": list(group.nodes), "collapsed": group.collapsed}
    if group.label is not None:
        entry["label"] = group.label
    if group.inputs:
        entry["inputs"] = list(group.inputs)
    if group.attrs:
        entry["attrs"] = dict(group.attrs)
    return entry
