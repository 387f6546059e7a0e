"""POST /api/evaluate: the contract's answer."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.schemas.graph import APPLES
from tests.app.evaluating import SQUARE, evaluate, problem


def test_apples(client: TestClient) -> None:
    answer = evaluate(client, graph=APPLES)
    assert answer["nodes"]["apple"] == {"value": 100, "gradient": 2.2, "shape": []}
    assert answer["nodes"]["tax"]["gradient"] == 200
    assert answer["graph"]["nodes"][0]["label"] == APPLES["nodes"][0]["label"]


def test_inputs_take_the_place_of_values(client: TestClient) -> None:
    answer = evaluate(client, graph=APPLES, inputs={"apple": 120})
    assert answer["nodes"]["price"]["value"] == pytest.approx(264)
    assert answer["graph"]["nodes"][0]["value"] == 120


def test_inputs_fill_nodes_without_a_value(client: TestClient) -> None:
    nodes = [{"id": "x", "op": "input"}, {"id": "y", "op": "square", "inputs": ["x"]}]
    graph = {"nodes": nodes, "output": "y"}
    assert evaluate(client, graph=graph, inputs={"x": 3})["nodes"]["y"]["value"] == 9
    assert problem(client, graph=graph)["node"] == "x"
    assert problem(client, graph=graph, inputs={"z": 3})["node"] == "x"
    problem(client, graph={**graph, "nodes": [*nodes, 3]}, inputs={"x": 3})


def test_source_with_free_names(client: TestClient) -> None:
    answer = evaluate(client, source=SQUARE, inputs={"x": 3, "y": 1})
    assert answer["nodes"][answer["output"]]["value"] == 16
    assert answer["nodes"]["x"]["gradient"] == 8
    assert evaluate(client, source=SQUARE)["nodes"]["x"] == {"value": 1, "gradient": 4, "shape": []}


def test_seed_scales_every_gradient(client: TestClient) -> None:
    assert evaluate(client, graph=APPLES, seed=10)["nodes"]["apple"]["gradient"] == pytest.approx(22)
    assert evaluate(client, graph=APPLES, seed=None)["nodes"]["apple"]["gradient"] == 2.2
    answer = evaluate(client, source="y = x * 2", inputs={"x": [1, 2]}, seed=[1, 10])
    assert answer["nodes"]["x"]["gradient"] == [2, 20]


def test_same_node_in_two_slots_is_two_edges(client: TestClient) -> None:
    answer = evaluate(client, source="x = 3\ny = x * x")
    assert [(edge["slot"], edge["local"], edge["gradient"]) for edge in answer["edges"]] == [(0, 3, 3), (1, 3, 3)]
    assert answer["nodes"]["x"]["gradient"] == 6


def test_bystander_has_zero_gradient_of_its_shape(client: TestClient) -> None:
    nodes = [*APPLES["nodes"], {"id": "pear", "op": "input", "value": [[1, 2]]}]
    answer = evaluate(client, graph={**APPLES, "nodes": nodes})
    assert answer["nodes"]["pear"] == {"value": [[1, 2]], "gradient": [[0, 0]], "shape": [1, 2]}


def test_local_is_null_where_the_op_is_not_elementwise(client: TestClient) -> None:
    answer = evaluate(client, source="y = dot(x, w)", inputs={"x": [[1, 2]], "w": [[3], [4]]})
    assert [edge["local"] for edge in answer["edges"]] == [None, None]
    assert answer["edges"][0]["gradient"] == [[3, 4]]


def test_local_has_the_shape_of_the_output(client: TestClient) -> None:
    answer = evaluate(client, source="y = x * b", inputs={"x": [[1, 2], [3, 4]], "b": 10})
    by_source = {edge["source"]: edge for edge in answer["edges"]}
    assert by_source["x"]["local"] == [[10, 10], [10, 10]]
    assert by_source["b"] == {
        "source": "b",
        "target": "y",
        "slot": 1,
        "value": 10,
        "local": [[1, 2], [3, 4]],
        "gradient": 10,
    }


def test_non_finite_numbers_are_named_and_the_first_is_warned_of(client: TestClient) -> None:
    answer = evaluate(client, source="a = log(x)\nb = a * 0", inputs={"x": 0})
    assert (answer["nodes"]["a"]["value"], answer["nodes"]["b"]["value"]) == ("-Infinity", "NaN")
    assert [warning["node"] for warning in answer["warnings"]] == ["a"]


def test_long_arrays_come_as_summaries(client: TestClient) -> None:
    answer = evaluate(client, source="y = x * 2", inputs={"x": [[1.0] * 64] * 65})
    value = answer["nodes"]["y"]["value"]
    assert (value["shape"], value["min"], value["max"], value["mean"]) == ([65, 64], 2, 2, 2)
    assert answer["nodes"]["y"]["shape"] == [65, 64]
    whole = evaluate(client, source="y = x * 2", inputs={"x": [1.0] * 4096})
    assert len(whole["nodes"]["y"]["value"]) == 4096


def test_the_document_in_an_answer_can_be_sent_again(client: TestClient) -> None:
    answer = evaluate(client, source="y = sum(x) * 2", inputs={"x": [["NaN"] + [1.0] * 99] * 50})
    again = evaluate(client, graph=answer["graph"])
    assert again == answer


def test_thousands_of_nodes_deep(client: TestClient) -> None:
    nodes = [{"id": "n0", "op": "input", "value": 1}]
    nodes += [{"id": f"n{k}", "op": "add", "inputs": [f"n{k - 1}", "n0"]} for k in range(1, 5000)]
    answer = evaluate(client, graph={"nodes": nodes, "output": "n4999"})
    assert answer["nodes"]["n4999"]["value"] == 5000
    assert answer["nodes"]["n0"]["gradient"] == 5000


@pytest.mark.parametrize("value", [[], [[], []], [[[]]]])
def test_empty_arrays_are_arrays(client: TestClient, value: Any) -> None:
    answer = evaluate(client, source="y = x * 2", inputs={"x": value})
    assert answer["nodes"]["y"]["value"] == value


def test_a_document_that_comes_again_is_answered_for_its_own_values(client: TestClient) -> None:
    nodes = [{"id": "x", "op": "input", "value": 3}, {"id": "y", "op": "square", "inputs": ["x"]}]
    graph = {"nodes": nodes, "output": "y"}
    for x, y in ((None, 9), (5, 25), (None, 9), (7, 49)):
        inputs = {} if x is None else {"x": x}
        answer = client.post("/api/evaluate", json={"graph": graph, "inputs": inputs}).json()
        assert answer["nodes"]["y"]["value"] == y
        assert answer["graph"]["nodes"][0]["value"] == (x or 3)
