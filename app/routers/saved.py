"""Saved graphs: kept by name, changed only by those who have seen the version that is there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response

from app import encode
from app.body import JsonRoute
from app.problems import Problem
from app.routers.graphs import Limits, answer, read_graph
from app.saved.store import SavedGraph, SavedStore
from app.schemas.problem import refusals
from app.schemas.saved import SavedAnswer, SavedEntry, SaveRequest

router = APIRouter(prefix="/api/saved", tags=["saved graphs"], route_class=JsonRoute)
REFUSALS = refusals(400, 413, 415, 422)


def store_of(request: Request) -> SavedStore:
    """The store of the server that answers."""
    return SavedStore(request.app.state.database)


Store = Annotated[SavedStore, Depends(store_of)]
Version = Annotated[str | None, Header(alias="If-Match", description="the ETag of the version that is changed")]


@router.get("", response_model=list[SavedEntry])
def list_saved(store: Store) -> Response:
    """The saved graphs, the last changed first."""
    return answer([_entry(graph) for graph in store.list()])


@router.post("", status_code=201, response_model=SavedAnswer, responses=REFUSALS)
def save(body: SaveRequest, store: Store, limits: Limits) -> Response:
    """Keep a graph."""
    read_graph(body.document, limits)
    graph = store.add(body.name, dict(body.document))
    return _answer(graph, 201, {"Location": f"/api/saved/{graph.id}"})


@router.get("/{graph_id}", response_model=SavedAnswer, responses=refusals(404))
def get_saved(graph_id: str, store: Store) -> Response:
    """A saved graph with its document."""
    return _answer(_found(store.get(graph_id), graph_id))


@router.put("/{graph_id}", response_model=SavedAnswer, responses=REFUSALS | refusals(404, 412, 428))
def replace_saved(graph_id: str, body: SaveRequest, store: Store, limits: Limits, if_match: Version = None) -> Response:
    """Keep a graph in place of the version that If-Match names."""
    current = _found(store.get(graph_id), graph_id)
    if if_match is None:
        raise Problem("no-version", f"send If-Match: {_tag(current)} to replace version {current.version}")
    read_graph(body.document, limits)
    if if_match.strip() not in (_tag(current), "*"):
        raise _changed(current)
    replaced = store.replace(graph_id, current.version, body.name, dict(body.document))
    if replaced is None:
        raise _changed(_found(store.get(graph_id), graph_id))
    return _answer(replaced)


@router.delete("/{graph_id}", status_code=204, responses=refusals(404))
def delete_saved(graph_id: str, store: Store) -> None:
    """Take a graph out of the list; restore brings it back."""
    if not store.delete(graph_id):
        _found(None, graph_id)


@router.post("/{graph_id}/restore", response_model=SavedAnswer, responses=refusals(404))
def restore_saved(graph_id: str, store: Store) -> Response:
    """Bring a deleted graph back."""
    return _answer(_found(store.restore(graph_id), graph_id))


def _found(graph: SavedGraph | None, graph_id: str) -> SavedGraph:
    if graph is None:
        raise Problem("not-found", f"there is no saved graph {graph_id!r}")
    return graph


def _changed(current: SavedGraph) -> Problem:
    detail = f"the stored version is {current.version} now, changed at {_time(current.changed)}; look at it first"
    return Problem("version", detail, {"ETag": _tag(current)})


def _entry(graph: SavedGraph) -> SavedEntry:
    return SavedEntry(
        id=graph.id,
        name=graph.name,
        version=graph.version,
        created=_time(graph.created),
        changed=_time(graph.changed),
        nodes=len(graph.document["nodes"]),
    )


def _answer(graph: SavedGraph, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    body: dict[str, Any] = {**_entry(graph), "document": graph.document}
    headers = {"ETag": _tag(graph), **(headers or {})}
    return Response(encode.dumps(body), status, headers, media_type="application/json")


def _tag(graph: SavedGraph) -> str:
    return f'"{graph.version}"'


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
