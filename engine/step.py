"""A Step is one node of a graph made ready to run: its rules with the node's attrs, its inputs by position."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple

from engine.node import Node
from engine.op import OPS, Array, Backward, Forward, Op


class Step(NamedTuple):
    """What forward and backward need at one node.

    `place` and `sources` are positions in the graph's order, `edge` the number of the edge into its first slot.
    """

    place: int
    node: Node
    op: Op
    sources: tuple[int, ...]
    edge: int
    pick: Callable[[Sequence[Array]], Sequence[Array]]
    forward: Forward
    vjp: Backward


def steps(nodes: Sequence[Node], places: Mapping[str, int]) -> tuple[Step, ...]:
    """The steps of nodes in topological order; leaves need none."""
    made, edge = [], 0
    for place, node in enumerate(nodes):
        if not node.leaf:
            made.append(_step(place, node, tuple([places[source] for source in node.inputs]), edge))
            edge += len(node.inputs)
    return tuple(made)


def _step(place: int, node: Node, sources: tuple[int, ...], edge: int) -> Step:
    op = OPS[node.op]
    # A slice of one makes itemgetter give a list of one input where a bare position would give the input itself.
    pick: Any = itemgetter(*sources) if len(sources) > 1 else itemgetter(slice(sources[0], sources[0] + 1))
    forward, vjp = op.forward, op.vjp
    if node.attrs:
        forward, vjp = partial(forward, **node.attrs), partial(vjp, **node.attrs)
    return Step(place, node, op, sources, edge, pick, forward, vjp)
