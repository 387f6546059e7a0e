"""Backpropagation on computational graphs, in NumPy: graphs, gradients, gradient checks and training."""

from engine.evaluation import Evaluation, evaluate
from engine.graph import Edge, Graph, Node

__all__ = ["Edge", "Evaluation", "Graph", "Node", "evaluate"]
