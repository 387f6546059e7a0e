"""Weights as files, to take home and back."""

import io

import numpy as np
import onnxruntime
import pytest
from fastapi.testclient import TestClient
from safetensors.numpy import load as load_safetensors

from tests.app.runs.drive import LONG, SMALL, change, get, losses, npz, start, until

Finished = tuple[TestClient, str]
NETWORKS = [
    SMALL,
    SMALL | {"hidden": [12, 8], "activation": "gelu", "batch_norm": True, "dropout": 0.2, "init": "he"},
    SMALL | {"architecture": "simple_convnet", "iterations": 5, "train_limit": 100},
    SMALL | {"weight_decay": 0.01, "activation": "leaky_relu", "hidden": []},
]


@pytest.mark.parametrize("config", NETWORKS)
def test_an_onnx_model_answers_as_the_network_does(client: TestClient, config: dict[str, object]) -> None:
    run = start(client, config)
    until(client, run, "finished")
    session = onnxruntime.InferenceSession(client.get(f"/api/runs/{run}/weights.onnx").content)
    (x,) = session.get_inputs()
    images = np.array([client.get(f"/api/runs/{run}/samples/{i}").json()["pixels"] for i in range(4)], np.float32)
    _, probabilities = session.run(None, {"x": images.reshape(4, *x.shape[1:])})
    for index in range(4):
        answer = client.post(f"/api/runs/{run}/predict", json={"sample": index}).json()
        np.testing.assert_allclose(probabilities[index], answer["probabilities"], atol=1e-5)


def test_weights_are_the_same_in_every_file(finished: Finished) -> None:
    client, run = finished
    arrays = npz(client.get(f"/api/runs/{run}/weights.npz").content)
    assert {name: array.shape for name, array in arrays.items()} == {
        "W1": (784, 10),
        "b1": (10,),
        "W2": (10, 10),
        "b2": (10,),
    }
    tensors = load_safetensors(client.get(f"/api/runs/{run}/weights.safetensors").content)
    for name, array in arrays.items():
        np.testing.assert_array_equal(tensors[name], array)


def test_weights_can_be_had_while_it_learns(client: TestClient) -> None:
    run = start(client, LONG)
    until(client, run, "running", iteration=1)
    assert npz(client.get(f"/api/runs/{run}/weights.npz").content)["W1"].shape == (784, 10)
    assert client.post(f"/api/runs/{run}/predict", json={"sample": 0}).status_code == 200
    assert get(client, run)["state"] == "running"


@pytest.mark.parametrize("kind", ["npz", "safetensors"])
def test_weights_come_back_as_a_run_that_answers_the_same(finished: Finished, kind: str) -> None:
    client, run = finished
    data = client.get(f"/api/runs/{run}/weights.{kind}").content
    answer = client.post("/api/runs/import", params={"name": "mine"}, content=data)
    assert answer.status_code == 201, answer.text
    brought = answer.json()
    assert (brought["state"], brought["name"], brought["config"]["hidden"]) == ("paused", "mine", [10])
    assert brought["id"] != run
    one, other = (client.post(f"/api/runs/{i}/predict", json={"sample": 5}).json() for i in (run, brought["id"]))
    np.testing.assert_allclose(one["probabilities"], other["probabilities"], rtol=1e-6)
    assert [moment["iteration"] for moment in client.get(f"/api/runs/{brought['id']}/moments").json()] == [0]
    look = client.get(f"/api/runs/{brought['id']}/moments/0").json()
    W1 = npz(client.get(f"/api/runs/{run}/weights.npz").content)["W1"]
    assert look["images"]["limit"] == pytest.approx(np.abs(W1).max(), rel=1e-6)
    (layer,) = look["activations"]
    assert layer["mean"] > 0
    assert layer["dead"] < layer["units"]
    assert all(parameter["gradient_mean_abs"] > 0 for parameter in look["parameters"])
    assert change(client, brought["id"], step=2)["progress"]["iteration"] == 2
    assert losses(client, brought["id"])["loss"][0] < 2
    client.delete(f"/api/runs/{brought['id']}")


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", b"\x00" * 100])
def test_a_file_that_is_no_weights_is_refused(finished: Finished, data: bytes) -> None:
    client, _ = finished
    answer = client.post("/api/runs/import", content=data)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_weights_that_do_not_fit_are_named(finished: Finished) -> None:
    client, _ = finished
    file = io.BytesIO()
    np.savez(file, W1=np.zeros((784, 5)), b1=np.zeros(5), W2=np.zeros((6, 10)), b2=np.zeros(10))
    answer = client.post("/api/runs/import", content=file.getvalue())
    assert answer.status_code == 422
    assert "W2" in answer.json()["detail"]
