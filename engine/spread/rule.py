"""What a rule of spreading looks like."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from engine.change import Change, Index
from engine.node import Node
from engine.op import Array

Changes = Sequence[Change | None]
Spread = Callable[[Node, Changes, Sequence[Array], Array], Change | None]
NONE: Index = np.zeros(0, dtype=np.intp)
