"""Starting, pausing, stepping, resuming, stopping and deleting runs, in orders that are right and some that are not."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from tests.app.runs.drive import LONG, SMALL, change, get, losses, start, until


def refused(client: TestClient, run: str, status: int, **changes: object) -> str:
    answer = client.patch(f"/api/runs/{run}", json=changes)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["detail"])


def test_a_run_goes_from_start_to_end(client: TestClient) -> None:
    run = start(client, SMALL)
    document = until(client, run, "finished")
    assert document["progress"] == {"iteration": 120, "iterations": 120, "eta_seconds": None}
    assert document["seconds"] > 0
    assert document["samples_per_second"] > 0
    metrics = losses(client, run)
    assert metrics["iteration"] == list(range(120))
    assert len(metrics["loss"]) == 120
    assert document["metrics"]["loss"] == metrics["loss"][-1]
    assert [(epoch["epoch"], epoch["iteration"]) for epoch in metrics["epochs"]] == [(0, 0), (1, 50), (2, 100)]
    assert [entry["id"] for entry in client.get("/api/runs").json()] == [run]


def test_a_run_that_blows_up_names_the_node(client: TestClient) -> None:
    rate = {"name": "sgd", "learning_rate": 1e5}
    run = start(client, SMALL | {"hidden": [20, 20], "activation": "leaky_relu", "init": "he", "optimizer": rate})
    diverged = until(client, run, "diverged")
    assert "affine" in diverged["reason"]
    assert diverged["diverged"]["node"] in diverged["reason"]
    assert diverged["metrics"]["loss"] == losses(client, run)["loss"][-1] == "NaN"
    with client.websocket_connect(f"ws://localhost/api/runs/{run}/stream") as stream:
        while (message := stream.receive_json())["type"] != "state" or message["state"] != "diverged":
            pass
    assert message["node"].startswith("affine")


def test_pause_step_and_resume(client: TestClient) -> None:
    run = start(client, LONG)
    until(client, run, "running", iteration=1)
    paused = change(client, run, state="paused")
    assert paused["state"] == "paused"
    at = paused["progress"]["iteration"]
    assert change(client, run, step=7)["progress"]["iteration"] == at + 7
    assert get(client, run)["state"] == "paused"
    assert losses(client, run)["iteration"] == list(range(at + 7))
    assert change(client, run, state="running")["state"] in ("running", "queued")
    until(client, run, "running", iteration=at + 8)
    assert change(client, run, state="stopped")["state"] == "stopped"


def test_who_watches_a_run_that_stands_still_sees_where_it_stands(client: TestClient) -> None:
    run = start(client, LONG)
    until(client, run, "running", iteration=1)
    at = change(client, run, state="paused")["progress"]["iteration"]
    with client.websocket_connect(f"ws://localhost/api/runs/{run}/stream") as stream:
        while (message := stream.receive_json())["type"] != "tensors":
            pass
        assert message["iteration"] == at
        change(client, run, step=1)
        while (message := stream.receive_json())["type"] != "tensors":
            pass
        assert message["iteration"] == at + 1


def test_a_step_right_after_a_pause_is_one_step(client: TestClient) -> None:
    run = start(client, LONG)
    until(client, run, "running", iteration=1)
    entry = client.app.state.launcher.entries[run]
    for _ in range(20):
        entry.process.send("pause")
        entry.process.send("step", count=1)
        at = until(client, run, "paused")["progress"]["iteration"]
        assert change(client, run, step=1)["progress"]["iteration"] <= at + 2
        change(client, run, state="running")


def test_stepping_to_the_end_finishes_the_run(client: TestClient) -> None:
    run = start(client, SMALL | {"iterations": 2000})
    assert change(client, run, state="paused")["state"] == "paused"
    assert change(client, run, step=2000)["state"] == "finished"


def test_a_run_that_is_resumed_as_soon_as_it_stopped_goes_on(client: TestClient) -> None:
    run = start(client, LONG)
    for _ in range(8):
        at = until(client, run, "running", iteration=1)["progress"]["iteration"]
        until(client, run, "running", iteration=at + 1)
        change(client, run, state="stopped")
        assert change(client, run, state="running")["state"] == "running"


def test_a_paused_run_goes_on_though_its_process_was_let_go(client: TestClient) -> None:
    runs = [start(client, LONG) for _ in range(6)]
    for run in runs:
        until(client, run, "running", iteration=1)
        change(client, run, state="paused")
    for run in runs:
        at = get(client, run)["progress"]["iteration"]
        assert change(client, run, step=2)["progress"]["iteration"] == at + 2
        assert losses(client, run)["iteration"] == list(range(at + 2))


def test_the_learning_rate_changes_while_it_learns(client: TestClient) -> None:
    run = start(client, LONG)
    until(client, run, "running", iteration=1)
    assert change(client, run, learning_rate=1e-9)["learning_rate"] == 1e-9
    change(client, run, state="paused")
    before = client.get(f"/api/runs/{run}/weights.npz").content
    change(client, run, step=1)
    after = client.get(f"/api/runs/{run}/weights.npz").content
    assert before != after
    assert get(client, run)["config"]["optimizer"]["learning_rate"] == 0.1


def test_a_learning_rate_of_zero_holds_the_weights_still(client: TestClient) -> None:
    run = start(client, LONG)
    until(client, run, "running", iteration=1)
    change(client, run, state="paused")
    assert change(client, run, learning_rate=0)["learning_rate"] == 0
    before = client.get(f"/api/runs/{run}/weights.npz").content
    change(client, run, step=1)
    assert client.get(f"/api/runs/{run}/weights.npz").content == before
    assert start(client, SMALL | {"optimizer": {"name": "sgd", "learning_rate": 0}})


def test_a_learning_rate_of_nearly_nothing_teaches_nothing(client: TestClient) -> None:
    run = start(client, SMALL | {"optimizer": {"name": "sgd", "learning_rate": 1e-9}})
    until(client, run, "finished")
    assert losses(client, run)["loss"][-1] == pytest.approx(2.3026, abs=0.01)


def test_what_a_state_does_not_allow_is_refused_with_what_would_be_right(client: TestClient) -> None:
    run = start(client, LONG)
    until(client, run, "running", iteration=1)
    assert "pause it first" in refused(client, run, 409, step=1)
    change(client, run, state="stopped")
    assert "only a paused run can be stepped" in refused(client, run, 409, step=1)
    assert "only a running or queued run can be paused" in refused(client, run, 409, state="paused")
    done = start(client, SMALL)
    until(client, done, "finished")
    for changes in ({"state": "running"}, {"state": "paused"}, {"state": "stopped"}, {"learning_rate": 0.1}):
        assert "finished" in refused(client, done, 409, **changes)


def test_asking_for_the_state_it_is_in_changes_nothing(client: TestClient) -> None:
    run = start(client, LONG)
    change(client, run, state="running")
    change(client, run, state="paused")
    change(client, run, state="paused")
    change(client, run, state="stopped")
    assert change(client, run, state="stopped")["state"] == "stopped"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"state": "finished"},
        {"state": None},
        {"step": 0},
        {"step": 1.5},
        {"step": True},
        {"learning_rate": -0.1},
        {"learning_rate": "NaN"},
        {"learning_rate": 1e300},
        {"speed": 3},
        {"state": "paused", "step": 1},
        {"tags": [""]},
        [],
    ],
)
def test_a_change_that_makes_no_sense_is_refused(finished: tuple[TestClient, str], body: object) -> None:
    client, run = finished
    before = get(client, run)
    answer = client.patch(f"/api/runs/{run}", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert get(client, run) == before


def test_runs_wait_for_a_core(serve: Callable[..., TestClient]) -> None:
    with serve(parallel_runs=1) as client:
        first, second, third = (start(client, LONG) for _ in range(3))
        until(client, first, "running", iteration=1)
        assert get(client, second)["state"] == "queued"
        assert change(client, third, state="stopped")["state"] == "stopped"
        change(client, first, state="paused")
        until(client, second, "running", iteration=1)
        assert change(client, first, state="running")["state"] == "queued"
        change(client, second, state="stopped")
        until(client, first, "running", iteration=1)
        assert get(client, third)["state"] == "stopped"
