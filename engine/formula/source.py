"""A Source is formula text read into Python's syntax tree; it knows where in the text each piece stands."""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass

from engine.errors import FormulaError, LimitError
from engine.formula.syntax import advice
from engine.tree import READING

MAX_LENGTH = 1_000_000
MAX_ELEMENTS = 10_000_000
"""Numbers that all np.zeros and np.ones of a source may make together."""
DEEP = 8_000
"""Recursion that reading may use: three levels of a syntax tree each, so a sum of some twenty thousand terms."""


@dataclass(slots=True)
class Allowance:
    """How many numbers a source may make that it does not write out, and how many are left."""

    elements: int
    left: int


@dataclass(frozen=True, slots=True)
class Source:
    """Formula text as lines, with the statements that Python's own grammar finds in it.

    Errors:  FormulaError at the place where the grammar gives up; LimitError past `max_length` characters.
    """

    lines: tuple[str, ...]
    statements: tuple[ast.stmt, ...]
    offset: int
    allowance: Allowance

    @classmethod
    def read(cls, text: str, max_length: int = MAX_LENGTH, max_elements: int = MAX_ELEMENTS) -> Source:
        if len(text) > max_length:
            raise LimitError(f"the source has {len(text):,} characters, more than {max_length:,}", limit="source")
        text = re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff")).replace("\f", " ")
        lines = tuple(text.split("\n"))
        _readable(lines)
        code = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
        # An indented paste becomes the body of a block, so that every column stays as it was pasted.
        offset = 1 if code[:1].isspace() else 0
        tree = _tree("if 1:\n" + text if offset else text, lines, offset)
        statements: list[ast.stmt] = []
        for index, statement in enumerate(tree.body):
            if offset and index == 0 and isinstance(statement, ast.If):
                statements.extend(statement.body)
            else:
                statements.append(statement)
        return cls(lines, tuple(statements), offset, Allowance(max_elements, max_elements))

    def place(self, node: ast.AST) -> tuple[int, int]:
        """Line and column of a piece of the tree, both from 1, the column in characters."""
        line = getattr(node, "lineno", 1 + self.offset) - self.offset
        before = self.lines[line - 1].encode()[: getattr(node, "col_offset", 0)]
        return line, len(before.decode(errors="replace")) + 1

    def spend(self, node: ast.AST, count: int, what: str) -> None:
        """Set aside so many numbers, made at this piece of the tree.

        Errors:  LimitError when they are more than are left
        """
        if count > self.allowance.left:
            line, column = self.place(node)
            most = f"more than the {self.allowance.left:,} left of {self.allowance.elements:,} for the whole source"
            raise LimitError(f"{what} makes {count:,} elements, {most}", limit="elements", line=line, column=column)
        self.allowance.left -= count

    def fault(self, node: ast.AST, message: str) -> FormulaError:
        """An error that stands at this piece of the tree."""
        line, column = self.place(node)
        return FormulaError(message, line=line, column=column)


def _tree(text: str, lines: tuple[str, ...], offset: int) -> ast.Module:
    try:
        return _deep_tree(text)
    except SyntaxError as error:
        line = min(max((error.lineno or 1) - offset, 1), len(lines))
        column = min(max(error.offset or 1, 1), len(lines[line - 1]) + 1)
        if long := re.search(r"\d[\d_]{4299,}", lines[line - 1]):
            raise FormulaError("a number has too many digits", line=line, column=long.start() + 1) from None
        raise FormulaError(advice(error.msg, lines[line - 1], column), line=line, column=column) from None
    except (RecursionError, MemoryError):
        longest = max(range(len(lines)), key=lambda index: len(lines[index]))
        raise FormulaError(
            "an expression is nested too deeply: give a part of it a name on a line of its own",
            line=longest + 1,
            column=1,
        ) from None


def _deep_tree(text: str) -> ast.Module:
    """The syntax tree, with more recursion where a long sum needs it: its tree is as deep as it has terms."""
    with READING:
        try:
            return ast.parse(text)
        except RecursionError:
            usual = sys.getrecursionlimit()
            sys.setrecursionlimit(max(DEEP, usual))
            try:
                return ast.parse(text)
            finally:
                sys.setrecursionlimit(usual)


def _readable(lines: tuple[str, ...]) -> None:
    for index, line in enumerate(lines):
        if found := re.search("[\0\ud800-\udfff]", line):
            raise FormulaError(
                "a character here is no text (a null byte or half a character): delete it",
                line=index + 1,
                column=found.start() + 1,
            )
