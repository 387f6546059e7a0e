"""Nodes and groups as JSON objects, read strictly and written sparely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.errors import GraphError, OpError, SlotError
from engine.node import Group, Node, Text
from engine.value import as_array


def known_keys(entry: Any, known: Iterable[str], what: str, node: str | None = None) -> None:
    """Refuse an entry that is no object or has keys it does not take."""
    if not isinstance(entry, Mapping):
        raise GraphError(f"a {what} is an object")
    for key in entry:
        if key not in known:
            raise GraphError(f"a {what} has no key {key!r}; it takes {', '.join(known)}", node=node)


def node_from(entry: Any) -> Node:
    """A node from its JSON object."""
    node_id = entry.get("id") if isinstance(entry, Mapping) else None
    known_keys(entry, ("id", "op", "inputs", "attrs", "value", "label"), "node", node_id)
    if not isinstance(node_id, str) or not node_id:
        raise GraphError("a node needs an id: a text that is not empty")
    if not isinstance(entry.get("op"), str):
        raise GraphError(f"the node {node_id!r} needs an op: a name of the catalogue", node=node_id)
    inputs = _ids_from(entry.get("inputs"), f"the inputs of {node_id!r}", node_id)
    attrs = _attrs_from(entry.get("attrs"), node_id)
    label = text_from(entry.get("label"), f"the label of {node_id!r}", node_id)
    value = entry.get("value")
    array = None if value is None else as_array(value, node=node_id)
    return Node(node_id, entry["op"], inputs, attrs, array, label)


def group_from(entry: Any) -> Group:
    """A group from its JSON object."""
    known_keys(entry, ("id", "op", "label", "nodes", "collapsed", "inputs", "attrs"), "group")
    if not isinstance(entry.get("id"), str) or not isinstance(entry.get("op"), str):
        raise GraphError("a group needs an id and an op")
    name = f"group {entry['id']!r}"
    if not isinstance(entry.get("collapsed", False), bool):
        raise GraphError(f"collapsed of the {name} is true or false")
    return Group(
        entry["id"],
        entry["op"],
        _ids_from(entry.get("nodes"), f"the nodes of the {name}"),
        text_from(entry.get("label"), f"the label of the {name}"),
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


def text_from(given: Any, what: str, node: str | None = None) -> Text | None:
    """A text or its translations, or None."""
    if given is None or isinstance(given, str):
        return given
    if isinstance(given, Mapping) and all(isinstance(text, str) for text in given.values()):
        return dict(given)
    raise GraphError(f"{what} is a text, or an object of language: text", node=node)


def node_document(node: Node) -> dict[str, Any]:
    """A node's JSON object."""
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


def group_document(group: Group) -> dict[str, Any]:
    """A group's JSON object."""
    entry: dict[str, Any] = {"id": group.id, "op": group.op, "nodes": list(group.nodes), "collapsed": group.collapsed}
    if group.label is not None:
        entry["label"] = group.label
    if group.inputs:
        entry["inputs"] = list(group.inputs)
    if group.attrs:
        entry["attrs"] = dict(group.attrs)
    return entry
