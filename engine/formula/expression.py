"""Expressions of the formula language become nodes."""

from __future__ import annotations

import ast

from engine.formula.builder import Builder
from engine.formula.call import bind_arguments, find_op
from engine.formula.listing import LAYERS, Layer
from engine.formula.literal import MODULES, is_literal, read_literal
from engine.formula.source import Source
from engine.op import OPS

OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "div",
    ast.Pow: "pow",
    ast.MatMult: "matmul",
}
MAX_DEPTH = 100
LANGUAGE = "write names, numbers, + - * / ** @, and ops such as exp(x)"


class Expression:
    """Reads expressions into a builder's nodes; no piece of the text is ever executed."""

    def __init__(self, source: Source, builder: Builder) -> None:
        self.source = source
        self.builder = builder
        self._depth = 0

    def read(self, node: ast.expr, name: str | None = None) -> str:
        """The id of the node that an expression ends in, named after the variable it is bound to.

        Errors:  FormulaError at the piece that is not in the language.
        """
        if self._depth >= MAX_DEPTH:
            raise self.source.fault(
                node, f"nested more than {MAX_DEPTH} deep: give a part of it a name on a line of its own"
            )
        self._depth += 1
        try:
            return self._read(node, name)
        finally:
            self._depth -= 1

    def operate(self, operator: ast.operator, left: str, right: str, at: ast.AST, name: str | None = None) -> str:
        """The node of one operator between two nodes."""
        op = OPERATORS.get(type(operator))
        if op is None:
            hint = "for a power write **" if isinstance(operator, ast.BitXor) else LANGUAGE
            raise self.source.fault(at, f"this operator is not in the formula language; {hint}")
        return self.builder.add(op, (left, right), name=name, place=self.source.place(at))

    def layer(self, node: ast.expr) -> Layer | None:
        """The layer that an expression stands for: a name bound to one, or its construction."""
        if isinstance(node, ast.Name):
            return self.builder.layers.get(node.id)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LAYERS:
            op, slots = LAYERS[node.func.id]
            given = dict(zip(slots, node.args, strict=False))
            given |= {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
            if tuple(sorted(given)) != tuple(sorted(slots)) or len(node.args) + len(node.keywords) != len(slots):
                raise self.source.fault(node, f"write {node.func.id}({', '.join(slots)})")
            return Layer(op, {slot: self.read(given[slot]) for slot in slots})
        return None

    def _read(self, node: ast.expr, name: str | None) -> str:
        if is_literal(node):
            return self.builder.constant(read_literal(node, self.source), self.source.place(node))
        match node:
            case ast.Name():
                if node.id in self.builder.layers:
                    raise self.source.fault(node, f"{node.id} is a layer; write {node.id}.forward(…) for its output")
                if node.id in LAYERS and node.id not in self.builder.names:
                    raise self.source.fault(node, f"{node.id} is a layer; make one with {node.id}(…)")
                return self.builder.read(node.id, self.source.place(node))
            case ast.BinOp():
                return self._chain(node, name)
            case ast.UnaryOp(op=ast.USub()):
                return self.builder.add("neg", (self.read(node.operand),), name=name, place=self.source.place(node))
            case ast.UnaryOp(op=ast.UAdd()):
                return self.read(node.operand, name)
            case ast.Attribute(attr="T"):
                return self.builder.add("transpose", (self.read(node.value),), name=name, place=self.source.place(node))
            case ast.Attribute():
                raise self.source.fault(node, f"there is no .{node.attr} in the formula language; .T transposes")
            case ast.Call():
                return self._call(node, name)
            case ast.Subscript():
                raise self.source.fault(node, "indexing with [ ] is not in the formula language; use whole arrays")
        raise self.source.fault(node, f"this is not in the formula language; {LANGUAGE}")

    def _chain(self, node: ast.BinOp, name: str | None) -> str:
        # a + b + c … nests to the left as deep as it is long, so the left side is a loop.
        links = [node]
        while isinstance(links[-1].left, ast.BinOp):
            links.append(links[-1].left)
        left = self.read(links[-1].left)
        for link in reversed(links):
            right = self.read(link.right)
            left = self.operate(link.op, left, right, link, name if link is node else None)
        return left

    def _call(self, node: ast.Call, name: str | None) -> str:
        function = node.func
        receiver: tuple[str, ...] = ()
        if isinstance(function, ast.Name):
            called = function.id
        elif isinstance(function, ast.Attribute):
            called = function.attr
            if called == "forward":
                return self._forward(node, function.value, name)
            if not self._is_module(function.value):
                if called == "copy" and not node.args:
                    return self.read(function.value, name)
                if called not in OPS:
                    find_op(called, function, self.source)
                receiver = (self.read(function.value),)
        else:
            raise self.source.fault(node, f"only ops are called; {LANGUAGE}")
        if called in LAYERS and not receiver:
            raise self.source.fault(node, f"bind the layer to a name, then write its .forward(…): m = {called}(…)")
        op = find_op(called, function, self.source)
        inputs, attrs = bind_arguments(op, node, receiver, self.read, self.source)
        return self.builder.add(op.name, inputs, attrs, name=name, place=self.source.place(node))

    def _forward(self, node: ast.Call, owner: ast.expr, name: str | None) -> str:
        layer = self.layer(owner)
        if layer is None:
            raise self.source.fault(owner, f"this is no layer; the chapter's layers are {', '.join(LAYERS)}")
        slots = OPS[layer.op].slots
        open_slots = [slot for slot in slots if slot not in layer.held]
        if len(node.args) != len(open_slots) or node.keywords:
            raise self.source.fault(node, f"this layer takes forward({', '.join(open_slots)})")
        given = dict(zip(open_slots, (self.read(argument) for argument in node.args), strict=True))
        inputs = tuple(given[slot] if slot in given else layer.held[slot] for slot in slots)
        return self.builder.add(layer.op, inputs, name=name, place=self.source.place(node))

    def _is_module(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id in MODULES and node.id not in self.builder.names
