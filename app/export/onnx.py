"""A trained network as an ONNX model: float32, any batch size, from pixels to scores and probabilities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from engine.errors import OpError
from engine.graph import Graph, Node

OPSET = 20
IR_VERSION = 9

# Ops that ONNX has under a name of its own, with the attributes that make them the same.
SAME: dict[str, tuple[str, dict[str, Any]]] = {
    "abs": ("Abs", {}),
    "add": ("Add", {}),
    "cos": ("Cos", {}),
    "div": ("Div", {}),
    "dot": ("MatMul", {}),
    "exp": ("Exp", {}),
    "flatten": ("Flatten", {"axis": 1}),
    "gelu": ("Gelu", {"approximate": "tanh"}),
    "log": ("Log", {}),
    "matmul": ("MatMul", {}),
    "maximum": ("Max", {}),
    "minimum": ("Min", {}),
    "mul": ("Mul", {}),
    "neg": ("Neg", {}),
    "pow": ("Pow", {}),
    "reciprocal": ("Reciprocal", {}),
    "relu": ("Relu", {}),
    "sigmoid": ("Sigmoid", {}),
    "sin": ("Sin", {}),
    "softmax": ("Softmax", {"axis": -1}),
    "softplus": ("Softplus", {}),
    "sqrt": ("Sqrt", {}),
    "sub": ("Sub", {}),
    "tanh": ("Tanh", {}),
}


def model(graph: Graph, answer: str, x_shape: tuple[int, ...]) -> bytes:
    """The part of a graph that leads from `x` to the node `answer`, as the bytes of an ONNX file.

    Shapes:  x (n, …) → scores (n, classes), probabilities (n, classes); n is free
    Errors:  OpError for an op that ONNX has no counterpart of
    """
    writer = _Writer()
    needed = _ancestors(graph, answer)
    for node in graph.nodes:
        if node.id in needed and node.id != "x":
            writer.write(node)
    writer.add("Identity", [answer], "scores")
    writer.add("Softmax", ["scores"], "probabilities", axis=-1)
    free: list[str | int | None] = ["n", *x_shape[1:]]
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", None]) for name in ("scores", "probabilities")
    ]
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, free)]
    body = helper.make_graph(writer.nodes, "network", inputs, outputs, writer.initializers)
    made = helper.make_model(
        body, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION, producer_name="Backprop Explorer"
    )
    onnx.checker.check_model(made, full_check=True)
    return bytes(made.SerializeToString())


class _Writer:
    """Nodes and constants in the making."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []

    def write(self, node: Node) -> None:
        if node.value is not None:
            self.constant(node.id, node.value.astype(np.float32))
        elif node.op in SAME:
            kind, attributes = SAME[node.op]
            self.add(kind, node.inputs, node.id, **attributes)
        elif node.op in _SPECIAL:
            _SPECIAL[node.op](self, node)
        else:
            raise OpError(f"the ONNX export does not know the op {node.op!r} of {node.id!r}", node=node.id)

    def add(self, kind: str, inputs: Any, output: str, **attributes: Any) -> None:
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name


def _affine(writer: _Writer, node: Node) -> None:
    x, W, b = node.inputs
    writer.add("Flatten", [x], f"{node.id}.rows", axis=1)
    writer.add("Gemm", [f"{node.id}.rows", W, b], node.id)


def _conv(writer: _Writer, node: Node) -> None:
    stride, pad = node.attrs.get("stride", 1), node.attrs.get("pad", 0)
    writer.add("Conv", node.inputs, node.id, strides=[stride] * 2, pads=[pad] * 4)


def _pool(writer: _Writer, node: Node) -> None:
    size, stride = node.attrs.get("size", 2), node.attrs.get("stride", 2)
    writer.add("MaxPool", node.inputs, node.id, kernel_shape=[size] * 2, strides=[stride] * 2)


def _leaky_relu(writer: _Writer, node: Node) -> None:
    writer.add("LeakyRelu", node.inputs, node.id, alpha=float(node.attrs.get("slope", 0.01)))


def _square(writer: _Writer, node: Node) -> None:
    writer.add("Mul", [node.inputs[0]] * 2, node.id)


def _dropout(writer: _Writer, node: Node) -> None:
    kept = writer.constant(f"{node.id}.kept", np.array(1 - node.attrs.get("ratio", 0.5), np.float32))
    writer.add("Mul", [*node.inputs, kept], node.id)


def _clip(writer: _Writer, node: Node) -> None:
    bounds = []
    for name in ("low", "high"):
        bound = node.attrs.get(name)
        value = np.asarray(bound, np.float32)
        bounds.append("" if bound is None else writer.constant(f"{node.id}.{name}", value))
    writer.add("Clip", [*node.inputs, *bounds], node.id)


def _transpose(writer: _Writer, node: Node) -> None:
    axes = node.attrs.get("axes")
    writer.add("Transpose", node.inputs, node.id, **({} if axes is None else {"perm": list(axes)}))


def _reshape(writer: _Writer, node: Node) -> None:
    shape = writer.constant(f"{node.id}.shape", np.asarray(node.attrs["shape"], np.int64))
    writer.add("Reshape", [*node.inputs, shape], node.id)


_SPECIAL: dict[str, Callable[[_Writer, Node], None]] = {
    "affine": _affine,
    "clip": _clip,
    "conv": _conv,
    "dropout": _dropout,
    "leaky_relu": _leaky_relu,
    "pool": _pool,
    "reshape": _reshape,
    "square": _square,
    "transpose": _transpose,
}


def _ancestors(graph: Graph, node_id: str) -> set[str]:
    found: set[str] = set()
    waiting = [node_id]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph[name].inputs
    return found
