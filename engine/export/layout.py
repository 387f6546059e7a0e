"""A Layout places a graph for the page of an export: columns from left to right, no label on another.

Nodes and the labels of edges take turns in columns; an edge that passes a column keeps a row free there.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.node import Edge

GAP = 26.0
NODE_ROW = 66.0
LABEL_ROW = 42.0
PASSING_ROW = 22.0
SWEEPS = 6
MAX_PASSING = 20_000

Point = tuple[float, float]


@dataclass(slots=True)
class _Item:
    """What takes a place in a column: a node, an edge's label, or an edge that passes."""

    column: int
    width: float
    height: float
    before: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Centres of nodes and of edge labels, and for each edge the points that it passes on its way."""

    width: float
    height: float
    nodes: dict[str, Point]
    labels: dict[Edge, Point]
    paths: dict[Edge, list[tuple[Point, Point]]]


def place(nodes: Mapping[str, float], edges: Mapping[Edge, float], leaves: Container[str], output: str) -> Layout:
    """Place nodes, in topological order, and edges: {node: width}, {edge: width of its label}."""
    columns = _columns(nodes, edges, leaves)
    items = [_Item(2 * columns[node], width, NODE_ROW) for node, width in nodes.items()]
    index = {node: position for position, node in enumerate(nodes)}
    passing = sum(columns[edge.target] - columns[edge.source] for edge in edges) <= MAX_PASSING
    ways = {edge: _way(items, index[edge.source], index[edge.target], width, passing) for edge, width in edges.items()}
    order = _order(items, index[output])
    _settle(items, order)
    left, widths = _across(items, order)
    spots = [(left[item.column] + widths[item.column] / 2, item.y) for item in items]
    return Layout(
        width=left[-1] + widths[-1] + GAP,
        height=max(item.y + item.height / 2 for item in items) + GAP,
        nodes={node: spots[position] for node, position in index.items()},
        labels={edge: spots[way[-1]] for edge, way in ways.items()},
        paths={edge: [_run(items[i], left, widths) for i in way] for edge, way in ways.items()},
    )


def _way(items: list[_Item], source: int, target: int, width: float, passing: bool) -> list[int]:
    """The items of one edge: a free row in each column that it passes, and its label right before the target."""
    last = items[target].column - 1
    way = []
    previous = source
    for column in range(items[source].column + 1 if passing else last, last + 1):
        label = column == last
        items.append(_Item(column, width if label else 0.0, LABEL_ROW if label else PASSING_ROW, [previous]))
        way.append(len(items) - 1)
        items[previous].after.append(way[-1])
        previous = way[-1]
    items[previous].after.append(target)
    items[target].before.append(previous)
    return way


def _run(item: _Item, left: Sequence[float], widths: Sequence[float]) -> tuple[Point, Point]:
    start = left[item.column]
    return (start, item.y), (start + widths[item.column], item.y)


def _columns(nodes: Iterable[str], edges: Iterable[Edge], leaves: Container[str]) -> dict[str, int]:
    """Each node as far left as its inputs allow, leaves right before their first use."""
    columns = dict.fromkeys(nodes, 0)
    by_target: dict[str, list[str]] = {}
    for edge in edges:
        by_target.setdefault(edge.target, []).append(edge.source)
    for node in columns:
        columns[node] = 1 + max((columns[source] for source in by_target.get(node, ())), default=-1)
    first: dict[str, int] = {}
    for edge in edges:
        first[edge.source] = min(first.get(edge.source, columns[edge.target]), columns[edge.target])
    return {node: first[node] - 1 if node in leaves and node in first else c for node, c in columns.items()}


def _order(items: list[_Item], output: int) -> list[list[int]]:
    """Each column from top to bottom: as a walk back from the output meets them, then nearer to their neighbours."""
    seen: dict[int, int] = {}
    starts = [output, *(i for i, item in enumerate(items) if not item.after and i != output)]
    for start in starts:
        stack = [start]
        while stack:
            top = stack.pop()
            if top not in seen:
                seen[top] = len(seen)
                stack.extend(reversed(items[top].before))
    order: list[list[int]] = [[] for _ in range(max(item.column for item in items) + 1)]
    for position in sorted(seen, key=seen.__getitem__):
        order[items[position].column].append(position)
    for sweep in range(SWEEPS):
        rank = {position: row for column in order for row, position in enumerate(column)}
        backward = sweep % 2 == 0
        for column in order[::-1] if backward else order:
            for row, position in enumerate(column):
                rank[position] = row
            column.sort(key=lambda p: _mean([rank[n] for n in _near(items[p], backward)], rank[p]))
            for row, position in enumerate(column):
                rank[position] = row
    return order


def _settle(items: list[_Item], order: list[list[int]]) -> None:
    """Rows: every item as near to its neighbours as its column's order and the space between allow."""
    for column in order:
        _spread(items, column, [0.0] * len(column))
    for sweep in range(2 * SWEEPS):
        backward = sweep % 2 == 0
        for column in order[::-1] if backward else order:
            wanted = [_mean([items[n].y for n in _near(items[p], backward)], items[p].y) for p in column]
            _spread(items, column, wanted)
    top = min(item.y - item.height / 2 for item in items)
    for item in items:
        item.y += GAP - top


def _spread(items: list[_Item], column: Sequence[int], wanted: Sequence[float]) -> None:
    """The rows nearest to those wanted (least squares) with no two items overlapping: pool adjacent violators."""
    offsets, offset = [], 0.0
    for row, position in enumerate(column):
        if row:
            offset += (items[column[row - 1]].height + items[position].height) / 2
        offsets.append(offset)
    pools: list[tuple[float, int]] = []
    for want, shift in zip(wanted, offsets, strict=True):
        mean, count = want - shift, 1
        while pools and pools[-1][0] > mean:
            above, many = pools.pop()
            mean, count = (above * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    settled = [mean for mean, count in pools for _ in range(count)]
    for position, mean, shift in zip(column, settled, offsets, strict=True):
        items[position].y = mean + shift


def _across(items: list[_Item], order: list[list[int]]) -> tuple[list[float], list[float]]:
    widths = [max((items[position].width for position in column), default=0.0) for column in order]
    left, x = [], GAP
    for width in widths:
        left.append(x)
        x += width + GAP
    return left, widths


def _near(item: _Item, backward: bool) -> list[int]:
    return item.after if backward else item.before


def _mean(numbers: Sequence[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise
