"""POST /api/check: backpropagation against numerical differentiation."""

import asyncio
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.factory import create_app
from app.schemas.graph import APPLES
from app.settings import Settings
from engine.gallery import GALLERY


def check(client: TestClient, **body: Any) -> Any:
    answer = client.post("/api/check", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_apples(client: TestClient) -> None:
    answer = check(client, graph=APPLES)
    assert list(answer["inputs"]) == ["apple", "apple_num", "tax"]
    assert answer["inputs"]["apple"]["backprop"] == 2.2
    assert answer["inputs"]["apple"]["numerical"] == pytest.approx(2.2, rel=1e-6)
    assert answer["inputs"]["apple"]["max_rel_error"] < 1e-6
    assert answer["forward_passes"] == 6
    assert set(answer["seconds"]) == {"backprop", "numerical"}
    assert answer["kinks"] == []


@pytest.mark.parametrize("slug", [entry.slug for entry in GALLERY])
def test_gallery_is_right(client: TestClient, slug: str) -> None:
    answer = check(client, graph=client.get(f"/api/graphs/{slug}").json())
    for checked in answer["inputs"].values():
        assert checked["max_rel_error"] < 1e-4


def test_kinks_are_listed_and_left_out(client: TestClient) -> None:
    answer = check(client, source="y = relu(x)", inputs={"x": [0, 1, -1, 5e-5]})
    assert answer["kinks"] == [{"node": "y", "input": "x", "index": [0]}, {"node": "y", "input": "x", "index": [3]}]
    assert answer["inputs"]["x"]["max_rel_error"] < 1e-6
    narrow = check(client, source="y = relu(x)", inputs={"x": [0, 1, -1, 5e-5]}, epsilon=1e-5)
    assert [kink["index"] for kink in narrow["kinks"]] == [[0]]


def test_seed_weighs_both_ways(client: TestClient) -> None:
    answer = check(client, source="y = x * 2", inputs={"x": [1, 2]}, seed=[1, 10])
    assert answer["inputs"]["x"]["backprop"] == [2, 20]
    assert answer["inputs"]["x"]["numerical"] == pytest.approx([2, 20])


def test_non_finite_gradients_are_named(client: TestClient) -> None:
    answer = check(client, source="y = log(x)", inputs={"x": 0})
    assert answer["inputs"]["x"]["backprop"] == "Infinity"


@pytest.mark.parametrize("epsilon", [0, -1e-4, 1e-300, 2, True, "1e-4", None, [1e-4]])
def test_epsilon_is_a_small_positive_number(client: TestClient, epsilon: Any) -> None:
    answer = client.post("/api/check", json={"graph": APPLES, "epsilon": epsilon})
    assert answer.status_code == 422
    assert "epsilon" in answer.json()["detail"]


def test_long_checks_end_in_time(settings: Settings) -> None:
    hasty = settings.model_copy(update={"max_seconds": 0.2})
    with TestClient(create_app(hasty), base_url="http://localhost") as client:
        body = {"source": "y = max(exp(x))", "inputs": {"x": [1.0] * 50_000}}
        answer = client.post("/api/check", json=body)
    assert answer.status_code == 422
    assert "BACKPROP_EXPLORER_MAX_SECONDS" in answer.json()["detail"]


def test_nobody_waits_nobody_works(settings: Settings) -> None:
    body = json.dumps({"source": "y = exp(x) * exp(x)", "inputs": {"x": [1.0] * 100_000}}).encode()
    said = [{"type": "http.request", "body": body, "more_body": False}]
    sent: list[Any] = []

    async def receive() -> Any:
        return said.pop() if said else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/api/check", "query_string": b"", "headers": headers}
    asyncio.run(create_app(settings)(scope, receive, send))
    assert sent[0]["status"] == 422
