"""Every op of the catalogue: described, gradients against central differences, nothing changed on the way."""

from typing import Any

import numpy as np
import pytest

from engine import evaluate
from engine.attr import TYPES
from engine.check import check
from engine.op import OPS
from tests.engine.samples import SAMPLES, Sample, needed

SMOOTH = [sample for sample in SAMPLES if sample.kind != "kink"]
KINKED = [sample for sample in SAMPLES if sample.kind == "kink"]


@pytest.mark.parametrize("op", OPS.values(), ids=lambda op: op.name)
def test_op_has_every_sample_that_it_needs(op: Any) -> None:
    assert needed(op) <= {sample.kind for sample in SAMPLES if sample.op == op.name}


@pytest.mark.parametrize("op", OPS.values(), ids=lambda op: op.name)
def test_op_tells_what_it_is(op: Any) -> None:
    assert op.summary.endswith(".")
    assert op.symbol
    assert op.source
    assert op.rule.forward
    assert all(op.rule.local)
    assert "Rule:    ∂" in (op.forward.__doc__ or "")
    assert set(op.types.values()) <= TYPES.keys()


@pytest.mark.parametrize("sample", SMOOTH, ids=str)
def test_backprop_agrees_with_central_differences(sample: Sample) -> None:
    graph = sample.graph()
    seed = np.random.default_rng(1).normal(size=evaluate(graph).output.shape)
    result = check(graph, seed=seed, epsilon=1e-5)
    assert not result.kinks
    for entry in result.inputs.values():
        assert entry.backprop.shape == entry.numerical.shape
        assert entry.mean_abs_diff < 1e-7
        assert entry.max_rel_error < 1e-5


@pytest.mark.parametrize("sample", KINKED, ids=str)
def test_kinks_are_told_and_left_out(sample: Sample) -> None:
    result = check(sample.graph(), epsilon=1e-4)
    assert result.kinks
    assert {kink.node for kink in result.kinks} == {"out"}
    assert all(entry.max_rel_error < 1e-5 for entry in result.inputs.values())


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_rules_change_nothing_and_repeat_exactly(sample: Sample) -> None:
    graph = sample.graph()
    before = {node.id: node.value.copy() for node in graph.inputs if node.value is not None}
    first, second = evaluate(graph), evaluate(graph)
    for node_id, value in before.items():
        np.testing.assert_array_equal(graph[node_id].value, value)
        np.testing.assert_array_equal(first.gradients[node_id], second.gradients[node_id])
    np.testing.assert_array_equal(first.output, second.output)
    assert all(value.dtype == np.float64 for value in (*first.values.values(), *first.gradients.values()))
