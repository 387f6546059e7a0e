"""Nodes and groups as JSON objects, read strictly and written sparely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.errors import GraphError, OpError, SlotError
from engine.node import Group, Node, Text
from engine.value import as_array


def known_keys(entry: Any, known: Iterable[str], what: str, node: str | None = None) -> None:
    """Let an entry pass, or not.

    Errors:  GraphError when it is no object or has keys that it does not take
    """
    if not isinstance(entry, Mapping):
        raise GraphError(f"a {what} is an object")
    for key in entry:
        if key not in known:
            raise GraphError(f"a {what} has no key {key!r}; it takes {', '.join(known)}", node=node)


def node_from(entry: Any) -> Node:
    """A node from its JSON object.

    Errors:  GraphError and its kinds, naming the node
    """
    node_id = entry.get("id") if isinstance(entry, Mapping) else None
    known_keys(entry, ("id", "op", "inputs", "attrs", "value", "label"), "node", node_id)
    if not isinstance(node_id, str) or not node_id:
        raise GraphError("a node needs an id: a text that is not empty")
    if not isinstance(entry.get("op"), str):
        raise GraphError(f"the node {node_id!r} needs an op: a name of the catalogue", node=node_id)
    value = entry.get("value")
    return Node(
        node_id,
        entry["op"],
        _ids_from(entry, "inputs", node_id),
        _attrs_from(entry, node_id),
        None if value is None else as_array(value, node=node_id),
        text_from(entry, "label", node_id),
    )


def group_from(entry: Any) -> Group:
    """A group from its JSON object.

    Errors:  GraphError and its kinds, naming the group
    """
    known_keys(entry, ("id", "op", "label", "nodes", "collapsed", "inputs", "attrs"), "group")
    if not isinstance(entry.get("id"), str) or not isinstance(entry.get("op"), str):
        raise GraphError("a group needs an id and an op")
    group_id = entry["id"]
    if not isinstance(entry.get("collapsed", False), bool):
        raise GraphError(f"the collapsed of {group_id!r} is true or false")
    return Group(
        group_id,
        entry["op"],
        _ids_from(entry, "nodes", group_id),
        text_from(entry, "label", group_id),
        entry.get("collapsed", False),
        _ids_from(entry, "inputs", group_id),
        _attrs_from(entry, group_id),
    )


def text_from(entry: Mapping[str, Any], key: str, owner: str | None = None) -> Text | None:
    """A text or its translations, or None.

    Errors:  GraphError for anything else
    """
    text = entry.get(key)
    if text is None or isinstance(text, str):
        return text
    if isinstance(text, Mapping) and all(isinstance(words, str) for words in text.values()):
        return dict(text)
    whose = f" of {owner!r}" if owner else ""
    raise GraphError(f"the {key}{whose} is a text, or an object of language: text", node=owner)


def _ids_from(entry: Mapping[str, Any], key: str, owner: str) -> tuple[str, ...]:
    ids = entry.get(key)
    if ids is None:
        return ()
    if not isinstance(ids, list | tuple) or not all(isinstance(i, str) for i in ids):
        raise SlotError(f"the {key} of {owner!r} are a list of node ids", node=owner)
    return tuple(ids)


def _attrs_from(entry: Mapping[str, Any], owner: str) -> dict[str, Any]:
    attrs = entry.get("attrs")
    if attrs is None:
        return {}
    if not isinstance(attrs, Mapping):
        raise OpError(f"the attrs of {owner!r} are an object", node=owner)
    return dict(attrs)


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
