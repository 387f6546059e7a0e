"""A small document cannot ask for all of memory or time."""

from typing import Any

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
    assert evaluate(bomb(), budget=Budget(elements=1_002_000, seconds=10)).output.shape == (1000, 1000)


def test_values_count_together() -> None:
    nodes = [{"id": "n0", "op": "input", "value": [1.0] * 100}]
    nodes += [{"id": f"n{k}", "op": "add", "inputs": [f"n{k - 1}"] * 2} for k in range(1, 11)]
    graph = Graph.from_document({"nodes": nodes, "output": "n10"})
    evaluate(graph, budget=Budget(elements=100_000, seconds=10))
    with pytest.raises(LimitError):
        evaluate(graph, budget=Budget(elements=999, seconds=10))


def test_inputs_count_too() -> None:
    graph = Graph.from_document({"nodes": [{"id": "x", "op": "input", "value": [0.0] * 101}], "output": "x"})
    with pytest.raises(LimitError, match="101 elements"):
        evaluate(graph, budget=Budget(elements=100, seconds=10))


def test_stopped_budget_has_no_time_left() -> None:
    budget = Budget(elements=10_000_000, seconds=10)
    budget.stop()
    with pytest.raises(LimitError):
        evaluate(bomb(), budget=budget)


def test_time_runs_out() -> None:
    with pytest.raises(LimitError, match="longer than") as error:
        evaluate(bomb(), budget=Budget(elements=10_000_000, seconds=-1.0))
    assert error.value.limit == "seconds"


@pytest.mark.parametrize(
    ("op", "shapes", "attrs"),
    [
        ("add", ((), ()), {}),
        ("add", ((3, 1), (4,)), {}),
        ("add", ((50, 50), (50, 50)), {}),
        ("mul", ((2000,), ()), {}),
        ("dot", ((), (3,)), {}),
        ("dot", ((4, 5, 6), (7, 6, 8)), {}),
        ("dot", ((100, 0), (0, 100)), {}),
        ("dot", ((6,), (6,)), {}),
        ("matmul", ((5, 1, 2, 3), (4, 3, 6)), {}),
        ("matmul", ((3,), (3, 4)), {}),
        ("matmul", ((4, 3), (3,)), {}),
        ("affine", ((10, 3), (3, 20), (20,)), {}),
        ("concat", ((100, 3), (100, 3), (100, 3)), {"axis": 1}),
        ("broadcast_to", ((3, 1),), {"shape": [5, 3, 9]}),
        ("broadcast_to", ((),), {"shape": 2000}),
        ("conv", ((2, 3, 8, 8), (4, 3, 3, 3), (4,)), {"stride": 1, "pad": 2}),
        ("conv", ((1, 1, 2, 2), (50, 1, 1, 1), (50,)), {}),
        ("pool", ((2, 3, 8, 8),), {"size": 3, "stride": 1}),
        ("softmax_with_loss", ((50, 30), (50,)), {}),
        ("mean_squared_error", ((50, 30), (50, 30)), {}),
        ("one_hot", ((50,), (50, 30)), {}),
        ("reshape", ((60, 60),), {"shape": [3600]}),
        ("sum", ((60, 60),), {"axis": 0, "keepdims": True}),
    ],
)
def test_size_bounds_what_an_op_makes(op: str, shapes: tuple[tuple[int, ...], ...], attrs: dict[str, Any]) -> None:
    inputs = [np.zeros(shape) for shape in shapes]
    assert size(OPS[op], inputs, attrs) >= np.size(OPS[op].forward(*inputs, **attrs))


@pytest.mark.parametrize(
    ("op", "value", "attrs"),
    [
        ("broadcast_to", 1.0, {"shape": [10**9]}),
        ("broadcast_to", 1.0, {"shape": [10**6, 10**6, 10**6]}),
        ("conv", [[[[1.0]]]], {"pad": 10**5}),
    ],
)
def test_attrs_cannot_ask_for_memory(op: str, value: object, attrs: dict[str, Any]) -> None:
    nodes = [
        {"id": "x", "op": "input", "value": value},
        {"id": "w", "op": "input", "value": [[[[1.0]]]]},
        {"id": "b", "op": "input", "value": [0.0]},
        {"id": "y", "op": op, "inputs": ["x", "w", "b"] if op == "conv" else ["x"], "attrs": attrs},
    ]
    with pytest.raises(LimitError):
        evaluate(Graph.from_document({"nodes": nodes, "output": "y"}), budget=Budget(10_000_000, 10))


def test_what_an_op_cannot_take_is_its_own_error() -> None:
    assert size(OPS["conv"], [np.zeros(3), np.zeros(3), np.zeros(3)], {}) == 0
    assert size(OPS["broadcast_to"], [np.zeros(3)], {"shape": "big"}) == 0
