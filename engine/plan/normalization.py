"""Kernels of batch normalization and dropout."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.plan.buffer import Buffer
from engine.plan.kernel import Elementwise, Kernel, kernel


@kernel("batch_norm")
class BatchNorm(Kernel):
    """Keeps the batch's mean and variance in `mean` and `variance`, for whoever follows them."""

    @classmethod
    def takes(cls, shapes: Sequence[tuple[int, ...]], attrs: Mapping[str, Any]) -> bool:
        x, gamma, beta = shapes
        return len(x) == 2 and gamma == beta == x[1:]

    def prepare(self) -> None:
        x, _, _ = self.inputs
        self.mean, self.variance, self.deviation, self.sums = (np.zeros(x.shape[1:], x.dtype) for _ in range(4))
        self.normal, self.work = self.like(x), self.like(x)

    def forward(self) -> None:
        x, gamma, beta = self.inputs
        np.divide(np.add.reduce(x, axis=0, out=self.mean), len(x), out=self.mean)
        np.subtract(x, self.mean, out=self.normal)
        np.square(self.normal, out=self.work)
        np.divide(np.add.reduce(self.work, axis=0, out=self.variance), len(x), out=self.variance)
        np.add(self.variance, self.attrs["epsilon"], out=self.deviation)
        np.sqrt(self.deviation, out=self.deviation)
        np.divide(self.normal, self.deviation, out=self.normal)
        np.multiply(self.normal, gamma, out=self.out)
        np.add(self.out, beta, out=self.out)

    def backward(self) -> None:
        x, gamma, _ = self.inputs
        dx, dgamma, dbeta = self.targets
        if dbeta is not None:
            np.add.reduce(self.g, axis=0, out=dbeta)
        np.multiply(self.g, self.normal, out=self.work)
        np.add.reduce(self.work, axis=0, out=self.sums)
        if dgamma is not None:
            np.copyto(dgamma, self.sums)
        if dx is not None:
            # (g − mean g − x̂ mean(g x̂)) γ/σ
            np.divide(self.sums, len(x), out=self.sums)
            np.multiply(self.normal, self.sums, out=self.work)
            np.divide(np.add.reduce(self.g, axis=0, out=self.sums), len(x), out=self.sums)
            np.subtract(self.g, self.sums, out=dx)
            np.subtract(dx, self.work, out=dx)
            np.divide(gamma, self.deviation, out=self.sums)
            np.multiply(dx, self.sums, out=dx)


@kernel("dropout")
class Dropout(Elementwise):
    """Draws the mask that the op draws for the same `seed`, which may be set anew before each step."""

    def prepare(self) -> None:
        super().prepare()
        self.seed: int = self.attrs["seed"]
        self.training: bool = self.attrs["training"]
        self.kept = self.like(self.out, np.bool_)

    def forward(self) -> None:
        if not self.training:
            np.multiply(self.inputs[0], 1 - self.attrs["ratio"], out=self.out)
            return
        drawn = np.random.default_rng(self.seed).random(math.prod(self.out.shape)).reshape(self.out.shape)
        np.greater_equal(drawn, self.attrs["ratio"], out=self.kept)
        np.multiply(self.inputs[0], self.kept, out=self.out)

    def slope(self, slot: int, into: Buffer) -> None:
        np.multiply(self.g, self.kept if self.training else 1 - self.attrs["ratio"], out=into)
