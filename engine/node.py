"""Node, Edge and Group: what a graph is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.op import Array

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
