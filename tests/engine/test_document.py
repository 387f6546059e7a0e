"""Graph documents: what is wrong in one is an error with words, whatever it is."""

from typing import Any

import numpy as np
import pytest

from engine import Graph
from engine.errors import CycleError, EngineError, GraphError
from engine.value import as_array

X = {"id": "x", "op": "input", "value": 1}


def deep(depth: int, leaf: Any) -> Any:
    for _ in range(depth):
        leaf = [leaf]
    return leaf


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "x",
        {},
        {"nodes": []},
        {"nodes": {}, "output": "x"},
        {"nodes": "x", "output": "x"},
        {"nodes": [X]},
        {"nodes": [X], "output": 3},
        {"nodes": [X], "output": "y"},
        {"nodes": [X, X], "output": "x"},
        {"nodes": [X], "output": "x", "extra": 1},
        {"nodes": [X], "output": "x", "title": 3},
        {"nodes": [X], "output": "x", "description": {"en": 3}},
        {"nodes": [X], "output": "x", "source": 5},
        {"nodes": [X], "output": "x", "groups": 5},
        {"nodes": [X], "output": "x", "groups": {}},
        {"nodes": [X], "output": "x", "groups": ""},
        {"nodes": [X], "output": "x", "groups": [5]},
        {"nodes": [X], "output": "x", "groups": [{"id": "g", "op": "sigmoid", "nodes": 5}]},
        {"nodes": [X], "output": "x", "groups": [{"id": "g", "op": "sigmoid", "nodes": ["y"]}]},
        {"nodes": [X], "output": "x", "groups": [{"id": "g", "op": "sigmoid", "nodes": ["x"], "inputs": 5}]},
        {"nodes": [X], "output": "x", "groups": [{"id": "g", "op": "sigmoid", "nodes": ["x"], "attrs": "no"}]},
        {"nodes": [X], "output": "x", "groups": [{"id": "g", "op": "sigmoid", "nodes": ["x"], "collapsed": 1}]},
    ],
)
def test_wrong_document(document: Any) -> None:
    with pytest.raises(GraphError):
        Graph.from_document(document)


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"id": 3},
        {"id": ""},
        {"op": None},
        {"op": ["input"]},
        {"value": None},
        {"value": True},
        {"value": [1, False]},
        {"value": [1, None]},
        {"value": [None, "NaN"]},
        {"value": "1"},
        {"value": {}},
        {"value": [[1], [2, 3]]},
        {"value": [1, [2]]},
        {"value": deep(70, 1)},
        {"value": deep(900, "NaN")},
        {"value": deep(900, 1)},
        {"value": 10**400},
        {"inputs": ["x"]},
        {"inputs": "x"},
        {"inputs": 0},
        {"inputs": [[]]},
        {"attrs": []},
        {"attrs": {"axis": 0}},
        {"label": 3},
        {"label": {"en": None}},
        {"colour": "red"},
        {"op": "nonsense"},
        {"op": "add"},
        {"op": "add", "value": None, "inputs": ["x", "x"]},
        {"op": "add", "value": None, "inputs": ["y", "z"]},
    ],
)
def test_wrong_node(change: dict[str, Any]) -> None:
    with pytest.raises(EngineError):
        Graph.from_document({"nodes": [X | change], "output": "x"})


def test_a_node_without_optional_keys_is_enough() -> None:
    node = X | {"inputs": None, "attrs": None, "label": None}
    assert Graph.from_document({"nodes": [node], "output": "x", "groups": None}).to_document() == {
        "nodes": [X],
        "output": "x",
    }


@pytest.mark.parametrize("count", [1, 2, 20_000])
def test_cycle_is_named_from_its_start_to_its_start(count: int) -> None:
    nodes = [{"id": f"n{k}", "op": "neg", "inputs": [f"n{(k - 1) % count}"]} for k in range(count)]
    with pytest.raises(CycleError) as error:
        Graph.from_document({"nodes": nodes, "output": "n0"})
    assert error.value.message.endswith(f"→ {error.value.node}")
    assert len(error.value.message) < 200


@pytest.mark.parametrize("value", [np.float64(2), np.int64(2), np.arange(6).reshape(2, 3), [np.zeros(2), np.ones(2)]])
def test_arrays_are_values_too(value: Any) -> None:
    array = as_array(value)
    assert array.dtype == np.float64
    np.testing.assert_array_equal(array, value)
    assert not array.flags.writeable


@pytest.mark.parametrize("value", [np.array([True]), np.array([None]), np.array(["1"]), np.bool_(1), None, 1j])
def test_other_things_are_not(value: Any) -> None:
    with pytest.raises(GraphError):
        as_array(value)
