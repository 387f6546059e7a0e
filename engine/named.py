"""Named is what was found at every node, by position, read by the nodes' names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from engine.op import Array


class Named(Mapping[str, Array]):
    """A value for every node id, in topological order; a tape's float is read as NumPy's number.

    Nothing is named before it is asked for: an evaluation would take a third longer.
    """

    __slots__ = ("_found", "_places")

    def __init__(self, places: Mapping[str, int], found: Sequence[Any]) -> None:
        self._places = places
        self._found = found

    def __getitem__(self, node_id: str) -> Array:
        value = self._found[self._places[node_id]]
        return np.float64(value) if type(value) is float else value  # type: ignore[return-value]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __repr__(self) -> str:
        return repr(dict(self))
