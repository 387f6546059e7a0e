"""Layers of activation, and dropout."""

import numpy as np


class Relu:
    def forward(self, x):
        self.mask = np.less_equal(x, 0)
        return np.where(self.mask, 0, x)

    def backward(self, dout):
        return np.where(self.mask, 0, dout)


class LeakyRelu:
    def __init__(self, slope=0.01):
        self.slope = slope

    def forward(self, x):
        self.positive = np.greater(x, 0)
        return np.where(self.positive, x, self.slope * x)

    def backward(self, dout):
        return dout * np.where(self.positive, 1, self.slope)


class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return dout * (1.0 - self.out) * self.out


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, dout):
        return dout * (1 - self.out * self.out)


class Softplus:
    def forward(self, x):
        self.x = x
        return np.logaddexp(0, x)  # log(1 + exp(x))

    def backward(self, dout):
        return dout / (1 + np.exp(-self.x))


class Gelu:
    def forward(self, x):
        self.x = x
        return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x * x * x)))

    def backward(self, dout):
        x = np.clip(self.x, -1e3, 1e3)  # flat long before
        t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x * x * x))
        slope = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x * x)
        return dout * (0.5 * (1 + t) + 0.5 * x * (1 - t * t) * slope)


class Dropout:
    def __init__(self, ratio=0.5, seed=0, training=True):
        self.ratio = ratio
        self.seed = seed
        self.training = training

    def forward(self, x):
        if self.training:
            self.mask = np.random.default_rng(self.seed).random(np.size(x)).reshape(np.shape(x)) >= self.ratio
        else:
            self.mask = 1.0 - self.ratio
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
