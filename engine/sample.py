"""A look inside a network in training: first-layer weights as images, histograms, dead units, sizes of updates."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.config import ACTIVATIONS
from engine.events import Activations, Histogram, Images, ParameterSize, TensorsSampled
from engine.graph import Graph
from engine.network import Network

BINS = 30
NUMBERS = 20_000
"""How many numbers a histogram looks at: an even choice of them where there are more."""

Values = NDArray[Any]


def look(
    iteration: int,
    net: Network,
    values: Mapping[str, Values],
    before: Mapping[str, Values],
    after: Mapping[str, Values],
    gradients: Mapping[str, Values],
    image: tuple[int, int],
) -> TensorsSampled:
    """What one step looked like: node values, parameters before and after its update, their gradients."""
    with np.errstate(all="ignore"):
        return TensorsSampled(
            iteration,
            images(net.graph, after, image),
            activations(net.graph, values),
            tuple(histogram(name, gradients[name]) for name in net.parameters),
            tuple(size(name, before[name], after[name], gradients[name]) for name in net.parameters),
        )


def images(graph: Graph, weights: Mapping[str, Values], image: tuple[int, int]) -> Images | None:
    """The weights that meet the pixels first, one image a unit; None where they have no such shape."""
    node = next((n for n in graph if n.op in ("affine", "dot", "matmul", "conv") and "x" in n.inputs), None)
    if node is None or node.inputs[1] not in weights:
        return None
    W = weights[node.inputs[1]]
    if W.ndim == 4:
        shown = W[:, 0]
    elif W.ndim == 2 and len(W) == math.prod(image):
        shown = W.T.reshape(-1, *image)
    else:
        return None
    limit = float(np.abs(finite(shown)).max(initial=0.0))
    scaled = np.rint(np.nan_to_num(shown, posinf=limit, neginf=-limit) * (127 / limit if limit else 0.0))
    return Images(node.inputs[1], np.ascontiguousarray(scaled, dtype=np.int8), limit)


def activations(graph: Graph, values: Mapping[str, Values]) -> tuple[Activations, ...]:
    """How every layer's activation function answers to the batch.

    Where a plan has merged it with the pooling that follows, what is left after the pooling stands for it.
    """
    shown = []
    for node in graph:
        source = graph[node.inputs[0]] if node.op == "pool" else node
        if source.op in ACTIVATIONS and node.id in values and (node is source or source.id not in values):
            shown.append(_activations(source.id, values[node.id], relu=source.op == "relu"))
    return tuple(shown)


def histogram(name: str, numbers: Values) -> Histogram:
    """Counts in equal steps between the least and the greatest number; what is not finite is left out."""
    return Histogram(name, *_counts(numbers))


def size(name: str, before: Values, after: Values, gradient: Values) -> ParameterSize:
    """Mean absolute weight and gradient, and how long the update was beside the weights."""
    length, step = (float(np.linalg.norm(finite(array).astype(float))) for array in (before, after - before))
    ratio = step / length if length else 0.0
    return ParameterSize(name, mean(np.abs(after)), mean(np.abs(gradient)), ratio)


def finite(numbers: Values) -> Values:
    """The finite ones of some numbers: on the way to divergence there are others."""
    kept = np.isfinite(numbers)
    return numbers if kept.all() else numbers[kept]


def mean(numbers: Values) -> float:
    """The mean of the finite ones, 0 where there is none."""
    kept = finite(numbers)
    return float(kept.mean(dtype=float)) if kept.size else 0.0


def _activations(name: str, out: Values, *, relu: bool) -> Activations:
    units = out.reshape(len(out), out.shape[1], -1) if out.ndim > 1 else out.reshape(len(out), 1, 1)
    dead = int((units.max(axis=(0, 2)) <= 0).sum()) if relu else None
    spread = math.sqrt(mean((out.astype(float) - mean(out)) ** 2))
    return Activations(name, *_counts(out), mean(out), spread, dead, units.shape[1])


def _counts(numbers: Values) -> tuple[float, float, tuple[int, ...]]:
    flat = numbers.reshape(-1)
    flat = finite(flat[:: max(len(flat) // NUMBERS, 1)]).astype(float)
    low, high = (float(flat.min()), float(flat.max())) if len(flat) else (0.0, 1.0)
    if low == high:
        low, high = low - 0.5, high + 0.5
    # np.histogram refuses a range that overflows, or has fewer numbers than steps, and takes twice as long.
    share = np.nan_to_num((flat - low) / (high - low))
    places = np.minimum(share * BINS, BINS - 1).astype(np.intp)
    return low, high, tuple(np.bincount(places, minlength=BINS).tolist())
