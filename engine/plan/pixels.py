"""The first layer on pixels: bytes gathered from a table, and only the columns that are lit somewhere in the batch."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.lit import Lit
from engine.plan.buffer import buffer
from engine.plan.kernel import Kernel
from engine.plan.table import Table


class Gather(Kernel):
    """An input node fed from a table: the rows that the step asks for, scaled."""

    def prepare(self) -> None:
        self.table: Table = self.attrs["table"]
        self.rows: Any = self.attrs["rows"]
        self.taken = buffer(self.out.shape, self.table.rows.dtype)

    def forward(self) -> None:
        np.take(self.table.rows, self.rows, axis=0, out=self.taken, mode="clip")
        np.copyto(self.out, self.taken, casting="unsafe")
        if self.table.scale is not None:
            np.multiply(self.out, self.table.scale, out=self.out)

    def backward(self) -> None:
        """Nothing flows into a table."""


class PixelAffine(Kernel):
    """Affine straight from a table of pixels, on the columns lit in this batch.

    `alone`: what it writes is the whole gradient of W and b, zero before row `start`.

    W lies in memory with its rows in the table's column order, b right behind it as one more row: one product adds the
    bias too. The scale goes on the small side, onto the product and onto the gradient, never onto the pixels.
    """

    def prepare(self) -> None:
        self.lit: Lit = self.attrs["table"].lit
        self.rows: Any = self.attrs["rows"]
        self.scale: float = self.attrs["table"].scale
        W, b = self.inputs
        dW, db = self.targets
        self.weights = _stacked(W, b)
        self.alone = dW is not None and db is not None and _adjacent(dW, db)
        self.gradients = self.weights
        if self.alone:
            self.gradients = _stacked(dW, db)
        elif dW is not None:
            self.gradients = self.like(self.weights)
        batch, columns = len(self.out), len(self.weights)
        self.taken = buffer((batch, columns), np.uint8)
        self.x = buffer((batch, columns), self.out.dtype)
        self.scaled = self.like(self.out)
        self.start = self.written = columns

    def forward(self) -> None:
        self.start = start = int(self.lit.start[self.rows].min())
        np.take(self.lit.rows, self.rows, axis=0, out=self.taken, mode="clip")
        np.copyto(self.x[:, start:], self.taken[:, start:])
        np.matmul(self.x[:, start:], self.weights[start:], out=self.out)
        np.multiply(self.out, self.scale, out=self.out)

    def backward(self) -> None:
        np.multiply(self.g, self.scale, out=self.scaled)
        np.matmul(self.x[:, self.start :].T, self.scaled, out=self.gradients[self.start :])
        if self.written < self.start:  # what an earlier batch left there
            self.gradients[self.written : self.start] = 0
        self.written = self.start
        if not self.alone:
            for target, part in zip(self.targets, (self.gradients[:-1], self.gradients[-1]), strict=True):
                if target is not None:
                    np.copyto(target, part)


def _adjacent(W: Any, b: Any) -> bool:
    """Whether b lies right behind W."""
    return bool(b.ctypes.data == W.ctypes.data + W.nbytes)


def _stacked(W: Any, b: Any) -> Any:
    """W and b, which lies right behind it, as one matrix."""
    assert _adjacent(W, b)
    return np.lib.stride_tricks.as_strided(W, (len(W) + 1, W.shape[1]), W.strides, writeable=True)
