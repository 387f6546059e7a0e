"""A graph as a standalone SVG: it opens in any viewer, needs no style sheet and runs no script."""

from __future__ import annotations

from html import escape

from engine.evaluation import Evaluation, evaluate
from engine.export.layout import Point
from engine.export.picture import RADIUS, Picture, Shape, Wire, is_round, picture
from engine.graph import Graph

# The design's colours on paper, in their light form.
PAPER, PANEL, INK, SOFT = "#fbfaf6", "#ffffff", "#1d2430", "#5d6675"
VALUE, VALUE_WASH, VALUE_LINE, GRADIENT, WIRE = "#1d5fb8", "#e8f0fb", "#a9c3e5", "#c03f12", "#8d919a"
# Names of real fonts first: not every viewer knows ui-monospace or system-ui, and some read no further.
NUMBER = "'DejaVu Sans Mono', Menlo, Consolas, monospace"
MATH = "'Latin Modern Roman', 'STIX Two Text', Georgia, serif"
TEXT = "'DejaVu Sans', 'Helvetica Neue', Arial, 'PingFang SC', 'Hiragino Sans', 'Noto Sans CJK SC', sans-serif"


def svg(graph: Graph, language: str = "en") -> str:
    """Draw a graph with its values and gradients as an SVG document.

    Errors:  ShapeError when the graph does not evaluate
    """
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + draw(evaluate(graph), language)


def draw(evaluation: Evaluation, language: str = "en") -> str:
    """Draw an evaluation as an svg element, to stand in a page."""
    drawn = picture(evaluation, language)
    width, height = _number(drawn.width), _number(drawn.height)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="img">',
            f"<title>{_escape(drawn.title or 'Computational graph')}</title>",
            f"<desc>{_escape(_described(drawn))}</desc>",
            f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
            *(_wire(wire) for wire in drawn.wires),
            *(_shape(shape) for shape in drawn.shapes),
            "</svg>\n",
        ]
    )


def _described(drawn: Picture) -> str:
    inputs = ", ".join(f"{shape.name} = {shape.text}" for shape in drawn.shapes if shape.kind == "input")
    return f"Values above the edges, gradients (◂) below them. {inputs}"


def _wire(wire: Wire) -> str:
    (ex, ey), (x, y) = wire.end, wire.at
    # The arrow head sits on the end; the line stops at its back.
    path = f"M{_point(wire.start)}" + "".join(
        f"{_curve(before, start)}L{_point(end)}"
        for before, (start, end) in zip([wire.start, *(end for _, end in wire.runs)], wire.runs, strict=False)
    )
    path += _curve(wire.runs[-1][1] if wire.runs else wire.start, (ex - 7, ey))
    head = f"M{_point((ex - 8, ey - 4))}L{_point(wire.end)}L{_point((ex - 8, ey + 4))}z"
    return (
        f'<path d="{path}" fill="none" stroke="{WIRE}" stroke-width="1.6"/><path d="{head}" fill="{SOFT}"/>'
        + _text(x, y - 7, wire.value, VALUE, 14, NUMBER)
        + _text(x, y + 17, f"◂ {wire.gradient}", GRADIENT, 14, NUMBER)
    )


def _shape(shape: Shape) -> str:
    x, y, half = shape.x, shape.y, shape.width / 2
    if shape.kind == "output":
        return _text(x, y + 5, shape.name, SOFT, 13, TEXT)
    if shape.kind == "op":
        figure = (
            f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(RADIUS)}"'
            if is_round(shape)
            else _box(x - half, y - RADIUS, shape.width, 2 * RADIUS, RADIUS)
        )
        size = 22 if len(shape.text) == 1 else 15
        return f'{figure} fill="{PANEL}" stroke="{INK}" stroke-width="1.6"/>' + _text(
            x, y + size / 3, shape.text, INK, size, MATH
        )
    box = _box(x - half, y - 15, shape.width, 30, 6)
    look = f'fill="{VALUE_WASH}" stroke="{VALUE_LINE}"' if shape.kind == "input" else f'fill="{PANEL}" stroke="{WIRE}"'
    name = _text(x, y - 21, shape.name, SOFT, 13, TEXT) if shape.name else ""
    return f"{name}{box} {look}/>{_text(x, y + 5, shape.text, VALUE, 14, NUMBER)}"


def _box(x: float, y: float, width: float, height: float, radius: float) -> str:
    return (
        f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}" '
        f'rx="{_number(radius)}"'
    )


def _text(x: float, y: float, text: str, colour: str, size: int, family: str) -> str:
    return (
        f'<text x="{_number(x)}" y="{_number(y)}" fill="{colour}" font-size="{size}" font-family="{family}" '
        f'text-anchor="middle">{_escape(text)}</text>'
    )


def _curve(start: Point, end: Point) -> str:
    middle = (start[0] + end[0]) / 2
    return f"C{_point((middle, start[1]))} {_point((middle, end[1]))} {_point(end)}"


def _point(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _escape(text: str) -> str:
    return escape(text, quote=True)
