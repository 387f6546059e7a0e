"""What a run can be taken home as, and weights that come back."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app import __version__
from app.export import csv, weights
from app.locale import choose
from app.problems import Problem
from app.routers.graphs import Limits
from app.routers.moments import Network, Replicas
from app.routers.runs import Named, Runs, run_answer
from app.runs.archive import config_of
from app.schemas.problem import refusals
from app.schemas.run import RunAnswer

router = APIRouter(prefix="/api/runs", tags=["files of a run"])
BINARY: dict[str, Any] = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
FILE: dict[int | str, dict[str, Any]] = {200: BINARY, **refusals(404, 422)}


@router.get("/{run_id}/weights.npz", response_class=Response, responses=FILE)
async def weights_npz(entry: Named, network: Network) -> Response:
    """The weights as NumPy's archive."""
    return _file(await asyncio.to_thread(weights.npz, network.trainer.weights()), f"{entry.run.id}.npz")


@router.get("/{run_id}/weights.safetensors", response_class=Response, responses=FILE)
async def weights_safetensors(entry: Named, network: Network) -> Response:
    """The weights in the safetensors format."""
    return _file(await asyncio.to_thread(weights.safetensors, network.trainer.weights()), f"{entry.run.id}.safetensors")


@router.get("/{run_id}/weights.onnx", response_class=Response, responses=FILE)
async def weights_onnx(entry: Named, network: Network) -> Response:
    """The network as an ONNX model: x (n, …) with pixels from 0 to 1 → scores, probabilities."""

    # Loaded when it is asked for: the package takes longer to load than the server to start.
    from app.export import onnx

    def write() -> bytes:
        x = network.graph["x"].value
        assert x is not None
        return onnx.model(network.graph, network.answer, x.shape)

    return _file(await asyncio.to_thread(write), f"{entry.run.id}.onnx")


@router.get("/{run_id}/metrics.csv", response_class=Response, responses=refusals(404))
async def metrics_csv(entry: Named, runs: Runs) -> Response:
    """The curves as a table."""
    await entry.flush(runs.store)
    table = await asyncio.to_thread(lambda: csv.curves(runs.store.metrics(entry.run.id)))
    return _file(table.encode(), f"{entry.run.id}.csv", "text/csv; charset=utf-8")


@router.get("/{run_id}/report.html", response_class=Response, responses=refusals(404))
async def report_html(request: Request, entry: Named, runs: Runs, archive: Replicas) -> Response:
    """The whole run as one page that needs nothing else, in the reader's language."""
    from app.export import report

    await entry.flush(runs.store)
    replica = await archive.replica(entry)

    language = choose(request.cookies.get("language"), request.headers.get("accept-language", ""))

    def write() -> str:
        return report.page(entry.run.to_document(), runs.store.metrics(entry.run.id), replica, __version__, language)

    return _file((await asyncio.to_thread(write)).encode(), f"{entry.run.id}.html", "text/html; charset=utf-8")


@router.post(
    "/import",
    status_code=201,
    response_model=RunAnswer,
    responses=refusals(413, 422),
    openapi_extra={"requestBody": {"required": True, **BINARY}},
)
async def import_weights(
    request: Request, archive: Replicas, limits: Limits, name: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """A new paused run that begins with the weights of an npz or safetensors file; nothing is overwritten."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > limits.max_body:
            detail = f"the file is longer than {limits.max_body:,} bytes (setting BACKPROP_EXPLORER_MAX_BODY)"
            raise Problem("too-large", detail, {"Connection": "close"})
    arrays = await asyncio.to_thread(weights.read, bytes(data), limits.max_body)
    entry = await archive.adopt(config_of(arrays), arrays, name)
    return run_answer(entry, 201, {"Location": f"/api/runs/{entry.run.id}"})


def _file(data: bytes, name: str, media_type: str = "application/octet-stream") -> Response:
    return Response(data, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=media_type)
