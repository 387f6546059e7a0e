"""The formula language: a subset of Python, read with `ast` and never executed; source text ⇄ Graph."""

from engine.formula.reader import Parsed as Parsed
from engine.formula.reader import parse as parse
from engine.formula.writer import format as format  # noqa: A004 - the counterpart of parse
