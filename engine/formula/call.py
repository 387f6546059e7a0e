"""A call in a formula: which op it means, and how its arguments fill slots and attrs."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any

from engine.formula.listing import LAYERS
from engine.formula.literal import read_setting
from engine.formula.source import Source
from engine.op import OPS, Op

# NumPy's names for ops of the catalogue.
ALIASES = {
    "absolute": "abs",
    "amax": "max",
    "concatenate": "concat",
    "divide": "div",
    "fabs": "abs",
    "multiply": "mul",
    "negative": "neg",
    "power": "pow",
    "subtract": "sub",
    "true_divide": "div",
}
# NumPy's names for attrs of the catalogue.
KEYWORDS = {"a_min": "low", "a_max": "high", "min": "low", "max": "high", "newshape": "shape"}
# What the chapter's scripts call that no graph holds, and where it is.
ELSEWHERE = {
    "load_mnist": "the training page has the data and runs the chapter's script",
    "TwoLayerNet": "paste its class alone to see the network, train it on the training page",
}
# Attrs that NumPy lets a method take as separate numbers: x.reshape(2, 3).
SPREAD = ("shape", "axes")

Reader = Callable[[ast.expr], str]


def find_op(name: str, node: ast.AST, source: Source) -> Op:
    """The op that a function or method of this name means.

    Errors:  FormulaError with the nearest names that exist.
    """
    op = OPS.get(ALIASES.get(name, name))
    if op is not None:
        return op
    if name in ELSEWHERE:
        raise source.fault(node, f"{name} is not in the formula language; {ELSEWHERE[name]}")
    near = get_close_matches(name, [*OPS, *ALIASES, *LAYERS], n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else f"; there are {', '.join(sorted(OPS))}"
    raise source.fault(node, f"there is no op named {name!r}{hint}")


def bind_arguments(
    op: Op, call: ast.Call, receiver: Sequence[str], read: Reader, source: Source
) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Node ids for the slots and values for the attrs of one call.

    Positional arguments fill the slots in order, then the attrs; keywords name either.
    `receiver` is the node that a method was called on, the first slot, or nothing.

    Errors:  FormulaError at the argument that does not fit.
    """
    for argument in call.args:
        if isinstance(argument, ast.Starred):
            raise source.fault(argument, "write the arguments out; * is not in the formula language")
    if op.variadic:
        inputs, rest = _listed(call.args, receiver, read)
    else:
        room = len(op.slots) - len(receiver)
        inputs, rest = [*receiver, *(read(argument) for argument in call.args[:room])], call.args[room:]
    attrs = _positional(op, rest, source)
    named: dict[str, str] = {}
    for keyword in call.keywords:
        if keyword.arg is None:
            raise source.fault(keyword.value, "write the arguments out; ** is not in the formula language")
        key = keyword.arg if keyword.arg in op.slots else KEYWORDS.get(keyword.arg, keyword.arg)
        if key in attrs or key in named or key in op.slots[: len(inputs)]:
            raise source.fault(keyword, f"{op.name} is given {key} twice")
        if key in op.attrs:
            attrs[key] = read_setting(keyword.value, source, key)
        elif key in op.slots and not op.variadic:
            named[key] = read(keyword.value)
        else:
            raise source.fault(keyword, f"{op.name} takes no {keyword.arg!r}; write {signature(op)}")
    if not op.variadic:
        inputs = [*inputs, *(named.pop(slot) for slot in op.slots[len(inputs) :] if slot in named)]
    if not op.arity(len(inputs)):
        raise source.fault(call, f"{op.name} is given {len(inputs)} of its inputs; write {signature(op)}")
    return tuple(inputs), attrs


def signature(op: Op) -> str:
    """How the op is written: affine(x, W, b), sum(x, axis=None, keepdims=False)."""
    slots = (f"{op.slots[0]}, …",) if op.variadic else op.slots
    attrs = (key if key in op.required else f"{key}={value!r}" for key, value in op.attrs.items())
    return f"{op.name}({', '.join([*slots, *attrs])})"


def _listed(
    arguments: Sequence[ast.expr], receiver: Sequence[str], read: Reader
) -> tuple[list[str], Sequence[ast.expr]]:
    if not receiver and arguments and isinstance(arguments[0], ast.List | ast.Tuple):
        return [read(entry) for entry in arguments[0].elts], arguments[1:]
    return [*receiver, *(read(argument) for argument in arguments)], ()


def _positional(op: Op, arguments: Sequence[ast.expr], source: Source) -> dict[str, Any]:
    keys = list(op.attrs)
    if keys and keys[0] in SPREAD and arguments and not isinstance(arguments[0], ast.List | ast.Tuple):
        return {keys[0]: [read_setting(argument, source, keys[0]) for argument in arguments]}
    if len(arguments) > len(keys):
        raise source.fault(arguments[len(keys)], f"{op.name} is given too many arguments; write {signature(op)}")
    return {key: read_setting(argument, source, key) for key, argument in zip(keys, arguments, strict=False)}
