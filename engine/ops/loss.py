"""Softmax and the losses; `t` holds one-hot rows (or any target of the shape of y), or class labels.

Labels are told by shape: one dimension less than the scores. They are rounded, and no gradient flows to them.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.errors import ShapeError
from engine.op import Array, Rule, register

LOG_OFFSET = 1e-7
"""What the book adds inside the logarithm, so that log(0) stays finite."""


def softmax(x: Array) -> Array:
    """Softmax along the last axis: positive shares that sum to 1; shifted by the maximum, so nothing overflows.

    Rule:    ∂x = out (g − Σ g out)
    Source:  Deep Learning from Scratch, 3.5 and 5.6.3
    """
    _classes(x, "softmax", "x")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


def softmax_vjp(g: Array, out: Array, x: Array) -> tuple[Array]:
    return (out * (g - (g * out).sum(axis=-1, keepdims=True)),)


def one_hot(t: Array, y: Array) -> Array:
    """Class labels as one-hot rows of the shape of y; rows that are one-hot already pass through.

    Shapes:  t (n,), y (n, c) → (n, c); t (), y (c,) → (c,)
    Rule:    ∂t = g when t had the shape of y, else 0 · ∂y = 0
    Errors:  ShapeError when t fits neither way, or a label is no class
    Source:  Deep Learning from Scratch, 3.6.1
    """
    return target(t, y, "one_hot")


def one_hot_vjp(g: Array, out: Array, t: Array, y: Array) -> tuple[Array | None, None]:
    return (g if t.shape == y.shape else None), None


def cross_entropy_error(y: Array, t: Array) -> Array:
    """Cross-entropy of probabilities y against t, averaged over the batch, with the book's 1e-7 inside the log.

    Shapes:  y (n, c), t (n, c) or labels (n,) → ()
    Rule:    ∂y = −g t / (N (y + 1e-7)) · ∂t = −g log(y + 1e-7) / N
    Errors:  ShapeError when t fits neither way, or a label is no class
    Source:  Deep Learning from Scratch, 4.2.4
    """
    hot = target(t, y, "cross_entropy_error")
    return np.asarray(-(hot * np.log(y + LOG_OFFSET)).sum() / _batch(y))


def cross_entropy_error_vjp(g: Array, out: Array, y: Array, t: Array) -> tuple[Array, Array | None]:
    scale = -g / _batch(y)
    dy = scale * target(t, y, "cross_entropy_error") / (y + LOG_OFFSET)
    return dy, scale * np.log(y + LOG_OFFSET) if t.shape == y.shape else None


def cross_entropy_error_kinks(y: Array, t: Array) -> NDArray[np.float64]:
    return np.append(np.sign(y + LOG_OFFSET), label_kinks(y, t))


def label_kinks(y: Array, t: Array) -> NDArray[np.float64]:
    return np.rint(t) if t.shape != y.shape else np.zeros(0)


def softmax_with_loss(x: Array, t: Array) -> Array:
    """Softmax and exact cross-entropy in one, averaged over the batch: backward is the clean (y − t)/N.

    Shapes:  x (n, c), t (n, c) or labels (n,) → ()
    Rule:    ∂x = g (y Σt − t)/N, which is g (y − t)/N for targets that sum to 1 · ∂t = −g log y / N
    Errors:  ShapeError when t fits neither way, or a label is no class
    Source:  Deep Learning from Scratch, 5.6.3
    """
    _classes(x, "softmax_with_loss", "x")
    return np.asarray(-(target(t, x, "softmax_with_loss") * _log_softmax(x)).sum() / _batch(x))


def softmax_with_loss_vjp(g: Array, out: Array, x: Array, t: Array) -> tuple[Array, Array | None]:
    hot = target(t, x, "softmax_with_loss")
    scale = g / _batch(x)
    log_y = _log_softmax(x)
    dx = scale * (np.exp(log_y) * hot.sum(axis=-1, keepdims=True) - hot)
    return dx, -scale * log_y if t.shape == x.shape else None


def mean_squared_error(y: Array, t: Array) -> Array:
    """Mean of the squared differences.

    Shapes:  y and t alike → ()
    Rule:    ∂y = 2 g (y − t)/n · ∂t = −2 g (y − t)/n
    Errors:  ShapeError when the shapes differ
    Source:  Deep Learning from Scratch, 4.2.1, there as half the sum
    """
    _alike(y, t, "mean_squared_error")
    return np.asarray(np.square(y - t).mean())


def mean_squared_error_vjp(g: Array, out: Array, y: Array, t: Array) -> tuple[Array, Array]:
    dy = 2 * g * (y - t) / y.size
    return dy, -dy


def sum_squared_error(y: Array, t: Array) -> Array:
    """Half the sum of the squared differences.

    Shapes:  y and t alike → ()
    Rule:    ∂y = g (y − t) · ∂t = −g (y − t)
    Errors:  ShapeError when the shapes differ
    Source:  Deep Learning from Scratch, 4.2.1
    """
    _alike(y, t, "sum_squared_error")
    return np.asarray(0.5 * np.square(y - t).sum())


def sum_squared_error_vjp(g: Array, out: Array, y: Array, t: Array) -> tuple[Array, Array]:
    dy = g * (y - t)
    return dy, -dy


def target(t: Array, y: Array, name: str) -> Array:
    """The target as an array of the shape of y, from labels or as it is.

    Errors:  ShapeError when t fits neither way, or a label is no class
    """
    _classes(y, name, "y")
    if t.shape == y.shape:
        return t
    if t.shape != y.shape[:-1]:
        raise ShapeError(
            f"{name} needs t of shape {y.shape} (one-hot) or {y.shape[:-1]} (labels), but t is {t.shape}", slot=1
        )
    labels = np.rint(t)
    classes = y.shape[-1]
    if not ((labels >= 0) & (labels < classes)).all():
        raise ShapeError(f"{name} needs labels from 0 to {classes - 1} beside y {y.shape}, but t is {_some(t)}", slot=1)
    return np.asarray(labels[..., np.newaxis] == np.arange(classes), dtype=np.float64)


def _some(t: Array) -> str:
    return np.array2string(t, threshold=12)


def _log_softmax(x: Array) -> Array:
    shifted = x - x.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


def _batch(y: Array) -> int:
    return math.prod(y.shape[:-1])


def _classes(y: Array, name: str, slot: str) -> None:
    if y.ndim == 0 or y.size == 0:
        raise ShapeError(f"{name} needs {slot} of shape (n, classes) or (classes,), but it is {y.shape}", slot=0)


def _alike(y: Array, t: Array, name: str) -> None:
    if y.shape != t.shape:
        raise ShapeError(f"{name} needs y and t of one shape, but y is {y.shape} and t {t.shape}", slot=1)
    if y.size == 0:
        raise ShapeError(f"{name} needs at least one element, but y is {y.shape}", slot=0)


register(
    softmax,
    softmax_vjp,
    symbol="softmax",
    rule=Rule(r"y_k = \frac{e^{x_k}}{\sum_i e^{x_i}}", (r"y_k \left(g_k - \sum_i g_i y_i\right)",)),
)
register(
    one_hot,
    one_hot_vjp,
    symbol="one-hot",
    rule=Rule(r"z_{nk} = [t_n = k]", (r"0 \;(g \text{ where } t \text{ is one-hot already})", r"0")),
    kinks=lambda t, y: label_kinks(y, t),
)
register(
    cross_entropy_error,
    cross_entropy_error_vjp,
    symbol="CEE",
    rule=Rule(
        r"L = -\frac{1}{N}\sum_n \sum_k t_{nk} \ln(y_{nk} + 10^{-7})",
        (r"-\frac{g}{N}\,\frac{t}{y + 10^{-7}}", r"-\frac{g}{N} \ln(y + 10^{-7})"),
    ),
    kinks=cross_entropy_error_kinks,
)
register(
    softmax_with_loss,
    softmax_with_loss_vjp,
    symbol="Softmax-Loss",
    rule=Rule(
        r"L = -\frac{1}{N}\sum_n \sum_k t_{nk} \ln y_{nk},\quad y = \operatorname{softmax}(x)",
        (r"g\,\frac{y - t}{N}", r"-\frac{g}{N} \ln y"),
    ),
    kinks=label_kinks,
)
register(
    mean_squared_error,
    mean_squared_error_vjp,
    symbol="MSE",
    rule=Rule(
        r"L = \frac{1}{n}\sum_i (y_i - t_i)^2",
        (r"\frac{2g}{n}(y - t)", r"-\frac{2g}{n}(y - t)"),
    ),
)
register(
    sum_squared_error,
    sum_squared_error_vjp,
    symbol="SSE",
    rule=Rule(r"L = \frac{1}{2}\sum_i (y_i - t_i)^2", (r"g\,(y - t)", r"-g\,(y - t)")),
)
