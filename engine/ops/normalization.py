"""Batch normalization and dropout: what keeps deep networks trainable."""

from __future__ import annotations

import math

import numpy as np

from engine.attr import Flag, Number, Seed, Share
from engine.errors import ShapeError
from engine.op import Array, Rule, register


def batch_norm(x: Array, gamma: Array, beta: Array, *, epsilon: Number = 1e-6) -> Array:
    """Batch normalization: each feature to mean 0 and variance 1 over the batch, then scaled and shifted.

    The mean and the (biased) variance are those of this batch. For images they are taken per channel.

    Shapes:  x (n, d), gamma and beta (d,) → (n, d); x (n, c, h, w), gamma and beta (c,)
    Rule:    ∂x = γ (g − mean g − x̂ mean(g x̂))/σ · ∂γ = Σ g x̂ · ∂β = Σ g, means and sums over the batch
    Errors:  ShapeError when gamma or beta has not one number a feature
    Source:  Deep Learning from Scratch, 6.3; epsilon is its 10e-7
    """
    normal, _ = _normalize(x, epsilon)
    return _per_feature(x, gamma, "gamma", 1) * normal + _per_feature(x, beta, "beta", 2)


def batch_norm_vjp(
    g: Array, out: Array, x: Array, gamma: Array, beta: Array, *, epsilon: Number = 1e-6
) -> tuple[Array, Array, Array]:
    over = _batch_axes(x)
    normal, deviation = _normalize(x, epsilon)
    up = g * _per_feature(x, gamma, "gamma", 1)
    centred = up - up.mean(axis=over, keepdims=True)
    dx = (centred - normal * (up * normal).mean(axis=over, keepdims=True)) / deviation
    dgamma, dbeta = (g * normal).sum(axis=over, keepdims=True), g.sum(axis=over, keepdims=True)
    return dx, _to_feature(dgamma, gamma), _to_feature(dbeta, beta)


def _batch_axes(x: Array) -> tuple[int, ...]:
    return (0, 2, 3) if x.ndim == 4 else (0,)


def _normalize(x: Array, epsilon: float) -> tuple[Array, Array]:
    if x.ndim == 0 or x.size == 0:
        raise ShapeError(f"batch_norm needs a batch: x of shape (n, d) or (n, c, h, w), but x is {x.shape}", slot=0)
    over = _batch_axes(x)
    centred = x - x.mean(axis=over, keepdims=True)
    deviation = np.sqrt(np.square(centred).mean(axis=over, keepdims=True) + epsilon)
    return centred / deviation, deviation


def _per_feature(x: Array, value: Array, name: str, slot: int) -> Array:
    features = x.shape[1:2] if x.ndim == 4 else x.shape[1:]
    if value.size != 1 and value.shape != features:
        raise ShapeError(
            f"batch_norm of x {x.shape} needs {name} of shape {features}, but it is {value.shape}", slot=slot
        )
    if value.size == 1:
        return value.reshape((1,) * x.ndim)
    return value.reshape(-1, 1, 1) if x.ndim == 4 else value


def _to_feature(gradient: Array, value: Array) -> Array:
    return gradient.sum().reshape(value.shape) if value.size == 1 else gradient.reshape(value.shape)


def dropout(x: Array, *, ratio: Share = 0.5, seed: Seed = 0, training: Flag = True) -> Array:
    """Dropout in the book's form: in training a share `ratio` of the elements is cut, else all are scaled by 1 − ratio.

    Which elements are cut follows from `seed` and the shape of x alone, so the same graph gives the same values.

    Rule:    ∂x = g where kept, else 0; not in training g (1 − ratio)
    Source:  Deep Learning from Scratch, 6.4.3
    """
    return x * _kept(x, ratio, seed, training)


def dropout_local(out: Array, x: Array, *, ratio: Share = 0.5, seed: Seed = 0, training: Flag = True) -> tuple[Array]:
    return (_kept(x, ratio, seed, training),)


def _kept(x: Array, ratio: float, seed: int, training: bool) -> Array:
    if not training:
        return np.asarray(1.0 - ratio)
    drawn = np.random.default_rng(seed).random(math.prod(x.shape)).reshape(x.shape)
    return np.asarray(drawn >= ratio, dtype=np.float64)


register(
    batch_norm,
    batch_norm_vjp,
    symbol="BatchNorm",
    rule=Rule(
        r"y = \gamma\,\hat x + \beta,\quad \hat x = \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}}",
        (
            r"\frac{\gamma}{\sqrt{\sigma^2 + \varepsilon}} (g - \overline{g} - \hat x\, \overline{g \hat x})",
            r"\sum_n g\,\hat x",
            r"\sum_n g",
        ),
    ),
)
register(
    dropout,
    dropout_local,
    symbol="Dropout",
    rule=Rule(r"y = x \cdot \mathit{mask}", (r"\mathit{mask}",)),
    elementwise=True,
)
