"""The Trainer: a learner that tells what happens, as events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.answers import Answers
from engine.config import RunConfig
from engine.dataset import Dataset, load
from engine.events import EpochEnded, Event, Progressed, StateChanged, TensorsSampled
from engine.learner import Learner
from engine.pace import Pace
from engine.plan.numerical import numerical_gradient
from engine.sample import look

PROGRESS_SECONDS = 0.25


class Trainer(Learner):
    """A network in training, that can be stepped, paused, watched, saved and carried on to the same bits.

    Errors:  ConfigError, DatasetError
    """

    def __init__(
        self, config: RunConfig, dataset: Dataset | None = None, state: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(config, load(config.dataset) if dataset is None else dataset)
        self.iterations_per_epoch = max(len(self.split) // config.batch_size, 1)
        self.pace = Pace()
        self._answers: dict[str, Answers] = {}
        self._watched = False
        if state is not None:
            self.restore(state)

    def step(self, n: int | None = None, interval: float = 1 / 60) -> Iterator[Event]:
        """Do n iterations (for None all that are left) and tell of them about every `interval` seconds.

        Between two events the trainer stands still: stop asking and it is paused, ask for another step and it goes on.
        """
        end = self.config.iterations if n is None else min(self.iteration + n, self.config.iterations)
        told = perf_counter()
        while True:
            if (epoch := self._owed_epoch()) is not None:
                yield epoch
            if self.iteration >= end or self.diverged is not None:
                return
            if self.numerical:
                yield from self._differentiate()
            begin = perf_counter()
            count = 1 if self.numerical else min(self.pace.count, end - self.iteration, self._until_epoch())
            stepped = self.advance(count)
            if not self.numerical:
                self.pace.took(len(stepped.loss), perf_counter() - begin, interval)
            yield stepped
            if self.diverged is not None:
                yield self.diverged
            elif self._watched:
                yield self.sample()
            if perf_counter() - told > PROGRESS_SECONDS or self.iteration == end:
                told = perf_counter()
                yield self.progress()

    def watch(self) -> None:
        """Ask for a look inside: a TensorsSampled follows the next steps."""
        self._watched = True

    def progress(self) -> Progressed:
        """How far the run is, and how fast."""
        left = self.config.iterations - self.iteration
        seconds = self.pace.seconds
        speed = self.config.batch_size / seconds if seconds else 0.0
        return Progressed(self.iteration, self.config.iterations, speed, left * seconds)

    def sample(self) -> TensorsSampled:
        """A look inside at the last step; before the first, at how these weights answer to its batch."""
        self._watched = False
        if self.iteration == 0:
            # Buffers that nothing ran through would say that every unit is dead.
            self._recall()
        named, scale = self.plan.named, 1 / self.plan.seed if self.plan.seed else 0.0
        gradients = {name: gradient * scale for name, gradient in named(self.plan.gradients).items()}
        before, after = named(self.before), named(self.plan.parameters)
        image = self.dataset.image_shape
        return look(self.iteration, self.network, self.plan.value, before, after, gradients, image)

    def answers(self, split: str = "test") -> Answers:
        """The network compiled to answer the train or the test images."""
        if split not in self._answers:
            chosen = self.split if split == "train" else self.dataset.test
            self._answers[split] = Answers(self.network, chosen)
        return self._answers[split]

    def _differentiate(self) -> Iterator[Event]:
        """The gradient by numerical differentiation; between two parameters now and then a word of how far it is."""
        begin = told = perf_counter()
        total = 2 * sum(place.stop - place.start for place in self.plan.places.values())
        self._feed(self.iteration)
        for passes in numerical_gradient(self.plan):
            if (now := perf_counter()) - told > PROGRESS_SECONDS:
                told = now
                self.pace.seconds = (now - begin) * total / passes
                yield self.progress()
        self.plan.run_forward()
        self.plan.seed = self.learning_rate if self.optimizer.scaled else 1.0
        np.multiply(self.plan.gradients, self.plan.seed, out=self.plan.gradients)
        self.pace.seconds = perf_counter() - begin

    def _until_epoch(self) -> int:
        """How many steps until accuracy is due: after iteration 0 and after every epoch's first."""
        return -self.iteration % self.iterations_per_epoch + 1

    def _owed_epoch(self) -> EpochEnded | None:
        """Accuracy on all images, where the last step was one after which it is due."""
        last = self.iteration - 1
        if last < 0 or last % self.iterations_per_epoch or self.evaluated == last or self.diverged is not None:
            return None
        weights = self.weights()
        train, test = (self.answers(split).accuracy(weights) for split in ("train", "test"))
        self.evaluated = last
        return EpochEnded(last // self.iterations_per_epoch, last, train, test)


def train(
    config: RunConfig | Mapping[str, Any] | None = None,
    dataset: Dataset | None = None,
    state: Mapping[str, NDArray[Any]] | None = None,
) -> Iterator[Event]:
    """Train a network from start, or from a state, to end, and tell what happens.

    Errors:  ConfigError, DatasetError
    """
    if not isinstance(config, RunConfig):
        config = RunConfig.from_document(config or {})
    trainer = Trainer(config, dataset, state)
    with closing(trainer):
        yield StateChanged("running")
        yield from trainer.step()
    if trainer.diverged is None:
        yield StateChanged("finished", iteration=trainer.iteration)
