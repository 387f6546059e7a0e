"""Graphs: the catalogue of ops, the gallery, and documents from and to source text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Request, Response

from app import encode
from app.body import JsonRoute
from app.problems import Problem
from app.recent import graph_of
from app.schemas.graph import (
    CollapseRequest,
    Entry,
    ExpandRequest,
    ExportRequest,
    FormatAnswer,
    GraphDocument,
    GraphRequest,
    OpAnswer,
    ParseAnswer,
    ParseRequest,
)
from app.schemas.problem import refusals
from app.schemas.reference import reference
from app.settings import Settings
from engine import Graph, export
from engine.budget import Budget
from engine.composite import collapse, expand, expandable
from engine.errors import LimitError
from engine.evaluation import forward
from engine.formula import Parsed, format, parse  # noqa: A004 - the counterpart of parse
from engine.gallery import GALLERY
from engine.op import OPS, Op

router = APIRouter(prefix="/api", tags=["graphs"], route_class=JsonRoute)
REFUSALS = refusals(400, 413, 415, 422)
Writer = Callable[[Graph, str], str | bytes]
EXPORTS: dict[str, tuple[Writer, str]] = {
    "layers.py": (lambda graph, _: export.layers(graph), "text/x-python; charset=utf-8"),
    "torch.py": (lambda graph, _: export.torch(graph), "text/x-python; charset=utf-8"),
    "svg": (export.svg, "image/svg+xml"),
    "json": (lambda graph, _: encode.dumps(encode.document(graph)), "application/json"),
    "tex": (export.tex, "application/x-tex; charset=utf-8"),
}
DOCUMENT = {"application/json": {"schema": reference("GraphDocument")}}


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


def read_graph(document: Any, limits: Settings) -> Graph:
    """A graph from its document, if it is not too large."""
    nodes = document.get("nodes") if isinstance(document, dict) else None
    _allow(len(nodes) if isinstance(nodes, list) else 0, limits)
    return graph_of(document)


def read_source(source: str, inputs: dict[str, Any], limits: Settings) -> Parsed:
    """A graph from its source, if it is not too large."""
    parsed = parse(source, inputs, max_length=limits.max_source, max_elements=limits.max_elements)
    _allow(len(parsed.graph), limits)
    return parsed


@router.get("/ops", response_model=list[OpAnswer])
def ops() -> Response:
    """The catalogue: every op with its slots, attributes and rule."""
    return answer([_op(op) for op in OPS.values()])


@router.get("/graphs", response_model=list[Entry])
def gallery() -> Response:
    """The chapter's graphs, in its order."""
    keys = ("slug", "title", "section", "source", "description")
    return answer([{key: getattr(entry, key) for key in keys} for entry in GALLERY])


@router.get("/graphs/{slug}", response_model=GraphDocument, responses=refusals(404))
def graph_of_gallery(slug: Annotated[str, Path(examples=[GALLERY[0].slug])]) -> Response:
    """One of the chapter's graphs, with its source."""
    for entry in GALLERY:
        if entry.slug == slug:
            return answer(encode.document(entry.graph()) | {"source": entry.source})
    raise Problem("not-found", f"there is no graph {slug!r} in the gallery; /api/graphs lists them")


@router.post("/graphs/parse", response_model=ParseAnswer, responses=REFUSALS)
def parse_source(body: ParseRequest, limits: Limits) -> Response:
    """Read source in the formula language into a graph."""
    parsed = read_source(body.source, body.inputs, limits)
    return answer({"graph": encode.document(parsed.graph), "names": parsed.names, "places": parsed.places})


@router.post("/graphs/format", response_model=FormatAnswer, responses=REFUSALS)
def format_graph(body: GraphRequest, limits: Limits) -> Response:
    """Write a graph as source in the formula language; parsed again it evaluates as the graph does."""
    return answer({"source": format(read_graph(body.graph, limits))})


@router.post("/graphs/expand", response_model=GraphDocument, responses=REFUSALS)
def expand_node(body: ExpandRequest, limits: Limits) -> Response:
    """Open a composite node into its primitive nodes, as a group."""
    return answer(encode.document(expand(read_graph(body.graph, limits), body.node, budget(limits))))


@router.post("/graphs/collapse", response_model=GraphDocument, responses=REFUSALS)
def collapse_group(body: CollapseRequest, limits: Limits) -> Response:
    """Fold an opened composite back into one node."""
    return answer(encode.document(collapse(read_graph(body.graph, limits), body.group, budget(limits))))


@router.post(
    "/graphs/export/{format}",
    response_class=Response,
    responses=REFUSALS | {200: {"content": {kind: {} for _, kind in EXPORTS.values()} | DOCUMENT}},
)
def export_graph(
    written_as: Annotated[Literal["layers.py", "torch.py", "svg", "json", "tex"], Path(alias="format")],
    body: ExportRequest,
    limits: Limits,
) -> Response:
    """Write a graph as a file: the book's layers, PyTorch, a picture, LaTeX, or its document."""
    graph = read_graph(body.graph, limits)
    forward(graph, budget(limits))  # Refuses what is too large before a writer evaluates it.
    write, media_type = EXPORTS[written_as]
    name = written_as if "." in written_as else f"graph.{written_as}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write(graph, body.language), media_type=media_type, headers=headers)


def _op(op: Op) -> dict[str, Any]:
    family = op.forward.__module__.rpartition(".")[2]
    return encode.op(op) | {"family": family, "expandable": expandable(op.name)}


def _allow(nodes: int, limits: Settings) -> None:
    if nodes > limits.max_nodes:
        raise LimitError(f"{nodes:,} nodes are more than the {limits.max_nodes:,} allowed", limit="nodes")
