"""Arithmetic ops: the add and mul nodes of the chapter and their relatives."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.op import Array, Rule, register


def add(x: Array, y: Array) -> Array:
    """Sum of two values: hands the upstream gradient on to both sides.

    Shapes:  x and y broadcast to out
    Rule:    ∂x = g · ∂y = g
    Source:  Deep Learning from Scratch, 5.3.1
    """
    return x + y


def add_local(out: Array, x: Array, y: Array) -> tuple[float, float]:
    return 1.0, 1.0


def sub(x: Array, y: Array) -> Array:
    """Difference of two values: hands the upstream gradient on, with its sign turned for the second.

    Shapes:  x and y broadcast to out
    Rule:    ∂x = g · ∂y = −g
    Source:  Deep Learning from Scratch, 1.5.3
    """
    return x - y


def sub_local(out: Array, x: Array, y: Array) -> tuple[float, float]:
    return 1.0, -1.0


def mul(x: Array, y: Array) -> Array:
    """Product of two values: hands each side the other side's value.

    Shapes:  x and y broadcast to out
    Rule:    ∂x = g y · ∂y = g x
    Source:  Deep Learning from Scratch, 5.3.2
    """
    return x * y


def mul_local(out: Array, x: Array, y: Array) -> tuple[Array, Array]:
    return y, x


def div(x: Array, y: Array) -> Array:
    """Quotient of two values; dividing by zero honestly gives an infinity or NaN.

    Shapes:  x and y broadcast to out
    Rule:    ∂x = g / y · ∂y = −g x / y²
    Source:  Deep Learning from Scratch, 1.5.3
    """
    return x / y


def div_local(out: Array, x: Array, y: Array) -> tuple[Array, Array]:
    return 1 / y, -out / y


def div_kinks(x: Array, y: Array) -> NDArray[np.float64]:
    return np.sign(y)


def neg(x: Array) -> Array:
    """Value with its sign turned.

    Rule:    ∂x = −g
    Source:  Deep Learning from Scratch, 5.5.2, its × node with −1
    """
    return -x


def neg_local(out: Array, x: Array) -> tuple[float]:
    return (-1.0,)


def reciprocal(x: Array) -> Array:
    """One divided by the value: the ÷ node of the chapter, whose derivative is read off its output.

    Rule:    ∂x = −g out²
    Source:  Deep Learning from Scratch, 5.5.2
    """
    return 1 / x


def reciprocal_local(out: Array, x: Array) -> tuple[Array]:
    return (-out * out,)


def square(x: Array) -> Array:
    """Value times itself.

    Rule:    ∂x = 2 g x
    Source:  Deep Learning from Scratch, 5.2.3
    """
    return x * x


def square_local(out: Array, x: Array) -> tuple[Array]:
    return (2 * x,)


def pow_(x: Array, y: Array) -> Array:
    """First value to the power of the second.

    Where x ≤ 0 the derivative for the exponent does not exist; it counts as 0 there, so that (x + y)**2 keeps finite
    gradients for negative sums.

    Shapes:  x and y broadcast to out
    Rule:    ∂x = g y xʸ⁻¹ · ∂y = g out ln x (0 where x ≤ 0)
    Source:  Deep Learning from Scratch, 5.2.3
    """
    return np.asarray(np.power(x, y))


def pow_local(out: Array, x: Array, y: Array) -> tuple[Array, Array]:
    positive = x > 0
    return np.where(y == 0, 0.0, y * np.power(x, y - 1)), np.where(positive, out * np.log(np.where(positive, x, 1)), 0)


def pow_kinks(x: Array, y: Array) -> NDArray[np.float64]:
    undefined = (x < 0) & (np.rint(y) != y)
    flat_or_not = (x == 0) & (y <= 0)
    pole = (y < 0) & (x < 0)
    return np.asarray(1.0 * undefined + 2.0 * flat_or_not + 4.0 * pole)


register(add, add_local, symbol="+", rule=Rule(r"z = x + y", (r"1", r"1")), elementwise=True)
register(sub, sub_local, symbol="−", rule=Rule(r"z = x - y", (r"1", r"-1")), elementwise=True)
register(mul, mul_local, symbol="×", rule=Rule(r"z = x \cdot y", (r"y", r"x")), elementwise=True)
register(
    div,
    div_local,
    symbol="÷",
    rule=Rule(r"z = \frac{x}{y}", (r"\frac{1}{y}", r"-\frac{x}{y^2}")),
    elementwise=True,
    kinks=div_kinks,
)
register(neg, neg_local, symbol="−", rule=Rule(r"y = -x", (r"-1",)), elementwise=True)
register(
    reciprocal,
    reciprocal_local,
    symbol="÷",
    rule=Rule(r"y = \frac{1}{x}", (r"-y^2",)),
    elementwise=True,
    kinks=np.sign,
)
register(square, square_local, symbol="x²", rule=Rule(r"y = x^2", (r"2x",)), elementwise=True)
register(
    pow_,
    pow_local,
    symbol="xʸ",
    rule=Rule(r"z = x^y", (r"y\,x^{y-1}", r"z \ln x")),
    elementwise=True,
    kinks=pow_kinks,
)
