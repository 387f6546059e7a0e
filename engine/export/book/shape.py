"""Layers that sum up, and layers that move numbers about."""

import numpy as np


class Sum:
    def __init__(self, axis=None, keepdims=False):
        self.axis = axis
        self.keepdims = keepdims

    def forward(self, x):
        self.shape = np.shape(x)
        return np.sum(x, axis=self.axis, keepdims=self.keepdims)

    def backward(self, dout):
        if self.axis is not None and not self.keepdims:
            dout = np.expand_dims(dout, self.axis)
        return np.broadcast_to(dout, self.shape)


class Mean:
    def __init__(self, axis=None, keepdims=False):
        self.axis = axis
        self.keepdims = keepdims

    def forward(self, x):
        self.shape = np.shape(x)
        out = np.mean(x, axis=self.axis, keepdims=self.keepdims)
        self.count = np.size(x) // max(np.size(out), 1)
        return out

    def backward(self, dout):
        if self.axis is not None and not self.keepdims:
            dout = np.expand_dims(dout, self.axis)
        return np.broadcast_to(dout / self.count, self.shape)


class Max:
    def __init__(self, axis=None, keepdims=False):
        self.axis = axis
        self.keepdims = keepdims

    def forward(self, x):
        x = np.asarray(x)
        self.shape = x.shape
        axes = range(x.ndim) if self.axis is None else np.atleast_1d(self.axis).astype(int) % x.ndim
        self.over = tuple(sorted(int(axis) for axis in axes))
        self.last = tuple(range(x.ndim - len(self.over), x.ndim))
        moved = np.moveaxis(x, self.over, self.last)
        rows = moved.reshape(*moved.shape[: x.ndim - len(self.over)], -1)
        self.mask = np.zeros(rows.shape)  # all of the gradient goes to the first maximum
        np.put_along_axis(self.mask, rows.argmax(axis=-1)[..., np.newaxis], 1, axis=-1)
        self.mask = np.moveaxis(self.mask.reshape(moved.shape), self.last, self.over)
        return np.max(x, axis=self.over, keepdims=self.keepdims)

    def backward(self, dout):
        kept = tuple(1 if axis in self.over else length for axis, length in enumerate(self.shape))
        return np.reshape(dout, kept) * self.mask


class Transpose:
    def __init__(self, axes=None):
        self.axes = axes

    def forward(self, x):
        self.order = range(np.ndim(x))[::-1] if self.axes is None else np.atleast_1d(self.axes) % np.ndim(x)
        return np.transpose(x, tuple(self.order))

    def backward(self, dout):
        return np.transpose(dout, np.argsort(self.order).astype(int))


class Reshape:
    def __init__(self, shape):
        self.new_shape = shape

    def forward(self, x):
        self.shape = np.shape(x)
        return np.reshape(x, self.new_shape)

    def backward(self, dout):
        return np.reshape(dout, self.shape)


class Flatten:
    def forward(self, x):
        self.shape = np.shape(x)
        return np.reshape(x, (len(x), -1) if np.ndim(x) > 2 else -1)

    def backward(self, dout):
        return np.reshape(dout, self.shape)


class BroadcastTo:
    def __init__(self, shape):
        self.shape = shape

    def forward(self, x):
        return np.broadcast_to(x, self.shape)

    def backward(self, dout):
        return dout


class Concat:
    def __init__(self, axis=0):
        self.axis = axis

    def forward(self, *x):
        self.ends = np.cumsum([part.shape[self.axis] for part in x])[:-1]
        return np.concatenate(x, axis=self.axis)

    def backward(self, dout):
        return np.split(dout, self.ends, axis=self.axis)
