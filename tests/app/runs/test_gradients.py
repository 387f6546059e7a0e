"""Both ways to a gradient on a run's network: compared, and raced."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any

import pytest
from fastapi import FastAPI, Request, WebSocket
from fastapi.testclient import TestClient
from starlette.types import Message

from app.routers.gradients import first, tell
from tests.app.runs.drive import SMALL, start, until

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


def test_a_check_that_takes_too_long_names_the_setting(serve: Callable[..., TestClient]) -> None:
    with serve(max_check_seconds=1e-9) as client:
        run = start(client, SMALL)
        until(client, run, "finished")
        answer = client.post(f"/api/runs/{run}/check")
    assert (answer.status_code, answer.json()["type"]) == (422, "/docs#problem-limit")
    assert answer.json()["detail"].endswith("(setting BACKPROP_EXPLORER_MAX_CHECK_SECONDS)")


def test_a_check_of_a_damaged_checkpoint_says_that_it_is_damaged(serve: Callable[..., TestClient]) -> None:
    with serve() as client:
        run = start(client, SMALL)
        until(client, run, "finished")
        assert isinstance(client.app, FastAPI)
        client.app.state.launcher.store.checkpoint(run, 120).write_bytes(b"damaged")
        answer = client.post(f"/api/runs/{run}/check")
    assert (answer.status_code, answer.json()["type"]) == (422, "/docs#problem-dataset")
    assert answer.json()["detail"].startswith("the checkpoint 0000000120.npz cannot be read")
    assert "setting" not in answer.json()["detail"]


def test_a_check_that_is_cancelled_ends_as_such_when_its_process_has_ended() -> None:
    said: list[str] = []

    async def ask() -> AsyncGenerator[dict[str, Any], None]:
        said.append("asked")
        try:
            await asyncio.Event().wait()
            yield {}
        finally:
            await asyncio.sleep(0)
            said.append("ended")

    async def scene() -> None:
        checking = asyncio.create_task(first(ask(), Request({"type": "http"}, asyncio.Event().wait)))
        while not said:
            await asyncio.sleep(0)
        checking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await checking

    asyncio.run(scene())
    assert said == ["asked", "ended"]


def test_a_race_that_cannot_begin_is_closed() -> None:
    sent: list[Message] = []

    async def ask() -> AsyncGenerator[dict[str, Any], None]:
        raise OSError("no more processes")
        yield

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    async def scene() -> None:
        websocket = WebSocket({"type": "websocket"}, receive, send)
        await websocket.accept()
        with pytest.raises(OSError, match="no more processes"):
            await tell(websocket, ask())

    asyncio.run(scene())
    assert [message["type"] for message in sent] == ["websocket.accept", "websocket.close"]
