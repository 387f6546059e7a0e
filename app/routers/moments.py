"""Inside a run: its saved moments, what its network answers, where it errs, and its very mini-batch."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Depends, Query, Request, Response

from app import encode
from app.body import JsonRoute
from app.problems import Problem
from app.routers.graphs import answer
from app.routers.runs import BODY, Named, Runs
from app.runs.archive import Archive, MissingError
from app.runs.replica import Replica
from app.schemas.graph import GraphDocument
from app.schemas.inside import (
    ConfusionAnswer,
    MomentAnswer,
    PredictAnswer,
    PredictRequest,
    SampleAnswer,
    SamplesAnswer,
)
from app.schemas.problem import refusals

router = APIRouter(prefix="/api/runs/{run_id}", tags=["inside a run"], route_class=JsonRoute)
NAMED = refusals(404, 422)

Label = Annotated[int | None, Query(ge=0, le=999)]
Iteration = Annotated[int | None, Query(ge=0, le=10**10, description="a saved moment in place of the newest weights")]


def archive_of(request: Request) -> Archive:
    """The archive of the server that answers."""
    archive: Archive = request.app.state.archive
    return archive


Replicas = Annotated[Archive, Depends(archive_of)]


async def replica_of(entry: Named, archive: Replicas, iteration: Iteration = None) -> Replica:
    """The network that the address and the query name.

    Errors:  Problem not-found (404)
    """
    return await find_replica(archive, entry, iteration)


async def find_replica(archive: Archive, entry: Named, iteration: int | None) -> Replica:
    """The network of a moment, or as it is now.

    Errors:  Problem not-found (404)
    """
    try:
        return await archive.replica(entry, iteration)
    except MissingError as missing:
        raise Problem("not-found", str(missing)) from None


Network = Annotated[Replica, Depends(replica_of)]


@router.get("/moments", response_model=list[MomentAnswer], responses=refusals(404))
async def moments(entry: Named, runs: Runs) -> Response:
    """The saved moments, oldest first."""
    await entry.flush(runs.store)
    saved = await asyncio.to_thread(runs.store.checkpoints, entry.run.id)
    keys = ("iteration", "epoch", "loss", "train_accuracy", "test_accuracy")
    return answer([{key: getattr(one, key) for key in keys} for one in saved if one.moment])


@router.get("/moments/{iteration}", response_model=dict[str, Any], responses=refusals(404, 422))
async def moment(iteration: int, entry: Named, runs: Runs) -> Response:
    """The look inside at a saved moment: the object of a `tensors` message."""
    file = runs.store.look(entry.run.id, iteration)
    try:
        return Response(await asyncio.to_thread(file.read_bytes), media_type="application/json")
    except OSError:
        raise Problem("not-found", f"run {entry.run.id} has no saved moment at iteration {iteration}") from None


@router.post("/predict", response_model=PredictAnswer, responses=BODY | refusals(404))
async def predict(body: PredictRequest, entry: Named, archive: Replicas) -> Response:
    """What the network answers to a drawn digit or a test image, and how the loss depends on each pixel."""
    replica = await find_replica(archive, entry, body.iteration)

    def ask() -> dict[str, Any]:
        height, width = replica.trainer.dataset.image_shape
        label, classes = body.label, replica.trainer.dataset.classes
        if label is not None and label >= classes:
            raise Problem("request", f"label is 0 to {classes - 1}, not {label}")
        if body.sample is not None:
            pixels, true = replica.sample(body.sample)
            label = true if label is None else label
        else:
            pixels = np.array(body.pixels, dtype=np.float64)
            if pixels.size != height * width:
                raise Problem("request", f"pixels are {height * width} numbers, row by row, not {pixels.size}")
        said = replica.predict(pixels, label)
        return {
            "label": said.label,
            "probabilities": encode.array(said.probabilities),
            "gradient": encode.array(said.gradient),
            "iteration": replica.iteration,
        }

    return answer(await asyncio.to_thread(ask))


@router.get("/confusion", response_model=ConfusionAnswer, responses=NAMED)
async def confusion(network: Network) -> Response:
    """How often each digit of the test set (row) was answered as each digit (column)."""
    matrix = await asyncio.to_thread(network.confusion)
    return answer({"iteration": network.iteration, "matrix": matrix})


@router.get("/samples", response_model=SamplesAnswer, responses=NAMED)
async def samples(
    network: Network,
    label: Label = None,
    answered: Annotated[int | None, Query(alias="answer", ge=0, le=999)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 60,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:
    """Test images the network errs on, the surest errors first; with label and answer, that cell of the matrix."""
    return answer(await asyncio.to_thread(network.samples, label, answered, offset, limit))


@router.get("/samples/{index}", response_model=SampleAnswer, responses=NAMED)
async def sample(index: int, network: Network) -> Response:
    """One test image."""
    if index < 0:
        raise Problem("request", f"a test image has an index from 0, not {index}")
    pixels, label = await asyncio.to_thread(network.sample, index)
    return answer({"index": index, "label": label, "pixels": pixels})


@router.get("/minibatch", response_model=GraphDocument, responses=NAMED | refusals(409))
async def minibatch(entry: Named, archive: Replicas, iteration: Iteration = None) -> Response:
    """The network on the batch of its last iteration, as a graph document with its real weights and images."""
    if iteration is None and entry.run.state in ("running", "queued"):
        raise Problem("conflict", f"the run is {entry.run.state}: pause it first, then its mini-batch stands still")
    replica = await find_replica(archive, entry, iteration)
    graph = await asyncio.to_thread(replica.minibatch)
    n = f"{replica.iteration:,}"
    title = {
        "en": f"The mini-batch of iteration {n}",
        "zh": f"第 {n} 次迭代的 mini-batch",
        "ja": f"{n} 回目の反復のミニバッチ",
    }
    return answer(encode.document(graph) | {"title": title})
