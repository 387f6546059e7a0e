"""The Trainer: a run's configuration, step by step; what happens comes out as events."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.answers import Answers
from engine.batches import Batches
from engine.config import RunConfig, learning_rate
from engine.dataset import Dataset, load
from engine.divergence import diagnose
from engine.errors import ConfigError
from engine.events import EpochEnded, Event, Progressed, StateChanged, Stepped, TensorsSampled
from engine.graph import Graph
from engine.minibatch import minibatch, tables
from engine.network import build, normalizations
from engine.optimizer import optimizer
from engine.plan import Plan
from engine.plan.normalization import BatchNorm, Dropout
from engine.plan.numerical import numerical_gradient
from engine.sample import activations, histograms, images, size

RUNNING_MOMENTUM = 0.9
PROGRESS_SECONDS = 0.25

State = dict[str, NDArray[Any]]


class Trainer:
    """A network in training: same configuration and seed, same losses, however it is stepped, paused or watched.

    Errors:  ConfigError, DatasetError
    """

    def __init__(
        self, config: RunConfig, dataset: Dataset | None = None, state: Mapping[str, Any] | None = None
    ) -> None:
        self.config = config
        self.dataset = load(config.dataset) if dataset is None else dataset
        self.split = self.dataset.train.first(config.train_limit)
        weights_seed, batches_seed, self._masks_seed = np.random.SeedSequence(config.seed).spawn(3)
        generator = np.random.default_rng(weights_seed)
        self.network = build(config, generator, self.dataset.image_shape, self.dataset.classes)
        self.numerical = config.gradient == "numerical"
        dtype = np.float64 if self.numerical else np.float32
        fed = tables(self.network, self.split, self.dataset.classes, dtype)
        self.plan = Plan(self.network.graph, self.network.parameters, dtype, fed)
        self.before = self.plan.parameters.copy()
        self.optimizer = optimizer(config.optimizer, self.plan.parameters, self.plan.gradients)
        self.batches = Batches(len(self.split), config.batch_size, batches_seed)
        self.iterations_per_epoch = max(len(self.split) // config.batch_size, 1)
        self.iteration = 0
        self.diverged: StateChanged | None = None
        followed = {node.id for node in normalizations(self.network)}
        kernels = self.plan.kernels.items()
        self._normalizations = {name: k for name, k in kernels if name in followed and isinstance(k, BatchNorm)}
        self._dropouts = {name: k for name, k in kernels if isinstance(k, Dropout)}
        self.statistics: State = {}
        for name, kernel in self._normalizations.items():
            self.statistics[f"{name}.mean"] = np.zeros_like(kernel.mean)
            self.statistics[f"{name}.variance"] = np.zeros_like(kernel.variance)
        self._answers: dict[str, Answers] = {}
        self._evaluated = -1
        self._watched = False
        self._count = 1
        self._seconds = 0.0
        if state is not None:
            self.restore(state)

    @property
    def finished(self) -> bool:
        return self.iteration >= self.config.iterations or self.diverged is not None

    @property
    def learning_rate(self) -> float:
        return self.optimizer.learning_rate

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        self.optimizer.learning_rate = learning_rate(value)

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
            most = 1 if self.numerical else self._count
            yield self._advance(min(most, end - self.iteration, self._until_epoch()), interval)
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
        speed = self.config.batch_size / self._seconds if self._seconds else 0.0
        return Progressed(self.iteration, self.config.iterations, speed, left * self._seconds)

    def sample(self) -> TensorsSampled:
        """A look inside at the last step."""
        self._watched = False
        graph, weights = self.network.graph, self.plan.named(self.plan.parameters)
        before, gradients = self.plan.named(self.before), self.plan.named(self.plan.gradients)
        scale = 1 / self.plan.seed if self.plan.seed else 0.0
        names = self.network.parameters
        gradients = {name: gradient * scale for name, gradient in gradients.items()}
        return TensorsSampled(
            self.iteration,
            images(graph, weights, self.dataset.image_shape),
            activations(graph, self.plan.value),
            histograms(gradients, names),
            tuple(size(name, before[name], weights[name], gradients[name]) for name in names),
        )

    def weights(self) -> State:
        """Every parameter by name, and the running mean and variance of each batch normalization."""
        return {**self.plan.named(self.plan.parameters), **self.statistics}

    def load_weights(self, weights: Mapping[str, NDArray[Any]]) -> None:
        """Go on from other weights.

        Errors:  ConfigError names a weight that is missing or has another shape
        """
        for name, own in self.weights().items():
            if name not in weights or np.shape(weights[name]) != own.shape:
                given = f"has shape {np.shape(weights[name])}" if name in weights else "is missing"
                raise ConfigError(f"the weight {name} needs shape {own.shape}, but it {given}")
        for name in self.network.parameters:
            self.plan.set(name, weights[name])
        for name, array in self.statistics.items():
            np.copyto(array, weights[name], casting="unsafe")
        np.copyto(self.before, self.plan.parameters)

    def state(self) -> State:
        """All that a resumed run needs to be the uncut one, bit for bit; batches follow from seed and iteration."""
        numbers = {"iteration": self.iteration, "evaluated": self._evaluated, "updates": self.optimizer.updates}
        state: State = {name: np.array(number) for name, number in numbers.items()}
        state["learning_rate"] = np.array(self.learning_rate)
        flat = {"weights": self.plan.parameters, "before": self.before, **self.optimizer.memory}
        for kind, array in flat.items():
            state.update({f"{kind}/{name}": value for name, value in self.plan.named(array).items()})
        return {**state, **{f"statistics/{name}": value.copy() for name, value in self.statistics.items()}}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Go back, or on, to a state.

        Errors:  ConfigError when it is the state of another network or optimizer
        """
        flat = {"weights": self.plan.parameters, "before": self.before, **self.optimizer.memory}
        try:
            for kind, array in flat.items():
                self.plan.load(array, {name: state[f"{kind}/{name}"] for name in self.network.parameters})
            for name, statistic in self.statistics.items():
                np.copyto(statistic, state[f"statistics/{name}"])
            self.iteration, self._evaluated = int(state["iteration"]), int(state["evaluated"])
            self.optimizer.updates = int(state["updates"])
            self.learning_rate = float(state["learning_rate"])
        except (KeyError, ValueError) as error:
            raise ConfigError(f"the state does not fit this configuration: {error}") from None
        self.diverged = None

    def answers(self, split: str = "test") -> Answers:
        """The network compiled to answer the train or the test images."""
        if split not in self._answers:
            chosen = self.split if split == "train" else self.dataset.test
            self._answers[split] = Answers(self.network, chosen)
        return self._answers[split]

    def minibatch_graph(self) -> Graph:
        """The network on the batch of the last step with the weights that it started from, in float64."""
        iteration = max(self.iteration - 1, 0)
        masks = {name: self._mask(iteration, place) for place, name in enumerate(self._dropouts)}
        rows = self.batches.at(iteration)
        return minibatch(self.network, self.split, rows, self.plan.named(self.before), masks)

    def _advance(self, count: int, interval: float) -> Stepped:
        """Some iterations in a row."""
        first, losses, begin = self.iteration, [], perf_counter()
        for left in reversed(range(count)):
            self._feed()
            if left == 0:
                np.copyto(self.before, self.plan.parameters)
            if not self.numerical:
                self.plan.seed = self.learning_rate if self.optimizer.scaled else 1.0
                self.plan.run()
            losses.append(self._update())
            if self.diverged is not None:
                break
        spent = (perf_counter() - begin) / len(losses)
        if not self.numerical:
            self._seconds = spent if not self._seconds else 0.8 * self._seconds + 0.2 * spent
        self._count = max(1, min(2 * count, int(interval / spent)))
        return Stepped(range(first, first + len(losses)), losses)

    def _feed(self) -> None:
        """The batch and the dropout masks of this iteration."""
        np.copyto(self.plan.rows, self.batches.at(self.iteration))
        for place, dropout in enumerate(self._dropouts.values()):
            dropout.seed = self._mask(self.iteration, place)

    def _update(self) -> float:
        """The loss of this step; then the update, unless the loss is not finite."""
        loss: float = self.plan.value[self.plan.graph.output].item()
        if not math.isfinite(loss):
            self.diverged = diagnose(self.plan, self.config, self.iteration)
            np.copyto(self.before, self.plan.parameters)
        else:
            self.optimizer.update(0 if self.numerical else self.plan.active)
            for name, kernel in self._normalizations.items():
                for kind, now in (("mean", kernel.mean), ("variance", kernel.variance)):
                    running = self.statistics[f"{name}.{kind}"]
                    running *= RUNNING_MOMENTUM
                    running += (1 - RUNNING_MOMENTUM) * now
        self.iteration += 1
        return loss

    def _mask(self, iteration: int, place: int) -> int:
        """The seed of a dropout mask."""
        key = (*self._masks_seed.spawn_key, iteration, place)
        return int(np.random.SeedSequence(self._masks_seed.entropy, spawn_key=key).generate_state(1)[0])

    def _differentiate(self) -> Iterator[Event]:
        """The gradient by numerical differentiation; between two parameters now and then a word of how far it is."""
        begin = told = perf_counter()
        total = 2 * sum(place.stop - place.start for place in self.plan.places.values())
        self._feed()
        for passes in numerical_gradient(self.plan):
            if (now := perf_counter()) - told > PROGRESS_SECONDS:
                told = now
                self._seconds = (now - begin) * total / passes
                yield self.progress()
        self.plan.run_forward()
        self.plan.seed = self.learning_rate if self.optimizer.scaled else 1.0
        np.multiply(self.plan.gradients, self.plan.seed, out=self.plan.gradients)
        self._seconds = perf_counter() - begin

    def _until_epoch(self) -> int:
        """How many steps until accuracy is due: after iteration 0 and after every epoch's first."""
        return -self.iteration % self.iterations_per_epoch + 1

    def _owed_epoch(self) -> EpochEnded | None:
        """Accuracy on all images, where the last step was one after which it is due."""
        last = self.iteration - 1
        if last < 0 or last % self.iterations_per_epoch or self._evaluated == last or self.diverged is not None:
            return None
        weights = self.weights()
        train, test = (self.answers(split).accuracy(weights) for split in ("train", "test"))
        self._evaluated = last
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
    yield StateChanged("running")
    yield from trainer.step()
    if trainer.diverged is None:
        yield StateChanged("finished", iteration=trainer.iteration)
