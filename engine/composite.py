"""Composite nodes: a layer is a small graph; expand opens it into primitive nodes, collapse folds it back."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.budget import Budget
from engine.errors import GraphError, OpError
from engine.evaluation import forward
from engine.expansion import EXPANSIONS, TAME
from engine.formula import parse
from engine.graph import Graph, Group, Node
from engine.op import OPS, Array


@dataclass(frozen=True)
class Opened:
    """The primitive nodes of a composite, its last one with the composite's id, and the groups, outermost first."""

    nodes: tuple[Node, ...]
    groups: tuple[Group, ...]


def expandable(op: str) -> bool:
    """Whether a node of this op opens into primitive nodes."""
    return op in EXPANSIONS


def expand(graph: Graph, node_id: str, budget: Budget | None = None) -> Graph:
    """Open a composite node into its primitive nodes, as a group; composites within it open as groups of their own.

    Values and gradients stay what they were. The last primitive keeps the node's id, so nothing downstream changes; the
    others are called `{node_id}.{name}`, the group `{node_id}:{op}`.

    Errors:  GraphError when there is no such node, OpError when it is no composite, LimitError past the budget
    """
    node = graph.by_id.get(node_id)
    if node is None:
        raise GraphError(f"there is no node {node_id!r} to expand", node=node_id)
    if not expandable(node.op):
        raise OpError(f"{node.op} is no composite; these open: {', '.join(EXPANSIONS)}", node=node_id)
    values = forward(graph, budget)
    inputs = [values[i] for i in node.inputs]
    opened = _open(node, inputs, _tame(inputs))
    taken = graph.by_id.keys() - {node_id}
    for inner in opened.nodes:
        if inner.id in taken:
            raise GraphError(f"{node_id!r} cannot open: the id {inner.id!r} of an inner node is taken", node=inner.id)
    inner_ids = tuple(inner.id for inner in opened.nodes)
    outer = tuple(replace(group, nodes=_swap(group.nodes, node_id, inner_ids)) for group in graph.groups)
    nodes = (new for old in graph.nodes for new in (opened.nodes if old.id == node_id else (old,)))
    return replace(graph, nodes=tuple(nodes), groups=(*outer, *opened.groups))


def collapse(graph: Graph, group_id: str, budget: Budget | None = None) -> Graph:
    """Fold an opened composite back into one node: the inverse of expand.

    Errors:  GraphError when there is no such group, when a node outside uses one within, or when the group is no longer
             what its op opens into
    """
    group = next((group for group in graph.groups if group.id == group_id), None)
    if group is None:
        raise GraphError(f"there is no group {group_id!r} to collapse")
    node = Node(group_id.rpartition(":")[0], group.op, group.inputs, group.attrs, label=group.label)
    inside = set(group.nodes)
    for user in graph.nodes:
        for slot, source in enumerate(user.inputs):
            if source in inside and source != node.id and user.id not in inside:
                raise GraphError(
                    f"{group_id!r} cannot fold: {user.id!r} uses {source!r} within it", node=user.id, slot=slot
                )
    _check_unchanged(graph, group, node, budget)
    nodes = tuple(
        node if old.id == node.id else old for old in graph.nodes if old.id == node.id or old.id not in inside
    )
    rest = tuple(
        replace(other, nodes=_fold(other.nodes, inside, node.id))
        for other in graph.groups
        if other is not group and not (set(other.nodes) <= inside and len(other.nodes) < len(inside))
    )
    return replace(graph, nodes=nodes, groups=rest)


def _open(node: Node, inputs: Sequence[Array], tame: bool) -> Opened:
    op = OPS[node.op]
    shapes = {slot: np.shape(value) for slot, value in zip(op.slots, inputs, strict=True)}
    forms = EXPANSIONS[node.op](shapes, {**op.attrs, **node.attrs})
    inner = parse(textwrap.dedent(forms[0 if tame else -1])).graph
    slots = dict(zip(op.slots, node.inputs, strict=True))
    names = slots | {n.id: f"{node.id}.{n.id}" for n in inner if n.id not in slots} | {inner.output: node.id}
    known = forward(
        inner.with_values({slot: v for slot, v in zip(op.slots, inputs, strict=True) if slot in inner.by_id})
    )
    nodes: list[Node] = []
    groups: list[Group] = []
    for step in inner:
        if step.id in slots:
            continue
        named = replace(step, id=names[step.id], inputs=tuple(names[i] for i in step.inputs))
        if expandable(step.op):
            given = [known[i] for i in step.inputs]
            within = _open(named, given, tame and _tame(given))
            nodes.extend(within.nodes)
            groups.extend(within.groups)
        else:
            nodes.append(named)
    whole = Group(
        f"{node.id}:{node.op}", node.op, tuple(n.id for n in nodes), node.label, False, node.inputs, node.attrs
    )
    return Opened(tuple(nodes), (whole, *groups))


def _check_unchanged(graph: Graph, group: Group, node: Node, budget: Budget | None) -> None:
    broken = GraphError(f"{group.id!r} cannot fold: it is no longer what {group.op} opens into", node=node.id)
    op = OPS.get(group.op)
    if not expandable(group.op) or op is None or not op.arity(len(group.inputs)) or node.id not in group.nodes:
        raise broken
    values = forward(graph, budget)
    if any(source not in values for source in group.inputs):
        raise broken
    for tame in (True, False):
        fresh = _open(node, [values[i] for i in group.inputs], tame).nodes
        now = [step for member in group.nodes for step in _primitive(graph[member], values, tame)]
        if {_form(step) for step in now} == {_form(step) for step in fresh}:
            return
    raise broken


def _primitive(node: Node, values: Mapping[str, Array], tame: bool) -> tuple[Node, ...]:
    """A node, or what it opens into: a composite within a group may have been folded before the group is."""
    if not expandable(node.op):
        return (node,)
    given = [values[i] for i in node.inputs]
    return _open(node, given, tame and _tame(given)).nodes


def _form(node: Node) -> tuple[object, ...]:
    value = None if node.value is None else node.value.tobytes()
    return node.id, node.op, node.inputs, repr(sorted(node.attrs.items())), value


def _tame(values: Iterable[Array]) -> bool:
    return all(bool((np.abs(value) <= TAME).all()) for value in values)


def _swap(ids: tuple[str, ...], old: str, new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(entry for i in ids for entry in (new if i == old else (i,)))


def _fold(ids: tuple[str, ...], inside: set[str], whole: str) -> tuple[str, ...]:
    return tuple(i for i in ids if i == whole or i not in inside)
