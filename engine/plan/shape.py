"""Kernels of the ops that only look at the same numbers in another shape."""

from __future__ import annotations

import numpy as np

from engine.attr import axes
from engine.plan.kernel import Kernel, kernel


@kernel("reshape", "flatten")
class Reshape(Kernel):
    def forward(self) -> None:
        np.copyto(self.out, self.inputs[0].reshape(self.out.shape))

    def backward(self) -> None:
        (target,) = self.targets
        if target is not None:
            np.copyto(target, self.g.reshape(target.shape))


@kernel("sum")
class Sum(Kernel):
    def prepare(self) -> None:
        (x,) = self.inputs
        self.axis = axes(self.attrs["axis"], x.ndim)
        self.whole = np.add.reduce(x, axis=self.axis, keepdims=True).shape

    def forward(self) -> None:
        np.add.reduce(self.inputs[0], axis=self.axis, out=self.out.reshape(self.whole), keepdims=True)

    def backward(self) -> None:
        (target,) = self.targets
        if target is not None:
            np.copyto(target, self.g.reshape(self.whole))
