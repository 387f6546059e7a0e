"""A graph as a LaTeX document (TikZ), to be compiled as it is."""

from __future__ import annotations

from math import ceil

from engine.evaluation import evaluate
from engine.export.layout import Point
from engine.export.picture import RADIUS, Shape, Wire, is_round, picture
from engine.graph import Graph

BORDER = 8
"""Points around the drawing."""
CLASS = r"""\IfFileExists{standalone.cls}{\documentclass[tikz,border=%(border)dpt]{standalone}}{%%
  \documentclass{article}%% a page as large as the drawing
  \usepackage{tikz}
  \usepackage[paperwidth=%(width)dpt,paperheight=%(height)dpt,margin=%(border)dpt]{geometry}
  \pagestyle{empty}
  \parindent=0pt
  \topskip=0pt
}
"""
PREAMBLE = r"""\usepackage{amssymb}
\usepackage{iftex}
\ifpdftex
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
  \newcommand{\other}[2]{#2}% pdflatex has no glyph: show the code point
\else
  \usepackage{fontspec}
  \newcommand{\other}[2]{#1}
\fi
\definecolor{ink}{HTML}{1D2430}
\definecolor{soft}{HTML}{5D6675}
\definecolor{value}{HTML}{1D5FB8}
\definecolor{wash}{HTML}{E8F0FB}
\definecolor{gradient}{HTML}{C03F12}
"""
LARGEST = 12_000.0
"""Points across; TeX knows no length beyond 16383."""
WORDS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "-": "{-}",
    "…": r"\ldots{}",
    "“": r"\textquotedblleft{}",
    "”": r"\textquotedblright{}",
}
MATH = {
    "−": "-",
    "×": r"\times",
    "÷": r"\div",
    "·": r"\cdot",
    "∞": r"\infty",
    "∂": r"\partial",
    "Σ": r"\Sigma",
    "σ": r"\sigma",
    "√": r"\surd",
    "²": "^2",
    "ʸ": "^y",
    "ᵀ": "^T",
    "◂": r"\blacktriangleleft",
}


def tex(graph: Graph, language: str = "en") -> str:
    """Draw a graph with its values and gradients as a LaTeX document.

    Errors:  ShapeError when the graph does not evaluate
    """
    drawn = picture(evaluate(graph), language)
    scale = min(0.75, LARGEST / max(drawn.width, drawn.height))
    lines = [
        f"% {escape(drawn.title)}",
        _class(drawn.width * scale, drawn.height * scale) + PREAMBLE + r"\begin{document}",
        rf"\begin{{tikzpicture}}[x={scale:.5f}pt, y=-{scale:.5f}pt, font=\small,",
        r"  wire/.style={->, >=latex, draw=soft, line width=0.6pt},",
        r"  op/.style={draw=ink, fill=white, line width=0.6pt},",
        r"  leaf/.style={draw=value!40, fill=wash, rounded corners=2pt}]",
        *(line for wire in drawn.wires for line in _wire(wire)),
        *(line for shape in drawn.shapes for line in _shape(shape)),
        r"\end{tikzpicture}",
        r"\end{document}",
    ]
    return "\n".join(lines) + "\n"


def _class(width: float, height: float) -> str:
    # Names outside the outermost nodes make the picture larger than the layout: there is room for them.
    room = 2 * BORDER + 40
    return CLASS % {"border": BORDER, "width": ceil(width) + room, "height": ceil(height) + room}


def escape(text: str) -> str:
    """Words as TeX that shows them as they are, whichever engine compiles it."""
    return "".join(_character(c) for c in text)


def _character(c: str) -> str:
    if c in WORDS:
        return WORDS[c]
    if c in MATH:
        return f"$ {MATH[c]} $".replace(" ", "") if MATH[c][0] == "^" else f"${MATH[c]}$"
    return c if c.isascii() else rf"\other{{{c}}}{{U+{ord(c):04X}}}"


def _wire(wire: Wire) -> list[str]:
    path = [rf"\draw[wire] {_point(wire.start)}"]
    before = wire.start
    for start, end in wire.runs:
        path.append(f"{_curve(before, start)} -- {_point(end)}")
        before = end
    path.append(_curve(before, wire.end) + ";")
    x, y = wire.at
    return [
        " ".join(path),
        rf"\node[text=value] at {_point((x, y - 11))} {{{escape(wire.value)}}};",
        rf"\node[text=gradient] at {_point((x, y + 12))} {{{escape(f'◂ {wire.gradient}')}}};",
    ]


def _shape(shape: Shape) -> list[str]:
    x, y, half = shape.x, shape.y, shape.width / 2
    if shape.kind == "output":
        return [rf"\node[text=soft] at {_point((x, y))} {{{escape(shape.name)}}};"]
    if shape.kind == "op":
        corners = f"{_point((x - half, y - RADIUS))} rectangle {_point((x + half, y + RADIUS))}"
        figure = (
            rf"\draw[op] {_point((x, y))} ellipse [x radius={RADIUS:g}, y radius={RADIUS:g}];"
            if is_round(shape)
            else rf"\draw[op, rounded corners=6pt] {corners};"
        )
        return [figure, rf"\node[text=ink, font=\normalsize] at {_point((x, y))} {{{escape(shape.text)}}};"]
    style = "leaf" if shape.kind == "input" else "leaf, fill=white"
    lines = [
        rf"\draw[{style}] {_point((x - half, y - 15))} rectangle {_point((x + half, y + 15))};",
        rf"\node[text=value] at {_point((x, y))} {{{escape(shape.text)}}};",
    ]
    if shape.name:
        lines.append(rf"\node[text=soft, font=\footnotesize] at {_point((x, y - 25))} {{{escape(shape.name)}}};")
    return lines


def _curve(start: Point, end: Point) -> str:
    middle = (start[0] + end[0]) / 2
    return f".. controls {_point((middle, start[1]))} and {_point((middle, end[1]))} .. {_point(end)}"


def _point(point: Point) -> str:
    return f"({point[0]:.1f},{point[1]:.1f})"
