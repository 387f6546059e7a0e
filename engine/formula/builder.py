"""A Builder gathers the nodes of a formula and gives each a readable id of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from engine.formula.listing import Layer
from engine.formula.literal import number_text
from engine.node import Node
from engine.op import Array
from engine.value import as_array

Place = tuple[int, int]


class Builder:
    """Nodes in the order they were made, what each name stands for, and where in the text each node was written."""

    def __init__(self, reserved: Iterable[str]) -> None:
        self.nodes: list[Node] = []
        self.names: dict[str, str] = {}
        self.layers: dict[str, Layer] = {}
        self.places: dict[str, Place] = {}
        self._reserved = frozenset(reserved)
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def read(self, name: str, place: Place) -> str:
        """The node that a name stands for; a free name becomes an input node."""
        if name not in self.names:
            self.names[name] = self.add("input", value=as_array(1.0), name=name, place=place)
        return self.names[name]

    def bind(self, name: str, node_id: str) -> None:
        self.names[name] = node_id
        self.layers.pop(name, None)

    def hold(self, name: str, layer: Layer) -> None:
        self.layers[name] = layer
        self.names.pop(name, None)

    def constant(self, value: Array, place: Place) -> str:
        text = number_text(float(value)) if value.ndim == 0 else "array"
        return self.add("constant", value=value, base=f"const_{text}", place=place)

    def add(
        self,
        op: str,
        inputs: tuple[str, ...] = (),
        attrs: Mapping[str, Any] | None = None,
        *,
        place: Place,
        value: Array | None = None,
        name: str | None = None,
        base: str | None = None,
    ) -> str:
        """A new node, named after the variable it is bound to, else after its op; the id."""
        node_id = self._free(name, named=True) if name else self._free(base or op, named=False)
        self._taken.add(node_id)
        self.nodes.append(Node(node_id, op, inputs, dict(attrs or {}), value))
        self.places[node_id] = place
        return node_id

    def _free(self, base: str, *, named: bool) -> str:
        if base not in self._taken and (named or base not in self._reserved):
            return base
        stem = re.sub(r"\W", "_", base)
        number = self._last.get(stem, 1) + 1
        while f"{stem}_{number}" in self._taken or f"{stem}_{number}" in self._reserved:
            number += 1
        self._last[stem] = number
        return f"{stem}_{number}"
