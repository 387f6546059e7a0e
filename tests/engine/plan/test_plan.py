"""Two executors, one graph: a plan gives what an evaluation gives, on every op, the gallery and random graphs."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from engine import Graph, evaluate
from engine.errors import GraphError
from engine.gallery import GALLERY
from engine.lit import Lit
from engine.plan import Plan, Table
from engine.plan.kernel import KERNELS, Rules
from engine.plan.passes import PASSES
from tests.engine.graphs import graphs
from tests.engine.plan.networks import agree, leaf, net, node
from tests.engine.samples import SAMPLES, Sample


def executors_agree(graph: Graph) -> None:
    for passes in ((), PASSES):
        agree(Plan(graph, dtype=np.float64, passes=passes), graph, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_every_op(sample: Sample) -> None:
    executors_agree(sample.graph())


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.kind not in ("kink", "scalar")], ids=str)
def test_every_op_in_single_precision(sample: Sample) -> None:
    agree(Plan(sample.graph()), sample.graph(), rtol=2e-4, atol=2e-5)


@pytest.mark.parametrize("entry", GALLERY, ids=lambda entry: entry.slug)
def test_every_gallery_graph(entry: Any) -> None:
    executors_agree(entry.graph())


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_random_graphs(graph: Graph) -> None:
    executors_agree(graph)


def test_every_kernel_stands_in_for_an_op_that_has_samples() -> None:
    assert KERNELS.keys() <= {sample.op for sample in SAMPLES}
    assert all(issubclass(kernel, object) and kernel is not Rules for kernel in KERNELS.values())


def test_table_feeds_an_input_of_any_op(pixels: np.ndarray) -> None:
    rows = [2, 9]
    graph = Graph((leaf("x", pixels[rows] / 255), leaf("w", np.ones(20)), node("out", "mul", "x", "w")), "out")
    plan = Plan(graph, ("w",), np.float64, {"x": Table(pixels, 1 / 255)})
    plan.rows[:] = rows
    agree(plan, graph, rtol=1e-12)


def test_columns_sorted_by_how_often_they_are_lit(pixels: np.ndarray) -> None:
    lit = Lit.sort(pixels)
    np.testing.assert_array_equal(lit.rows[:, :-1], pixels[:, lit.order])
    assert (lit.rows[:, -1] == 255).all()
    assert (np.diff((lit.rows[:, :-1] > 0).sum(axis=0)) >= 0).all()
    for row, start in zip(lit.rows, lit.start, strict=True):
        assert not row[:start].any()
        assert row[start]


def test_flat_array_by_name_and_back(pixels: np.ndarray) -> None:
    labels = np.arange(30) % 4
    graph = net(pixels, [0, 1], labels)
    plan = Plan(graph, ("W1", "b1", "W2", "b2"), tables={"x": Table(pixels, 1 / 255), "t": Table(labels)})
    named = plan.named(plan.parameters)
    for name in plan.wrt:
        np.testing.assert_allclose(named[name], graph[name].value, rtol=1e-6)
        np.testing.assert_array_equal(named[name], plan.get(name))
    flat = np.zeros_like(plan.parameters)
    plan.load(flat, named)
    np.testing.assert_array_equal(flat, plan.parameters)


def test_seed_scales_every_gradient(pixels: np.ndarray) -> None:
    graph = net(pixels, [0, 1, 2], np.arange(30) % 4)
    plan = Plan(graph, ("W1", "b2"), np.float64)
    plan.seed = 0.5
    plan.run()
    np.testing.assert_allclose(plan.get("W1", gradient=True), 0.5 * evaluate(graph).gradients["W1"], rtol=1e-12)


def test_plan_reads_as_a_list_of_steps() -> None:
    graph = Graph((leaf("x", 2), leaf("y", 3), node("p", "mul", "x", "y"), node("z", "exp", "p")), "z")
    assert str(Plan(graph, ("x",))).splitlines() == ["p = mul(x, y)", "z = exp(p)", "∂p ← exp(∂z)", "∂x ← mul(∂p)"]


def test_nothing_is_differentiated_that_nobody_asked_for() -> None:
    graph = Graph((leaf("x", [1.0, 2]), leaf("w", [3.0, 4]), node("p", "mul", "x", "w"), node("s", "sum", "p")), "s")
    plan = Plan(graph, ("w",))
    assert plan.gradient.keys() == {"w", "p", "s"}
    assert Plan(graph, ()).backward_steps == []


@pytest.mark.parametrize("name", ["p", "nothing"])
def test_wrt_must_be_an_input(name: str) -> None:
    graph = Graph((leaf("x", 1), node("p", "neg", "x")), "p")
    with pytest.raises(GraphError, match=name):
        Plan(graph, (name,))
