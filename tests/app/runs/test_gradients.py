"""Both ways to a gradient on a run's network: compared, and raced."""

from fastapi.testclient import TestClient

Finished = tuple[TestClient, str]


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
