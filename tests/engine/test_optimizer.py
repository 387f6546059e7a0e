"""The six optimizers against the book's own classes (chapter 6), written here as the book writes them."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from engine.config import LEARNING_RATES, OptimizerConfig
from engine.optimizer import OPTIMIZERS, optimizer

Update = Callable[[np.ndarray, np.ndarray], np.ndarray]


def sgd(lr: float) -> Update:
    return lambda W, g: W - lr * g


def momentum(lr: float) -> Update:
    v = np.zeros(5)

    def update(W: np.ndarray, g: np.ndarray) -> np.ndarray:
        nonlocal v
        v = 0.9 * v - lr * g
        return W + v

    return update


def nesterov(lr: float) -> Update:
    v = np.zeros(5)

    def update(W: np.ndarray, g: np.ndarray) -> np.ndarray:
        nonlocal v
        W = W + 0.9 * 0.9 * v - (1 + 0.9) * lr * g
        v = 0.9 * v - lr * g
        return W

    return update


def adagrad(lr: float) -> Update:
    h = np.zeros(5)

    def update(W: np.ndarray, g: np.ndarray) -> np.ndarray:
        nonlocal h
        h = h + g * g
        return W - lr * g / (np.sqrt(h) + 1e-7)

    return update


def rmsprop(lr: float) -> Update:
    h = np.zeros(5)

    def update(W: np.ndarray, g: np.ndarray) -> np.ndarray:
        nonlocal h
        h = 0.99 * h + (1 - 0.99) * g * g
        return W - lr * g / (np.sqrt(h) + 1e-7)

    return update


def adam(lr: float) -> Update:
    m, v, t = np.zeros(5), np.zeros(5), 0

    def update(W: np.ndarray, g: np.ndarray) -> np.ndarray:
        nonlocal m, v, t
        t += 1
        lr_t = lr * np.sqrt(1.0 - 0.999**t) / (1.0 - 0.9**t)
        m = m + (1 - 0.9) * (g - m)
        v = v + (1 - 0.999) * (g**2 - v)
        return W - lr_t * m / (np.sqrt(v) + 1e-7)

    return update


BOOK = {rule.__name__: rule for rule in (sgd, momentum, nesterov, adagrad, rmsprop, adam)}


def gradients() -> Iterator[np.ndarray]:
    rng = np.random.default_rng(2)
    yield np.array([1.0, -2.0, 0.0, 1e-9, 300.0])
    for _ in range(10):
        yield rng.normal(size=5)


def test_every_optimizer_has_its_rule_and_rate() -> None:
    assert BOOK.keys() == OPTIMIZERS.keys() == LEARNING_RATES.keys()


@pytest.mark.parametrize("name", BOOK)
def test_updates_are_the_books(name: str) -> None:
    parameters, gradient = np.linspace(-1, 1, 5), np.zeros(5)
    ours = optimizer(OptimizerConfig(name, 0.05), parameters, gradient)
    book, expected = BOOK[name](0.05), parameters.copy()
    for g in gradients():
        gradient[:] = 0.05 * g if ours.scaled else g
        kept = gradient.copy()
        ours.update()
        expected = book(expected, g)
        np.testing.assert_allclose(parameters, expected, rtol=1e-13)
        np.testing.assert_array_equal(gradient, kept)


@pytest.mark.parametrize("name", BOOK)
def test_memory_is_what_a_resumed_run_needs(name: str) -> None:
    first, gradient = np.linspace(-1, 1, 5), np.zeros(5)
    one = optimizer(OptimizerConfig(name, 0.05), first, gradient)
    series = list(gradients())
    for g in series[:4]:
        gradient[:] = g
        one.update()
    second = first.copy()
    other = optimizer(OptimizerConfig(name, 0.05), second, gradient)
    for memory, array in one.memory.items():
        np.copyto(other.memory[memory], array)
    other.updates = one.updates
    for g in series[4:]:
        gradient[:] = g
        one.update()
        other.update()
    np.testing.assert_array_equal(first, second)
