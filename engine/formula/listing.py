"""The chapter's layer listings: which classes are layers, and which lines belong to the backward pass."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

GRADIENTS = ("dW", "db", "dx", "dout")


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of a listing: its op, and the slots that it holds from its construction."""

    op: str
    held: Mapping[str, str] = field(default_factory=dict)


# Class name → its op and the slots that its constructor takes.
LAYERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "MulLayer": ("mul", ()),
    "AddLayer": ("add", ()),
    "Relu": ("relu", ()),
    "Sigmoid": ("sigmoid", ()),
    "Affine": ("affine", ("W", "b")),
    "SoftmaxWithLoss": ("softmax_with_loss", ()),
}


def forward_lines(statements: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements without those of the backward pass.

    A line is of the backward pass when it calls `.backward`, when it reads a layer's gradient or a name that such a
    line made, or when the first line to read what it binds is a call of `.backward` (`dprice = 1`).
    """
    gradients: set[str] = set()
    for statement, seeds in zip(statements, _seed_lines(statements), strict=True):
        bound = _bound(statement)
        if seeds or _calls(statement, "backward") or _reads(statement) & gradients or _reads_layer_gradient(statement):
            gradients |= bound
        else:
            gradients -= bound
            yield statement


def is_print(statement: ast.stmt) -> bool:
    """Whether the statement only prints."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and isinstance(statement.value.func, ast.Name)
        and statement.value.func.id == "print"
    )


def calls_module(statement: ast.stmt, modules: Collection[str]) -> bool:
    """Whether the statement only calls something of a module: sys.path.append(os.pardir), plt.show()."""
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    owner: ast.expr = statement.value.func
    while isinstance(owner, ast.Attribute):
        owner = owner.value
    return isinstance(owner, ast.Name) and owner.id in modules


def _seed_lines(statements: Sequence[ast.stmt]) -> list[bool]:
    backward_next: dict[str, bool] = {}
    seeds = []
    for statement in reversed(statements):
        bound = _bound(statement)
        seeds.append(not _calls(statement, "forward") and any(backward_next.get(name) for name in bound))
        for name in bound:
            backward_next.pop(name, None)
        for name in _reads(statement):
            backward_next[name] = _calls(statement, "backward")
    return seeds[::-1]


def _bound(statement: ast.stmt) -> set[str]:
    return {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _reads(statement: ast.stmt) -> set[str]:
    if is_print(statement):
        return set()
    names = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    if isinstance(statement, ast.AugAssign):
        names |= _bound(statement)
    return names


def _calls(statement: ast.stmt, method: str) -> bool:
    return any(
        isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr == method
        for n in ast.walk(statement)
    )


def _reads_layer_gradient(statement: ast.stmt) -> bool:
    return any(isinstance(n, ast.Attribute) and n.attr in GRADIENTS for n in ast.walk(statement))
