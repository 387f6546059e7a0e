"""Products of matrices: a changed row of x changes a row, a changed weight part of a column."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.change import Change, added, blocks
from engine.node import Node
from engine.op import Array
from engine.spread.rule import Changes


def product(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
    """x W (+ b): a row of x changes a row of the product, an element of W a column, in the rows where x is not zero."""
    x, W = inputs[:2]
    if W.ndim != 2 or x.ndim == 0:
        return None
    rows = np.reshape(x, (-1, W.shape[0]))
    if changes[0]:
        return _left(changes[0], rows, W, out)
    if changes[1]:
        return _right(changes[1], rows, W, out)
    bias = changes[2]
    if bias is None:
        return None
    moved = Change(bias.owner, bias.block, bias.value - bias.base(inputs[2])).repeated(inputs[2].shape, out.shape)
    return added(moved.owner, moved.block, moved.elements().value[:, :, 0], out)


def _left(change: Change, rows: Array, W: Array, out: Array) -> Change:
    row, column = np.divmod(change.block, len(W))
    keys = change.owner * len(rows) + row
    if change.width == 1 and (keys[1:] > keys[:-1]).all():
        delta = (change.value - change.base(rows)).swapaxes(1, 2)
        moved = (delta * np.take(W.T, column, axis=1)).swapaxes(1, 2)
        owner = change.owner
    else:
        whole = change.rows(rows, len(W))
        owner, row, moved = whole.owner, whole.block, (whole.value - whole.base(rows)) @ W
    moved += blocks(out, W.shape[1], row)
    return Change(owner, row, moved)


def _right(change: Change, rows: Array, W: Array, out: Array) -> Change:
    single = change.elements()
    columns = W.shape[1]
    counts = np.count_nonzero(rows, axis=0)
    single = single.kept(np.repeat(counts > 0, columns)[single.block])
    inner = single.block // columns
    # The samples that the e-th element meets, and what they have there, begin at starts[inner[e]] in these two.
    lit = np.nonzero(rows.T)
    sample, met = lit[1], rows.T[lit]
    repeats, starts = counts[inner], (np.cumsum(counts) - counts)[inner]
    found = np.arange(repeats.sum()) + np.repeat(starts - (np.cumsum(repeats) - repeats), repeats)
    moved = np.repeat((single.value - single.base(W))[:, :, 0], repeats, axis=1) * met[found]
    place = sample[found] * columns + np.repeat(single.block - inner * columns, repeats)
    return added(np.repeat(single.owner, repeats), place, moved, out)
