"""Training runs driven over the API: small ones, and waiting for them."""

import io
import time
from typing import Any

import numpy as np
from fastapi.testclient import TestClient
from numpy.typing import NDArray

Document = dict[str, Any]
SMALL: Document = {"hidden": [10], "train_limit": 1000, "batch_size": 20, "iterations": 120}
LONG: Document = SMALL | {"iterations": 10_000_000}


def start(client: TestClient, config: Document) -> str:
    answer = client.post("/api/runs", json=config)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def get(client: TestClient, run: str) -> Document:
    document: Document = client.get(f"/api/runs/{run}").json()
    return document


def change(client: TestClient, run: str, **changes: Any) -> Document:
    answer = client.patch(f"/api/runs/{run}", json=changes)
    assert answer.status_code == 200, answer.text
    document: Document = answer.json()
    return document


def until(client: TestClient, run: str, *states: str, iteration: int = 0) -> Document:
    """Wait until a run is in one of these states and so far."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        document = get(client, run)
        if document["state"] in states and document["progress"]["iteration"] >= iteration:
            return document
        time.sleep(0.02)
    raise AssertionError(f"{document['state']} at {document['progress']}, not {states} at {iteration}")


def losses(client: TestClient, run: str) -> Document:
    document: Document = client.get(f"/api/runs/{run}/metrics").json()
    return document


def npz(data: bytes) -> dict[str, NDArray[np.floating]]:
    """The arrays in the bytes of a file."""
    with np.load(io.BytesIO(data)) as file:
        return dict(file)
