"""What /api/evaluate refuses, and the limits that it names."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.factory import create_app
from app.schemas.graph import APPLES
from app.settings import Settings
from tests.app.evaluating import SQUARE, problem


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"graph": None},
        {"graph": APPLES, "source": SQUARE},
        {"graph": APPLES, "more": 1},
        {"graph": []},
        {"graph": "apples"},
        {"source": 3},
        {"source": ""},
        {"source": "# nothing"},
        {"graph": APPLES, "inputs": []},
        {"graph": APPLES, "inputs": {"pear": 1}},
        {"graph": APPLES, "inputs": {"price": 1}},
        {"graph": APPLES, "inputs": {"apple": None}},
        {"graph": APPLES, "inputs": {"apple": True}},
        {"graph": APPLES, "inputs": {"apple": "100"}},
        {"graph": APPLES, "inputs": {"apple": [[1, 2], [3]]}},
        {"graph": APPLES, "inputs": {"apple": {"value": 1}}},
        {"graph": APPLES, "seed": [1, 2]},
        {"graph": APPLES, "seed": "one"},
        {"graph": APPLES, "seed": {}},
        {"graph": APPLES, "seed": False},
        {"graph": APPLES | {"output": "nobody"}},
        {"graph": APPLES | {"outputs": "price"}},
        {"graph": APPLES | {"nodes": [*APPLES["nodes"], {"id": "x", "op": "neg", "inputs": ["x"]}]}},
    ],
)
def test_wrong_bodies_are_problems(client: TestClient, body: dict[str, Any]) -> None:
    assert problem(client, **body)["detail"]


def test_shape_clash_says_node_slot_and_both_shapes(client: TestClient) -> None:
    told = problem(client, source="x = [1, 2]\ny = [1, 2, 3]\n\nz = x + y")
    assert told["type"].endswith("problem-shape")
    assert (told["node"], told["slot"], told["line"], told["column"]) == ("z", 1, 4, 5)
    assert "(2,)" in told["detail"]
    assert "(3,)" in told["detail"]


def test_formula_error_says_where(client: TestClient) -> None:
    told = problem(client, source="x = 1\ny = x +* 2")
    assert (told["line"], told["column"]) == (2, 8)


@pytest.mark.parametrize(
    "source",
    [
        "x = " + "(" * 50_000,
        "x = " + "-" * 50_000 + "1",
        "x = a" + " + a" * 20_000,
        "x = " + "[" * 5_000 + "1" + "]" * 5_000,
        "x = " + "9" * 5_000,
        "x = 1e999",
        "x = '\\ud800'",
        "x = \0",
        "y = reshape(x, shape=" + "9" * 30 + ")",
        "y = sum(x, axis='\\ud800')",
        "y = sum(x, axis=" + "9" * 30 + ")",
        "y = " + ".sum()" * 100,
        "lambda: 1",
        "y = __import__('os')",
        "y = x.__class__",
        "y = f'{x}'",
        "y = 1j",
        "y = " + "exp(" * 150 + "x" + ")" * 150 + "[0]",
    ],
)
def test_hostile_source_is_a_problem(client: TestClient, source: str) -> None:
    assert problem(client, source=source)["detail"]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"source": "x = 1 # " + "x" * 100_000}, "SOURCE"),
        ({"source": "y = broadcast_to(x, shape=[1000000000])"}, "ELEMENTS"),
        ({"source": "x = np.ones((100000, 100000))"}, "ELEMENTS"),
        ({"source": "y = reshape(x, shape=[5000, 1]) + x", "inputs": {"x": [1] * 5000}}, "ELEMENTS"),
        ({"source": "a = reshape(x, shape=[5000, 1])\ny = dot(a, a.T)", "inputs": {"x": [1] * 5000}}, "ELEMENTS"),
        ({"source": "y = conv(x, w, b, pad=100000)", "inputs": {"x": [[[[1]]]], "w": [[[[1]]]], "b": [1]}}, "ELEMENTS"),
        (
            {"graph": {"nodes": [{"id": f"n{k}", "op": "input", "value": 1} for k in range(20_001)], "output": "n0"}},
            "NODES",
        ),
    ],
)
def test_limits_name_their_setting(client: TestClient, body: dict[str, Any], name: str) -> None:
    told = problem(client, **body)
    assert told["type"].endswith("problem-limit")
    assert f"BACKPROP_EXPLORER_MAX_{name}" in told["detail"]


def test_time_is_limited(settings: Settings) -> None:
    hasty = settings.model_copy(update={"max_seconds": 1e-9})
    with TestClient(create_app(hasty), base_url="http://localhost") as client:
        assert "BACKPROP_EXPLORER_MAX_SECONDS" in problem(client, graph=APPLES)["detail"]


def test_a_value_nested_too_deep_to_write_is_refused(client: TestClient) -> None:
    deep = "[" * 600 + "1" + "]" * 600
    text = f'{{"graph": {{"nodes": [{{"id": "x", "op": "input", "value": {deep}}}], "output": "x"}}}}'
    answer = client.post("/api/evaluate", content=text, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["node"] == "x"
