"""The training step as the chapter writes it: layers that keep what they saw, float64, the loss computed twice."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Affine:
    """out = x · W + b."""

    def __init__(self, W: Array, b: Array) -> None:
        self.W, self.b = W, b

    def forward(self, x: Array) -> Array:
        self.x = x
        return x @ self.W + self.b

    def backward(self, g: Array) -> Array:
        self.dW = self.x.T @ g
        self.db = np.sum(g, axis=0)
        return g @ self.W.T


class Relu:
    """Zero where x is not above zero."""

    def forward(self, x: Array) -> Array:
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, g: Array) -> Array:
        g = g.copy()
        g[self.mask] = 0
        return g


class Network:
    """Affine layers with ReLU between them, trained by gradient descent."""

    def __init__(self, sizes: tuple[int, ...], generator: np.random.Generator) -> None:
        self.layers: list[Affine | Relu] = []
        for inputs, outputs in pairwise(sizes):
            self.layers += [Affine(0.01 * generator.standard_normal((inputs, outputs)), np.zeros(outputs)), Relu()]
        del self.layers[-1]

    def loss(self, x: Array, t: Array) -> float:
        """Cross-entropy of the softmax, with the book's 1e-7."""
        for layer in self.layers:
            x = layer.forward(x)
        shifted = np.exp(x - x.max(axis=1, keepdims=True))
        self.y = shifted / shifted.sum(axis=1, keepdims=True)
        return float(-np.sum(np.log(self.y[np.arange(len(t)), t.argmax(axis=1)] + 1e-7)) / len(t))

    def step(self, x: Array, t: Array, learning_rate: float = 0.1) -> float:
        """One step of gradient descent, and the loss after it."""
        self.loss(x, t)
        g = (self.y - t) / len(t)
        for layer in reversed(self.layers):
            g = layer.backward(g)
        for layer in self.layers:
            if hasattr(layer, "dW"):
                layer.W -= learning_rate * layer.dW
                layer.b -= learning_rate * layer.db
        return self.loss(x, t)
