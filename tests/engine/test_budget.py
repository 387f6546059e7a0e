"""A small document cannot ask for all of memory or time."""

import numpy as np
import pytest

from engine import Graph, evaluate
from engine.budget import Budget, size
from engine.errors import LimitError
from engine.op import OPS


def bomb(op: str = "add") -> Graph:
    column = {"id": "x", "op": "input", "value": [[0.0]] * 1000}
    row = {"id": "y", "op": "input", "value": [[0.0] * 1000]}
    return Graph.from_document({"nodes": [column, row, {"id": "z", "op": op, "inputs": ["x", "y"]}], "output": "z"})


def test_broadcast_is_refused_before_it_is_made() -> None:
    with pytest.raises(LimitError, match="1,000,000 elements") as error:
        evaluate(bomb(), budget=Budget(elements=999_999, seconds=10))
    assert (error.value.limit, error.value.node) == ("elements", "z")


def test_what_fits_is_evaluated() -> None:
    assert evaluate(bomb(), budget=Budget(elements=1_000_000, seconds=10)).output.shape == (1000, 1000)


def test_values_count_together() -> None:
    nodes = [{"id": "n0", "op": "input", "value": [1.0] * 100}]
    nodes += [{"id": f"n{k}", "op": "add", "inputs": [f"n{k - 1}"] * 2} for k in range(1, 11)]
    graph = Graph.from_document({"nodes": nodes, "output": "n10"})
    evaluate(graph, budget=Budget(elements=100_000, seconds=10))
    with pytest.raises(LimitError):
        evaluate(graph, budget=Budget(elements=999, seconds=10))


def test_time_runs_out() -> None:
    with pytest.raises(LimitError, match="longer than") as error:
        evaluate(bomb(), budget=Budget(elements=10_000_000, seconds=-1.0))
    assert error.value.limit == "seconds"


def test_size_bounds_what_elementwise_ops_make() -> None:
    for shapes in [(), ((3, 1), (4,)), ((50, 50), (50, 50)), ((2000,), ())]:
        inputs = [np.zeros(shape) for shape in shapes] if shapes else [np.zeros(()), np.zeros(())]
        assert size(OPS["add"], inputs, {}) >= np.add(*inputs).size
