"""Evaluation: values and gradients of a graph, and the check of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter, Response

from app import encode
from app.body import JsonRoute
from app.routers.graphs import Limits, answer, budget, read_graph, read_source
from app.schemas.evaluation import CheckAnswer, CheckRequest, EvaluateAnswer, EvaluateRequest, Subject
from app.schemas.problem import refusals
from app.settings import Settings
from engine import Graph, evaluate
from engine.check import check
from engine.errors import EngineError

router = APIRouter(prefix="/api", tags=["evaluation"], route_class=JsonRoute)
REFUSALS = refusals(400, 413, 415, 422)


@router.post("/evaluate", response_model=EvaluateAnswer, responses=REFUSALS)
def evaluate_graph(body: EvaluateRequest, limits: Limits) -> Response:
    """Evaluate a graph forward, then backward from its output."""
    with subject(body, limits) as graph:
        return answer(encode.evaluation(evaluate(graph, None, body.seed, budget(limits)), limits.preview_above))


@router.post("/check", response_model=CheckAnswer, responses=REFUSALS)
def check_graph(body: CheckRequest, limits: Limits) -> Response:
    """Compare every input's gradient with numerical differentiation; elements on a kink are listed and left out."""
    with subject(body, limits) as graph:
        result = check(graph, None, body.epsilon, body.seed, budget(limits))
        return answer(encode.check(result, limits.preview_above))


@contextmanager
def subject(body: Subject, limits: Settings) -> Iterator[Graph]:
    """The graph that a request speaks of; what fails at a node of a source is told its line and column."""
    if body.source is None:
        yield read_graph(body.graph, limits).with_values(body.inputs)
        return
    parsed = read_source(body.source, body.inputs, limits)
    try:
        yield parsed.graph
    except EngineError as error:
        if error.line is None and error.node is not None:
            error.line, error.column = parsed.places.get(error.node, (None, None))
        raise
