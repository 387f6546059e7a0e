"""A Picture is a graph's figure as shapes and wires with their words, for any page to draw."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from engine.evaluation import Evaluation
from engine.export.layout import Layout, Point, place
from engine.node import Edge, Node, Text
from engine.op import OPS, Array

RADIUS = 24.0
DIGIT = 8.6
LETTER = 7.4
OUT = ""
"""Where the output's wire ends: no node has this id."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A node as drawn: kind is input, constant, op or output; an op shows its symbol, a leaf its value."""

    kind: str
    x: float
    y: float
    width: float
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Wire:
    """An edge as drawn: a start, the straight runs it passes, an end; the value above `at`, the gradient below."""

    start: Point
    runs: tuple[tuple[Point, Point], ...]
    end: Point
    at: Point
    value: str
    gradient: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that a drawing of an evaluated graph shows."""

    width: float
    height: float
    title: str
    shapes: tuple[Shape, ...]
    wires: tuple[Wire, ...]


def picture(evaluation: Evaluation, language: str = "en") -> Picture:
    """Draw an evaluation: operations in circles, variables outside, value above and gradient below each edge."""
    graph = evaluation.graph
    words = {edge.edge: (number(edge.value), number(edge.gradient)) for edge in evaluation.edges}
    out = Edge(graph.output, OUT, 0)
    words[out] = (number(evaluation.output), number(evaluation.gradients[graph.output]))
    names = {node.id: plain(node.label, language) or plain(node.id) for node in graph}
    widths = {node.id: _width(node) for node in graph}
    widths[OUT] = max(20.0, LETTER * _letters(names[graph.output]))
    room = widths | {n.id: max(widths[n.id], LETTER * _letters(names[n.id])) for n in graph.inputs}
    labels = {edge: DIGIT * (2 + max(map(_letters, both))) for edge, both in words.items()}
    leaves = {node.id for node in graph if node.leaf}
    layout = place(room, labels, leaves, graph.output)
    shapes = [_shape(node, layout, widths[node.id], names[node.id]) for node in graph]
    x, y = layout.nodes[OUT]
    shapes.append(Shape("output", x, y, widths[OUT], "", names[graph.output]))
    counts = {node.id: len(node.inputs) for node in graph}
    wires = tuple(
        Wire(
            start=_right(layout, edge.source, widths),
            runs=tuple(layout.paths[edge]),
            end=_port(layout, edge, widths, counts.get(edge.target, 1)),
            at=layout.labels[edge],
            value=value,
            gradient=gradient,
        )
        for edge, (value, gradient) in words.items()
    )
    return Picture(layout.width, layout.height, plain(graph.title, language), tuple(shapes), wires)


def number(value: Array) -> str:
    """A number in six digits, a short list of them in three, a larger array by its shape."""
    if value.ndim == 0:
        return _digits(float(value), 6)
    if value.ndim == 1 and 0 < value.size <= 4:
        return f"[{', '.join(_digits(entry, 3) for entry in value.tolist())}]"
    return " × ".join(map(str, value.shape)) if value.ndim > 1 else f"({value.size},)"


def plain(text: Text | None, language: str = "en") -> str:
    """Words from outside as one short line of printable characters."""
    if isinstance(text, Mapping):
        text = text.get(language) or text.get("en") or next(iter(text.values()), "")
    line = "".join(c for c in " ".join(str(text or "").split()) if c.isprintable())
    return line if len(line) <= 40 else line[:39] + "…"


def is_round(shape: Shape) -> bool:
    """Whether an op's symbol is short enough to stand in a circle."""
    return shape.width <= 2 * RADIUS


def _digits(value: float, digits: int) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    return f"{value:.{digits}g}".replace("-", "−").replace("e+", "e")


def _letters(text: str) -> float:
    return sum(1.0 if ord(c) < 0x2E80 else 1.8 for c in text)


def _width(node: Node) -> float:
    if node.value is not None:
        return max(DIGIT * _letters(number(node.value)) + 24, 44.0)
    symbol = OPS[node.op].symbol
    return 2 * RADIUS if _letters(symbol) <= 4 else 9.5 * _letters(symbol) + 24


def _shape(node: Node, layout: Layout, width: float, name: str) -> Shape:
    x, y = layout.nodes[node.id]
    if node.leaf and node.value is not None:
        return Shape(node.op, x, y, width, number(node.value), name if node.op == "input" else "")
    return Shape("op", x, y, width, OPS[node.op].symbol, "")


def _right(layout: Layout, node_id: str, widths: Mapping[str, float]) -> Point:
    x, y = layout.nodes[node_id]
    return x + widths[node_id] / 2, y


def _port(layout: Layout, edge: Edge, widths: Mapping[str, float], count: int) -> Point:
    x, y = layout.nodes[edge.target]
    half = widths[edge.target] / 2
    if edge.target == OUT:
        return x - half - 6, y
    step = min(18.0, 36.0 / max(count - 1, 1))
    up = (edge.slot - (count - 1) / 2) * step
    round_off = RADIUS - math.sqrt(RADIUS**2 - up**2)
    return x - half + round_off, y + up
