"""Inputs and attributes that do not fit an op are refused by name."""

from typing import Any

import pytest

from engine import Graph, Node, evaluate
from engine.errors import EngineError, OpError, ShapeError
from engine.op import OPS
from engine.value import as_array
from tests.engine.samples import run


@pytest.mark.parametrize(
    ("op", "inputs", "attrs", "words"),
    [
        ("add", ([1, 2], [1, 2, 3]), {}, r"\(2,\).*\(3,\)"),
        ("dot", ([[1, 2]], [[1, 2]]), {}, r"\(1, 2\).*\(1, 2\)"),
        ("matmul", ([[1, 2]], [[1, 2]]), {}, r"\(1, 2\).*\(1, 2\)"),
        ("matmul", (1, [1]), {}, "use mul"),
        ("matmul", ([[[1]]] * 2, [[[1]]] * 3), {}, r"\(2, 1, 1\).*\(3, 1, 1\)"),
        ("affine", ([[1, 2]], [[1], [2], [3]], [0]), {}, r"\(1, 2\).*\(3, 1\)"),
        ("affine", ([1], [1], [0]), {}, r"W is \(1,\)"),
        ("affine", (1, [[1]], [0]), {}, r"x is \(\)"),
        ("affine", ([1], [[1, 2]], [[0, 0], [0, 0]]), {}, r"b is \(2, 2\)"),
        ("affine", ([1], [[1, 2]], [0, 0, 0]), {}, r"\(3,\)"),
        ("sum", ([1, 2],), {"axis": 1}, "axis 1 does not exist"),
        ("mean", ([[1]],), {"axis": [0, -2]}, "twice"),
        ("mean", ([],), {}, "at least one element"),
        ("max", ([[]],), {"axis": 1}, "at least one element"),
        ("reshape", ([1, 2],), {"shape": [3]}, r"\(3,\) of x \(2,\)"),
        ("reshape", ([1, 2],), {"shape": [-1, -1]}, "at most one -1"),
        ("reshape", ([],), {"shape": [0, -1]}, r"\(0, -1\)"),
        ("transpose", ([[1]],), {"axes": [0]}, "needs 2 axes"),
        ("broadcast_to", ([1, 2],), {"shape": [3]}, r"\(3,\) of x \(2,\)"),
        ("broadcast_to", ([1, 2],), {"shape": [-1]}, "from 0"),
        ("concat", ([[1]], [[1, 2]], [1]), {}, r"\(1, 1\).*\(1, 2\)"),
        ("concat", (1, 2), {}, "axis 0 does not exist"),
        ("softmax", (1,), {}, r"\(\)"),
        ("softmax", ([[]],), {}, r"\(1, 0\)"),
        ("softmax_with_loss", ([[1, 2]], [2]), {}, "labels from 0 to 1"),
        ("softmax_with_loss", ([[1, 2]], [float("nan")]), {}, "labels from 0 to 1"),
        ("cross_entropy_error", ([[1, 2]], [-1]), {}, "labels from 0 to 1"),
        ("cross_entropy_error", ([[1, 2]], [1, 0]), {}, r"\(1, 2\) \(one-hot\) or \(1,\) \(labels\).*\(2,\)"),
        ("mean_squared_error", ([1, 2], [1]), {}, r"\(2,\).*\(1,\)"),
        ("sum_squared_error", ([], []), {}, "at least one"),
        ("batch_norm", ([[1, 2]], [1, 2, 3], 0), {}, r"gamma of shape \(2,\)"),
        ("batch_norm", (1, 1, 0), {}, "needs a batch"),
        ("conv", ([1], [1], [1]), {}, "images"),
        ("conv", ([[[[1]]]], [1], [1]), {}, "filters"),
        ("conv", ([[[[1]]]], [[[[1]], [[1]]]], [1]), {}, "channels"),
        ("conv", ([[[[1]]]], [[[[1]]]], [1, 2]), {}, "one bias a filter"),
        ("conv", ([[[[1]]]], [[[[1, 1]]]], [1]), {}, r"\(1, 2\).*\(1, 1\)"),
        ("pool", ([[[[1]]]],), {}, r"\(2, 2\).*\(1, 1\)"),
        ("pool", ([[[]]],), {}, "images"),
    ],
)
def test_misfits_name_shapes_node_and_slot(op: str, inputs: tuple[Any, ...], attrs: dict[str, Any], words: str) -> None:
    with pytest.raises(ShapeError, match=words) as error:
        run(op, *inputs, **attrs)
    assert error.value.node == "out"
    assert error.value.slot is not None


@pytest.mark.parametrize(
    ("op", "attrs"),
    [
        ("sum", {"axis": "a"}),
        ("sum", {"axis": 1.5}),
        ("sum", {"axis": True}),
        ("sum", {"keepdims": 1}),
        ("sum", {"dim": 1}),
        ("clip", {"low": "0"}),
        ("clip", {"low": float("nan")}),
        ("clip", {"high": [1]}),
        ("leaky_relu", {"slope": None}),
        ("dropout", {"ratio": 1}),
        ("dropout", {"ratio": -0.1}),
        ("dropout", {"seed": -1}),
        ("pool", {"stride": 0}),
        ("pool", {"size": 1.0}),
        ("reshape", {}),
        ("reshape", {"shape": None}),
        ("reshape", {"shape": [2, -2]}),
        ("broadcast_to", {"shape": [10**30]}),
        ("broadcast_to", {"shape": "3"}),
        ("transpose", {"axes": {"0": 1}}),
        ("concat", {"axis": None}),
        ("batch_norm", {"epsilon": float("inf")}),
    ],
)
def test_wrong_attrs_are_refused_when_the_graph_is_made(op: str, attrs: dict[str, Any]) -> None:
    leaf = Node("x", "input", value=as_array([[[[1.0]]]]))
    with pytest.raises(OpError) as error:
        Graph((leaf, Node("out", op, ("x",) * len(OPS[op].slots), attrs)), "out")
    assert error.value.node == "out"


@pytest.mark.parametrize("shape", [[2**40, 2**40], [10**12]])
def test_a_shape_beyond_memory_is_refused(shape: list[int]) -> None:
    leaf = Node("x", "input", value=as_array(1.0))
    wide = Node("wide", "broadcast_to", ("x",), {"shape": shape})
    with pytest.raises(EngineError):
        evaluate(Graph((leaf, wide, Node("out", "exp", ("wide",))), "out"))
