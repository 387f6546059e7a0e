"""Kernel of the loss that ends a classifier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.plan.kernel import Kernel, kernel


@kernel("softmax_with_loss")
class SoftmaxWithLoss(Kernel):
    """Softmax and its cross-entropy error at once: the loss from log-softmax, the gradient (y Σt − t)/N.

    Works in the memory order of x; with the classes first, every reduction runs along whole rows of the batch.
    """

    @classmethod
    def takes(cls, shapes: Sequence[tuple[int, ...]], attrs: Mapping[str, Any]) -> bool:
        x, t = shapes
        return len(x) == 2 and t in (x, x[:1])

    def prepare(self) -> None:
        x, t = self.inputs
        self.batch = len(x)
        self.y = self.like(x)
        self.peak = np.zeros((self.batch, 1), x.dtype)
        self.total = np.zeros((self.batch, 1), x.dtype)
        self.losses = np.zeros(self.batch, x.dtype)
        self.labelled = t.ndim == 1
        if self.labelled:
            # Where each label's logit lies in memory.
            self.across, self.flat = (
                (1, self.y.reshape(-1)) if x.flags.c_contiguous else (self.batch, self.y.T.reshape(-1))
            )
            step = x.shape[1] if x.flags.c_contiguous else 1
            self.rows = np.arange(self.batch) * step
            self.places = np.zeros(self.batch, dtype=np.intp)
        else:
            self.weighted = self.like(x)
            self.weights = np.zeros((self.batch, 1), x.dtype)
            self.normed = np.zeros(self.batch, x.dtype)

    def forward(self) -> None:
        x, t = self.inputs
        np.maximum.reduce(x, axis=1, out=self.peak, keepdims=True)
        np.subtract(x, self.peak, out=self.y)
        if self.labelled:
            np.copyto(self.places, t if t.dtype.kind == "i" else np.rint(t), casting="unsafe")
            np.multiply(self.places, self.across, out=self.places)
            np.add(self.places, self.rows, out=self.places)
            np.take(self.flat, self.places, out=self.losses, mode="clip")
        else:
            np.multiply(self.y, t, out=self.weighted)
            np.add.reduce(self.weighted, axis=1, out=self.losses)
        np.exp(self.y, out=self.y)
        np.add.reduce(self.y, axis=1, out=self.total, keepdims=True)
        np.divide(self.y, self.total, out=self.y)
        np.log(self.total, out=self.total)
        if self.labelled:
            np.subtract(self.total[:, 0], self.losses, out=self.losses)
        else:
            np.add.reduce(t, axis=1, out=self.weights, keepdims=True)
            np.multiply(self.total[:, 0], self.weights[:, 0], out=self.normed)
            np.subtract(self.normed, self.losses, out=self.losses)
        np.add.reduce(self.losses, out=self.out)
        np.divide(self.out, self.batch, out=self.out)

    def backward(self) -> None:
        dx, dt = self.targets
        scale = self.g.item() / self.batch
        if dt is not None and self.labelled:
            dt.fill(0)
        elif dt is not None:
            # Not log(y): where y is too small for a number, its logarithm still is one.
            np.subtract(self.peak, self.inputs[0], out=dt)
            np.add(dt, self.total, out=dt)
            np.multiply(dt, scale, out=dt)
        if dx is None:
            return
        if self.labelled:
            np.take(self.flat, self.places, out=self.losses, mode="clip")
            np.subtract(self.losses, 1, out=self.losses)
            self.flat[self.places] = self.losses
            np.multiply(self.y, scale, out=dx)
        else:
            np.multiply(self.y, self.weights, out=dx)
            np.subtract(dx, self.inputs[1], out=dx)
            np.multiply(dx, scale, out=dx)
