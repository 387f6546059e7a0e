"""What leaves the server is JSON that every reader understands."""

import json
import math
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from app import encode
from engine import Graph, evaluate
from engine.errors import GraphError

ANY = arrays.arrays(np.float64, arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))


def read(value: Any) -> Any:
    """JSON's value with named numbers as floats, as NumPy takes it."""
    if isinstance(value, list):
        return [read(entry) for entry in value]
    return float(value)


def strict(text: bytes) -> Any:
    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is not JSON")

    return json.loads(text, parse_constant=refuse)


@given(ANY)
def test_arrays_come_back_bit_for_bit(value: np.ndarray) -> None:
    written = strict(encode.dumps(encode.array(value)))
    assert None not in np.ravel(np.array(written, dtype=object))
    # JSON's lists do not tell (0, 3) from (0,).
    again = np.array(read(written), dtype=np.float64).reshape(value.shape)
    np.testing.assert_array_equal(again, value)
    finite = np.isfinite(value)
    np.testing.assert_array_equal(np.signbit(again[finite]), np.signbit(value[finite]))


@given(ANY)
def test_views_are_written_as_what_they_show(value: np.ndarray) -> None:
    for view in (value.T, value[..., ::-1] if value.ndim else value, np.broadcast_to(value, (2, *value.shape))):
        assert encode.dumps(encode.array(view)) == encode.dumps(encode.array(view.copy()))


@given(st.floats())
def test_numbers_are_json(value: float) -> None:
    written = strict(encode.dumps(encode.number(value)))
    assert isinstance(written, str) != math.isfinite(value)
    assert float(written) == value or math.isnan(value)


@given(arrays.arrays(np.float64, arrays.array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=40)))
def test_summary_tells_of_the_whole_array(value: np.ndarray) -> None:
    written = strict(encode.dumps(encode.array(value, longest=0)))
    assert written["shape"] == list(value.shape)
    preview = np.array(read(written["preview"]))
    assert preview.ndim == value.ndim
    assert 1 <= preview.size <= encode.PREVIEW
    np.testing.assert_array_equal(preview, value[tuple(slice(length) for length in preview.shape)])
    if np.isfinite(value).all():
        assert (written["min"], written["max"]) == (value.min(), value.max())


def test_arrays_up_to_the_threshold_come_whole() -> None:
    assert "preview" in encode.array(np.zeros(4097), 4096)
    assert encode.array(np.zeros((64, 64)), 4096).shape == (64, 64)


@pytest.mark.parametrize("attr", [2**70, "\ud800", {1, 2}])
def test_what_json_cannot_carry_is_an_error_with_words(attr: Any) -> None:
    with pytest.raises(GraphError, match="JSON"):
        encode.dumps({"attr": attr})


def test_evaluation_is_the_contract_s_answer() -> None:
    nodes = [
        {"id": "apple", "op": "input", "value": 100},
        {"id": "apple_num", "op": "input", "value": 2},
        {"id": "tax", "op": "input", "value": 1.1},
        {"id": "price", "op": "mul", "inputs": ["apple_price", "tax"]},
        {"id": "apple_price", "op": "mul", "inputs": ["apple", "apple_num"]},
    ]
    answer = orjson.loads(
        encode.dumps(encode.evaluation(evaluate(Graph.from_document({"nodes": nodes, "output": "price"})), 4096))
    )
    assert list(answer) == ["graph", "output", "order", "nodes", "edges", "warnings"]
    assert answer["order"] == ["apple", "apple_num", "tax", "apple_price", "price"]
    assert [node["id"] for node in answer["graph"]["nodes"]] == answer["order"]
    assert answer["nodes"]["apple"] == {"value": 100, "gradient": 2.2, "shape": []}
    assert answer["nodes"]["price"] == {"value": 220.00000000000003, "gradient": 1, "shape": []}
    assert answer["edges"][0] == {
        "source": "apple",
        "target": "apple_price",
        "slot": 0,
        "value": 100,
        "local": 2,
        "gradient": 2.2,
    }
    assert answer["warnings"] == []


def test_non_finite_inputs_are_named_in_the_document_too() -> None:
    graph = Graph.from_document(
        {"nodes": [{"id": "x", "op": "input", "value": [[1, "NaN"], ["-Infinity", "Infinity"]]}], "output": "x"}
    )
    written = strict(encode.dumps(encode.document(graph)))
    assert written["nodes"][0]["value"] == [[1, "NaN"], ["-Infinity", "Infinity"]]
    np.testing.assert_array_equal(Graph.from_document(written)["x"].value, graph["x"].value)
