"""Layers of softmax and loss."""

import numpy as np

from engine.export.book.helper import one_hot


class Softmax:
    def forward(self, x):
        e = np.exp(x - np.max(x, axis=-1, keepdims=True))
        self.out = e / np.sum(e, axis=-1, keepdims=True)
        return self.out

    def backward(self, dout):
        return self.out * (dout - np.sum(dout * self.out, axis=-1, keepdims=True))


class OneHot:
    def forward(self, t, y):
        self.t = t
        self.y = y
        return one_hot(t, y)

    def backward(self, dout):
        dt = dout if np.shape(self.t) == self.y.shape else np.zeros_like(self.t)
        dy = np.zeros_like(self.y)
        return dt, dy


class CrossEntropyError:
    def forward(self, y, t):
        self.y = y
        self.labels = t
        self.t = one_hot(t, y)
        self.batch_size = y.size // y.shape[-1]
        return -np.sum(self.t * np.log(y + 1e-7)) / self.batch_size

    def backward(self, dout=1):
        dy = -dout / self.batch_size * self.t / (self.y + 1e-7)
        if self.t is not self.labels:  # labels are no numbers to learn
            return dy, np.zeros_like(self.labels)
        dt = -dout / self.batch_size * np.log(self.y + 1e-7)
        return dy, dt


class SoftmaxWithLoss:
    def forward(self, x, t):
        self.labels = t
        self.t = one_hot(t, x)
        self.batch_size = x.size // x.shape[-1]
        shifted = x - np.max(x, axis=-1, keepdims=True)
        self.log_y = shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
        self.y = np.exp(self.log_y)
        return -np.sum(self.t * self.log_y) / self.batch_size

    def backward(self, dout=1):
        total = np.sum(self.t, axis=-1, keepdims=True)  # 1 for one-hot rows
        dx = dout * (self.y * total - self.t) / self.batch_size
        if self.t is not self.labels:  # labels are no numbers to learn
            return dx, np.zeros_like(self.labels)
        dt = -dout * self.log_y / self.batch_size
        return dx, dt


class MeanSquaredError:
    def forward(self, y, t):
        self.y = y
        self.t = t
        return np.mean(np.square(y - t))

    def backward(self, dout=1):
        dy = 2 * dout * (self.y - self.t) / np.size(self.y)
        return dy, -dy


class SumSquaredError:
    def forward(self, y, t):
        self.y = y
        self.t = t
        return 0.5 * np.sum(np.square(y - t))

    def backward(self, dout=1):
        dy = dout * (self.y - self.t)
        return dy, -dy
