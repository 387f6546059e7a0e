"""How a Change spreads through each op: only what differs is computed, for all nudges at once.

A nudged weight changes one column of its layer, and that only for samples whose input there is not zero; a unit that
stays off hands nothing on. Nobody needs to say so: what did not really change is dropped after each node.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.change import Change, Index
from engine.node import Node
from engine.op import OPS, Array
from engine.spread.elementwise import elementwise
from engine.spread.loss import log_loss, softmax, squared_error, under_the_log
from engine.spread.movement import in_reading_order, rearranged, reduction, repeat
from engine.spread.product import product
from engine.spread.rule import Changes, Spread


def spread(
    node: Node, changes: Changes, inputs: Sequence[Array], out: Array
) -> tuple[Change, Index] | tuple[None, None]:
    """What changed inputs change in the value of a node, and the owners whose nudge went over a kink there.

    None where only a pass through the op itself can tell.

    Shapes:  one change, or None for as it was, for each input; inputs and out as they were
    """
    rule = SPREADS.get(node.op)
    if not rule:
        return elementwise(node, changes, inputs, out) if OPS[node.op].elementwise else (None, None)
    change = rule(node, changes, inputs, out) if sum(c is not None for c in changes) == 1 else None
    return (change, under_the_log(node, changes, inputs)) if change else (None, None)


def _unknown(node: Node, changes: Changes, inputs: Sequence[Array], out: Array) -> None:
    """Of dropout: which elements it cuts follows from the shape as a whole."""


SPREADS: dict[str, Spread] = {
    "affine": product,
    "dot": product,
    "matmul": product,
    "sum": reduction,
    "mean": reduction,
    "transpose": rearranged,
    "reshape": in_reading_order,
    "flatten": in_reading_order,
    "broadcast_to": repeat,
    "softmax": softmax,
    "softmax_with_loss": log_loss,
    "cross_entropy_error": log_loss,
    "mean_squared_error": squared_error,
    "sum_squared_error": squared_error,
    "dropout": _unknown,
}
