"""Both ways to a gradient on the network of a run: compared, and raced."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Any

from fastapi import APIRouter, Request, Response, WebSocket
from starlette.websockets import WebSocketDisconnect

from app import encode
from app.body import JsonRoute
from app.problems import ENGINE_KINDS, KINDS, Problem, problem_response
from app.routers.graphs import Limits, answer
from app.routers.runs import BODY, Named
from app.runs.launcher import Launcher
from app.runs.questions import Questions
from app.schemas.inside import CheckedAnswer, CheckImagesRequest
from app.schemas.problem import refusals

router = APIRouter(prefix="/api/runs/{run_id}", tags=["inside a run"], route_class=JsonRoute)
LOOK_SECONDS = 0.5
BY_ERROR = {error.__name__: kind for error, kind in ENGINE_KINDS.items()}


@router.post("/check", response_model=CheckedAnswer, responses=BODY | refusals(404))
async def check(request: Request, entry: Named, limits: Limits, body: CheckImagesRequest | None = None) -> Response:
    """Backpropagation against numerical differentiation on the first training images, in float64."""
    samples = (body or CheckImagesRequest()).samples
    questions: Questions = request.app.state.questions
    answers = questions.ask(entry, "check", samples=samples, seconds=limits.max_check_seconds)
    message = await first(answers, request)
    if message["type"] == "state":
        kind = BY_ERROR.get(message.get("error", ""), "internal")
        setting = " (setting BACKPROP_EXPLORER_MAX_CHECK_SECONDS)" if kind == "limit" else ""
        raise Problem(kind, f"{message['reason']}{setting}")
    message.pop("type")
    return answer(message)


@router.websocket("/race")
async def race(websocket: WebSocket, run_id: str) -> None:
    """Numerical differentiation of one batch, told a few times a second until it is done; closing stops it."""
    runs: Launcher = websocket.app.state.launcher
    entry = runs.entries.get(run_id)
    if entry is None:
        await websocket.send_denial_response(problem_response(KINDS["not-found"], f"there is no run {run_id!r}"))
        return
    await websocket.accept()
    questions: Questions = websocket.app.state.questions
    teller = asyncio.create_task(tell(websocket, questions.ask(entry, "race")))
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        while (await websocket.receive())["type"] != "websocket.disconnect":
            pass
    teller.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await teller


async def tell(websocket: WebSocket, messages: AsyncGenerator[dict[str, Any], None]) -> None:
    """Send what a process says until it ends, and close."""
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        try:
            async with contextlib.aclosing(messages):
                async for message in messages:
                    await websocket.send_text(encode.dumps(message).decode())
        finally:
            await websocket.close()


async def first(messages: AsyncGenerator[dict[str, Any], None], request: Request) -> dict[str, Any]:
    """The first message, unless the client has gone meanwhile."""
    async with contextlib.aclosing(messages):
        waiting = asyncio.ensure_future(anext(messages, None))
        try:
            while not waiting.done() and not await request.is_disconnected():
                await asyncio.wait([waiting], timeout=LOOK_SECONDS)
            if not waiting.done():
                raise Problem("conflict", "nobody waits for the answer any more")
        finally:
            # What still runs cannot be closed.
            waiting.cancel()
            await asyncio.wait([waiting])
        message = waiting.result()
    if message is None:
        raise Problem("internal", "the worker process ended without an answer")
    return message
