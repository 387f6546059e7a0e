"""Optimizers of the book's chapter 6: each turns the flat array of gradients into an update of the flat parameters."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from engine.config import OptimizerConfig

Flat = NDArray[Any]

MOMENTUM = 0.9
DECAY = 0.99
BETA1, BETA2 = 0.9, 0.999
TINY = 1e-7


class Optimizer(ABC):
    """An update rule with its memory.

    Where the rule is linear in the gradient (`scaled`) it takes gradients that are multiplied by the learning rate
    already: the plan is seeded with it, which costs nothing. Where it leaves a parameter without gradient as it is
    (`still`), it passes over those.

    Shapes:  parameters and gradients (p,), each array of the memory too
    """

    scaled: ClassVar[bool] = False
    still: ClassVar[bool] = False
    kept: ClassVar[tuple[str, ...]] = ()

    def __init__(self, parameters: Flat, gradients: Flat, learning_rate: float) -> None:
        self.parameters = parameters
        self.gradients = gradients
        self.learning_rate = learning_rate
        self.memory = {name: np.zeros_like(parameters) for name in self.kept}
        self.work = np.zeros_like(parameters)
        self.updates = 0

    def update(self, active: int = 0, first: int = 0) -> None:
        """One update of the parameters from `first` on; gradients before `active` are zero."""
        self.updates += 1
        own = slice(max(active, first) if self.still else first, None)
        memory = [array[own] for array in self.memory.values()]
        self.apply(self.parameters[own], self.gradients[own], self.work[own], *memory)

    @abstractmethod
    def apply(self, W: Flat, g: Flat, work: Flat, *memory: Flat) -> None:
        """Write the parameters W and the memory from the gradients g."""


class SGD(Optimizer):
    """W ← W − η g"""

    scaled = True
    still = True

    def apply(self, W: Flat, g: Flat, work: Flat, *memory: Flat) -> None:
        np.subtract(W, g, out=W)


class Momentum(Optimizer):
    """v ← α v − η g, W ← W + v"""

    scaled = True
    kept = ("v",)

    def apply(self, W: Flat, g: Flat, work: Flat, *memory: Flat) -> None:
        (v,) = memory
        np.multiply(v, MOMENTUM, out=v)
        np.subtract(v, g, out=v)
        np.add(W, v, out=W)


class Nesterov(Optimizer):
    """W ← W + α² v − (1 + α) η g, then v ← α v − η g"""

    scaled = True
    kept = ("v",)

    def apply(self, W: Flat, g: Flat, work: Flat, *memory: Flat) -> None:
        (v,) = memory
        np.multiply(v, MOMENTUM * MOMENTUM, out=work)
        np.add(W, work, out=W)
        np.multiply(g, 1 + MOMENTUM, out=work)
        np.subtract(W, work, out=W)
        np.multiply(v, MOMENTUM, out=v)
        np.subtract(v, g, out=v)


class AdaGrad(Optimizer):
    """h ← h + g², W ← W − η g / √h"""

    kept = ("h",)

    def apply(self, W: Flat, g: Flat, work: Flat, *memory: Flat) -> None:
        (h,) = memory
        np.square(g, out=work)
        np.add(h, work, out=h)
        self._step(W, g, work, h)

    def _step(self, W: Flat, g: Flat, work: Flat, h: Flat) -> None:
        np.sqrt(h, out=work)
        np.add(work, TINY, out=work)
        np.divide(g, work, out=work)
        np.multiply(work, self.learning_rate, out=work)
        np.subtract(W, work, out=W)


class RMSProp(AdaGrad):
    """h ← ρ h + (1 − ρ) g², W ← W − η g / √h"""

    def apply(self, W: Flat, g: Flat, work: Flat, *memory: Flat) -> None:
        (h,) = memory
        np.multiply(h, DECAY, out=h)
        np.square(g, out=work)
        np.multiply(work, 1 - DECAY, out=work)
        np.add(h, work, out=h)
        self._step(W, g, work, h)


class Adam(Optimizer):
    """m and v follow g and g², W ← W − η √(1 − β₂ᵗ)/(1 − β₁ᵗ) m / √v"""

    kept = ("m", "v")

    def apply(self, W: Flat, g: Flat, work: Flat, *memory: Flat) -> None:
        m, v = memory
        rate = self.learning_rate * math.sqrt(1 - BETA2**self.updates) / (1 - BETA1**self.updates)
        np.subtract(g, m, out=work)
        np.multiply(work, 1 - BETA1, out=work)
        np.add(m, work, out=m)
        np.square(g, out=work)
        np.subtract(work, v, out=work)
        np.multiply(work, 1 - BETA2, out=work)
        np.add(v, work, out=v)
        np.sqrt(v, out=work)
        np.add(work, TINY, out=work)
        np.divide(m, work, out=work)
        np.multiply(work, rate, out=work)
        np.subtract(W, work, out=W)


OPTIMIZERS: dict[str, Callable[[Flat, Flat, float], Optimizer]] = {
    "sgd": SGD,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "adagrad": AdaGrad,
    "rmsprop": RMSProp,
    "adam": Adam,
}


def optimizer(config: OptimizerConfig, parameters: Flat, gradients: Flat) -> Optimizer:
    """The optimizer that a configuration asks for."""
    return OPTIMIZERS[config.name](parameters, gradients, config.learning_rate)
