"""Element-wise ops: what changed in any operand changes its own place, wherever that shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.change import Change, Index, blocks
from engine.node import Node
from engine.op import OPS, Array
from engine.spread.rule import NONE, Changes


def elementwise(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> tuple[Change, Index]:
    op = OPS[node.op]
    owner, block, now, before = _gathered(changes, inputs, out)
    change = Change(owner, block, op.forward(*now, **node.attrs))
    if op.kinks is None:
        return change, NONE
    over = np.broadcast_to(op.kinks(*now, **node.attrs) != op.kinks(*before, **node.attrs), change.value.shape)
    return change, owner[np.flatnonzero(over.any(axis=(0, 2)))]


def _gathered(changes: Changes, inputs: Sequence[Array], out: Array) -> tuple[Index, Index, list[Array], list[Array]]:
    """Where the output of an element-wise op may change, and its inputs there, now and before."""
    shown = [c and c.repeated(value.shape, out.shape) for c, value in zip(changes, inputs, strict=True)]
    there = [change for change in shown if change]
    alone = len(there) == 1
    there = there if alone else [change.elements() for change in there]
    owner, block, width = there[0].owner, there[0].block, there[0].width
    keys = [change.owner * out.size + change.block for change in there]
    if not alone:
        union = np.unique(np.concatenate(keys))
        owner, block = np.divmod(union, out.size)
    before = [value if value.ndim == 0 else blocks(np.broadcast_to(value, out.shape), width, block) for value in inputs]
    now = list(before)
    for slot, change in enumerate(shown):
        if change and alone:
            now[slot] = change.value
        elif change:
            now[slot] = np.array(np.broadcast_to(before[slot], (2, len(block), 1)))
            now[slot][:, np.searchsorted(union, keys.pop(0))] = there.pop(0).value
    return owner, block, now, before
