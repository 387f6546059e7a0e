"""Every refusal is a problem document of an enumerated kind, documented and without a traceback."""

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.factory import create_app
from app.problems import ENGINE_KINDS, KINDS, MEDIA_TYPE, Problem, of_engine
from app.settings import Settings
from engine import errors

JSON = {"content-type": "application/json"}
DOCS = Path(__file__).parents[2] / "docs" / "api.md"


def told(answer: Any, status: int, kind: str) -> Any:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    body = answer.json()
    assert (body["status"], body["type"], body["title"]) == (status, KINDS[kind].type, KINDS[kind].title)
    assert body["detail"]
    return body


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"\xff",
        b'{"graph": NaN}',
        b'{"seed": 1e400}',
        b'{"source": "\\ud800"}',
        b"[" * 2000 + b"]" * 2000,
        b"\xef\xbb\xbf{}",
        b"{} {}",
        b"{" * 100_000,
    ],
)
def test_what_is_not_json(client: TestClient, content: bytes) -> None:
    body = told(client.post("/api/evaluate", content=content, headers=JSON), 400, "json")
    assert (body["line"], body["column"] > 0) == (1, True)


@pytest.mark.parametrize("content", [b"", b"3", b"null", b"[]", b'"x"', b"[" * 1000 + b"]" * 1000])
def test_what_is_no_object(client: TestClient, content: bytes) -> None:
    told(client.post("/api/evaluate", content=content, headers=JSON), 422, "request")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx", ""]
)
def test_other_media_types(client: TestClient, kind: str) -> None:
    told(client.post("/api/evaluate", content=b"{}", headers={"content-type": kind}), 415, "media-type")


def test_body_without_a_media_type(client: TestClient) -> None:
    told(client.post("/api/evaluate", content=b"{}"), 415, "media-type")


def test_media_type_may_have_a_charset(client: TestClient) -> None:
    answer = client.post(
        "/api/evaluate", content=b'{"source": "1 + x"}', headers={"content-type": "Application/JSON; charset=utf-8"}
    )
    assert answer.status_code == 200


def test_long_bodies(settings: Settings) -> None:
    small = settings.model_copy(update={"max_body": 1000})
    with TestClient(create_app(small), base_url="http://localhost") as client:
        for content in (b" " * 1001, iter([b" " * 600, b" " * 600])):
            body = told(client.post("/api/evaluate", content=content, headers=JSON), 413, "too-large")
            assert "BACKPROP_EXPLORER_MAX_BODY" in body["detail"]
        assert client.post("/api/evaluate", content=b" " * 1000, headers=JSON).status_code == 400


def test_bodies_decoded_off_the_loop_are_the_same(client: TestClient) -> None:
    told(client.post("/api/evaluate", content=b" " * 100_000, headers=JSON), 400, "json")
    source = b'{"source": "x = 1 ' + b" " * 90_000 + b'"}'
    assert client.post("/api/evaluate", content=source, headers=JSON).status_code == 200


@pytest.mark.parametrize("path", ["/api/nothing", "/api/graphs/nothing", "/api/graphs/%ED%A0%80", "/nothing"])
def test_unknown_address(client: TestClient, path: str) -> None:
    told(client.get(path), 404, "not-found")


@pytest.mark.parametrize(
    ("path", "accepted"),
    [
        ("/nothing", "*/*"),
        ("/nothing", ""),
        ("/nothing", "application/json"),
        ("/nothing", "application/problem+json"),
        ("/nothing", "application/json, text/html;q=0.9, */*;q=0.1"),
        ("/nothing", "text/html; q=0"),
        ("/nothing", "text/html;q=much"),
        ("/api", "text/html"),
        ("/api/nothing", "text/html"),
        ("/api/graphs/nothing", "text/html,application/xhtml+xml,*/*;q=0.8"),
    ],
)
def test_unknown_address_is_a_problem_to_programs(client: TestClient, path: str, accepted: str) -> None:
    told(client.get(path, headers={"accept": accepted}), 404, "not-found")


def test_only_reading_shows_a_page(client: TestClient) -> None:
    told(client.post("/nothing", headers={"accept": "text/html"}), 404, "not-found")


def test_wrong_method(client: TestClient) -> None:
    answer = client.delete("/api/evaluate")
    told(answer, 405, "method")
    assert answer.headers["allow"] == "POST"
    assert client.head("/api/evaluate").status_code == 405


def test_unknown_key_is_named(client: TestClient) -> None:
    body = told(client.post("/api/evaluate", json={"source": "x + 1", "sources": 1}), 422, "request")
    assert body["errors"] == [{"where": "body.sources", "message": "Extra inputs are not permitted"}]


def test_mistake_of_the_server_shows_no_traceback(settings: Settings) -> None:
    app = create_app(settings)

    @app.get("/api/mistake")
    def mistake() -> None:
        raise ZeroDivisionError("secret")

    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        answer = client.get("/api/mistake")
    told(answer, 500, "internal")
    assert "secret" not in answer.text


@pytest.mark.parametrize("error", [RecursionError, MemoryError])
def test_exhaustion_is_a_limit(settings: Settings, error: type[Exception]) -> None:
    app = create_app(settings)

    @app.get("/api/exhausting")
    def exhausting() -> None:
        raise error

    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        told(client.get("/api/exhausting"), 422, "limit")


def test_members_are_printable(settings: Settings) -> None:
    app: FastAPI = create_app(settings)

    @app.get("/api/odd")
    def odd() -> None:
        raise Problem("conflict", "\ud800" * 5000, node="\udfff")

    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        body = told(client.get("/api/odd"), 409, "conflict")
    assert len(body["detail"]) <= 1001
    assert body["node"] == "?"


def test_every_engine_error_has_a_kind() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.EngineError)]
    for kind in kinds:
        if kind is not errors.EngineError:
            assert ENGINE_KINDS[kind] in KINDS
            assert KINDS[ENGINE_KINDS[kind]].title == kind.title
            assert b"traceback" not in bytes(of_engine(kind("wrong")).body)


def test_every_kind_is_documented() -> None:
    rows = [line for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| `")]
    for kind in KINDS.values():
        assert f"| `{kind.name}` | {kind.status} | {kind.title} | {kind.when} |" in rows


def test_every_type_leads_to_its_row_on_the_page(client: TestClient) -> None:
    page = client.get("/docs").text
    for kind in KINDS.values():
        assert kind.type.startswith("/docs#")
        assert f'id="{kind.type.partition("#")[2]}"' in page
