"""The chapter's gradient check: three images, a two-layer network of 39,760 numbers, float64."""

from collections.abc import Iterator

import numpy as np

from benchmarks.book import Affine, Network
from benchmarks.table import Table, duration
from benchmarks.target import at_least
from benchmarks.timing import interleaved
from engine import Graph, evaluate, parse
from engine.dataset import load
from engine.difference import Differences

PARAMETERS = ("W1", "b1", "W2", "b2")
IMAGES = 3
FOLLOWED = "all nudges followed at once"
NAIVE = "two passes through the graph for each number"


def network() -> tuple[Graph, Network, np.ndarray, np.ndarray]:
    """The same network as a graph and as the book writes it, with the first images and their one-hot labels."""
    train = load().train.first(IMAGES)
    x, t = train.images.reshape(IMAGES, -1) / 255.0, np.eye(10)[train.labels]
    book = Network((784, 50, 10), np.random.default_rng(0))
    first, second = (layer for layer in book.layers if isinstance(layer, Affine))
    weights = dict(zip(PARAMETERS, (first.W, first.b, second.W, second.b), strict=True))
    graph = parse("loss = softmax_with_loss(affine(relu(affine(x, W1, b1)), W2, b2), t)")
    return graph.with_values({"x": x, "t": t, **weights}), book, x, t


def tables() -> Iterator[Table]:
    """Each way's time for all parameters; those of the definition are counted up from 20 of its passes."""
    graph, book, x, t = network()
    result = evaluate(graph)
    ways = Differences(graph, result.values, np.ones(()))
    numbers = sum(np.size(result.values[name]) for name in PARAMETERS)

    times = interleaved(
        {
            "backpropagation": lambda: evaluate(graph),
            FOLLOWED: lambda: [ways.by_change(name) for name in PARAMETERS],
            NAIVE: lambda: ways.naive("b2"),
            "two passes of the book's code for each number": lambda: [book.loss(x, t) for _ in range(20)],
        }
    )
    for name in times:
        if name.startswith("two"):
            times[name] *= 2 * numbers / 20
    slowest, ratio = max(times.values()), times[NAIVE] / times[FOLLOWED]
    yield Table(
        "Gradient check",
        f"The chapter's check: {IMAGES} images, {numbers:,} numbers in float64; passes are timed over 20 of them.",
        ["way", "time", "times as fast"],
        [[name, duration(taken), f"{slowest / taken:,.0f}"] for name, taken in times.items()],
        [at_least(ratio, 400, f"{FOLLOWED} ≥ 400 × {NAIVE} ({ratio:,.0f}); tests hold both equal")],
    )
