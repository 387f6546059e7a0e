"""Weights that come from a file: a run that is there with them, or not at all."""

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app.export.weights import read
from app.runs import checkpoint
from app.runs.store import RunStore
from engine.errors import DatasetError, EngineError
from tests.app.runs.drive import get, npz

Serve = Callable[..., TestClient]


def weights() -> bytes:
    """A file of small weights."""
    file = io.BytesIO()
    W1, W2 = (np.random.default_rng(0).normal(size=shape) for shape in ((784, 5), (5, 10)))
    np.savez(file, W1=W1, b1=np.zeros(5), W2=W2, b2=np.zeros(10))
    return file.getvalue()


def test_weights_that_cannot_be_kept_leave_no_run(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(checkpoint, "save", full)
    with serve() as client:
        assert client.post("/api/runs/import", content=weights()).status_code == 500
        assert client.get("/api/runs").json() == []
    assert list((tmp_path / "runs").iterdir()) == []


def test_weights_are_there_as_soon_as_their_run_is(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    data = weights()
    with monkeypatch.context() as killed, serve() as client:
        # As if the server were killed before it has written anything of the log.
        killed.setattr(RunStore, "append", lambda *_: None)
        run = client.post("/api/runs/import", content=data).json()["id"]
    with serve() as client:
        assert get(client, run)["state"] == "paused"
        assert [moment["iteration"] for moment in client.get(f"/api/runs/{run}/moments").json()] == [0]
        kept = npz(client.get(f"/api/runs/{run}/weights.npz").content)
    np.testing.assert_array_equal(kept["W1"], npz(data)["W1"].astype(kept["W1"].dtype))


def test_weights_are_no_more_than_a_network_to_train_may_have(serve: Serve) -> None:
    with serve(max_weights=1000) as client:
        answer = client.post("/api/runs/import", content=weights())
        assert (answer.status_code, answer.json()["type"]) == (422, "/docs#problem-limit")
        assert answer.json()["detail"].endswith("(setting BACKPROP_EXPLORER_MAX_WEIGHTS)")
        assert client.get("/api/runs").json() == []


def test_a_damaged_file_is_refused_wherever_it_is_damaged() -> None:
    file = io.BytesIO()
    np.savez_compressed(file, W1=np.zeros((3, 3)))
    whole = file.getvalue()
    assert read(whole, 10_000).keys() == {"W1"}
    for place in range(len(whole)):
        for bit in (1, 0x55, 0xFF):
            damaged = bytearray(whole)
            damaged[place] ^= bit
            with contextlib.suppress(EngineError):
                read(bytes(damaged), 10_000)


def test_an_array_that_says_it_is_larger_than_its_file_is_refused() -> None:
    array, packed = io.BytesIO(), io.BytesIO()
    np.lib.format.write_array_header_1_0(array, {"descr": "<f8", "fortran_order": False, "shape": (10**13,)})
    with ZipFile(packed, "w") as file:
        file.writestr("W1.npy", array.getvalue())
    with pytest.raises(DatasetError):
        read(packed.getvalue(), 10_000)


def test_a_file_is_as_long_as_what_is_packed_in_it(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked: list[str] = []
    file = io.BytesIO()
    np.savez_compressed(file, W1=np.zeros(20_000))
    with serve(max_body=100_000) as client:
        monkeypatch.setattr(np.lib.npyio.NpzFile, "__getitem__", lambda _, name: unpacked.append(name))
        answer = client.post("/api/runs/import", content=file.getvalue())
    assert len(file.getvalue()) < 1000
    assert unpacked == []
    assert (answer.status_code, answer.json()["type"]) == (422, "/docs#problem-limit")
    assert answer.json()["detail"].endswith("(setting BACKPROP_EXPLORER_MAX_BODY)")
