"""Mini-batches: where a network's inputs come from, and one batch put into its graph to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.dataset import Split
from engine.graph import Graph
from engine.network import Network, with_batch
from engine.op import Array
from engine.plan import Table

PIXEL = 1 / 255
"""The book divides every pixel by 255."""


def tables(net: Network, split: Split, classes: int, dtype: Any) -> dict[str, Table]:
    """The tables that a plan feeds x and t from: bytes, and labels or one-hot rows."""
    x, t = net.graph["x"].value, net.graph["t"].value
    assert x is not None
    assert t is not None
    labels: NDArray[Any] = split.labels.astype(np.intp)
    if t.ndim > 1:
        labels = np.eye(classes, dtype=dtype)[labels]
    return {"x": Table(split.images.reshape(len(split), *x.shape[1:]), PIXEL, split.lit), "t": Table(labels)}


def batch(net: Network, split: Split, rows: NDArray[np.intp]) -> tuple[Array, Array]:
    """The pixels and targets of some rows, as the network's x and t take them.

    Shapes:  rows (n,) → x (n, …) from 0 to 1, t (n,) or (n, classes)
    """
    x, t = net.graph["x"].value, net.graph["t"].value
    assert x is not None
    assert t is not None
    pixels = split.images[rows].reshape(len(rows), *x.shape[1:]) / 255
    labels = split.labels[rows].astype(np.float64)
    return pixels, np.eye(t.shape[1])[split.labels[rows]] if t.ndim > 1 else labels


def minibatch(
    net: Network,
    split: Split,
    rows: NDArray[np.intp],
    weights: Mapping[str, NDArray[Any]],
    masks: Mapping[str, int] | None = None,
) -> Graph:
    """The network's graph on some rows, with these weights and the seeds of these dropout masks, in float64."""
    graph = with_batch(net, *batch(net, split, rows)).graph
    graph = graph.with_values({name: weights[name] for name in net.parameters})
    masks = masks or {}
    return replace(
        graph,
        nodes=tuple(
            replace(node, attrs={**node.attrs, "seed": masks[node.id]}) if node.id in masks else node for node in graph
        ),
    )
