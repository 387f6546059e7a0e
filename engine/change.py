"""A Change is what many nudges up and down, followed at once, made different in one value, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.op import Array

Index = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """Blocks of a value that differ, in ascending order of owner and block.

    The value is cut into blocks of equal width in reading order: width 1 means elements, the length of its last axis
    rows. `owner` is the nudge that made the difference, `block` the place, `value` what stands there now, after the
    nudge up and after the one down.

    Shapes:  owner (m,), block (m,), value (2, m, width)
    """

    owner: Index
    block: Index
    value: Array

    @property
    def width(self) -> int:
        width: int = self.value.shape[2]
        return width

    def base(self, value: Array) -> Array:
        """What stood in these blocks before."""
        return blocks(value, self.width, self.block)

    def kept(self, mask: NDArray[np.bool_]) -> Change:
        """Only the blocks that the mask keeps."""
        return self if mask.all() else Change(self.owner[mask], self.block[mask], self.value[:, mask])

    def pruned(self, value: Array) -> Change:
        """Only the blocks that really differ: what did not move has nothing to hand on."""
        return self.kept((self.value != self.base(value)).any(axis=(0, 2)))

    def elements(self) -> Change:
        """The same change, element by element."""
        if self.width == 1:
            return self
        places = self.block[:, np.newaxis] * self.width + np.arange(self.width)
        return Change(np.repeat(self.owner, self.width), places.ravel(), self.value.reshape(2, -1, 1))

    def rows(self, value: Array, width: int) -> Change:
        """The same change in blocks of another width, filled up from the value as it was."""
        if self.width == width:
            return self
        single = self.elements()
        row, column = np.divmod(single.block, width)
        keys, place = np.unique(single.owner * (value.size // width) + row, return_inverse=True)
        owner, block = np.divmod(keys, value.size // width)
        filled = np.stack([blocks(value, width, block)] * 2)
        filled[:, place, column] = single.value[:, :, 0]
        return Change(owner, block, filled)

    def repeated(self, shape: tuple[int, ...], wide: tuple[int, ...]) -> Change:
        """Where a change of a value of this shape shows after broadcasting to a wide one, element by element."""
        if shape == wide:
            return self
        single = self.elements()
        size = int(np.prod(shape))
        sources = np.broadcast_to(np.arange(size).reshape(shape), wide).ravel()
        places = np.argsort(sources, kind="stable").reshape(size, -1)[single.block]
        owner = np.repeat(single.owner, places.shape[1])
        return ordered(
            owner, places.ravel(), np.repeat(single.value[:, :, 0], places.shape[1], axis=1), int(np.prod(wide))
        )


def blocks(value: Array, width: int, block: Index) -> Array:
    """Some blocks of a value, laid out in memory column by column: sums along short rows are then sums of long columns.

    Shapes:  → (m, width)
    """
    if width == 1:
        return np.ravel(value)[block][:, np.newaxis]
    return np.take(np.reshape(value, (-1, width)).T, block, axis=1).T


def ordered(owner: Index, place: Index, value: Array, size: int) -> Change:
    """Elements in order of owner and place.

    Shapes:  owner and place (m,), value (2, m)
    """
    order = np.argsort(owner * size + place, kind="stable")
    return Change(owner[order], place[order], value[:, order, np.newaxis])


def added(owner: Index, place: Index, delta: Array, base: Array) -> Change:
    """The change of a value to whose elements these amounts were added; amounts for one element are summed.

    Shapes:  owner and place (m,), delta (2, m)
    """
    keys = owner * max(base.size, 1) + place
    if (keys[1:] < keys[:-1]).any():
        order = np.argsort(keys, kind="stable")
        owner, place, delta, keys = owner[order], place[order], delta[:, order], keys[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    if len(first) < len(keys):
        owner, place, delta = owner[first], place[first], np.add.reduceat(delta, first, axis=1)
    return Change(owner, place, (np.ravel(base)[place] + delta)[:, :, np.newaxis])
