"""Saved graphs are kept as they were sent, and never overwritten unseen."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.factory import create_app
from app.schemas.graph import APPLES
from app.settings import Settings

Made = dict[str, Any]


@pytest.fixture
def made(client: TestClient) -> Made:
    answer = client.post("/api/saved", json={"name": "apples", "document": APPLES})
    assert answer.status_code == 201
    assert answer.headers["etag"] == '"1"'
    body: Made = answer.json()
    assert answer.headers["location"] == f"/api/saved/{body['id']}"
    return body


def test_saved_graph_comes_back_as_it_was_sent(client: TestClient, made: Made) -> None:
    assert client.get(f"/api/saved/{made['id']}").json() == made
    assert made["document"] == APPLES
    assert client.get("/api/saved").json() == [{key: made[key] for key in made if key != "document"}]


def test_saved_graph_survives_a_restart(settings: Settings) -> None:
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        made = client.post("/api/saved", json={"name": "apples", "document": APPLES}).json()
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        assert client.get(f"/api/saved/{made['id']}").json() == made


def test_replacing_needs_the_version_that_is_there(client: TestClient, made: Made) -> None:
    address, changed = f"/api/saved/{made['id']}", {"name": "pears", "document": APPLES}
    assert client.put(address, json=changed).status_code == 428
    assert client.put(address, json=changed, headers={"if-match": '"7"'}).status_code == 412
    assert client.get(address).json() == made
    answer = client.put(address, json=changed, headers={"if-match": '"1"'})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
    assert (answer.json()["name"], answer.json()["version"]) == ("pears", 2)
    lost = client.put(address, json=changed, headers={"if-match": '"1"'})
    assert (lost.status_code, lost.headers["etag"]) == (412, '"2"')


def test_deleted_graph_can_be_brought_back(client: TestClient, made: Made) -> None:
    address = f"/api/saved/{made['id']}"
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404
    assert client.delete(address).status_code == 404
    assert client.get("/api/saved").json() == []
    assert client.post(f"{address}/restore").json() == made
    assert client.get(address).json() == made


def test_last_changed_comes_first(client: TestClient) -> None:
    for name in ("one", "two", "three"):
        client.post("/api/saved", json={"name": name, "document": APPLES})
    assert [entry["name"] for entry in client.get("/api/saved").json()] == ["three", "two", "one"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "", "document": APPLES},
        {"name": "x", "document": {**APPLES, "output": "nobody"}},
        {"name": "x", "document": 3},
        {"name": "x", "document": APPLES, "more": 1},
        {"name": 3, "document": APPLES},
    ],
)
def test_wrong_graphs_are_refused(client: TestClient, body: Made) -> None:
    assert client.post("/api/saved", json=body).status_code == 422
    assert client.get("/api/saved").json() == []


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/restore")])
def test_unknown_graph_is_not_found(client: TestClient, method: str, path: str) -> None:
    body = {"name": "x", "document": APPLES} if method == "PUT" else None
    answer = client.request(method, f"/api/saved/nobody{path}", json=body)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
