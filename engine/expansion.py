"""Expansions: what each composite op is made of, written in the formula language over the names of its slots.

Where exp could overflow for the values at hand, a second, shifted form stands in for the book's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Shape = tuple[int, ...]
Expansion = Callable[[Mapping[str, Shape], Mapping[str, Any]], tuple[str, ...]]

TAME = 300
"""Up to this magnitude exp, and the log of a softmax, stay far from overflow: the first form of an expansion holds."""


def sigmoid(shapes: Mapping[str, Shape], attrs: Mapping[str, Any]) -> tuple[str, ...]:
    book = """
        negated = x * -1
        exp = exp(negated)
        plus = exp + 1
        y = reciprocal(plus)
    """
    # exp may become infinite here, but then 1/∞ = 0 is the right value; only its gradient 0·∞ needs the clip.
    shifted = book.replace("x * -1", f"clip(x, low={-TAME}) * -1")
    return book, shifted


def tanh(shapes: Mapping[str, Shape], attrs: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        """
        double = x * 2
        s = sigmoid(double)
        stretched = s * 2
        y = stretched - 1
    """,
    )


def softplus(shapes: Mapping[str, Shape], attrs: Mapping[str, Any]) -> tuple[str, ...]:
    book = """
        exp = exp(x)
        plus = exp + 1
        y = log(plus)
    """
    shifted = f"""
        held = clip(x, high={TAME})
        exp = exp(held)
        plus = exp + 1
        log = log(plus)
        over = relu(x - {TAME})
        y = log + over
    """
    return book, shifted


def gelu(shapes: Mapping[str, Shape], attrs: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        """
        squared = square(x)
        cubed = squared * x
        part = cubed * 0.044715
        bent = x + part
        scaled = bent * 0.7978845608028654
        tanh = tanh(scaled)
        plus = tanh + 1
        half = x * 0.5
        y = half * plus
    """,
    )


def affine(shapes: Mapping[str, Shape], attrs: Mapping[str, Any]) -> tuple[str, ...]:
    rows = "flatten(x)" if len(shapes["x"]) > 2 else "x"
    return (
        f"""
        product = dot({rows}, W)
        y = product + b
    """,
    )


def softmax(shapes: Mapping[str, Shape], attrs: Mapping[str, Any]) -> tuple[str, ...]:
    book = """
        exp = exp(x)
        total = sum(exp, axis=-1, keepdims=True)
        y = exp / total
    """
    shifted = """
        top = max(x, axis=-1, keepdims=True)
        shifted = x - top
    """ + book.replace("exp(x)", "exp(shifted)")
    return book, shifted


def cross_entropy_error(shapes: Mapping[str, Shape], attrs: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        """
        offset = y + 1e-7
        log = log(offset)
    """
        + _negative_log_likelihood("y", shapes),
    )


def softmax_with_loss(shapes: Mapping[str, Shape], attrs: Mapping[str, Any]) -> tuple[str, ...]:
    book = """
        y = softmax(x)
        log = log(y)
    """
    shifted = """
        top = max(x, axis=-1, keepdims=True)
        shifted = x - top
        exp = exp(shifted)
        sum = sum(exp, axis=-1, keepdims=True)
        log_sum = log(sum)
        log = shifted - log_sum
    """
    return tuple(form + _negative_log_likelihood("x", shapes) for form in (book, shifted))


def _negative_log_likelihood(scores: str, shapes: Mapping[str, Shape]) -> str:
    """Minus the sum of t × log over the classes, averaged over a batch where there is one."""
    one_hot = shapes["t"] == shapes[scores]
    hot = "t" if one_hot else "hot"
    return f"""
        {"" if one_hot else f"hot = one_hot(t, {scores})"}
        chosen = {hot} * log
        total = sum(chosen, axis=-1)
        {"mean = mean(total)" if len(shapes[scores]) > 1 else "mean = total"}
        loss = mean * -1
    """


def mean_squared_error(shapes: Mapping[str, Shape], attrs: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        """
        difference = y - t
        squared = square(difference)
        loss = mean(squared)
    """,
    )


def sum_squared_error(shapes: Mapping[str, Shape], attrs: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        """
        difference = y - t
        squared = square(difference)
        total = sum(squared)
        loss = total * 0.5
    """,
    )


def batch_norm(shapes: Mapping[str, Shape], attrs: Mapping[str, Any]) -> tuple[str, ...]:
    images = len(shapes["x"]) == 4
    axis = "(0, 2, 3)" if images else "0"
    gamma, beta = (f"reshape({name}, shape=(-1, 1, 1))" if images else name for name in ("gamma", "beta"))
    return (
        f"""
        mean = mean(x, axis={axis}, keepdims=True)
        centred = x - mean
        squared = square(centred)
        variance = mean(squared, axis={axis}, keepdims=True)
        plus = variance + {attrs["epsilon"]!r}
        deviation = sqrt(plus)
        normal = centred / deviation
        scaled = {gamma} * normal
        y = scaled + {beta}
    """,
    )


EXPANSIONS: dict[str, Expansion] = {
    expansion.__name__: expansion
    for expansion in (
        sigmoid,
        tanh,
        softplus,
        gelu,
        affine,
        softmax,
        cross_entropy_error,
        softmax_with_loss,
        mean_squared_error,
        sum_squared_error,
        batch_norm,
    )
}
