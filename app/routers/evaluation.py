"""Evaluation: values and gradients of a graph, and the check of them."""

from __future__ import annotations

from fastapi import APIRouter, Response

from app import encode
from app.body import JsonRoute
from app.routers.graphs import Limits, answer, budget, read_graph
from app.schemas.evaluation import EvaluateAnswer, EvaluateRequest, Subject
from app.schemas.problem import refusals
from app.settings import Settings
from engine import Graph, evaluate

router = APIRouter(prefix="/api", tags=["evaluation"], route_class=JsonRoute)
REFUSALS = refusals(400, 413, 415, 422)


@router.post("/evaluate", response_model=EvaluateAnswer, responses=REFUSALS)
def evaluate_graph(body: EvaluateRequest, limits: Limits) -> Response:
    """Evaluate a graph forward, then backward from its output."""
    result = evaluate(subject(body, limits), body.inputs, body.seed, budget(limits))
    return answer(encode.evaluation(result, limits.preview_above))


def subject(body: Subject, limits: Settings) -> Graph:
    """The graph that a request speaks of, from its document or its source."""
    return read_graph(body.graph, limits)
