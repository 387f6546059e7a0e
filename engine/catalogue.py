"""The catalogue as a page: `python -m engine.catalogue` writes docs/ops.md from the docstrings of the ops."""

from __future__ import annotations

import inspect
import re
import sys
from itertools import groupby
from pathlib import Path

import engine.ops  # noqa: F401 - registers the catalogue
from engine.attr import TYPES
from engine.composite import expandable
from engine.op import OPS, Op

FIELD = re.compile(r"(Shapes|Units|Rule|Errors|Source): | {9}")
HEAD = """# Ops
Every op of the formula language, one family a section: its slots, then its attrs with their defaults; *opens* means
that the node can be opened into primitive nodes. `g` is the upstream gradient. Written by `python -m engine.catalogue`
from the docstrings in `engine/ops`; a test holds it complete.
"""


def page() -> str:
    """The whole page, in Markdown."""
    families = groupby(OPS.values(), key=lambda op: op.forward.__module__)
    return HEAD + "".join(_family(module, list(ops)) for module, ops in families)


def _family(module: str, ops: list[Op]) -> str:
    text = " ".join((inspect.getdoc(sys.modules[module]) or "").split())
    return f"\n## {module.rpartition('.')[2].capitalize()}\n{text}\n{''.join(map(_entry, ops))}"


def _entry(op: Op) -> str:
    summary, *details = inspect.cleandoc(op.forward.__doc__ or "").splitlines()
    fields = [line for line in details if FIELD.match(line)]
    prose = [line for line in details if line and line not in fields]
    marks = [f"`{op.symbol}`"]
    marks += ["element by element"] if op.elementwise else []
    marks += ["*opens*"] if expandable(op.name) else []
    attrs = [f"- `{key}`: {TYPES[kind][0]}" for key, kind in op.types.items()]
    parts = [
        [f"### {op.name}({_parameters(op)})", " · ".join(marks)],
        [summary, *prose],
        attrs,
        ["```text", *fields, "```"],
    ]
    return "".join("\n" + "\n".join(part) + "\n" for part in parts if part)


def _parameters(op: Op) -> str:
    slots = [f"*{op.slots[0]}"] if op.variadic else list(op.slots)
    return ", ".join([*slots, *(key if key in op.required else f"{key}={value!r}" for key, value in op.attrs.items())])


if __name__ == "__main__":
    Path(__file__).parent.parent.joinpath("docs", "ops.md").write_text(page(), encoding="utf-8")
