"""What is kept of a run: its name, tags and notes, an hour of it after it was deleted; nothing where there was none."""

import pytest
from fastapi.testclient import TestClient

from tests.app.runs.drive import LONG, SMALL, change, get, losses, start, until


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("GET", "/metrics"),
        ("POST", "/predict"),
        ("POST", "/check"),
        ("POST", "/restore"),
        ("GET", "/weights.npz"),
        ("GET", "/weights.onnx"),
        ("GET", "/moments"),
        ("GET", "/moments/0"),
        ("GET", "/confusion"),
        ("GET", "/samples"),
        ("GET", "/minibatch"),
        ("GET", "/metrics.csv"),
        ("GET", "/report.html"),
    ],
)
def test_a_run_that_is_not_there_is_not_found(finished: tuple[TestClient, str], method: str, path: str) -> None:
    client, _ = finished
    bodies = {"": {"state": "paused"}, "/predict": {"sample": 0}, "/check": {}}
    body = None if method == "GET" else bodies.get(path)
    answer = client.request(method, f"/api/runs/nothing{path}", json=body)
    assert answer.status_code == 404
    assert answer.json()["detail"] == "there is no run 'nothing'"


def test_a_deleted_run_is_gone_until_it_is_restored(client: TestClient) -> None:
    run = start(client, LONG)
    until(client, run, "running", iteration=1)
    assert client.delete(f"/api/runs/{run}").status_code == 204
    assert client.delete(f"/api/runs/{run}").status_code == 404
    assert client.get(f"/api/runs/{run}").status_code == 404
    assert client.get("/api/runs").json() == []
    restored = client.post(f"/api/runs/{run}/restore").json()
    assert restored["state"] == "stopped"
    at = restored["progress"]["iteration"]
    assert losses(client, run)["iteration"] == list(range(at))
    change(client, run, state="running")
    until(client, run, "running", iteration=at + 1)


def test_a_name_tags_and_notes_are_kept(client: TestClient) -> None:
    run = start(client, SMALL)
    change(client, run, name="first try", tags=["relu"], notes="as in the book")
    document = get(client, run)
    assert (document["name"], document["tags"], document["notes"]) == ("first try", ["relu"], "as in the book")
