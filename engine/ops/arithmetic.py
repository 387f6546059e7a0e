"""Arithmetic ops: the add and mul nodes of the chapter and their relatives."""

from __future__ import annotations

import numpy as np

from engine.op import Array, Rule, register


def add(x: Array, y: Array) -> Array:
    """Sum of two values: hands the upstream gradient on to both sides.

    Shapes:  x and y broadcast to out
    Rule:    ∂x = g · ∂y = g
    Source:  Deep Learning from Scratch, 5.3.1
    """
    return x + y


def add_local(out: Array, x: Array, y: Array) -> tuple[Array, Array]:
    one = np.ones_like(out)
    return one, one


def mul(x: Array, y: Array) -> Array:
    """Product of two values: hands each side the other side's value.

    Shapes:  x and y broadcast to out
    Rule:    ∂x = g y · ∂y = g x
    Source:  Deep Learning from Scratch, 5.3.2
    """
    return x * y


def mul_local(out: Array, x: Array, y: Array) -> tuple[Array, Array]:
    return y, x


register(add, add_local, symbol="+", rule=Rule(r"z = x + y", (r"1", r"1")), elementwise=True)
register(mul, mul_local, symbol="×", rule=Rule(r"z = x \cdot y", (r"y", r"x")), elementwise=True)
