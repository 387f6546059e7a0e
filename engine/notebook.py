"""In a notebook a Graph and an Evaluation draw themselves: importing this module teaches them how."""

from __future__ import annotations

from html import escape

from engine.errors import EngineError
from engine.evaluation import Evaluation, evaluate
from engine.graph import Graph

LARGEST = 400
"""Nodes that still make a figure; larger graphs are told in a line."""


def graph_html(graph: Graph) -> str:
    """The figure of a graph with its values and gradients, or why it has none."""
    try:
        return evaluation_html(evaluate(graph))
    except EngineError as error:
        return f"<p>{escape(error.title)}: {escape(error.message)}</p>"


def evaluation_html(evaluation: Evaluation) -> str:
    """The figure of an evaluation."""
    if len(evaluation.graph) > LARGEST:
        return f"<p>A graph of {len(evaluation.graph)} nodes; its output is {escape(str(evaluation.output))}</p>"
    # Notebooks alone pay for the import of the drawing.
    from engine.export.svg import draw

    return draw(evaluation)


Graph._repr_html_ = graph_html  # type: ignore[attr-defined]
Evaluation._repr_html_ = evaluation_html  # type: ignore[attr-defined]
