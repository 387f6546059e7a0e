"""Kernels of the element-wise ops that networks are made of."""

from __future__ import annotations

import numpy as np

from engine.plan.buffer import Buffer, widened
from engine.plan.kernel import Elementwise, Kernel, kernel


@kernel("add")
class Add(Elementwise):
    def forward(self) -> None:
        np.add(self.inputs[0], self.inputs[1], out=self.out)

    def slope(self, slot: int, into: Buffer) -> None:
        np.copyto(into, self.g)


@kernel("sub")
class Sub(Elementwise):
    def forward(self) -> None:
        np.subtract(self.inputs[0], self.inputs[1], out=self.out)

    def slope(self, slot: int, into: Buffer) -> None:
        if slot == 0:
            np.copyto(into, self.g)
        else:
            np.negative(self.g, out=into)


@kernel("mul")
class Mul(Elementwise):
    def forward(self) -> None:
        np.multiply(self.inputs[0], self.inputs[1], out=self.out)

    def slope(self, slot: int, into: Buffer) -> None:
        np.multiply(self.g, self.inputs[1 - slot], out=into)


@kernel("square")
class Square(Elementwise):
    def forward(self) -> None:
        np.square(self.inputs[0], out=self.out)

    def slope(self, slot: int, into: Buffer) -> None:
        np.multiply(self.inputs[slot], self.g, out=into)
        np.multiply(into, 2, out=into)


@kernel("relu")
class Relu(Kernel):
    """May write over its input: its sign is all that backward needs, and the output keeps that.

    Ones behind the numbers stay ones.
    """

    def prepare(self) -> None:
        (x,), (dx,) = self.inputs, self.targets
        self.x, self.y, self.dy = widened(x), widened(self.out), widened(self.g)
        self.dx = None if dx is None else widened(dx)
        self.zeros = np.zeros_like(self.y)  # the larger of two arrays is found in a third of the time
        self.positive = np.zeros_like(self.y, np.bool_)

    def forward(self) -> None:
        np.maximum(self.x, self.zeros, out=self.y)

    def backward(self) -> None:
        if self.dx is not None:
            np.greater(self.y, self.zeros, out=self.positive)
            np.multiply(self.dy, self.positive, out=self.dx)


@kernel("sigmoid")
class Sigmoid(Elementwise):
    def forward(self) -> None:
        np.negative(self.inputs[0], out=self.out)
        np.exp(self.out, out=self.out)
        np.add(self.out, 1, out=self.out)
        np.reciprocal(self.out, out=self.out)

    def slope(self, slot: int, into: Buffer) -> None:
        np.subtract(1, self.out, out=into)
        np.multiply(into, self.out, out=into)
        np.multiply(into, self.g, out=into)


@kernel("tanh")
class Tanh(Elementwise):
    def forward(self) -> None:
        np.tanh(self.inputs[0], out=self.out)

    def slope(self, slot: int, into: Buffer) -> None:
        np.square(self.out, out=into)
        np.subtract(1, into, out=into)
        np.multiply(into, self.g, out=into)
