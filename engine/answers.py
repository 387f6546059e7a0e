"""Answers: what a network says to every image of a split, and how often it is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.dataset import Split
from engine.network import Network, blank, inference, with_batch
from engine.plan import Plan, Table

CHUNK, IMAGE_CHUNK = 500, 100
"""Images at a time: more make better products, but the patches of a convolution have to stay in the cache."""

Weights = Mapping[str, NDArray[Any]]


class Answers:
    """A network compiled to answer the images of a split, a few hundred at a time.

    Images with as many unlit columns share a chunk: most chunks need only a narrow product.
    """

    def __init__(self, net: Network, split: Split) -> None:
        self.labels = split.labels
        size = min(IMAGE_CHUNK if any(node.op == "conv" for node in net.graph) else CHUNK, len(split))
        net = inference(with_batch(net, *blank(net, size)))
        self.graph = replace(net.graph, output=net.answer)
        item = self.graph["x"].value.shape[1:]  # type: ignore[union-attr]
        images = Table(split.images.reshape(len(split), *item), 1 / 255, split.lit)
        self.plan = Plan(self.graph, net.parameters, tables={"x": images})
        self._order = np.argsort(split.lit.start, kind="stable")

    def scores(self, weights: Weights) -> NDArray[Any]:
        """The answer node's numbers for each image.

        Shapes:  weights: parameters, and mean and variance of each batch normalization → (n, classes)
        """
        plan, chunk = self.plan, len(self.plan.rows)
        for name, value in weights.items():
            if name in plan.value:
                plan.set(name, value)
        answer = plan.value[self.graph.output]
        scores = np.empty((len(self.labels), *answer.shape[1:]), dtype=answer.dtype)
        for begin in range(0, len(self._order), chunk):
            rows = self._order[begin : begin + chunk]
            plan.rows[: len(rows)] = rows
            plan.rows[len(rows) :] = rows[-1]
            plan.run_forward()
            scores[rows] = answer[: len(rows)]
        return scores

    def of(self, weights: Weights) -> NDArray[np.intp]:
        """The class that the network with these weights answers to each image.

        Shapes:  → (n,)
        """
        answers: NDArray[np.intp] = self.scores(weights).argmax(axis=-1)
        return answers

    def accuracy(self, weights: Weights) -> float:
        """The share of right answers."""
        return float(np.count_nonzero(self.of(weights) == self.labels) / len(self.labels))
