"""An Op is a forward rule and a backward rule: frozen, stateless, registered once under one name."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.attr import TYPES
from engine.errors import OpError

Array = NDArray[np.float64]
Forward = Callable[..., Any]
Backward = Callable[..., tuple[Any, ...]]
Kinks = Callable[..., NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Rule:
    """An op's rule in LaTeX: the forward formula, and for each slot what goes back along it.

    For an element-wise op `local` holds ∂out/∂slot; for any other op the whole gradient of the slot in terms of
    the upstream gradient `g`.
    """

    forward: str
    local: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Op:
    """A forward rule and a backward rule under one name.

    `forward(*inputs, **attrs) -> out`; `vjp(g, out, *inputs, **attrs) -> one gradient per input` (None: no gradient
    flows, counted as zeros). An element-wise op has `local(out, *inputs, **attrs) -> one local derivative per input`
    and its vjp is upstream × local. Gradients may keep the broadcast shape: un-broadcasting is done centrally.
    `kinks(*inputs, **attrs)` labels the smooth piece that each element stands on; where a nudge changes a label
    the derivative has a jump and the gradient check leaves the element out.
    """

    name: str
    symbol: str
    slots: tuple[str, ...]
    forward: Forward
    vjp: Backward
    rule: Rule
    local: Backward | None = None
    variadic: bool = False
    attrs: Mapping[str, Any] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    kinks: Kinks | None = None
    source: str = ""
    summary: str = ""

    @property
    def elementwise(self) -> bool:
        return self.local is not None

    def arity(self, count: int) -> bool:
        """Whether the op takes this many inputs."""
        return count >= 1 if self.variadic else count == len(self.slots)

    def check(self, attrs: Mapping[str, Any], *, node: str | None = None) -> None:
        """Let these attrs pass, or not.

        Errors:  OpError for an attr that the op does not have, a value of the wrong type, or a required one missing
        """
        for key, value in attrs.items():
            if key not in self.attrs:
                known = f"it takes {', '.join(self.attrs)}" if self.attrs else "it takes none"
                raise OpError(f"{self.name} has no attribute {key!r}; {known}", node=node)
            words, fits = TYPES[self.types[key]]
            if not fits(value):
                raise OpError(f"{self.name} takes {words} for {key}, not {value!r:.80}", node=node)
        for key in self.required:
            if key not in attrs:
                raise OpError(f"{self.name} needs the attribute {key}: {TYPES[self.types[key]][0]}", node=node)

    def slot(self, index: int) -> str:
        """Name of the slot at this index; a variadic op's slots are numbered."""
        return f"{self.slots[0]}{index}" if self.variadic else self.slots[index]


OPS: dict[str, Op] = {}


def register(
    forward: Forward,
    backward: Backward,
    *,
    symbol: str,
    rule: Rule,
    elementwise: bool = False,
    kinks: Kinks | None = None,
    name: str | None = None,
) -> Op:
    """Add an op to the catalogue; slots, attrs, summary and source are read off the forward function.

    Positional parameters of `forward` are slots, keyword-only ones are attrs with their defaults and their types (the
    names in `engine.attr.TYPES`). With `elementwise`
    the `backward` function gives local derivatives, else it is the vjp.

    Errors:  OpError when the name is taken or the rule does not name every slot.
    """
    op_name = name or forward.__name__.rstrip("_")
    parameters = inspect.signature(forward).parameters.values()
    variadic = any(p.kind is p.VAR_POSITIONAL for p in parameters)
    slots = tuple(p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.VAR_POSITIONAL))
    keywords = [p for p in parameters if p.kind is p.KEYWORD_ONLY]
    required = tuple(p.name for p in keywords if p.default is p.empty)
    if op_name in OPS:
        raise OpError(f"op {op_name} is registered twice")
    if len(rule.local) != len(slots):
        raise OpError(f"op {op_name} has slots {slots} but its rule gives {len(rule.local)} backward formulas")
    doc = inspect.getdoc(forward) or ""
    source = re.search(r"^Source:\s+(.+)$", doc, re.MULTILINE)
    op = Op(
        name=op_name,
        symbol=symbol,
        slots=slots,
        forward=forward,
        vjp=upstream_times_local(backward, 0 if keywords else len(slots)) if elementwise else backward,
        rule=rule,
        local=backward if elementwise else None,
        variadic=variadic,
        attrs={p.name: None if p.name in required else p.default for p in keywords},
        types={p.name: p.annotation for p in keywords},
        required=required,
        kinks=kinks,
        source=source.group(1) if source else "",
        summary=doc.split("\n", 1)[0],
    )
    OPS[op_name] = op
    return op


def upstream_times_local(local: Backward, slots: int) -> Backward:
    """The backward rule of an element-wise op from its local derivatives; one slot and two are spelt out, for speed."""

    def of_one(g: Array, out: Array, x: Array) -> tuple[Array]:
        return (g * local(out, x)[0],)

    def of_two(g: Array, out: Array, x: Array, y: Array) -> tuple[Array, Array]:
        dx, dy = local(out, x, y)
        return g * dx, g * dy

    def of_many(g: Array, out: Array, *inputs: Array, **attrs: Any) -> tuple[Array, ...]:
        return tuple([g * d for d in local(out, *inputs, **attrs)])

    spelt_out: dict[int, Backward] = {1: of_one, 2: of_two}
    return spelt_out.get(slots, of_many)


def find(name: str, *, node: str | None = None) -> Op:
    """The op of this name.

    Errors:  OpError names the op and the closest names that exist.
    """
    try:
        return OPS[name]
    except KeyError:
        from difflib import get_close_matches

        near = get_close_matches(name, OPS, n=3)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise OpError(f"there is no op named {name!r}{hint}", node=node) from None
