"""Kernels of the matrix products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.plan.buffer import widened
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


class StackedAffine(Kernel):
    """Affine for which b lies right behind W in memory, as one more row that meets ones: one product adds the bias too.

    Inputs:  those of affine, which end with W and b
    `alone`: what it writes is the whole gradient of W and b.
    """

    def prepare(self) -> None:
        W, b = self.inputs[-2:]
        self.wanted: tuple[Any, ...] = tuple(self.targets[-2:])
        self.weights = _stacked(W, b)
        self.alone = _adjacent(*self.wanted)
        self.gradients = _stacked(*self.wanted) if self.alone else self.like(self.weights)

    def hand_on(self) -> None:
        """Copy the gradients to where they are added to others."""
        if not self.alone:
            for target, part in zip(self.wanted, (self.gradients[:-1], self.gradients[-1]), strict=True):
                np.copyto(target, part)


class HiddenAffine(StackedAffine):
    """Affine on values with a column of ones behind them."""

    def prepare(self) -> None:
        super().prepare()
        self.wide = widened(self.inputs[0])

    def forward(self) -> None:
        np.matmul(self.wide, self.weights, out=self.out)

    def backward(self) -> None:
        dx = self.targets[0]
        if dx is not None:
            np.matmul(self.g, self.inputs[1].T, out=dx)
        np.matmul(self.wide.T, self.g, out=self.gradients)
        self.hand_on()


def _adjacent(W: Any, b: Any) -> bool:
    """Whether b lies right behind W."""
    return bool(b.ctypes.data == W.ctypes.data + W.nbytes)


def _stacked(W: Any, b: Any) -> Any:
    """W and b, which lies right behind it, as one matrix."""
    assert _adjacent(W, b)
    return np.lib.stride_tricks.as_strided(W, (len(W) + 1, W.shape[1]), W.strides, writeable=True)
