"""How a call is written: attributes and slots, in order or by name."""

from __future__ import annotations

import pytest

from engine import evaluate
from engine.formula import parse


@pytest.mark.parametrize(
    ("call", "attrs"),
    [
        ("np.sum(x, axis=0, keepdims=True)", {"axis": 0, "keepdims": True}),
        ("sum(x, -1)", {"axis": -1}),
        ("x.sum((0, 1))", {"axis": [0, 1]}),
        ("x.reshape(3, 2)", {"shape": [3, 2]}),
        ("np.reshape(x, (3, -1))", {"shape": [3, -1]}),
        ("x.reshape((3, 2))", {"shape": [3, 2]}),
        ("reshape(x, shape=6)", {"shape": 6}),
        ("x.transpose(1, 0)", {"axes": [1, 0]}),
        ("x.T", {}),
        ("np.clip(x, -1, 1)", {"low": -1, "high": 1}),
        ("np.clip(x, a_min=-1, a_max=1)", {"low": -1, "high": 1}),
        ("np.clip(x, min=0)", {"low": 0}),
        ("x.clip(high=-0.5)", {"high": -0.5}),
        ("leaky_relu(x, 0.2)", {"slope": 0.2}),
        ("dropout(x, 0.5)", {"ratio": 0.5}),
        ("np.concatenate([x, x], axis=1)", {"axis": 1}),
        ("np.concatenate((x, x), 1)", {"axis": 1}),
        ("x.concat(x, [[1, 2, 3]], axis=0)", {"axis": 0}),
    ],
)
def test_attrs_fill_in_order_or_by_name(call: str, attrs: dict[str, object]) -> None:
    graph = parse(f"x = [[1, 2, 3], [4, 5, 6]]\ny = {call}").graph
    assert graph["y"].attrs == attrs
    evaluate(graph)


def test_slots_may_be_named() -> None:
    graph = parse("y = affine(x, b=[0.5], W=[[2]])").graph
    assert [graph[source].value.tolist() for source in graph["y"].inputs] == [1.0, [[2.0]], [0.5]]
