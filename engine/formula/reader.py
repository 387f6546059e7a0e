"""Formula text becomes a Graph: statement by statement, read and never executed."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.errors import FormulaError, GraphError
from engine.formula.builder import Builder, Place
from engine.formula.example import EXAMPLES, example
from engine.formula.expression import LANGUAGE, Expression
from engine.formula.listing import LAYERS, calls_module, forward_lines, is_print
from engine.formula.literal import MODULES, is_literal, read_literal
from engine.formula.source import MAX_ELEMENTS, MAX_LENGTH, Source
from engine.graph import Graph
from engine.op import OPS


@dataclass(frozen=True, slots=True)
class Parsed:
    """A graph with what its source called things: {variable: node id}, and {node id: (line, column)}."""

    graph: Graph
    names: Mapping[str, str]
    places: Mapping[str, Place]


def parse(
    source: str,
    inputs: Mapping[str, Any] | None = None,
    *,
    max_length: int = MAX_LENGTH,
    max_elements: int = MAX_ELEMENTS,
) -> Parsed:
    """Read formula text into a graph; its output is the last value bound, or the bare expression at the end.

    Shapes:  inputs: {input node id: value}, for free names (else 1.0) and in place of literals
    Errors:  FormulaError with line and column; LimitError past max_length characters or max_elements numbers made by
             np.zeros and the like; GraphError for a wrong input
    """
    text = Source.read(source, max_length, max_elements)
    builder = Builder(_variables(text))
    reader = _Reader(text, builder)
    for statement in forward_lines([s for s in text.statements if not reader.ignores(s)]):
        reader.statement(statement)
    output = reader.output()
    try:
        graph = Graph(tuple(builder.nodes), output)
    except GraphError as error:
        line, column = builder.places.get(error.node or output, (1, 1))
        raise FormulaError(error.message, node=error.node, slot=error.slot, line=line, column=column) from None
    return Parsed(graph.with_values(inputs or {}), builder.names, builder.places)


def _variables(source: Source) -> set[str]:
    pieces = [node for statement in source.statements for node in ast.walk(statement)]
    called = {id(node.func) for node in pieces if isinstance(node, ast.Call)}
    return {node.id for node in pieces if isinstance(node, ast.Name) and id(node) not in called}


class _Reader:
    def __init__(self, source: Source, builder: Builder) -> None:
        self._source = source
        self._builder = builder
        self._expression = Expression(source, builder)
        self._last: str | None = None
        self._bare: ast.Expr | None = None
        self._example: ast.ClassDef | None = None
        self._imported: set[str] = set()

    def ignores(self, statement: ast.stmt) -> bool:
        """Whether a line says nothing about the graph: imports, prints, texts, definitions of what is known."""
        if isinstance(statement, ast.ClassDef):
            if statement.name not in EXAMPLES:
                raise self._source.fault(
                    statement, f"{statement.name} is no layer of the chapter; there are {', '.join(LAYERS)}"
                )
            self._example = statement
            return True
        if isinstance(statement, ast.FunctionDef):
            if statement.name not in OPS:
                raise self._source.fault(
                    statement, "functions of your own are not in the formula language; write their lines out"
                )
            return True
        if isinstance(statement, ast.Import):
            self._imported |= {alias.asname or alias.name.partition(".")[0] for alias in statement.names}
        text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        return (
            isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass)
            or is_print(statement)
            or calls_module(statement, self._imported.difference(MODULES))
            or (text and isinstance(statement.value.value, str))  # type: ignore[attr-defined]
        )

    def output(self) -> str:
        """The output's id; where classes stand alone, that of the last one at work on numbers of its own."""
        if self._last is None and self._example is not None:
            for statement in example(self._example):
                self.statement(statement)
        if self._last is None:
            raise self._source.fault(ast.Module([], []), "there is nothing to compute: bind a name, such as z = x + y")
        return self._last

    def statement(self, statement: ast.stmt) -> None:
        if self._bare is not None:
            raise self._source.fault(self._bare, "only the last line may be a bare expression: bind this to a name")
        match statement:
            case ast.Assign():
                for target in statement.targets[:-1]:
                    self._target(target)
                self._assign(statement.targets, statement.value)
            case ast.AnnAssign(value=ast.expr() as value):
                self._assign([statement.target], value)
            case ast.AugAssign(target=ast.Name(id=name)):
                left = self._expression.read(ast.copy_location(ast.Name(name, ast.Load()), statement.target))
                right = self._expression.read(statement.value)
                self._bind(name, self._expression.operate(statement.op, left, right, statement, name))
            case ast.AugAssign():
                self._target(statement.target)
            case ast.Expr():
                self._bare = statement
                self._last = self._expression.read(statement.value)
            case ast.For() | ast.While():
                raise self._source.fault(statement, "loops are not in the formula language; write the lines out")
            case _:
                raise self._source.fault(
                    statement, f"this line is not in the formula language; bind names, such as z = x + y; {LANGUAGE}"
                )

    def _assign(self, targets: list[ast.expr], value: ast.expr) -> None:
        first = targets[0]
        if isinstance(first, ast.Tuple | ast.List):
            if isinstance(value, ast.Call):
                self._expression.read(value)
            entries = value.elts if isinstance(value, ast.Tuple | ast.List) else []
            if len(targets) > 1 or len(entries) != len(first.elts):
                raise self._source.fault(
                    first, f"{len(first.elts)} names need {len(first.elts)} values, as x, y = 1, 2"
                )
            names = [self._target(target) for target in first.elts]
            made = [self._value(entry, name) for entry, name in zip(entries, names, strict=True)]
            for name, node_id in zip(names, made, strict=True):
                self._bind(name, node_id)
            return
        name = self._target(first)
        layer = self._expression.layer(value)
        if layer is not None:
            for target in targets:
                self._builder.hold(self._target(target), layer)
            return
        node_id = self._value(value, name)
        for target in targets:
            self._bind(self._target(target), node_id)

    def _value(self, value: ast.expr, name: str) -> str:
        if is_literal(value):
            array = read_literal(value, self._source)
            return self._builder.add("input", value=array, name=name, place=self._source.place(value))
        return self._expression.read(value, name)

    def _target(self, target: ast.expr) -> str:
        if not isinstance(target, ast.Name):
            raise self._source.fault(target, "a value is bound to a plain name, such as x = 1.0")
        return target.id

    def _bind(self, name: str, node_id: str) -> None:
        self._builder.bind(name, node_id)
        self._last = node_id
