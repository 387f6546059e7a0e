"""How a Change spreads through each op: only what differs is computed, for all nudges at once.

A nudged weight changes one column of its layer, and that only for samples whose input there is not zero; a unit that
stays off hands nothing on. Nobody needs to say so: what did not really change is dropped after each node.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from engine.attr import axes
from engine.change import Change, Index, added, blocks, ordered
from engine.node import Node
from engine.op import OPS, Array
from engine.ops.loss import LOG_OFFSET, target

Changes = Sequence[Change | None]
NONE: Index = np.zeros(0, dtype=np.intp)
Spread = Callable[[Node, Changes, Sequence[Array], Array], Change | None]


def spread(
    node: Node, changes: Changes, inputs: Sequence[Array], out: Array
) -> tuple[Change, Index] | tuple[None, None]:
    """What changed inputs change in the value of a node, and the owners whose nudge went over a kink there.

    None where only a pass through the op itself can tell.

    Shapes:  one change, or None for as it was, for each input; inputs and out as they were
    """
    rule = SPREADS.get(node.op)
    if not rule:
        return _elementwise(node, changes, inputs, out) if OPS[node.op].elementwise else (None, None)
    change = rule(node, changes, inputs, out) if sum(c is not None for c in changes) == 1 else None
    return (change, _under_the_log(node, changes, inputs)) if change else (None, None)


def _elementwise(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> tuple[Change, Index]:
    op = OPS[node.op]
    owner, block, now, before = _gathered(changes, inputs, out)
    change = Change(owner, block, op.forward(*now, **node.attrs))
    if op.kinks is None:
        return change, NONE
    over = np.broadcast_to(op.kinks(*now, **node.attrs) != op.kinks(*before, **node.attrs), change.value.shape)
    return change, owner[np.flatnonzero(over.any(axis=(0, 2)))]


def _under_the_log(node: Node, changes: Changes, inputs: Sequence[Array]) -> Index:
    """The owners that carry a probability of the cross-entropy over the point where its logarithm begins."""
    if node.op != "cross_entropy_error" or changes[0] is None:
        return NONE
    over = np.sign(changes[0].value + LOG_OFFSET) != np.sign(changes[0].base(inputs[0]) + LOG_OFFSET)
    return changes[0].owner[np.flatnonzero(over.any(axis=(0, 2)))]


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


def _product(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
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


def _reduction(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
    change, x = changes[0], inputs[0]
    if change is None:
        return None
    over = axes(node.attrs.get("axis"), x.ndim)
    kept = tuple(1 if axis in over else length for axis, length in enumerate(x.shape))
    places = np.broadcast_to(np.arange(out.size).reshape(kept), x.shape).ravel()
    single = change.elements()
    share = out.size / x.size if node.op == "mean" else 1.0
    return added(single.owner, places[single.block], (single.value - single.base(x))[:, :, 0] * share, out)


def _rearranged(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
    if changes[0] is None:
        return None
    single = changes[0].elements()
    sources = OPS[node.op].forward(np.arange(out.size).reshape(inputs[0].shape), **node.attrs).ravel()
    return ordered(single.owner, np.argsort(sources)[single.block], single.value[:, :, 0], out.size)


def _in_reading_order(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
    return changes[0]


def _repeat(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
    return changes[0] and changes[0].repeated(inputs[0].shape, out.shape)


def _softmax(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
    if changes[0] is None:
        return None
    rows = changes[0].rows(inputs[0], out.shape[-1])
    return Change(rows.owner, rows.block, OPS["softmax"].forward(rows.value))


def _log_loss(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
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


def _squared_error(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> Change | None:
    slot = 0 if changes[0] else 1
    change, value, other = changes[slot], inputs[slot], inputs[1 - slot]
    if change is None:
        return None
    single = change.elements()
    there = single.base(other)
    moved = np.square(single.value - there) - np.square(single.base(value) - there)
    share = 0.5 if node.op == "sum_squared_error" else 1 / value.size
    return added(single.owner, np.zeros_like(single.owner), moved[:, :, 0] * share, out)


def _unknown(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> None:
    """Of dropout: which elements it cuts follows from the shape as a whole."""


SPREADS: dict[str, Spread] = {
    "affine": _product,
    "dot": _product,
    "matmul": _product,
    "sum": _reduction,
    "mean": _reduction,
    "transpose": _rearranged,
    "reshape": _in_reading_order,
    "flatten": _in_reading_order,
    "broadcast_to": _repeat,
    "softmax": _softmax,
    "softmax_with_loss": _log_loss,
    "cross_entropy_error": _log_loss,
    "mean_squared_error": _squared_error,
    "sum_squared_error": _squared_error,
    "dropout": _unknown,
}
