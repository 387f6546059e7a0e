"""Kernel of convolution, ReLU and max pooling in one: the middle results never leave the processor's cache."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.plan.buffer import Buffer, buffer
from engine.plan.kernel import Kernel


class ConvReluPool(Kernel):
    """Convolution (stride 1, no padding), ReLU, and pooling of windows that lie side by side.

    One patch serves all positions of one pooling window: for size 2 and 5 × 5 filters it is 6 × 6 pixels, and each
    filter is laid into it four times. One product for each pooled row then gives all positions, and the maximum is
    taken at once. Images lie with the batch last, so that a row of patches is a block of memory and every loop runs
    along it. The maximum comes before bias and ReLU, which do not change which position is the largest.
    """

    def prepare(self) -> None:
        x, W, _ = self.inputs
        self.size: int = self.attrs["size"]
        batch, channels, height, _ = x.shape
        filters, _, fh, fw = W.shape
        _, _, self.rows, columns = self.out.shape
        self.patch = (fh + self.size - 1, channels, fw + self.size - 1)
        self.x = x.transpose(1, 2, 3, 0)
        self.pooled = self.out.transpose(1, 2, 3, 0)
        self.g_pooled = self.g.transpose(1, 2, 3, 0)
        # All patches that begin in one row of pixels: (row, channel, pixel of the patch, patch, image).
        self.strips = buffer((height, channels, self.patch[2], columns, batch), x.dtype)
        places = self.size**2
        self.laid = buffer((places, filters, *self.patch), x.dtype)
        self.out_row = buffer((places, filters, columns * batch), x.dtype)
        self.row = buffer((filters, columns, batch), x.dtype)
        self.won = buffer((self.rows, places, filters, columns * batch), np.bool_)
        self.taken = buffer((filters, columns * batch), np.bool_)
        self.open = buffer((filters, columns, batch), np.bool_)
        self.d_laid, self.d_laid_row = np.zeros_like(self.laid), np.zeros_like(self.laid)
        self.d_strips = np.zeros_like(self.strips) if self.targets[0] is not None else None
        self.learns = any(target is not None for target in self.targets)

    def forward(self) -> None:
        _, W, b = self.inputs
        self._gather()
        for part in self._places(self.laid):
            np.copyto(part, W.transpose(0, 2, 1, 3))
        laid = _matrix(self.laid, 2)
        out_row, row = self.out_row, self.row.reshape(self.taken.shape)
        for r in range(self.rows):
            np.matmul(laid, self._patches(self.strips, r), out=out_row.reshape(len(laid), -1))
            np.maximum.reduce(out_row, axis=0, out=row)
            if self.learns:
                self._mark(r, row)
            np.add(self.row, b[:, None, None], out=self.row)
            np.maximum(self.row, 0, out=self.pooled[:, r])

    def backward(self) -> None:
        dx, dW, db = self.targets
        d_row, flat = self.row, self.row.reshape(self.taken.shape)
        self.d_laid.fill(0)
        for target in (self.d_strips, db):
            if target is not None:
                target.fill(0)
        laid, d_laid_row = _matrix(self.laid, 2), _matrix(self.d_laid_row, 2)
        for r in range(self.rows):
            np.greater(self.pooled[:, r], 0, out=self.open)
            np.multiply(self.g_pooled[:, r], self.open, out=d_row)
            if db is not None:
                np.add(db, np.add.reduce(flat, axis=1), out=db)
            for place, won in enumerate(self.won[r]):
                np.multiply(flat, won, out=self.out_row[place])
            d_out = self.out_row.reshape(len(laid), -1)
            np.matmul(d_out, self._patches(self.strips, r).T, out=d_laid_row)
            np.add(self.d_laid, self.d_laid_row, out=self.d_laid)
            if self.d_strips is not None:
                d_patches = self._patches(self.d_strips, r)
                np.add(d_patches, laid.T @ d_out, out=d_patches)
        if dW is not None:
            dW.fill(0)
            for part in self._places(self.d_laid):
                np.add(dW, part.transpose(0, 2, 1, 3), out=dW)
        if dx is not None:
            self._scatter(dx)

    def _gather(self) -> None:
        """Copy every pixel to the places that it has in the patches."""
        for column in range(self.patch[2]):
            np.copyto(self.strips[:, :, column], self._pixels(self.x, column))

    def _scatter(self, dx: Buffer) -> None:
        """Sum every pixel's gradient over the places that it had in the patches."""
        dx.fill(0)
        assert self.d_strips is not None
        for column in range(self.patch[2]):
            pixels = self._pixels(dx.transpose(1, 2, 3, 0), column)
            np.add(pixels, self.d_strips[:, :, column], out=pixels)

    def _pixels(self, x: Buffer, column: int) -> Any:
        """The pixels in this column of all patches: (row, channel, patch, image)."""
        step = self.size
        return x.transpose(1, 0, 2, 3)[:, :, column : column + step * self.strips.shape[3] : step]

    def _patches(self, strips: Buffer, r: int) -> Any:
        """The patches of one pooled row as columns of a matrix."""
        return strips[r * self.size : r * self.size + self.patch[0]].reshape(-1, strips.shape[3] * strips.shape[4])

    def _places(self, laid: Buffer) -> Any:
        """Where the filters lie in the patch, position by position in the window: (filter, row, channel, column)."""
        fh, fw = self.inputs[1].shape[2:]
        for place in range(len(laid)):
            top, left = divmod(place, self.size)
            yield laid[place][:, top : top + fh, :, left : left + fw]

    def _mark(self, r: int, row: Buffer) -> None:
        """Remember which position of each window was its first maximum."""
        won = self.won[r]
        np.equal(self.out_row, row, out=won)
        np.copyto(self.taken, won[0])
        for place in won[1:]:
            np.greater(place, self.taken, out=place)
            np.logical_or(self.taken, place, out=self.taken)


def _matrix(array: Buffer, leading: int) -> Any:
    """The same memory with the leading axes as rows, the others as columns."""
    rows = int(np.prod(array.shape[:leading]))
    return array.reshape(rows, -1)
