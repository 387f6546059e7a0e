"""Evaluation: values and gradients of a graph, and the check of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request, Response

from app import encode
from app.body import JsonRoute
from app.routers.graphs import Limits, answer, budget, read_graph, read_source
from app.schemas.evaluation import CheckAnswer, CheckRequest, EvaluateAnswer, EvaluateRequest, Subject
from app.schemas.problem import refusals
from app.settings import Settings
from engine import Graph, evaluate
from engine.budget import Budget
from engine.check import check
from engine.errors import EngineError

router = APIRouter(prefix="/api", tags=["evaluation"], route_class=JsonRoute)
REFUSALS = refusals(400, 413, 415, 422)
GLANCE = 0.2
"""Seconds between two looks whether the one who asked for a long check is still there."""


@router.post("/evaluate", response_model=EvaluateAnswer, responses=REFUSALS)
def evaluate_graph(body: EvaluateRequest, limits: Limits) -> Response:
    """Evaluate a graph forward, then backward from its output."""
    with subject(body, limits) as graph:
        return answer(encode.evaluation(evaluate(graph, None, body.seed, budget(limits)), limits.preview_above))


@router.post("/check", response_model=CheckAnswer, responses=REFUSALS)
async def check_graph(body: CheckRequest, limits: Limits, request: Request) -> Response:
    """Compare every input's gradient with numerical differentiation; elements on a kink are listed and left out."""
    allowance = budget(limits)

    def work() -> Response:
        with subject(body, limits) as graph:
            result = check(graph, None, body.epsilon, body.seed, allowance, body.every_node)
            return answer(encode.check(result, limits.preview_above))

    watching = asyncio.create_task(_stop_when_left(request, allowance))
    try:
        return await to_thread.run_sync(work)
    finally:
        watching.cancel()


@contextmanager
def subject(body: Subject, limits: Settings) -> Iterator[Graph]:
    """The graph that a request speaks of; what fails at a node of a source is told its line and column."""
    if body.source is None:
        yield read_graph(_filled(body.graph, body.inputs), limits).with_values(body.inputs)
        return
    parsed = read_source(body.source, body.inputs, limits)
    try:
        yield parsed.graph
    except EngineError as error:
        if error.line is None and error.node is not None:
            error.line, error.column = parsed.places.get(error.node, (None, None))
        raise


def _filled(document: Any, inputs: dict[str, Any]) -> Any:
    """The document with inputs' values on those input nodes that have none of their own."""
    nodes = document.get("nodes") if inputs and isinstance(document, dict) else None
    if not isinstance(nodes, list):
        return document

    def fill(node: Any) -> Any:
        if isinstance(node, dict) and node.get("op") == "input" and node.get("value") is None:
            return node | {"value": inputs.get(str(node.get("id")))}
        return node

    return document | {"nodes": [fill(node) for node in nodes]}


async def _stop_when_left(request: Request, allowance: Budget) -> None:
    while not await request.is_disconnected():
        await asyncio.sleep(GLANCE)
    allowance.stop()
