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
        turned = not x.flags.c_contiguous
        self.classes = 0 if turned else 1
        self.x, self.y = (array.T if turned else array for array in (x, self.like(x)))
        self.peak, self.total = (np.zeros((1, self.batch) if turned else (self.batch, 1), x.dtype) for _ in range(2))
        self.logarithm = self.total.reshape(-1)
        self.losses = np.zeros(self.batch, x.dtype)
        ones = np.ones(x.shape[1], x.dtype)
        self.factors = (ones, self.y) if turned else (self.y, ones)
        self.scale = np.zeros((), x.dtype)  # a Python number would be looked at anew
        self.share = np.full(self.batch, 1 / self.batch, x.dtype)
        dx = self.targets[0]
        self.dx = dx.T if turned and dx is not None else dx
        self.labelled = t.ndim == 1
        if self.labelled:
            # Where each label's logit lies in memory.
            across, step = (self.batch, 1) if turned else (1, x.shape[1])
            self.across, self.one = np.array(across), np.ones((), x.dtype)
            self.flat = self.y.reshape(-1)
            self.rows = np.arange(self.batch) * step
            self.places = np.zeros(self.batch, dtype=np.intp)
            self.labels = t if t.dtype == np.intp else np.zeros_like(self.places)
        else:
            self.t = t.T if turned else t
            self.weighted = np.zeros_like(self.y)
            self.weights = np.zeros_like(self.peak)
            self.normed = np.zeros_like(self.losses)

    def forward(self) -> None:
        x, y = self.x, self.y
        np.maximum.reduce(x, axis=self.classes, out=self.peak, keepdims=True)
        np.subtract(x, self.peak, out=y)
        if self.labelled:
            if self.labels is not self.inputs[1]:
                np.copyto(self.labels, np.rint(self.inputs[1]), casting="unsafe")
            np.multiply(self.labels, self.across, out=self.places)
            np.add(self.places, self.rows, out=self.places)
            self.flat.take(self.places, out=self.losses, mode="clip")
        else:
            np.multiply(y, self.t, out=self.weighted)
            np.add.reduce(self.weighted, axis=self.classes, out=self.losses)
        np.exp(y, out=y)
        np.dot(self.factors[0], self.factors[1], out=self.logarithm)  # the sum, half of the time of a reduction
        np.divide(y, self.total, out=y)
        np.log(self.total, out=self.total)
        if self.labelled:
            np.subtract(self.logarithm, self.losses, out=self.losses)
        else:
            np.add.reduce(self.t, axis=self.classes, out=self.weights, keepdims=True)
            np.multiply(self.logarithm, self.weights.reshape(-1), out=self.normed)
            np.subtract(self.normed, self.losses, out=self.losses)
        np.dot(self.losses, self.share, out=self.out)

    def backward(self) -> None:
        dt = self.targets[1]
        self.scale.fill(self.g.item() / self.batch)
        if dt is not None and self.labelled:
            dt.fill(0)
        elif dt is not None:
            # Not log(y): where y is too small for a number, its logarithm still is one.
            np.subtract(self.peak.reshape(-1, 1), self.inputs[0], out=dt)
            np.add(dt, self.logarithm[:, None], out=dt)
            np.multiply(dt, self.scale, out=dt)
        if self.dx is None:
            return
        if self.labelled:
            self.flat.take(self.places, out=self.losses, mode="clip")
            np.subtract(self.losses, self.one, out=self.losses)
            self.flat[self.places] = self.losses
            np.multiply(self.y, self.scale, out=self.dx)
        else:
            np.multiply(self.y, self.weights, out=self.dx)
            np.subtract(self.dx, self.t, out=self.dx)
            np.multiply(self.dx, self.scale, out=self.dx)
