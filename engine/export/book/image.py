"""Layers for images, and batch normalization."""

import numpy as np

from engine.export.book.helper import windows


class BatchNormalization:
    def __init__(self, gamma, beta, epsilon=1e-6):
        self.gamma = gamma
        self.beta = beta
        self.epsilon = epsilon

    def forward(self, x):
        self.over = (0, 2, 3) if x.ndim == 4 else (0,)
        each = (1, -1, 1, 1) if x.ndim == 4 else x.shape[1:]
        self.scale = self.gamma if np.size(self.gamma) == 1 else np.reshape(self.gamma, each)
        shift = self.beta if np.size(self.beta) == 1 else np.reshape(self.beta, each)
        xc = x - x.mean(axis=self.over, keepdims=True)
        self.std = np.sqrt(np.mean(xc**2, axis=self.over, keepdims=True) + self.epsilon)
        self.xn = xc / self.std
        return self.scale * self.xn + shift

    def backward(self, dout):
        dxn = self.scale * dout
        dxc = dxn - dxn.mean(axis=self.over, keepdims=True)
        dx = (dxc - self.xn * np.mean(dxn * self.xn, axis=self.over, keepdims=True)) / self.std
        dgamma = np.sum(dout * self.xn, axis=self.over)
        dbeta = np.sum(dout, axis=self.over)
        self.dgamma = np.reshape(dgamma if np.size(self.gamma) > 1 else dgamma.sum(), np.shape(self.gamma))
        self.dbeta = np.reshape(dbeta if np.size(self.beta) > 1 else dbeta.sum(), np.shape(self.beta))
        return dx


class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.W = W
        self.b = b
        self.stride = stride
        self.pad = pad

    def forward(self, x):
        self.x = np.pad(x, ((0, 0), (0, 0), (self.pad, self.pad), (self.pad, self.pad)))
        FN, _, FH, FW = self.W.shape
        view = windows(self.x, FH, FW, self.stride)
        N, C, OH, OW = view.shape[:4]
        self.col = view.transpose(0, 2, 3, 1, 4, 5).reshape(N * OH * OW, C * FH * FW)
        out = np.dot(self.col, self.W.reshape(FN, -1).T) + self.b
        return out.reshape(N, OH, OW, FN).transpose(0, 3, 1, 2)

    def backward(self, dout):
        FN, C, FH, FW = self.W.shape
        N, _, OH, OW = dout.shape
        rows = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
        self.db = np.sum(rows, axis=0)
        self.dW = np.dot(rows.T, self.col).reshape(self.W.shape)
        dcol = np.dot(rows, self.W.reshape(FN, -1)).reshape(N, OH, OW, C, FH, FW)
        dx = np.zeros_like(self.x)
        for y in range(FH):
            for x in range(FW):
                down = slice(y, y + self.stride * (OH - 1) + 1, self.stride)
                across = slice(x, x + self.stride * (OW - 1) + 1, self.stride)
                dx[:, :, down, across] += dcol[:, :, :, :, y, x].transpose(0, 3, 1, 2)
        return dx[:, :, self.pad : dx.shape[2] - self.pad, self.pad : dx.shape[3] - self.pad]


class Pooling:
    def __init__(self, size=2, stride=2):
        self.size = size
        self.stride = stride

    def forward(self, x):
        self.shape = x.shape
        view = windows(x, self.size, self.size, self.stride)
        col = view.reshape(*view.shape[:4], -1)
        self.arg_max = np.argmax(col, axis=-1)
        return np.max(col, axis=-1)

    def backward(self, dout):
        n, c, y, x = np.ix_(*(np.arange(length) for length in dout.shape))
        down = y * self.stride + self.arg_max // self.size
        across = x * self.stride + self.arg_max % self.size
        dx = np.zeros(self.shape)
        np.add.at(dx, (n, c, down, across), dout)
        return dx
