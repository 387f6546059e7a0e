"""Inside a run: answers, mistakes, moments, the mini-batch."""

from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient

from engine import Graph, evaluate
from engine.dataset import load
from tests.app.runs.drive import LONG, change, losses, npz, start, until

Finished = tuple[TestClient, str]


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
