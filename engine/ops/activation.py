"""Activation functions: the nodes between the layers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.attr import Number
from engine.op import Array, Rule, register

_GELU = np.sqrt(2 / np.pi)


def sigmoid(x: Array) -> Array:
    """Sigmoid 1/(1 + exp(−x)): its derivative needs nothing but its output; no overflow for any x.

    Rule:    ∂x = g out (1 − out)
    Source:  Deep Learning from Scratch, 5.5.2
    """
    shrunk = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + shrunk), shrunk / (1 + shrunk))


def sigmoid_local(out: Array, x: Array) -> tuple[Array]:
    return (out * (1 - out),)


def tanh(x: Array) -> Array:
    """Hyperbolic tangent: like the sigmoid, from −1 to 1.

    Rule:    ∂x = g (1 − out²)
    Source:  Deep Learning from Scratch, 6.2.2
    """
    return np.tanh(x)


def tanh_local(out: Array, x: Array) -> tuple[Array]:
    return (1 - out * out,)


def relu(x: Array) -> Array:
    """Rectified linear unit: a switch, open where x > 0; the derivative at 0 counts as 0.

    Rule:    ∂x = g where x > 0, else 0
    Source:  Deep Learning from Scratch, 5.5.1
    """
    return np.maximum(x, 0)


def relu_local(out: Array, x: Array) -> tuple[Array]:
    return (np.asarray(x > 0, dtype=np.float64),)


def leaky_relu(x: Array, *, slope: Number = 0.01) -> Array:
    """ReLU that lets a little through below 0; the derivative at 0 counts as the slope.

    Rule:    ∂x = g where x > 0, else slope g
    Source:  Maas, Hannun and Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models, 2013
    """
    return np.where(x > 0, x, slope * x)


def leaky_relu_local(out: Array, x: Array, *, slope: Number = 0.01) -> tuple[Array]:
    return (np.where(x > 0, 1.0, slope),)


def sign_kinks(x: Array, *, slope: Number = 0.0) -> NDArray[np.float64]:
    return np.sign(x)


def softplus(x: Array) -> Array:
    """Softplus log(1 + exp(x)): a smooth ReLU whose derivative is the sigmoid; no overflow for any x.

    Rule:    ∂x = g sigmoid(x)
    Source:  Dugas et al., Incorporating Second-Order Functional Knowledge for Better Option Pricing, 2000
    """
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def softplus_local(out: Array, x: Array) -> tuple[Array]:
    return (sigmoid(x),)


def gelu(x: Array) -> Array:
    """Gaussian error linear unit in its tanh form.

    Rule:    ∂x = g (½ (1 + t) + ½ x (1 − t²) √(2/π) (1 + 0.134145 x²)), t = tanh(√(2/π) (x + 0.044715 x³))
    Source:  Hendrycks and Gimpel, Gaussian Error Linear Units, 2016
    """
    return np.asarray(0.5 * x * (1 + np.tanh(_GELU * (x + 0.044715 * x * x * x))))


def gelu_local(out: Array, x: Array) -> tuple[Array]:
    # Beyond ±1e3 the tanh has long been flat; held there, x² cannot overflow into ∞ · 0.
    near = np.clip(x, -1e3, 1e3)
    t = np.tanh(_GELU * (near + 0.044715 * near * near * near))
    return (0.5 * (1 + t) + 0.5 * near * (1 - t * t) * _GELU * (1 + 3 * 0.044715 * near * near),)


register(
    sigmoid,
    sigmoid_local,
    symbol="σ",
    rule=Rule(r"y = \frac{1}{1 + e^{-x}}", (r"y(1 - y)",)),
    elementwise=True,
)
register(tanh, tanh_local, symbol="tanh", rule=Rule(r"y = \tanh x", (r"1 - y^2",)), elementwise=True)
register(
    relu,
    relu_local,
    symbol="relu",
    rule=Rule(r"y = \max(0, x)", (r"\begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}",)),
    elementwise=True,
    kinks=sign_kinks,
)
register(
    leaky_relu,
    leaky_relu_local,
    symbol="leaky",
    rule=Rule(
        r"y = \begin{cases} x & x > 0 \\ \mathit{slope}\, x & x \le 0 \end{cases}",
        (r"\begin{cases} 1 & x > 0 \\ \mathit{slope} & x \le 0 \end{cases}",),
    ),
    elementwise=True,
    kinks=sign_kinks,
)
register(
    softplus,
    softplus_local,
    symbol="soft+",
    rule=Rule(r"y = \ln(1 + e^x)", (r"\frac{1}{1 + e^{-x}}",)),
    elementwise=True,
)
register(
    gelu,
    gelu_local,
    symbol="gelu",
    rule=Rule(
        r"y = \tfrac{x}{2}(1 + t),\quad t = \tanh\left(\sqrt{\tfrac{2}{\pi}}\,(x + 0.044715\,x^3)\right)",
        (r"\tfrac{1}{2}(1 + t) + \tfrac{x}{2}(1 - t^2)\sqrt{\tfrac{2}{\pi}}\,(1 + 0.134145\,x^2)",),
    ),
    elementwise=True,
)
