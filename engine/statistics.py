"""Running statistics: the mean and variance that batch normalization answers with once it is no longer in training."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.network import Network, normalizations
from engine.plan import Plan
from engine.plan.normalization import BatchNorm

MOMENTUM = 0.9


class RunningStatistics:
    """For each batch normalization `n` of a network the arrays `n.mean` and `n.variance`, which follow the batches."""

    def __init__(self, net: Network, plan: Plan) -> None:
        followed = {node.id for node in normalizations(net)}
        kernels = {name: kernel for name, kernel in plan.kernels.items() if name in followed}
        self._kernels = {name: kernel for name, kernel in kernels.items() if isinstance(kernel, BatchNorm)}
        self.arrays: dict[str, NDArray[Any]] = {}
        for name, kernel in self._kernels.items():
            self.arrays[f"{name}.mean"] = np.zeros_like(kernel.mean)
            self.arrays[f"{name}.variance"] = np.zeros_like(kernel.variance)

    def follow(self) -> None:
        """A tenth of the way to the statistics of the batch that the plan has just run."""
        for name, kernel in self._kernels.items():
            for kind, now in (("mean", kernel.mean), ("variance", kernel.variance)):
                running = self.arrays[f"{name}.{kind}"]
                np.copyto(running, MOMENTUM * running + (1 - MOMENTUM) * now)
