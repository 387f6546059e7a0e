"""The convolutional network as the book's chapter 7 writes it: im2col over the whole batch, float64, the loss twice."""

import numpy as np
from numpy.typing import NDArray

from benchmarks.book import Affine, Network, Relu

Array = NDArray[np.float64]


def im2col(images: Array, height: int, width: int, stride: int) -> Array:
    """Every window of every image as a row."""
    n, channels, rows, columns = images.shape
    out_rows, out_columns = (rows - height) // stride + 1, (columns - width) // stride + 1
    col = np.zeros((n, channels, height, width, out_rows, out_columns))
    for y in range(height):
        for x in range(width):
            col[:, :, y, x] = images[:, :, y : y + stride * out_rows : stride, x : x + stride * out_columns : stride]
    return col.transpose(0, 4, 5, 1, 2, 3).reshape(n * out_rows * out_columns, -1)


def col2im(col: Array, shape: tuple[int, ...], height: int, width: int, stride: int) -> Array:
    """The sum of what the windows' rows say of each pixel."""
    n, channels, rows, columns = shape
    out_rows, out_columns = (rows - height) // stride + 1, (columns - width) // stride + 1
    windows = col.reshape(n, out_rows, out_columns, channels, height, width).transpose(0, 3, 4, 5, 1, 2)
    images = np.zeros(shape)
    for y in range(height):
        for x in range(width):
            images[:, :, y : y + stride * out_rows : stride, x : x + stride * out_columns : stride] += windows[
                :, :, y, x
            ]
    return images


class Convolution:
    """Every filter over every window."""

    def __init__(self, W: Array, b: Array) -> None:
        self.W, self.b = W, b

    def forward(self, x: Array) -> Array:
        filters, _, height, width = self.W.shape
        self.x = x
        self.col = im2col(x, height, width, 1)
        out = self.col @ self.W.reshape(filters, -1).T + self.b
        return out.reshape(len(x), x.shape[2] - height + 1, x.shape[3] - width + 1, -1).transpose(0, 3, 1, 2)

    def backward(self, g: Array) -> Array:
        filters, _, height, width = self.W.shape
        g = g.transpose(0, 2, 3, 1).reshape(-1, filters)
        self.db = np.sum(g, axis=0)
        self.dW = (self.col.T @ g).transpose(1, 0).reshape(self.W.shape)
        return col2im(g @ self.W.reshape(filters, -1), self.x.shape, height, width, 1)


class Pooling:
    """The largest of each 2 × 2 window."""

    def forward(self, x: Array) -> Array:
        self.x = x
        n, channels, rows, columns = x.shape
        col = im2col(x, 2, 2, 2).reshape(-1, 4)
        self.largest = np.argmax(col, axis=1)
        return np.max(col, axis=1).reshape(n, rows // 2, columns // 2, channels).transpose(0, 3, 1, 2)

    def backward(self, g: Array) -> Array:
        g = g.transpose(0, 2, 3, 1)
        spread = np.zeros((g.size, 4))
        spread[np.arange(g.size), self.largest] = g.flatten()
        spread = spread.reshape((*g.shape, 4))
        col = spread.reshape(spread.shape[0] * spread.shape[1] * spread.shape[2], -1)
        return col2im(col, self.x.shape, 2, 2, 2)


class Flat:
    """All of an image in one row."""

    def forward(self, x: Array) -> Array:
        self.shape = x.shape
        return x.reshape(len(x), -1)

    def backward(self, g: Array) -> Array:
        return g.reshape(self.shape)


class SimpleConvNet(Network):
    """conv - relu - pool - affine - relu - affine."""

    def __init__(self, generator: np.random.Generator) -> None:
        def draw(*shape: int) -> Array:
            return 0.01 * generator.standard_normal(shape)

        self.layers = [  # type: ignore[assignment]
            Convolution(draw(30, 1, 5, 5), np.zeros(30)),
            *(Relu(), Pooling(), Flat()),
            Affine(draw(4320, 100), np.zeros(100)),
            Relu(),
            Affine(draw(100, 10), np.zeros(10)),
        ]
