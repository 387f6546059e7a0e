"""Layers of products of matrices."""

import numpy as np

from engine.export.book.helper import unbroadcast


class Dot:
    def forward(self, x, y):
        self.x = np.asarray(x)
        self.y = np.asarray(y)
        return np.dot(x, y)

    def backward(self, dout):
        if self.x.ndim == 0 or self.y.ndim == 0:
            return dout * self.y, dout * self.x
        inner = max(self.y.ndim - 2, 0)
        columns = np.moveaxis(self.y, inner, 0)
        x = self.x.reshape(-1, len(columns))
        y = columns.reshape(len(columns), -1)
        dout = np.reshape(dout, (len(x), y.shape[1]))
        dx = np.dot(dout, y.T).reshape(self.x.shape)
        dy = np.dot(x.T, dout).reshape(columns.shape)
        return dx, np.moveaxis(dy, 0, inner)


class MatMul:
    def forward(self, x, y):
        self.x = x
        self.y = y
        return x @ y

    def backward(self, dout):
        row, column = self.x.ndim == 1, self.y.ndim == 1
        x = self.x[np.newaxis, :] if row else self.x
        y = self.y[:, np.newaxis] if column else self.y
        dout = np.expand_dims(dout, -1) if column else dout
        dout = np.expand_dims(dout, -2) if row else dout
        dx = dout @ y.swapaxes(-1, -2)
        dy = x.swapaxes(-1, -2) @ dout
        return (dx[..., 0, :] if row else dx), (dy[..., 0] if column else dy)


class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.shape = x.shape
        self.x = x.reshape(len(x), -1) if x.ndim > 2 else x
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        dx = np.dot(dout, self.W.T)
        self.dW = np.outer(self.x, dout) if self.x.ndim == 1 else np.dot(self.x.T, dout)
        self.db = unbroadcast(dout, self.b)  # for a batch: np.sum(dout, axis=0)
        return dx.reshape(self.shape)
