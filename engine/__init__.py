"""Backpropagation on computational graphs, in NumPy: graphs, gradients, gradient checks and training."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine import formula, notebook
from engine.check import check
from engine.evaluation import Evaluation, evaluate
from engine.events import Event
from engine.graph import Edge, Graph, Node

__all__ = ["Edge", "Evaluation", "Graph", "Node", "check", "evaluate", "notebook", "parse", "train"]


def parse(source: str) -> Graph:
    """Read formula text into a graph.

    Errors:  FormulaError with line and column
    """
    return formula.parse(source).graph


def train(config: Mapping[str, Any] | None = None) -> Iterator[Event]:
    """Train a network as a configuration says ({} is the chapter's script) and tell what happens, event by event.

    Errors:  ConfigError, DatasetError
    """
    # Graphs alone do not pay for the import of all that training needs.
    from engine.trainer import train

    return train(config)
