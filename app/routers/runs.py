"""Training runs: made, changed, watched, taken away."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response, WebSocket
from starlette.websockets import WebSocketDisconnect

from app import encode
from app.body import JsonRoute
from app.problems import KINDS, Problem, problem_response
from app.routers.graphs import answer
from app.runs.entry import Entry
from app.runs.launcher import ConflictError, GoneError, Launcher
from app.runs.stream import follow
from app.schemas.problem import refusals
from app.schemas.run import MetricsAnswer, RunAnswer, RunChange, RunRequest
from engine.config import RunConfig

router = APIRouter(prefix="/api/runs", tags=["runs"], route_class=JsonRoute)
BODY = refusals(400, 413, 415, 422)


def launcher_of(request: Request) -> Launcher:
    """The launcher of the server that answers."""
    launcher: Launcher = request.app.state.launcher
    return launcher


Runs = Annotated[Launcher, Depends(launcher_of)]


def entry_of(run_id: str, runs: Runs) -> Entry:
    """The run that the address names.

    Errors:  Problem not-found (404)
    """
    entry = runs.entries.get(run_id)
    if entry is None:
        raise _unknown(run_id)
    return entry


Named = Annotated[Entry, Depends(entry_of)]


@router.post("", status_code=201, response_model=RunAnswer, responses=BODY)
async def create(runs: Runs, body: RunRequest | None = None) -> Response:
    """Start a training run; without a body, the chapter's script."""
    given = {} if body is None else {name: getattr(body, name) for name in body.model_fields_set}
    config = RunConfig.from_document(given)
    await asyncio.to_thread(runs.library.check, config)
    entry = await runs.create(config)
    return run_answer(entry, 201, {"Location": f"/api/runs/{entry.run.id}"})


@router.get("", response_model=list[RunAnswer])
async def list_runs(runs: Runs) -> Response:
    """Every run, the newest first; of a graph of one's own only its title and the number of its nodes."""
    entries = sorted(runs.entries.values(), key=lambda entry: entry.run.created, reverse=True)
    return answer([entry.run.outline() for entry in entries])


@router.get("/{run_id}", response_model=RunAnswer, responses=refusals(404))
async def get_run(entry: Named) -> Response:
    """A run: its state, progress and last metrics."""
    return run_answer(entry)


@router.patch("/{run_id}", response_model=RunAnswer, responses=BODY | refusals(404, 409))
async def change(body: RunChange, entry: Named, runs: Runs) -> Response:
    """Pause, resume, stop or step a run, change its learning rate while it learns, or write on it."""
    try:
        if body.learning_rate is not None:
            await runs.set_learning_rate(entry, body.learning_rate)
        match body.state:
            case "running":
                await runs.resume(entry)
            case "paused":
                await runs.pause(entry)
            case "stopped":
                await runs.end(entry)
        if body.step is not None:
            await runs.step(entry, body.step)
    except ConflictError as conflict:
        raise Problem("conflict", str(conflict)) from None
    except GoneError:
        raise _unknown(entry.run.id) from None
    for name in ("name", "tags", "notes"):
        if (value := getattr(body, name)) is not None:
            setattr(entry.run, name, value)
            entry.dirty = True
    return answer(entry.run.outline())


@router.delete("/{run_id}", status_code=204, responses=refusals(404))
async def delete(entry: Named, runs: Runs) -> None:
    """Take a run away; restore brings it back for an hour."""
    try:
        await runs.delete(entry)
    except GoneError:
        raise _unknown(entry.run.id) from None


@router.post("/{run_id}/restore", response_model=RunAnswer, responses=refusals(404))
async def restore(run_id: str, runs: Runs) -> Response:
    """Bring a deleted run back."""
    entry = runs.entries.get(run_id) or await runs.restore(run_id)
    if entry is None:
        raise _unknown(run_id)
    return run_answer(entry)


@router.get("/{run_id}/metrics", response_model=MetricsAnswer, responses=refusals(404))
async def metrics(entry: Named, runs: Runs) -> Response:
    """The curves: the loss of every iteration, the accuracies of every epoch."""
    await entry.flush(runs.store)
    return answer(await asyncio.to_thread(runs.store.metrics, entry.run.id))


@router.websocket("/{run_id}/stream")
async def stream(websocket: WebSocket, run_id: str) -> None:
    """The run's events after `after`, then live. `tensors=0` leaves the looks inside out."""
    runs: Launcher = websocket.app.state.launcher
    entry = runs.entries.get(run_id)
    after = websocket.query_params.get("after", "0")
    if entry is None:
        await websocket.send_denial_response(problem_response(KINDS["not-found"], f"there is no run {run_id!r}"))
        return
    if not after.isdecimal() or len(after) > 18:
        detail = f"after is the seq of an event, a whole number from 0, not {after!r}"
        await websocket.send_denial_response(problem_response(KINDS["request"], detail))
        return
    await websocket.accept()
    looks = websocket.query_params.get("tensors") != "0"
    runs.watch(entry, 1, looks)
    sender = asyncio.create_task(_send(websocket, entry, runs, int(after), looks))
    try:
        while (await websocket.receive())["type"] != "websocket.disconnect":
            pass
    except (RuntimeError, WebSocketDisconnect):
        pass
    finally:
        runs.watch(entry, -1, looks)
        sender.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await sender


async def _send(websocket: WebSocket, entry: Entry, runs: Launcher, after: int, looks: bool) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        async for event in follow(entry.channel, runs.store, entry.run.id, after):
            if looks or event.type != "tensors":
                await websocket.send_text(event.text)
        await websocket.close(1000, "nothing more will come")


def run_answer(entry: Entry, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A run as an answer."""
    return Response(encode.dumps(entry.run.to_document()), status, headers, "application/json")


def _unknown(run_id: str) -> Problem:
    return Problem("not-found", f"there is no run {run_id!r}")
