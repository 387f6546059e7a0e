"""Plans: a graph compiled for training, steps that write into buffers which are there already."""

from engine.plan.plan import Plan
from engine.plan.table import Table

__all__ = ["Plan", "Table"]
