"""What a run is made of: the chapter's script, a graph or data set of one's own, and what is refused."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient

from tests.app.runs.drive import change, get, losses, start, until
from tests.engine.test_config import CHAPTER


@pytest.mark.parametrize("body", [None, {}])
def test_without_a_config_it_is_the_chapters_script(client: TestClient, body: object) -> None:
    answer = client.post("/api/runs") if body is None else client.post("/api/runs", json=body)
    assert answer.status_code == 201
    run = answer.json()
    assert answer.headers["location"] == f"/api/runs/{run['id']}"
    assert run["state"] in ("queued", "running")
    assert run["config"] == CHAPTER
    assert client.delete(answer.headers["location"]).status_code == 204


def test_a_graph_of_ones_own_is_trained(client: TestClient) -> None:
    graph = {
        "nodes": [
            {"id": "x", "op": "input", "value": [[0] * 784]},
            {"id": "t", "op": "input", "value": [0]},
            {"id": "W", "op": "input", "value": [[0] * 10] * 784},
            {"id": "b", "op": "input", "value": [0] * 10},
            {"id": "score", "op": "affine", "inputs": ["x", "W", "b"]},
            {"id": "loss", "op": "softmax_with_loss", "inputs": ["score", "t"]},
        ],
        "output": "loss",
    }
    run = start(client, {"graph": graph, "iterations": 100, "train_limit": 1000})
    until(client, run, "finished")
    loss = losses(client, run)["loss"]
    assert loss[0] == pytest.approx(2.302585, abs=1e-5)
    assert loss[-1] < 1
    assert get(client, run)["config"]["graph"] == graph
    (listed,) = client.get("/api/runs").json()
    assert listed["config"]["graph"] == {"title": None, "nodes": 6}
    assert change(client, run, name="mine")["config"] == listed["config"]
    stored = client.app.state.launcher.store.runs()
    assert [run.config["graph"] for run in stored] == [graph]


def test_a_data_set_of_ones_own_is_trained_on_by_its_name(serve: Callable[..., TestClient], tmp_path: Path) -> None:
    folder = tmp_path / "sets" / "shapes"
    folder.mkdir(parents=True)
    for name in ("train-images-idx3-ubyte", "t10k-images-idx3-ubyte"):
        pixels = np.random.default_rng(0).integers(0, 256, (40, 6, 5)).astype(np.uint8)
        (folder / name).write_bytes(bytes([0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 6, 0, 0, 0, 5]) + pixels.tobytes())
    for name in ("train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte"):
        (folder / name).write_bytes(bytes([0, 0, 8, 1, 0, 0, 0, 40]) + bytes(range(4)) * 10)
    (tmp_path / "sets" / "empty").mkdir()
    with serve(datasets=tmp_path / "sets") as client:
        run = start(client, {"dataset": "shapes", "iterations": 20, "batch_size": 5})
        until(client, run, "finished")
        answer = client.post(f"/api/runs/{run}/predict", json={"pixels": [0.5] * 30}).json()
        assert len(answer["probabilities"]) == 4
        refused = client.post("/api/runs", json={"dataset": "empty"})
        assert refused.status_code == 422
        assert "train-images-idx3-ubyte" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("config", "named"),
    [
        ({"hiden": [50]}, "hiden"),
        ({"hidden": "50"}, "hidden"),
        ({"hidden": [0]}, "hidden[0]"),
        ({"optimizer": {"name": "sdg"}}, "optimizer.name"),
        ({"optimizer": {"lr": 1}}, "lr"),
        ({"batch_size": 0}, "batch_size"),
        ({"iterations": -1}, "iterations"),
        ({"dataset": "fashion"}, "fashion"),
        ({"dataset": "/etc"}, "/etc"),
        ({"gradient": "forward"}, "gradient"),
        ({"architecture": "lenet"}, "architecture"),
        ({"init": "zero"}, "init"),
        ({"hidden": [10_000, 10_000]}, "BACKPROP_EXPLORER_MAX_WEIGHTS"),
        ({"hidden": [100] * 50, "batch_size": 10_000, "architecture": "simple_convnet"}, "batch_size"),
        ({"dropout": 1}, "dropout"),
        ({"graph": {"nodes": [], "output": "x"}}, "nodes"),
    ],
)
def test_a_config_that_cannot_run_is_refused_with_the_key_named(
    finished: tuple[TestClient, str], config: object, named: str
) -> None:
    client, run = finished
    answer = client.post("/api/runs", json=config)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert named in answer.json()["detail"]
    assert [entry["id"] for entry in client.get("/api/runs").json()] == [run]
