"""Elementary functions of one value."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.op import Array, Rule, register


def exp(x: Array) -> Array:
    """Exponential: its derivative is its own output.

    Rule:    ∂x = g out
    Source:  Deep Learning from Scratch, 5.5.2
    """
    return np.exp(x)


def exp_local(out: Array, x: Array) -> tuple[Array]:
    return (out,)


def log(x: Array) -> Array:
    """Natural logarithm; −∞ at 0 and NaN below it.

    Rule:    ∂x = g / x
    Source:  Deep Learning from Scratch, 5.6.3 and appendix A
    """
    return np.log(x)


def log_local(out: Array, x: Array) -> tuple[Array]:
    return (1 / x,)


def sqrt(x: Array) -> Array:
    """Square root; NaN below 0, and a derivative of ∞ at 0.

    Rule:    ∂x = g / (2 out)
    Source:  Deep Learning from Scratch, 6.3
    """
    return np.sqrt(x)


def sqrt_local(out: Array, x: Array) -> tuple[Array]:
    return (0.5 / out,)


def abs_(x: Array) -> Array:
    """Absolute value; the derivative at 0 counts as 0.

    Rule:    ∂x = g sign(x)
    Source:  Deep Learning from Scratch, 5.7.3
    """
    return np.abs(x)


def abs_local(out: Array, x: Array) -> tuple[Array]:
    return (np.sign(x),)


def sin(x: Array) -> Array:
    """Sine of an angle in radians.

    Units:   x in radians
    Rule:    ∂x = g cos x
    Source:  Deep Learning from Scratch, 1.6.1
    """
    return np.sin(x)


def sin_local(out: Array, x: Array) -> tuple[Array]:
    return (np.cos(x),)


def cos(x: Array) -> Array:
    """Cosine of an angle in radians.

    Units:   x in radians
    Rule:    ∂x = −g sin x
    Source:  Deep Learning from Scratch, 1.6.2
    """
    return np.cos(x)


def cos_local(out: Array, x: Array) -> tuple[Array]:
    return (-np.sin(x),)


def sign_kinks(x: Array) -> NDArray[np.float64]:
    return np.sign(x)


register(exp, exp_local, symbol="exp", rule=Rule(r"y = e^x", (r"y",)), elementwise=True)
register(log, log_local, symbol="log", rule=Rule(r"y = \ln x", (r"\frac{1}{x}",)), elementwise=True, kinks=sign_kinks)
register(
    sqrt,
    sqrt_local,
    symbol="√",
    rule=Rule(r"y = \sqrt{x}", (r"\frac{1}{2y}",)),
    elementwise=True,
    kinks=sign_kinks,
)
register(
    abs_,
    abs_local,
    symbol="|x|",
    rule=Rule(r"y = |x|", (r"\operatorname{sign} x",)),
    elementwise=True,
    kinks=sign_kinks,
)
register(sin, sin_local, symbol="sin", rule=Rule(r"y = \sin x", (r"\cos x",)), elementwise=True)
register(cos, cos_local, symbol="cos", rule=Rule(r"y = \cos x", (r"-\sin x",)), elementwise=True)
