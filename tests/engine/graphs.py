"""Random graphs: every family of ops, broadcasting, fan-out, hostile ids, any node as output."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from engine import Graph, Node
from engine.op import OPS
from engine.value import as_array

IDS = (
    *("x", "x_2", "y", "mul", "mul_2", "add", "sum", "sigmoid", "exp", "W1", "loss", "苹果", "りんご"),
    *("if", "None", "lambda", "np", "math", "print", "torch", "self", "ﬁ", "a b", "1", "2.5", "-", "_"),
    *(
        '"; import os; os.abort()',
        "'''",
        "\\",
        "#",
        "x\ny",
        "x\ry",
        "</script>",
        "<svg onload=a>",
        "&amp;",
        "\\input{x}",
    ),
    *("$x_1^2$", "100%", "{", "}", "x" * 300, "y.neg", "y:sigmoid", "\x01", "\ud800", "🍎"),
)
SMOOTH = ("neg", "sin", "cos", "tanh", "sigmoid", "softplus", "gelu", "relu", "leaky_relu", "abs", "square")
PAIRS = ("add", "sub", "mul", "maximum", "minimum")
SHAPES: tuple[tuple[int, ...], ...] = ((), (3,), (2, 3), (3, 1), (3, 2))
numbers = st.floats(-3, 3, allow_nan=False).map(lambda value: round(value, 3)) | st.sampled_from((0.0, -1.0, 2.0, 1e-9))


@st.composite
def graphs(draw: st.DrawFn, max_nodes: int = 12, ids: tuple[str, ...] = IDS) -> Graph:
    """A graph that evaluates; its shapes are known while it grows, so that each node fits."""
    names = list(draw(st.permutations(ids)))
    nodes: list[Node] = []
    values: dict[str, np.ndarray[Any, Any]] = {}

    def add(op: str, inputs: tuple[str, ...] = (), value: Any = None, **attrs: Any) -> str:
        node_id = names.pop()
        array = None if value is None else as_array(value)
        out = array if array is not None else OPS[op].forward(*(values[i] for i in inputs), **attrs)
        if np.abs(out).max(initial=0) > 1e6:  # too wild to compare to the last digits
            op, inputs, attrs, array, out = "input", (), {}, as_array(0.5), as_array(0.5)
        nodes.append(Node(node_id, op, inputs, attrs, array))
        values[node_id] = out
        return node_id

    def leaf(op: str) -> str:
        shape = draw(st.sampled_from(SHAPES))
        size = int(np.prod(shape, dtype=int))
        return add(op, value=np.reshape(draw(st.lists(numbers, min_size=size, max_size=size)), shape))

    def pick() -> str:
        return draw(st.sampled_from(sorted(values, key=str)))

    for _ in range(draw(st.integers(1, 4))):
        leaf("input")
    for _ in range(draw(st.integers(0, max_nodes))):
        x, y = pick(), pick()
        kind = draw(st.sampled_from(("smooth", "pair", "number", "matrix", "reduce", "shape", "attrs", "constant")))
        a, b = values[x], values[y]
        if kind == "smooth":
            add(draw(st.sampled_from(SMOOTH)), (x,))
        elif kind == "pair" and _broadcast(a, b):
            add(draw(st.sampled_from(PAIRS)), (x, y))
        elif kind == "number":
            number = add("constant", value=draw(st.sampled_from((2.0, 3.0, -1.0, 0.5, -2.5))))
            op = draw(st.sampled_from(("add", "mul", "sub", "pow", "div")))
            if op == "pow":
                add("pow", (add("sigmoid", (x,)), number))
            else:
                add(op, (x, number) if op == "div" or draw(st.booleans()) else (number, x))
        elif kind == "matrix" and a.ndim and b.ndim and a.shape[-1] == b.shape[-2 if b.ndim > 1 else 0]:
            add(draw(st.sampled_from(("matmul", "dot"))), (x, y))
        elif kind == "reduce" and a.ndim:
            axis = draw(st.sampled_from((None, 0, -1, [0])))
            add(draw(st.sampled_from(("sum", "mean", "max"))), (x,), axis=axis, keepdims=draw(st.booleans()))
        elif kind == "shape" and a.ndim:
            match draw(st.sampled_from(("transpose", "reshape", "concat", "softmax", "broadcast_to"))):
                case "reshape":
                    add("reshape", (x,), shape=[-1, 1])
                case "concat":
                    add("concat", (x, x), axis=0)
                case "broadcast_to":
                    add("broadcast_to", (x,), shape=[2, *a.shape])
                case op:
                    add(op, (x,))
        elif kind == "attrs":
            add("clip", (x,), low=-1, high=draw(st.sampled_from((None, 0.5))))
        else:
            leaf("constant")
        if len(names) < 4:
            break
    return Graph(tuple(nodes), pick())


def _broadcast(a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> bool:
    try:
        return len(np.broadcast_shapes(a.shape, b.shape)) < 4
    except ValueError:
        return False
