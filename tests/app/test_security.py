"""Foreign hosts and origins are refused; every answer carries the policy."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from app.factory import create_app
from app.settings import Settings


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:9000", "LOCALHOST:1"])
def test_own_host_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/api/health", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8000", "[", ""])
def test_foreign_host_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/api/health", headers={"host": host})
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert "--allow-host" in answer.json()["detail"]


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:3000", "http://localhost.evil.example"]
)
def test_foreign_origin_is_refused(client: TestClient, origin: str) -> None:
    headers = {"host": "localhost:8000", "origin": origin}
    assert client.get("/api/health", headers=headers).status_code == 403
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/api/runs/x/stream", headers=headers):
        pass


def test_own_origin_is_answered(client: TestClient) -> None:
    headers = {"host": "localhost:8000", "origin": "http://localhost:8000"}
    assert client.get("/api/health", headers=headers).status_code == 200


@pytest.mark.parametrize("allowed", ["class.example", "*"])
def test_option_allows(tmp_path: Path, allowed: str) -> None:
    with TestClient(create_app(Settings(data_dir=tmp_path, allow_host=allowed))) as client:
        headers = {"host": "class.example", "origin": "https://class.example"}
        assert client.get("/api/health", headers=headers).status_code == 200


@pytest.mark.parametrize("address", ["/graphs", "/api/health", "/nothing", "/static/css/base.css"])
def test_policy_is_everywhere(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert "unsafe" not in headers["content-security-policy"]
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
