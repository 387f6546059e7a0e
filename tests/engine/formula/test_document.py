"""docs/formula.md tells the truth."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.formula import parse
from engine.formula.call import ALIASES
from engine.formula.listing import LAYERS
from engine.op import OPS

DOCUMENT = (Path(__file__).parents[3] / "docs" / "formula.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)


@pytest.mark.parametrize(
    ("example", "output", "count"),
    list(zip(EXAMPLES, ("price", "loss", "x_3", "w", "price"), (5, 3, 4, 10, 5), strict=True)),
)
def test_examples_are_read(example: str, output: str, count: int) -> None:
    graph = parse(example).graph
    assert graph.output == output
    assert len(graph) == count


def test_names_are_complete() -> None:
    assert all(layer in DOCUMENT for layer in LAYERS)
    listed = re.search(r"`np\.(add [a-z ]+)`", DOCUMENT)
    assert listed
    assert set(listed[1].split()) <= ALIASES.keys() | OPS.keys()
    assert {ALIASES.get(name, name) for name in listed[1].split()} == {*ALIASES.values(), "add"} - {"max"}
