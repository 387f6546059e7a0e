"""Whatever shapes, values and attrs meet in a graph, the engine answers or says what is wrong."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Graph, Node, evaluate
from engine.budget import Budget
from engine.check import check
from engine.composite import collapse, expand, expandable
from engine.errors import EngineError
from engine.op import OPS

numbers = st.floats(-5, 5, width=16) | st.sampled_from(
    [0.0, -0.0, 1.0, 2.0, -1.0, 0.5, 1e308, -1e308, 5e-324, np.inf, -np.inf, np.nan]
)
shapes = st.lists(st.integers(0, 3), max_size=4) | st.sampled_from([[2, 2], [2, 3], [3, 2], [2], [1, 1, 3, 3]])
wholes = st.integers(-3, 4) | st.sampled_from([2**31, 10**18])
lengths = st.integers(-1, 6) | st.sampled_from([2**31, 10**18])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "Flag": st.booleans(),
    "Number": st.floats(-2, 2),
    "Share": st.floats(0, 0.99),
    "Bound": st.none() | st.floats(-2, 2),
    "Seed": st.integers(0, 2**40),
    "Count": st.integers(1, 4) | st.just(10**18),
    "Padding": st.integers(0, 3) | st.just(10**12),
    "Along": wholes,
    "Axis": st.none() | wholes | st.lists(wholes, max_size=4),
    "Dims": lengths | st.lists(lengths, max_size=5),
}


@st.composite
def single_ops(draw: st.DrawFn) -> Graph:
    """One op on anything."""
    op = OPS[draw(st.sampled_from(sorted(OPS)))]
    count = draw(st.integers(1, 3)) if op.variadic else len(op.slots)
    leaves = []
    for k in range(count):
        shape = draw(shapes)
        size = int(np.prod(shape))
        value = np.reshape(np.array(draw(st.lists(numbers, min_size=size, max_size=size)), dtype=np.float64), shape)
        leaves.append(Node(f"x{k}", "input", value=value))
    attrs = {key: draw(VALUES[kind]) for key, kind in op.types.items() if key in op.required or draw(st.booleans())}
    ids = [draw(st.sampled_from(leaves)).id if draw(st.booleans()) else leaf.id for leaf in leaves]
    return Graph((*leaves, Node("out", op.name, tuple(ids), attrs)), "out")


def answer(make: Any) -> Any:
    try:
        return make()
    except EngineError as error:
        message = error.message
    assert message
    return None


def small() -> Budget:
    return Budget(elements=100_000, seconds=5)


def holds(graph: Graph) -> bool:
    result = answer(lambda: evaluate(graph, budget=small()))
    if result is None:
        return False
    for node in graph:
        assert result.gradients[node.id].shape == result.values[node.id].shape
    for edge in result.edges:
        assert edge.gradient.shape == edge.value.shape
        assert edge.local is None or edge.local.shape == result.values[edge.edge.target].shape
    assert isinstance(result.warnings, tuple)
    return True


@settings(max_examples=300, deadline=None)
@given(single_ops())
def test_anything_is_answered_or_refused(graph: Graph) -> None:
    if not holds(graph):
        return
    answer(lambda: check(graph, budget=small()))
    op = graph["out"].op
    if expandable(op):
        opened = answer(lambda: expand(graph, "out"))
        if opened is not None:
            holds(opened)
            answer(lambda: collapse(opened, f"out:{op}"))
