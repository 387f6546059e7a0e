"""A literal is a number or rectangular nested lists of numbers, as written in a formula."""

from __future__ import annotations

import ast
import math
from typing import Any

import numpy as np

from engine.errors import GraphError
from engine.formula.source import Source
from engine.op import Array
from engine.value import as_array

MODULES = ("np", "numpy", "math")
ARRAYS = ("array", "asarray")
FILLED = {"zeros": 0.0, "ones": 1.0}
NUMBERS = {"inf": math.inf, "nan": math.nan, "pi": math.pi, "e": math.e}


def is_literal(node: ast.expr) -> bool:
    """Whether this piece is written as a literal; its entries may still be wrong."""
    return _is_number(node) or isinstance(node, ast.List | ast.Tuple) or _array_call(node) is not None


def read_literal(node: ast.expr, source: Source) -> Array:
    """The array that a literal stands for.

    Errors:  FormulaError at an entry that is no number, or at lists that are not rectangular.
    """
    if isinstance(node, ast.Call) and _array_call(node) in FILLED:
        return _filled(node, source)
    value = _nested(node, source)
    try:
        return as_array(value)
    except GraphError:
        raise source.fault(node, "the lists are not rectangular: every row needs as many numbers") from None


def read_setting(node: ast.expr, source: Source, name: str) -> Any:
    """The value of an attr: a number, True, False, None, a text, or a list of these."""
    if isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, bool | str)):
        return node.value
    if isinstance(node, ast.List | ast.Tuple):
        return [read_setting(entry, source, name) for entry in node.elts]
    if not _is_number(node):
        raise source.fault(node, f"{name} is written out, as a number, True, False or a tuple such as (2, 3)")
    return _number(node, source)


def number_text(value: float, *, floats: bool = False) -> str:
    """A number as short as it can be written without losing a digit."""
    if math.isnan(value):
        return "np.nan"
    if math.isinf(value):
        return "np.inf" if value > 0 else "-np.inf"
    if not floats and value == int(value) and abs(value) < 1e15 and not (value == 0 and math.copysign(1, value) < 0):
        return str(int(value))
    return repr(float(value))


def literal_text(value: Array, indent: int = 0, *, floats: bool = False) -> str:
    """An array as NumPy text that reads back as the same array, one row a line where it is long.

    `indent` is how far from the margin the text will start; with `floats` whole numbers are written 2.0, not 2.
    """
    if value.ndim == 0:
        return number_text(float(value), floats=floats)
    if value.size == 0:
        return f"np.zeros({value.shape!r})"
    whole = not floats and bool(np.all(value == np.round(value)))
    return f"np.array({_rows(value.tolist(), indent + len('np.array(['), whole)})"


def setting_text(value: Any) -> str:
    """The value of an attr as Python text."""
    if isinstance(value, list | tuple):
        return f"({', '.join(setting_text(entry) for entry in value)}{',' if len(value) == 1 else ''})"
    return number_text(value, floats=True) if isinstance(value, float) else repr(value)


def _rows(value: Any, indent: int, whole: bool) -> str:
    if not isinstance(value, list):
        # Numbers of one array are written alike: 1.0 beside 0.5.
        return number_text(value, floats=not whole)
    parts = [_rows(entry, indent + 1, whole) for entry in value]
    line = ", ".join(parts)
    if isinstance(value[0], list) and (len(line) > 60 or "\n" in line):
        return "[" + (",\n" + " " * indent).join(parts) + "]"
    return f"[{line}]"


def _array_call(node: ast.expr) -> str | None:
    if not isinstance(node, ast.Call):
        return None
    function = node.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id in MODULES:
        return function.attr if function.attr in ARRAYS or function.attr in FILLED else None
    return None


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        return (
            isinstance(node.op, ast.USub | ast.UAdd)
            and not isinstance(node.operand, ast.UnaryOp)
            and _is_number(node.operand)
        )
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and node.value.id in MODULES and node.attr in NUMBERS
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _number(node: ast.expr, source: Source) -> int | float:
    if isinstance(node, ast.UnaryOp):
        value = _number(node.operand, source)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.Attribute):
        return NUMBERS[node.attr]
    number = node.value if isinstance(node, ast.Constant) else None
    if not isinstance(number, int | float):
        raise source.fault(node, "this is no number")
    try:
        if math.isfinite(float(number)):
            return number
    except OverflowError:
        pass
    raise source.fault(node, "this number is larger than float64 holds; the largest is about 1.8e308")


def _nested(node: ast.expr, source: Source) -> Any:
    if isinstance(node, ast.List | ast.Tuple):
        return [_nested(entry, source) for entry in node.elts]
    if _is_number(node):
        value = _number(node, source)
        # -0 is written as an int but means the float's negative zero.
        return -0.0 if value == 0 and isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.Call) and _array_call(node) in ARRAYS:
        if not node.args:
            raise source.fault(node, "np.array takes a list of numbers, such as np.array([1.0, 2.0])")
        return _nested(node.args[0], source)
    raise source.fault(node, "a list holds numbers only, such as [1.0, 2.0]; to join values write concat(x, y)")


def _filled(node: ast.Call, source: Source) -> Array:
    name = _array_call(node)
    assert name is not None
    shape = read_setting(node.args[0], source, "a shape") if len(node.args) == 1 else None
    lengths: list[Any] = shape if isinstance(shape, list) else [shape]
    if not all(type(length) is int and length >= 0 for length in lengths) or len(lengths) > 32:
        raise source.fault(node, f"np.{name} takes one shape, such as np.{name}((2, 3))")
    count = math.prod(lengths)
    source.spend(node, count, f"np.{name}")
    return as_array(np.full(lengths, FILLED[name]))
