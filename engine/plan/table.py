"""A Table is what an input node is fed from: rows of a data set, of which each step takes some."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from numpy.typing import NDArray

from engine.lit import Lit


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of a data set, each multiplied by a scale where it has one.

    Shapes:  rows (n, ...), of which a step takes as many as the input node has
    """

    rows: NDArray[Any]
    scale: float | None = None
    sorted: Lit | None = None

    @cached_property
    def lit(self) -> Lit:
        return self.sorted or Lit.sort(self.rows.reshape(len(self.rows), -1))
