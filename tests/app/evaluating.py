"""Calls of /api/evaluate, and the problems it answers."""

from typing import Any

from fastapi.testclient import TestClient

SQUARE = "z = (x + y)**2"


def evaluate(client: TestClient, **body: Any) -> Any:
    answer = client.post("/api/evaluate", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def problem(client: TestClient, **body: Any) -> Any:
    answer = client.post("/api/evaluate", json=body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()
