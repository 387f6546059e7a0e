"""A replica is the network of one checkpoint, brought back to be asked: what it answers, where it errs, what it is."""

from __future__ import annotations

import threading
from base64 import b64encode
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from app.runs import checkpoint
from engine import Graph, evaluate
from engine.config import RunConfig
from engine.dataset import Dataset
from engine.errors import DatasetError
from engine.evaluation import forward
from engine.network import inference, with_batch
from engine.trainer import Trainer

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the network says to one image; `gradient` is d loss/d pixel for the label the loss was taken for."""

    label: int
    probabilities: Floats
    gradient: Floats


class Replica:
    """The network with the weights of one iteration. May be asked from several threads."""

    def __init__(self, config: RunConfig, dataset: Dataset, file: BinaryIO | None) -> None:
        self.trainer = Trainer(config, dataset)
        if file is not None:
            self.trainer.restore(checkpoint.load(file))
        self.iteration = self.trainer.iteration
        self._lock = threading.Lock()

    @cached_property
    def graph(self) -> Graph:
        """The network as it answers, on one image, with its weights."""
        trainer = self.trainer
        net = with_batch(trainer.network, *self._blank())
        net = inference(net)
        return net.graph.with_values(
            {name: value for name, value in trainer.weights().items() if name in net.graph.by_id}
        )

    @property
    def answer(self) -> str:
        """The node whose largest number is the answer."""
        return self.trainer.network.answer

    def predict(self, pixels: Floats, label: int | None) -> Answer:
        """Answer one image, and say how the loss depends on each pixel.

        Shapes:  pixels (784,) from 0 to 1
        """
        x = self.graph["x"].value
        assert x is not None
        x = pixels.reshape(x.shape)
        scores = forward(replace(self.graph.with_values({"x": x}), output=self.answer))[self.answer][0]
        answered = int(scores.argmax())
        target = self._target(answered if label is None else label)
        gradient = evaluate(self.graph, {"x": x, "t": target}).gradients["x"]
        return Answer(answered, self.probabilities(scores), np.asarray(gradient).reshape(-1))

    def probabilities(self, scores: Floats) -> Floats:
        """Scores as probabilities; a network that ends in softmax has them already.

        Shapes:  (…, classes) → (…, classes)
        """
        if self.graph[self.answer].op == "softmax":
            return scores
        powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
        total: Floats = powers / powers.sum(axis=-1, keepdims=True)
        return total

    @cached_property
    def scores(self) -> NDArray[Any]:
        """The scores of every test image."""
        with self._lock:
            return self.trainer.answers("test").scores(self.trainer.weights())

    def confusion(self) -> NDArray[np.intp]:
        """How often each true label (row) was answered as each label (column).

        Shapes:  (classes, classes)
        """
        dataset = self.trainer.dataset
        pairs = dataset.test.labels.astype(np.intp) * dataset.classes + self.scores.argmax(axis=1)
        counts = np.bincount(pairs, minlength=dataset.classes**2)
        return counts.reshape(dataset.classes, dataset.classes)

    def samples(self, label: int | None, answer: int | None, offset: int, limit: int) -> dict[str, Any]:
        """Test images of one cell of the confusion matrix, or all wrong ones; the surest answers first."""
        test, answers = self.trainer.dataset.test, self.scores.argmax(axis=1)
        chosen = np.ones(len(test), bool) if label is not None and answer is not None else answers != test.labels
        if label is not None:
            chosen &= test.labels == label
        if answer is not None:
            chosen &= answers == answer
        indices = np.flatnonzero(chosen)
        sure = self.probabilities(self.scores[indices].astype(np.float64)).max(axis=1) if len(indices) else np.zeros(0)
        order = np.argsort(-sure, kind="stable")[offset : offset + limit]
        return {
            "total": len(indices),
            "samples": [
                {
                    "index": int(indices[place]),
                    "label": int(test.labels[indices[place]]),
                    "answer": int(answers[indices[place]]),
                    "probability": float(sure[place]),
                    "pixels": b64encode(test.pixels[indices[place]].tobytes()).decode(),
                }
                for place in order
            ],
        }

    def minibatch(self) -> Graph:
        """The network on the batch of its last step, with the weights that it started from."""
        with self._lock:
            return self.trainer.minibatch_graph()

    def sample(self, index: int) -> tuple[Floats, int]:
        """One test image and its label.

        Errors:  DatasetError when there is no such image
        """
        test = self.trainer.dataset.test
        if index >= len(test):
            raise DatasetError(f"there is no test image {index}: they are numbered 0 to {len(test) - 1}")
        return test.pixels[index] / 255, int(test.labels[index])

    def _blank(self) -> tuple[Floats, Floats]:
        x = self.trainer.network.graph["x"].value
        assert x is not None
        return np.zeros((1, *x.shape[1:])), self._target(0)

    def _target(self, label: int) -> Floats:
        t = self.trainer.network.graph["t"].value
        assert t is not None
        return np.eye(t.shape[1])[[label]] if t.ndim > 1 else np.array([float(label)])
