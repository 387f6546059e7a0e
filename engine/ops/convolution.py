"""Convolution and max pooling of images (n, c, h, w), over windows laid out as rows (im2col)."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from engine.attr import Count, Padding
from engine.errors import ShapeError
from engine.op import Array, Rule, register


def conv(x: Array, W: Array, b: Array, *, stride: Count = 1, pad: Padding = 0) -> Array:
    """Convolution: every filter laid over every window of every image, plus its bias.

    Shapes:  x (n, c, h, w), W (f, c, fh, fw), b (f,) → (n, f, (h + 2 pad − fh)//stride + 1, same for w)
    Rule:    ∂x = each window takes back Σ g W · ∂W = Σ g × window · ∂b = Σ g
    Errors:  ShapeError when channels or biases differ, or the filter is larger than the padded image
    Source:  Deep Learning from Scratch, 7.2 and 7.4
    """
    windows = _conv_windows(x, W, b, stride, pad)
    n, height, width = len(x), *windows.shape[2:4]
    rows = _rows(windows) @ W.reshape(len(W), -1).T + b
    return rows.reshape(n, height, width, len(W)).transpose(0, 3, 1, 2)


def conv_vjp(
    g: Array, out: Array, x: Array, W: Array, b: Array, *, stride: Count = 1, pad: Padding = 0
) -> tuple[Array, Array, Array]:
    g_rows = g.transpose(0, 2, 3, 1).reshape(-1, len(W))
    dW = (g_rows.T @ _rows(_conv_windows(x, W, b, stride, pad))).reshape(W.shape)
    n, c, h, w = x.shape
    height, width = g.shape[2:]
    fh, fw = W.shape[2:]
    parts = (g_rows @ W.reshape(len(W), -1)).reshape(n, height, width, c, fh, fw)
    padded = np.zeros((n, c, h + 2 * pad, w + 2 * pad))
    for i in range(fh):
        for j in range(fw):
            rows, columns = _steps(i, height, stride), _steps(j, width, stride)
            padded[:, :, rows, columns] += parts[:, :, :, :, i, j].transpose(0, 3, 1, 2)
    return padded[:, :, pad : pad + h, pad : pad + w], dW, g_rows.sum(axis=0).reshape(b.shape)


def pool(x: Array, *, size: Count = 2, stride: Count = 2) -> Array:
    """Max pooling: the largest number of every window; the first of equals takes the gradient.

    Shapes:  x (n, c, h, w) → (n, c, (h − size)//stride + 1, (w − size)//stride + 1)
    Rule:    ∂x = g where x was its window's (first) maximum, else 0
    Errors:  ShapeError when x is no batch of images or the window is larger than the image
    Source:  Deep Learning from Scratch, 7.3 and 7.4
    """
    return np.asarray(_pool_windows(x, size, stride).max(axis=(4, 5)))


def pool_vjp(g: Array, out: Array, x: Array, *, size: Count = 2, stride: Count = 2) -> tuple[Array]:
    chosen = pool_kinks(x, size=size, stride=stride)
    n, c, i, j = np.ix_(*(np.arange(length) for length in chosen.shape))
    dx = np.zeros_like(x)
    np.add.at(dx, (n, c, i * stride + chosen // size, j * stride + chosen % size), g)
    return (dx,)


def pool_kinks(x: Array, *, size: Count = 2, stride: Count = 2) -> NDArray[np.intp]:
    windows = _pool_windows(x, size, stride)
    return np.asarray(windows.reshape(*windows.shape[:4], -1).argmax(axis=-1))


def _conv_windows(x: Array, W: Array, b: Array, stride: int, pad: int) -> Array:
    _images(x, "conv")
    if W.ndim != 4:
        raise ShapeError(f"conv needs filters W of shape (f, c, fh, fw), but W is {W.shape}", slot=1)
    if W.shape[1] != x.shape[1]:
        raise ShapeError(f"conv needs as many channels in W {W.shape} as in x {x.shape}", slot=1)
    if b.shape != (len(W),):
        raise ShapeError(
            f"conv needs one bias a filter: b of shape ({len(W)},) beside W {W.shape}, not {b.shape}", slot=2
        )
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad))) if pad else x
    return _windows(padded, W.shape[2], W.shape[3], stride, "conv", 1)


def _pool_windows(x: Array, size: int, stride: int) -> Array:
    _images(x, "pool")
    return _windows(x, size, size, stride, "pool", 0)


def _windows(x: Array, height: int, width: int, stride: int, name: str, slot: int) -> Array:
    """A view (n, c, rows, columns, height, width) of the windows in which the op looks at x."""
    if not (1 <= height <= x.shape[2] and 1 <= width <= x.shape[3]):
        raise ShapeError(
            f"{name} needs windows that fit the (padded) image, but the window is {(height, width)} "
            f"and the image {x.shape[2:]}",
            slot=slot,
        )
    return sliding_window_view(x, (height, width), axis=(2, 3))[:, :, ::stride, ::stride]


def _rows(windows: Array) -> Array:
    n, c, rows, columns, height, width = windows.shape
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * rows * columns, c * height * width)


def _steps(start: int, count: int, stride: int) -> slice:
    return slice(start, start + (count - 1) * stride + 1, stride)


def _images(x: Array, name: str) -> None:
    if x.ndim != 4 or x.size == 0:
        raise ShapeError(f"{name} needs images x of shape (n, c, h, w), but x is {x.shape}", slot=0)


register(
    conv,
    conv_vjp,
    symbol="Conv",
    rule=Rule(
        r"Y = X \ast W + b",
        (
            r"\sum_f g_f \ast W_f^{\mathrm{flipped}}",
            r"\sum_{n,i,j} g_{nij}\, X_{\mathrm{window}\,nij}",
            r"\sum_{n,i,j} g_{nij}",
        ),
    ),
)
register(
    pool,
    pool_vjp,
    symbol="Pool",
    rule=Rule(
        r"Y = \max_{\mathrm{window}} X",
        (r"\begin{cases} g & x \text{ is the first maximum} \\ 0 & \text{else} \end{cases}",),
    ),
    kinks=pool_kinks,
)
