"""The partner's share: the first rows of the first layer, with all that both processes see of them."""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing.context import SpawnContext

import numpy as np
from numpy.typing import NDArray

from engine.batches import Batches
from engine.config import OptimizerConfig
from engine.idx import Bytes
from engine.parallel.line import Line
from engine.parallel.memory import Memory
from engine.plan.pixels import PixelAffine

GATHER = 10
"""What it costs to gather a pixel, in multiplications."""


@dataclass(frozen=True)
class Share:
    """The first rows of W, in the order of the table's columns.

    Shapes:  pixels (n, rows), dark (n,); memory: parameters, gradients and each array that the optimizer remembers
             (rows · units,), product and upstream (batch, units), iteration, updates and learning_rate (1,)
    """

    rows: int
    units: int
    optimizer: OptimizerConfig
    batches: Batches
    pixels: Bytes
    dark: NDArray[np.intp]
    line: Line
    memory: Memory

    @classmethod
    def of(
        cls,
        context: SpawnContext,
        kernel: PixelAffine,
        optimizer: OptimizerConfig,
        kept: tuple[str, ...],
        batches: Batches,
    ) -> Share:
        """A share for which both products are done at the same time.

        The partner gathers its pixels while the leader is in the later layers, so it has more of the columns that are
        lit. Counted, not measured: the same network is always cut at the same place, to the same bits.
        """
        columns, units = map(int, kernel.weights.shape)
        unlit = int(np.quantile(kernel.lit.start, 1 / (batches.batch + 1)))
        rows = unlit + round((columns - 1 - unlit) * (units + GATHER) / (2 * units + GATHER))
        flat, small = ((rows * units,), np.float32), ((batches.batch, units), np.float32)
        layout = {
            "parameters": flat,
            "gradients": flat,
            **dict.fromkeys(kept, flat),
            "product": small,
            "upstream": small,
            "iteration": ((1,), np.int64),
            "updates": ((1,), np.int64),
            "learning_rate": ((1,), np.float64),
        }
        pixels, dark = np.ascontiguousarray(kernel.lit.rows[:, :rows]), np.minimum(kernel.lit.start, rows)
        return cls(rows, units, optimizer, batches, pixels, dark, Line(context), Memory(context, layout))
