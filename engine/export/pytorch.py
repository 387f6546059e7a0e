"""How PyTorch writes each op, with the catalogue's conventions where its own differ (ties, log of what is negative)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.attr import axes, dims
from engine.formula.literal import setting_text

Shape = tuple[int, ...]
Writer = Callable[[Sequence[str], Sequence[Shape], Mapping[str, Any]], str]

FIRST_MAX = '''
def first_max(x, dim, keepdim):
    """Maximum along dimensions; in a tie the first takes the gradient."""
    rest = [d for d in range(x.dim()) if d not in dim]
    rows = x.permute(*rest, *dim).flatten(len(rest))
    out = rows.gather(-1, rows.argmax(-1, keepdim=True)).squeeze(-1)
    return out.reshape([1 if d in dim else n for d, n in enumerate(x.shape)]) if keepdim else out
'''
BATCH_NORM = '''
def batch_norm(x, gamma, beta, epsilon):
    """Each feature to mean 0 and variance 1 over the batch, then scaled and shifted."""
    dim = (0, 2, 3) if x.dim() == 4 else (0,)
    each = (-1, 1, 1) if x.dim() == 4 else x.shape[1:]
    gamma, beta = (p.reshape(()) if p.numel() == 1 else p.reshape(each) for p in (gamma, beta))
    centred = x - x.mean(dim, keepdim=True)
    return gamma * centred / (centred.square().mean(dim, keepdim=True) + epsilon).sqrt() + beta
'''
DROPOUT = '''
def dropout(x, ratio, seed, training):
    """The same elements cut for the same seed, as NumPy draws them."""
    if not training:
        return x * (1.0 - ratio)
    kept = np.random.default_rng(seed).random(x.numel()).reshape(tuple(x.shape)) >= ratio
    return x * torch.from_numpy(np.asarray(kept))
'''
HELPERS = {"first_max": FIRST_MAX, "batch_norm": BATCH_NORM, "dropout": DROPOUT}

TEMPLATES = {
    "abs": "torch.abs({0})",
    "add": "{0} + {1}",
    "cos": "torch.cos({0})",
    "div": "{0} / {1}",
    "exp": "torch.exp({0})",
    "gelu": 'F.gelu({0}, approximate="tanh")',
    "log": "torch.log({0})",
    "matmul": "{0} @ {1}",
    "maximum": "torch.where({0} >= {1}, {0}, {1})",
    "mean_squared_error": "F.mse_loss({0}, {1})",
    "minimum": "torch.where({0} <= {1}, {0}, {1})",
    "mul": "{0} * {1}",
    "neg": "-{0}",
    "reciprocal": "1 / {0}",
    "relu": "torch.relu({0})",
    "sigmoid": "torch.sigmoid({0})",
    "sin": "torch.sin({0})",
    "softmax": "torch.softmax({0}, dim=-1)",
    "softplus": "torch.logaddexp({0}, torch.zeros_like({0}))",
    "sqrt": "torch.sqrt({0})",
    "square": "torch.square({0})",
    "sub": "{0} - {1}",
    "sum_squared_error": '0.5 * F.mse_loss({0}, {1}, reduction="sum")',
    "tanh": "torch.tanh({0})",
}
LABELS = {"one_hot": 0, "cross_entropy_error": 1, "softmax_with_loss": 1}
"""Ops that take class labels, and the slot where: no gradient flows to labels."""


def expression(op: str, given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
    """One op on written operands of known shapes."""
    if op in TEMPLATES:
        return TEMPLATES[op].format(*given)
    return WRITERS[op](given, shapes, attrs)


def _power(given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
    x, y = given
    if x.isidentifier():
        return f"{x} ** torch.where({x} > 0, {y}, {y}.detach())" if y.isidentifier() else f"{x} ** {y}"
    return f"{x} ** {y}" if float(x) > 0 else f"({x}) ** {y}.detach()"


def _clip(given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
    low, high = attrs.get("low"), attrs.get("high")
    return given[0] if low is None and high is None else f"torch.clamp({given[0]}, {low}, {high})"


def _leaky_relu(given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
    return f"F.leaky_relu({given[0]}, {attrs.get('slope', 0.01)})"


def _dot(given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
    x, y = given
    if () in shapes:
        return f"{x} * {y}"
    if max(map(len, shapes)) <= 2:
        return f"{x} @ {y}"
    return f"torch.tensordot({x}, {y}, dims=([-1], [{max(len(shapes[1]) - 2, 0)}]))"


def _affine(given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
    rows = f"{given[0]}.flatten(1)" if len(shapes[0]) > 2 else given[0]
    return f"{rows} @ {given[1]} + {given[2]}"


def _reduce(name: str) -> Writer:
    def write(given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
        over = axes(attrs.get("axis"), len(shapes[0]))
        keepdims = attrs.get("keepdims", False)
        if not over:
            return given[0]
        if name == "max":
            return f"first_max({given[0]}, {over}, {keepdims})"
        everything = len(over) == len(shapes[0]) and not keepdims
        return f"{given[0]}.{name}({'' if everything else f'dim={over}, keepdim={keepdims}'})"

    return write


def _transpose(given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
    size = len(shapes[0])
    order = attrs.get("axes")
    if order is None and size == 2:
        return f"{given[0]}.T"
    whole = tuple(reversed(range(size))) if order is None else tuple(a % size for a in dims(order))
    return f"{given[0]}.permute({whole})"


def _to_shape(name: str) -> Writer:
    return lambda given, shapes, attrs: f"torch.{name}({given[0]}, {dims(attrs['shape'])})"


def _flatten(given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
    return f"{given[0]}.flatten(1)" if len(shapes[0]) > 2 else f"{given[0]}.flatten()"


def _concat(given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
    return f"torch.cat(({', '.join(given)},), dim={attrs.get('axis', 0)})"


def _hot(t: str, shape: Shape, wanted: Shape) -> str:
    return t if shape == wanted else f"F.one_hot({t}.round().long(), {wanted[-1]}).double()"


def _one_hot(given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
    return _hot(given[0], shapes[0], shapes[1])


def _cross_entropy(log: str) -> Writer:
    def write(given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
        count = math.prod(shapes[0][:-1])
        return f"-({_hot(given[1], shapes[1], shapes[0])} * {log.format(given[0])}).sum() / {count}"

    return write


def _batch_norm(given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
    return f"batch_norm({', '.join(given)}, {attrs.get('epsilon', 1e-6)})"


def _dropout(given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
    settings = (attrs.get("ratio", 0.5), attrs.get("seed", 0), attrs.get("training", True))
    return f"dropout({given[0]}, {', '.join(map(setting_text, settings))})"


def _conv(given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
    return f"F.conv2d({', '.join(given)}, stride={attrs.get('stride', 1)}, padding={attrs.get('pad', 0)})"


def _pool(given: Sequence[str], shapes: Sequence[Shape], attrs: Mapping[str, Any]) -> str:
    return f"F.max_pool2d({given[0]}, {attrs.get('size', 2)}, {attrs.get('stride', 2)})"


WRITERS: dict[str, Writer] = {
    "affine": _affine,
    "batch_norm": _batch_norm,
    "broadcast_to": _to_shape("broadcast_to"),
    "clip": _clip,
    "concat": _concat,
    "conv": _conv,
    "cross_entropy_error": _cross_entropy("torch.log({0} + 1e-7)"),
    "dot": _dot,
    "dropout": _dropout,
    "flatten": _flatten,
    "leaky_relu": _leaky_relu,
    "max": _reduce("max"),
    "mean": _reduce("mean"),
    "one_hot": _one_hot,
    "pool": _pool,
    "pow": _power,
    "reshape": _to_shape("reshape"),
    "softmax_with_loss": _cross_entropy("F.log_softmax({0}, dim=-1)"),
    "sum": _reduce("sum"),
    "transpose": _transpose,
}
