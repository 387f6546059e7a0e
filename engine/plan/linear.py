"""Kernels of the matrix products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.plan.kernel import Kernel, kernel


@kernel("dot", "matmul")
class Matmul(Kernel):
    @classmethod
    def takes(cls, shapes: Sequence[tuple[int, ...]], attrs: Mapping[str, Any]) -> bool:
        return all(len(shape) == 2 for shape in shapes)

    def forward(self) -> None:
        x, y = self.inputs
        np.matmul(x, y, out=self.out)

    def backward(self) -> None:
        (x, y), (dx, dy) = self.inputs, self.targets
        if dx is not None:
            np.matmul(self.g, y.T, out=dx)
        if dy is not None:
            np.matmul(x.T, self.g, out=dy)


@kernel("affine")
class Affine(Kernel):
    @classmethod
    def takes(cls, shapes: Sequence[tuple[int, ...]], attrs: Mapping[str, Any]) -> bool:
        x, W, b = shapes
        return len(x) == len(W) == 2 and b == W[1:]

    def prepare(self) -> None:
        self.ones = np.ones(len(self.out), self.out.dtype)

    def forward(self) -> None:
        x, W, b = self.inputs
        np.matmul(x, W, out=self.out)
        np.add(self.out, b, out=self.out)

    def backward(self) -> None:
        x, W, _ = self.inputs
        dx, dW, db = self.targets
        if dx is not None:
            np.matmul(self.g, W.T, out=dx)
        if dW is not None:
            np.matmul(x.T, self.g, out=dW)
        if db is not None:
            np.dot(self.ones, self.g, out=db)  # the sum over the batch, a third of the time of a reduction
