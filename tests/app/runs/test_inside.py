"""Inside a run: answers, mistakes, moments, the mini-batch, files to take home and back."""

import io
import re
from base64 import b64decode
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from fastapi.testclient import TestClient
from numpy.typing import NDArray
from safetensors.numpy import load as load_safetensors

from engine import Graph, evaluate
from engine.dataset import load
from tests.app.runs.drive import LONG, SMALL, change, get, losses, start, until

Finished = tuple[TestClient, str]
NETWORKS = [
    SMALL,
    SMALL | {"hidden": [12, 8], "activation": "gelu", "batch_norm": True, "dropout": 0.2, "init": "he"},
    SMALL | {"architecture": "simple_convnet", "iterations": 5, "train_limit": 100},
    SMALL | {"weight_decay": 0.01, "activation": "leaky_relu", "hidden": []},
]


def npz(data: bytes) -> dict[str, NDArray[np.floating]]:
    with np.load(io.BytesIO(data)) as file:
        return dict(file)


def test_it_answers_a_test_image(finished: Finished) -> None:
    client, run = finished
    answer = client.post(f"/api/runs/{run}/predict", json={"sample": 0}).json()
    assert sum(answer["probabilities"]) == pytest.approx(1)
    assert answer["label"] == np.argmax(answer["probabilities"])
    assert len(answer["gradient"]) == 784
    assert answer["iteration"] == 120


