"""Backpropagation on computational graphs, in NumPy: graphs, gradients, gradient checks and training."""

from engine import formula
from engine.evaluation import Evaluation, evaluate
from engine.graph import Edge, Graph, Node

__all__ = ["Edge", "Evaluation", "Graph", "Node", "evaluate", "parse"]


def parse(source: str) -> Graph:
    """Read formula text into a graph.

    Errors:  FormulaError with line and column
    """
    return formula.parse(source).graph
