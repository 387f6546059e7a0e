"""The first layer on pixels: bytes gathered from a table, and only the columns that are lit somewhere in the batch."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from engine.lit import Lit
from engine.plan.buffer import buffer, widened
from engine.plan.kernel import Kernel
from engine.plan.linear import StackedAffine
from engine.plan.table import Table


class Gather(Kernel):
    """An input node fed from a table: the rows that the step asks for, scaled."""

    def prepare(self) -> None:
        self.table: Table = self.attrs["table"]
        self.rows: Any = self.attrs["rows"]
        alike = self.out.dtype == self.table.rows.dtype and self.out.flags.c_contiguous
        self.taken = self.out if alike else buffer(self.out.shape, self.table.rows.dtype)

    def forward(self) -> None:
        self.table.rows.take(self.rows, axis=0, out=self.taken, mode="clip")
        if self.taken is not self.out:
            np.copyto(self.out, self.taken, casting="unsafe")
        if self.table.scale is not None:
            np.multiply(self.out, self.table.scale, out=self.out)

    def backward(self) -> None:
        """Nothing flows into a table."""


class Pixels:
    """The pixels of a batch as floats, from the first column that is lit in it; from the first where nobody counted.

    Shapes:  table (n, d), dark (n,) how many columns of each row come before its first lit one → lit (batch, d - start)
    """

    def __init__(self, table: Any, dark: Any, batch: int, dtype: Any) -> None:
        self.table = table
        # Read at random, so the smaller the better.
        small = np.min_scalar_type(table.shape[1])
        self.dark: Any = None if dark is None else dark.astype(small)
        self.batch_dark = buffer((batch,), small)
        self.taken = buffer((batch, table.shape[1]), table.dtype)
        self.x = buffer(self.taken.shape, dtype)
        self.lit = self.x
        self.start = 0

    def gather(self, rows: Any) -> None:
        """Take these rows of the table."""
        if self.dark is not None:
            self.dark.take(rows, out=self.batch_dark, mode="clip")
            self.start = int(self.batch_dark[self.batch_dark.argmin()])  # half of the time of a reduction
            self.lit = self.x[:, self.start :]
        self.table.take(rows, axis=0, out=self.taken, mode="clip")
        np.copyto(self.lit, self.taken[:, self.start :])


class Rows:
    """Rows of W and of its gradient, each of which meets a column of the table."""

    def __init__(self, weights: Any, gradients: Any) -> None:
        self.weights = weights
        self.gradients = gradients
        self.written = 0

    def multiply(self, pixels: Pixels, out: Any) -> None:
        """Write x W."""
        np.matmul(pixels.lit, self.weights[pixels.start :], out=out)

    def differentiate(self, pixels: Pixels, g: Any) -> None:
        """Write the gradient of W from the gradient of the product; rows that meet dark columns have none."""
        np.matmul(pixels.lit.T, g, out=self.gradients[pixels.start :])
        if self.written < pixels.start:  # what an earlier batch left there
            self.gradients[self.written : pixels.start] = 0
        self.written = pixels.start


class Helper(Protocol):
    """Whoever has the first rows of W, does for them what the kernel does for the others, and knows the batch."""

    def add_product(self, out: Any) -> None:
        """Add the product, once it is there."""

    def differentiate(self, g: Any) -> None:
        """Begin the gradient, from the gradient of the product."""


class PixelAffine(StackedAffine):
    """Affine straight from a table of pixels, on the columns lit in this batch.

    W's rows lie in the table's column order, of which the last is lit everywhere and meets b. Where the gradient is
    `alone`, it is zero before row `start`. The scale goes on the small side, onto the product and onto the gradient,
    never onto the pixels.
    """

    def prepare(self) -> None:
        super().prepare()
        self.lit: Lit = self.attrs["table"].lit
        self.rows: Any = self.attrs["rows"]
        self.product, self.upstream = widened(self.out), widened(self.g)
        self.scale = np.full_like(self.product, self.attrs["table"].scale)
        units = self.out.shape[1]
        self.scale[:, units:] = 1
        self.scaled = np.zeros_like(self.product)
        self.narrow = self.scaled[:, :units]
        self.pixels = Pixels(self.lit.rows, self.lit.start, len(self.out), self.out.dtype)
        self.keep(None, 0, self.pixels)

    def keep(self, helper: Helper | None, first: int, pixels: Pixels) -> None:
        """From now on only the rows from `first` on, on the pixels that meet them; the others are the helper's."""
        self.helper, self.first, self.own = helper, first, pixels
        self.part = Rows(self.weights[first:], self.gradients[first:])

    @property
    def start(self) -> int:
        """The first row of the last gradient that is not zero, among those that are its own."""
        return self.first + self.own.start

    def forward(self) -> None:
        self.own.gather(self.rows)
        self.part.multiply(self.own, self.out)
        if self.helper is not None:
            self.helper.add_product(self.out)
        np.multiply(self.product, self.scale, out=self.product)

    def backward(self) -> None:
        np.multiply(self.upstream, self.scale, out=self.scaled)
        if self.helper is not None:
            self.helper.differentiate(self.narrow)
        self.part.differentiate(self.own, self.narrow)
        self.hand_on()
