"""Graphs: the catalogue and evaluation."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from app import encode
from app.body import JsonRoute
from app.schemas.evaluation import EvaluateAnswer, EvaluateRequest, Subject
from app.schemas.problem import refusals
from app.settings import Settings
from engine import Graph, evaluate
from engine.errors import LimitError
from engine.op import OPS

router = APIRouter(prefix="/api", tags=["graphs"], route_class=JsonRoute)
REFUSALS = refusals(400, 413, 415, 422)


def settings_of(request: Request) -> Settings:
    """The settings of the server that answers."""
    settings: Settings = request.app.state.settings
    return settings


Limits = Annotated[Settings, Depends(settings_of)]


def answer(body: Any) -> Response:
    """A JSON answer."""
    return Response(encode.dumps(body), media_type="application/json")


@router.get("/ops")
def ops() -> list[dict[str, Any]]:
    """The catalogue: every op with its slots, attributes and rule."""
    return [encode.op(op) for op in OPS.values()]


@router.post("/evaluate", response_model=EvaluateAnswer, responses=REFUSALS)
def evaluate_graph(body: EvaluateRequest, limits: Limits) -> Response:
    """Evaluate a graph forward, then backward from its output."""
    return answer(encode.evaluation(evaluate(graph_of(body, limits), body.inputs, body.seed), limits.preview_above))


def graph_of(body: Subject, limits: Settings) -> Graph:
    """The graph that a request speaks of.

    Errors:  EngineError; LimitError names the setting
    """
    return read_graph(body.graph, limits)


def read_graph(document: Any, limits: Settings) -> Graph:
    """A graph from its document, if it is not too large."""
    if (
        isinstance(document, dict)
        and isinstance(nodes := document.get("nodes"), list)
        and len(nodes) > limits.max_nodes
    ):
        raise LimitError(
            f"the graph has {len(nodes):,} nodes, the limit is {limits.max_nodes:,} (setting BACKPROP_EXPLORER_MAX_NODES)"
        )
    return Graph.from_document(document)
