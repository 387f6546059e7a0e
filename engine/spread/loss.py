"""Softmax and losses: a changed row of scores or targets changes its own share of the mean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.change import Change, Index, added, blocks
from engine.node import Node
from engine.op import OPS, Array
from engine.ops.loss import LOG_OFFSET, target
from engine.spread.rule import NONE, Changes


def under_the_log(node: Node, changes: Changes, inputs: Sequence[Array]) -> Index:
    """The owners that carry a probability of the cross-entropy over the point where its logarithm begins."""
    if node.op != "cross_entropy_error" or changes[0] is None:
        return NONE
    over = np.sign(changes[0].value + LOG_OFFSET) != np.sign(changes[0].base(inputs[0]) + LOG_OFFSET)
    return changes[0].owner[np.flatnonzero(over.any(axis=(0, 2)))]


def softmax(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
    if changes[0] is None:
        return None
    rows = changes[0].rows(inputs[0], out.shape[-1])
    return Change(rows.owner, rows.block, OPS["softmax"].forward(rows.value))


def log_loss(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
    """A row of scores or of targets changes its own share of the mean over the batch."""
    scores, t = inputs
    slot = 0 if changes[0] else 1
    change, classes = changes[slot], scores.shape[-1]
    if change is None or (slot == 1 and t.shape != scores.shape):
        return None
    share = _softmax_share if node.op == "softmax_with_loss" else _offset_share
    before = [scores.reshape(-1, classes), target(t, scores, node.op).reshape(-1, classes)]
    rows = change.rows(inputs[slot], classes)
    now = [blocks(before[k], classes, rows.block) if k != slot else rows.value for k in (0, 1)]
    shares = share(*before)
    moved = (share(*now) - shares[rows.block]) / len(shares)
    return added(rows.owner, np.zeros_like(rows.owner), moved, out)


def _softmax_share(x: Array, t: Array) -> Array:
    """−Σ t log softmax(x) of each row, as Σ t · log Σ eˣ − Σ t x: the logarithm of one number a row is enough."""
    shifted = x - x.max(axis=-1, keepdims=True)
    agreed = (t * shifted).sum(axis=-1)
    return np.asarray(t.sum(axis=-1) * np.log(np.exp(shifted, out=shifted).sum(axis=-1)) - agreed)


def _offset_share(y: Array, t: Array) -> Array:
    return np.asarray(-(t * np.log(y + LOG_OFFSET)).sum(axis=-1))


def squared_error(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
    slot = 0 if changes[0] else 1
    change, value, other = changes[slot], inputs[slot], inputs[1 - slot]
    if change is None:
        return None
    single = change.elements()
    there = single.base(other)
    moved = np.square(single.value - there) - np.square(single.base(value) - there)
    share = 0.5 if node.op == "sum_squared_error" else 1 / value.size
    return added(single.owner, np.zeros_like(single.owner), moved[:, :, 0] * share, out)
