"""Layers of arithmetic."""

import numpy as np


class AddLayer:
    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        dx = dout * 1
        dy = dout * 1
        return dx, dy


class SubLayer:
    def forward(self, x, y):
        return x - y

    def backward(self, dout):
        dx = dout * 1
        dy = dout * -1
        return dx, dy


class MulLayer:
    def forward(self, x, y):
        self.x = x
        self.y = y
        return x * y

    def backward(self, dout):
        dx = dout * self.y  # x and y change places
        dy = dout * self.x
        return dx, dy


class DivLayer:
    def forward(self, x, y):
        self.y = y
        self.out = np.divide(x, y)
        return self.out

    def backward(self, dout):
        dx = dout * np.divide(1, self.y)
        dy = dout * np.divide(-self.out, self.y)
        return dx, dy


class Neg:
    def forward(self, x):
        return -x

    def backward(self, dout):
        return dout * -1


class Reciprocal:
    def forward(self, x):
        self.out = np.divide(1, x)
        return self.out

    def backward(self, dout):
        return dout * -self.out * self.out


class Square:
    def forward(self, x):
        self.x = x
        return x * x

    def backward(self, dout):
        return dout * 2 * self.x


class Pow:
    def forward(self, x, y):
        self.x = np.asarray(x)
        self.y = np.asarray(y)
        self.out = np.power(self.x, self.y)
        return self.out

    def backward(self, dout):
        dx = dout * np.where(self.y == 0, 0, self.y * np.power(self.x, self.y - 1))
        positive = self.x > 0  # log x exists there only
        dy = dout * np.where(positive, self.out * np.log(np.where(positive, self.x, 1)), 0)
        return dx, dy


class Exp:
    def forward(self, x):
        self.out = np.exp(x)
        return self.out

    def backward(self, dout):
        return dout * self.out


class Log:
    def forward(self, x):
        self.x = x
        return np.log(x)

    def backward(self, dout):
        return dout * np.divide(1, self.x)


class Sqrt:
    def forward(self, x):
        self.out = np.sqrt(x)
        return self.out

    def backward(self, dout):
        return dout * np.divide(0.5, self.out)


class Abs:
    def forward(self, x):
        self.x = x
        return np.abs(x)

    def backward(self, dout):
        return dout * np.sign(self.x)


class Sin:
    def forward(self, x):
        self.x = x
        return np.sin(x)

    def backward(self, dout):
        return dout * np.cos(self.x)


class Cos:
    def forward(self, x):
        self.x = x
        return np.cos(x)

    def backward(self, dout):
        return dout * -np.sin(self.x)


class Maximum:
    def forward(self, x, y):
        self.first = np.greater_equal(x, y)  # in a tie the first takes the gradient
        return np.maximum(x, y)

    def backward(self, dout):
        dx = dout * self.first
        dy = dout * ~self.first
        return dx, dy


class Minimum:
    def forward(self, x, y):
        self.first = np.less_equal(x, y)  # in a tie the first takes the gradient
        return np.minimum(x, y)

    def backward(self, dout):
        dx = dout * self.first
        dy = dout * ~self.first
        return dx, dy


class Clip:
    def __init__(self, low=None, high=None):
        self.low = -np.inf if low is None else low
        self.high = np.inf if high is None else high

    def forward(self, x):
        self.inside = np.logical_and(x >= self.low, x <= self.high)
        return np.clip(x, self.low, self.high)

    def backward(self, dout):
        return dout * self.inside