def test_the_gradient_on_the_pixels_is_that_of_the_loss(finished: Finished) -> None:
    client, run = finished
    image = client.get(f"/api/runs/{run}/samples/3").json()
    assert len(image["pixels"]) == 784

    def loss(pixels: list[float]) -> float:
        answer = client.post(f"/api/runs/{run}/predict", json={"pixels": pixels, "label": image["label"]}).json()
        return float(-np.log(answer["probabilities"][image["label"]]))

    gradient = client.post(f"/api/runs/{run}/predict", json={"sample": 3}).json()["gradient"]
    place = int(np.argmax(np.abs(gradient)))
    pixels = [min(max(p, 0.1), 0.9) for p in image["pixels"]]
    gradient = client.post(f"/api/runs/{run}/predict", json={"pixels": pixels, "label": image["label"]}).json()[
        "gradient"
    ]
    above, below = ([*pixels[:place], pixels[place] + d, *pixels[place + 1 :]] for d in (1e-5, -1e-5))
    assert gradient[place] == pytest.approx((loss(above) - loss(below)) / 2e-5, rel=1e-4)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"pixels": [0.0] * 783},
        {"pixels": [0.0] * 783 + [1.5]},
        {"pixels": [0.0] * 783 + ["NaN"]},
        {"sample": -1},
        {"sample": 10_000},
        {"sample": 0, "pixels": [0.0] * 784},
        {"sample": 0, "label": 10},
        {"sample": True},
        {"sample": 0, "digit": 3},
    ],
)
def test_an_image_that_is_none_is_refused(finished: Finished, body: object) -> None:
    client, run = finished
    answer = client.post(f"/api/runs/{run}/predict", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


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
    for moment in client.get(f"/api/runs/{brought['id']}/moments").json():
        assert client.get(f"/api/runs/{brought['id']}/moments/{moment['iteration']}").status_code == 200
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


def test_where_a_person_halts_a_run_is_a_moment(client: TestClient) -> None:
    run = start(client, LONG)
    until(client, run, "running", iteration=1)
    halts = []
    for state in ("paused", "running", "paused", "running", "stopped"):
        halts.append(change(client, run, state=state)["progress"]["iteration"])
        until(client, run, state, iteration=halts[-1] + (state == "running"))
    saved = [moment["iteration"] for moment in client.get(f"/api/runs/{run}/moments").json()]
    assert {halts[0], halts[2], halts[4]} <= set(saved)
    assert client.get(f"/api/runs/{run}/moments/{halts[4]}").json()["iteration"] == halts[4]


def test_moments_hold_what_was_then(finished: Finished) -> None:
    client, run = finished
    moments = client.get(f"/api/runs/{run}/moments").json()
    assert [moment["iteration"] for moment in moments] == [0, 1, 2, 5, 10, 20, 50, 51, 100, 101, 120]
    assert moments[-1]["loss"] == losses(client, run)["loss"][-1]
    assert moments[-1]["test_accuracy"] == losses(client, run)["epochs"][-1]["test_accuracy"]
    for moment in moments:
        look = client.get(f"/api/runs/{run}/moments/{moment['iteration']}").json()
        assert look["iteration"] == moment["iteration"]
        assert len(b64decode(look["images"]["data"])) == 10 * 784
        assert {entry["name"] for entry in look["parameters"]} == {"W1", "b1", "W2", "b2"}
    first, last = (client.post(f"/api/runs/{run}/predict", json={"sample": 0, "iteration": i}).json() for i in (0, 120))
    assert first["iteration"] == 0
    assert max(first["probabilities"]) < 0.2 < max(last["probabilities"])
    assert client.get(f"/api/runs/{run}/moments/3").status_code == 404
    assert client.post(f"/api/runs/{run}/predict", json={"sample": 0, "iteration": 3}).status_code == 404


def test_the_confusion_matrix_opens_into_its_images(finished: Finished, cache: Path) -> None:
    client, run = finished
    matrix = np.array(client.get(f"/api/runs/{run}/confusion").json()["matrix"])
    assert matrix.shape == (10, 10)
    assert matrix.sum() == 10_000
    accuracy = matrix.trace() / 10_000
    arrays = npz(client.get(f"/api/runs/{run}/weights.npz").content)
    test = load("mnist", cache).test
    hidden = np.maximum(test.pixels / 255 @ arrays["W1"] + arrays["b1"], 0)
    answers = (hidden @ arrays["W2"] + arrays["b2"]).argmax(axis=1)
    assert accuracy == pytest.approx((answers == test.labels).mean(), abs=2e-4)
    wrong = client.get(f"/api/runs/{run}/samples?limit=3&offset=1").json()
    assert wrong["total"] == 10_000 - matrix.trace()
    assert all(sample["label"] != sample["answer"] for sample in wrong["samples"])
    cell = client.get(f"/api/runs/{run}/samples?label=3&answer=3&limit=500").json()
    assert cell["total"] == matrix[3, 3]
    assert {(sample["label"], sample["answer"]) for sample in cell["samples"]} <= {(3, 3)}
    sample = wrong["samples"][0]
    pixels = client.get(f"/api/runs/{run}/samples/{sample['index']}").json()["pixels"]
    np.testing.assert_allclose(np.frombuffer(b64decode(sample["pixels"]), np.uint8) / 255, pixels)


def test_the_minibatch_opens_as_a_graph_with_the_loss_of_that_step(finished: Finished) -> None:
    client, run = finished
    document = client.get(f"/api/runs/{run}/minibatch").json()
    assert document["title"]["en"] == "The mini-batch of iteration 120"
    graph = Graph.from_document(document)
    assert graph["x"].value is not None
    assert graph["x"].value.shape == (20, 784)
    assert float(evaluate(graph).output) == pytest.approx(losses(client, run)["loss"][-1], rel=1e-5)


def test_the_minibatch_of_a_running_run_does_not_stand_still(client: TestClient) -> None:
    run = start(client, LONG)
    until(client, run, "running", iteration=1)
    assert client.get(f"/api/runs/{run}/minibatch").status_code == 409
    change(client, run, state="paused")
    change(client, run, step=1)
    graph = Graph.from_document(client.get(f"/api/runs/{run}/minibatch").json())
    assert float(evaluate(graph).output) == pytest.approx(losses(client, run)["loss"][-1], rel=1e-4)


def test_the_curves_are_a_table(finished: Finished) -> None:
    client, run = finished
    answer = client.get(f"/api/runs/{run}/metrics.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    head, *rows = answer.text.splitlines()
    assert head == "iteration,loss,epoch,train_accuracy,test_accuracy"
    assert [int(row.split(",")[0]) for row in rows] == list(range(120))
    assert float(rows[7].split(",")[1]) == losses(client, run)["loss"][7]
    assert rows[50].split(",")[2] == "1"


def test_the_report_is_one_page_that_asks_nobody(finished: Finished) -> None:
    client, run = finished
    change(client, run, name="<script>alert(1)</script>")
    text = client.get(f"/api/runs/{run}/report.html").text
    assert text.startswith("<!doctype html>")
    assert "<script>alert(1)" not in text
    assert (
        re.search(r"<(script|link|img)[^>]*(src|href)=", re.sub(r"<script[^>]*>.*?</script>", "", text, flags=re.S))
        is None
    )
    assert text.count('class="plotly-graph-div"') == 4


def test_the_report_is_in_the_readers_language(finished: Finished) -> None:
    client, run = finished
    for headers, tag, words in (
        ({"accept-language": "ja"}, "ja", ("損失", "設定", "学習率", "完了")),
        ({"accept-language": "ja", "cookie": "language=zh"}, "zh", ("损失", "设置", "学习率", "已完成")),
    ):
        text = client.get(f"/api/runs/{run}/report.html", headers=headers).text
        assert f'<html lang="{tag}">' in text
        assert all(word in text for word in words)
        assert "Learning rate" not in text


def test_the_chapters_check_agrees(finished: Finished) -> None:
    client, run = finished
    answer = client.post(f"/api/runs/{run}/check", json={"samples": 3}).json()
    assert set(answer["inputs"]) == {"W1", "b1", "W2", "b2"}
    assert all(entry["mean_abs_diff"] < 1e-8 for entry in answer["inputs"].values())
    assert answer["forward_passes"] >= 2 * (784 * 10 + 10 + 100 + 10)
    assert answer["seconds"]["numerical"] > answer["seconds"]["backprop"]


def test_the_race_is_told_until_it_is_done(finished: Finished) -> None:
    client, run = finished
    with client.websocket_connect(f"ws://localhost/api/runs/{run}/race") as race:
        while True:
            told = race.receive_json()
            assert told["total"] == 2 * (784 * 10 + 10 + 100 + 10)
            if told["passes"] == told["total"]:
                break
    assert told["seconds"] > told["backprop_seconds"]
    assert told["eta_seconds"] == 0
