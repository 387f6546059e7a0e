"""Graphs: the catalogue of ops."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from app import encode
from app.body import JsonRoute
from app.settings import Settings
from engine import Graph
from engine.budget import Budget
from engine.errors import LimitError
from engine.op import OPS

router = APIRouter(prefix="/api", tags=["graphs"], route_class=JsonRoute)


def settings_of(request: Request) -> Settings:
    """The settings of the server that answers."""
    settings: Settings = request.app.state.settings
    return settings


Limits = Annotated[Settings, Depends(settings_of)]


def answer(body: Any) -> Response:
    """A JSON answer."""
    return Response(encode.dumps(body), media_type="application/json")


def budget(limits: Settings) -> Budget:
    """What one request may cost, from now on."""
    return Budget(limits.max_elements, limits.max_seconds)


@router.get("/ops")
def ops() -> list[dict[str, Any]]:
    """The catalogue: every op with its slots, attributes and rule."""
    return [encode.op(op) for op in OPS.values()]


def read_graph(document: Any, limits: Settings) -> Graph:
    """A graph from its document, if it is not too large."""
    nodes = document.get("nodes") if isinstance(document, dict) else None
    if isinstance(nodes, list) and len(nodes) > limits.max_nodes:
        raise LimitError(f"{len(nodes):,} nodes are more than the {limits.max_nodes:,} allowed", limit="nodes")
    return Graph.from_document(document)
