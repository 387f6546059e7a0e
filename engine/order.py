"""The topological order of nodes, or the cycle that forbids one."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from engine.errors import CycleError, GraphError, SlotError
from engine.node import Node


def topological(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Nodes so that each comes after its inputs, else in the order given; no recursion, so depth has no limit.

    Errors:  GraphError for an id used twice, SlotError for an input that is no node, CycleError naming the cycle
    """
    position: dict[str, int] = {}
    for index, node in enumerate(nodes):
        if node.id in position:
            raise GraphError(f"two nodes have the id {node.id!r}: ids are unique", node=node.id)
        position[node.id] = index
    waiting = [0] * len(nodes)
    users: list[list[int]] = [[] for _ in nodes]
    for index, node in enumerate(nodes):
        for slot, source in enumerate(node.inputs):
            if source not in position:
                raise SlotError(
                    f"slot {slot} of {node.id!r} takes {source!r}, which is no node of the graph",
                    node=node.id,
                    slot=slot,
                )
            waiting[index] += 1
            users[position[source]].append(index)
    ready = [index for index, count in enumerate(waiting) if count == 0]
    order: list[Node] = []
    while ready:
        index = heapq.heappop(ready)
        order.append(nodes[index])
        for user in users[index]:
            waiting[user] -= 1
            if waiting[user] == 0:
                heapq.heappush(ready, user)
    if len(order) < len(nodes):
        looped = _one_cycle(nodes, waiting)
        shown = looped if len(looped) <= 12 else [*looped[:6], "…", *looped[-5:]]
        raise CycleError(f"the graph has a cycle: {' → '.join([*shown, looped[0]])}", node=looped[0])
    return tuple(order)


def _one_cycle(nodes: Sequence[Node], waiting: Sequence[int]) -> list[str]:
    stuck = {node.id: node for node, count in zip(nodes, waiting, strict=True) if count}
    at = next(iter(stuck))
    path: dict[str, int] = {}
    while at not in path:
        path[at] = len(path)
        at = next(s for s in stuck[at].inputs if s in stuck)
    return list(path)[path[at] :][::-1]
