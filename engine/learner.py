"""The Learner: a network with its batches and its optimizer, one iteration after the other."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.architecture import build
from engine.batches import Batches
from engine.config import RunConfig, learning_rate
from engine.dataset import Dataset
from engine.divergence import diagnose
from engine.errors import ConfigError
from engine.events import StateChanged, Stepped
from engine.graph import Graph
from engine.masks import Masks
from engine.minibatch import minibatch, tables
from engine.optimizer import optimizer
from engine.parallel import Alone, Pair, form_team
from engine.plan import Plan
from engine.statistics import RunningStatistics

State = dict[str, NDArray[Any]]


class Learner:
    """A network that learns: same configuration and seed, same losses, however the iterations are cut.

    Errors:  ConfigError
    """

    def __init__(self, config: RunConfig, dataset: Dataset) -> None:
        self.config = config
        self.dataset = dataset
        self.split = dataset.train.first(config.train_limit)
        weights_seed, batches_seed, masks_seed = np.random.SeedSequence(config.seed).spawn(3)
        self.network = build(config, np.random.default_rng(weights_seed), dataset.image_shape, dataset.classes)
        self.numerical = config.gradient == "numerical"
        dtype = np.float64 if self.numerical else np.float32
        fed = tables(self.network, self.split, dataset.classes, dtype)
        self.plan = Plan(self.network.graph, self.network.parameters, dtype, fed)
        self.before = self.plan.parameters.copy()
        self.optimizer = optimizer(config.optimizer, self.plan.parameters, self.plan.gradients)
        self.batches = Batches(len(self.split), config.batch_size, batches_seed)
        self.masks = Masks(self.plan, masks_seed)
        self.statistics = RunningStatistics(self.network, self.plan)
        self.iteration = 0
        self.evaluated = -1
        self.diverged: StateChanged | None = None

    @property
    def finished(self) -> bool:
        return self.iteration >= self.config.iterations or self.diverged is not None

    @property
    def learning_rate(self) -> float:
        return self.optimizer.learning_rate

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        self.optimizer.learning_rate = learning_rate(value)

    @cached_property
    def team(self) -> Alone | Pair:
        """Who trains; a second process starts with the first iteration."""
        return form_team(self.config, self.plan, self.optimizer, self.batches)

    def advance(self, count: int) -> Stepped:
        """Some iterations in a row and nothing else: what a benchmark measures."""
        first, losses = self.iteration, []
        loss = self.plan.value[self.plan.graph.output]
        if not self.numerical:
            self.plan.seed = self.learning_rate if self.optimizer.scaled else 1.0
        with np.errstate(all="ignore"), self.team.at_work(first):
            for self.iteration in range(first + 1, first + count + 1):
                if self.iteration == first + count:
                    self.team.fetch()
                    np.copyto(self.before, self.plan.parameters)
                self.team.multiply()
                self._feed(self.iteration - 1)
                if not self.numerical:
                    self.plan.step()
                losses.append(loss.item())
                if not math.isfinite(losses[-1]):
                    break
                self.team.update(0 if self.numerical else self.plan.active)
                self.statistics.follow()
        if losses and not math.isfinite(losses[-1]):
            self.diverged = diagnose(self.plan, self.config, self.iteration - 1, self.learning_rate)
            np.copyto(self.before, self.plan.parameters)
        return Stepped(range(first, self.iteration), losses)

    def close(self) -> None:
        """End the second process, where there is one."""
        if "team" in self.__dict__:
            self.team.close()
            del self.team

    def weights(self) -> State:
        """Every parameter by name, and the running mean and variance of each batch normalization."""
        return {
            **self.plan.named(self.plan.parameters),
            **{name: array.copy() for name, array in self.statistics.arrays.items()},
        }

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
        for name, array in self.statistics.arrays.items():
            np.copyto(array, weights[name], casting="unsafe")
        np.copyto(self.before, self.plan.parameters)

    def state(self) -> State:
        """All that a resumed run needs to be the uncut one, bit for bit; batches follow from seed and iteration."""
        numbers = {"iteration": self.iteration, "evaluated": self.evaluated, "updates": self.optimizer.updates}
        state: State = {name: np.array(number) for name, number in numbers.items()}
        state["learning_rate"] = np.array(self.learning_rate)
        flat = {"weights": self.plan.parameters, "before": self.before, **self.optimizer.memory}
        for kind, array in flat.items():
            state.update({f"{kind}/{name}": value for name, value in self.plan.named(array).items()})
        return {**state, **{f"statistics/{name}": value.copy() for name, value in self.statistics.arrays.items()}}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Go back, or on, to a state.

        Errors:  ConfigError when it is the state of another network or optimizer
        """
        flat = {"weights": self.plan.parameters, "before": self.before, **self.optimizer.memory}
        try:
            for kind, array in flat.items():
                self.plan.load(array, {name: state[f"{kind}/{name}"] for name in self.network.parameters})
            for name, statistic in self.statistics.arrays.items():
                np.copyto(statistic, state[f"statistics/{name}"])
            self.iteration, self.evaluated = int(state["iteration"]), int(state["evaluated"])
            self.optimizer.updates = int(state["updates"])
            self.learning_rate = float(state["learning_rate"])
        except (KeyError, ValueError) as error:
            raise ConfigError(f"the state does not fit this configuration: {error}") from None
        self.diverged = None
        self._recall()

    def minibatch_graph(self) -> Graph:
        """The network on the batch of the last step with the weights that it started from, in float64."""
        iteration = max(self.iteration - 1, 0)
        rows, seeds = self.batches.at(iteration), self.masks.seeds(iteration)
        return minibatch(self.network, self.split, rows, self.plan.named(self.before), seeds)

    def _feed(self, iteration: int) -> None:
        """The batch and the dropout masks of an iteration."""
        np.copyto(self.plan.rows, self.batches.at(iteration))
        self.masks.draw(iteration)

    def _recall(self) -> None:
        """Run the last step's batch once more, the first where none was done, so that there is something to look at."""
        after = self.plan.parameters.copy()
        np.copyto(self.plan.parameters, self.before)
        self._feed(max(self.iteration - 1, 0))
        self.plan.run()
        np.copyto(self.plan.parameters, after)
