"""Sums, repeats and ops that move numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.attr import axes
from engine.change import Change, added, ordered
from engine.node import Node
from engine.op import OPS, Array
from engine.spread.rule import Changes


def reduction(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
    change, x = changes[0], inputs[0]
    if change is None:
        return None
    over = axes(node.attrs.get("axis"), x.ndim)
    kept = tuple(1 if axis in over else length for axis, length in enumerate(x.shape))
    places = np.broadcast_to(np.arange(out.size).reshape(kept), x.shape).ravel()
    single = change.elements()
    share = out.size / x.size if node.op == "mean" else 1.0
    return added(single.owner, places[single.block], (single.value - single.base(x))[:, :, 0] * share, out)


def rearranged(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
    if changes[0] is None:
        return None
    single = changes[0].elements()
    sources = OPS[node.op].forward(np.arange(out.size).reshape(inputs[0].shape), **node.attrs).ravel()
    return ordered(single.owner, np.argsort(sources)[single.block], single.value[:, :, 0], out.size)


def in_reading_order(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
    return changes[0]


def repeat(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
    return changes[0] and changes[0].repeated(inputs[0].shape, out.shape)
