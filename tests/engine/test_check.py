"""The gradient check, itself checked: right rules pass, a rule that is off by half a thousandth does not."""

from typing import Any

import numpy as np
import pytest

import engine
from engine import evaluate
from engine.budget import Budget
from engine.check import Kink, check
from engine.difference import Differences
from engine.errors import GraphError, LimitError
from engine.op import OPS, Rule, register
from engine.ops.arithmetic import square


def test_right_gradients_pass() -> None:
    result = check(engine.parse("apple = 100\nnum = 2\ntax = 1.1\nprice = apple * num * tax"))
    assert result.inputs.keys() == {"apple", "num", "tax"}
    assert result.inputs["apple"].backprop == 2.2
    assert result.inputs["apple"].numerical == pytest.approx(2.2, rel=1e-9)
    assert result.forward_passes == 6
    assert result.seconds.keys() == {"backprop", "numerical"}
    assert result.kinks == ()


@pytest.mark.parametrize(("factor", "passes"), [(2.0, True), (2.001, False)])
def test_planted_wrong_rule_fails(factor: float, passes: bool) -> None:
    def planted(x: Any) -> Any:
        """Square with a derivative to choose."""
        return square(x)

    try:
        register(planted, lambda out, x: (factor * x,), symbol="?", rule=Rule("y", ("2x",)), elementwise=True)
        entry = check(engine.parse("x = [3, -4]\ny = sum(planted(x))")).inputs["x"]
    finally:
        OPS.pop("planted")
    assert (entry.max_rel_error < 1e-6) is passes
    assert passes or entry.max_rel_error == pytest.approx(0.0005, rel=0.01)


def test_gradient_of_a_missed_branch_fails() -> None:
    def forgetful(x: Any, y: Any) -> Any:
        """A product that forgets its second operand on the way back."""
        return x * y

    try:
        register(forgetful, lambda g, out, x, y: (g * y, None), symbol="?", rule=Rule("y", ("g y", "0")))
        result = check(engine.parse("x = 3\ny = forgetful(x, x)"))
    finally:
        OPS.pop("forgetful")
    assert result.inputs["x"].max_rel_error == pytest.approx(0.5, rel=1e-6)


def test_elements_on_a_kink_are_told_and_left_out() -> None:
    result = check(engine.parse("x = [[1, 0], [-1, 0.00001]]\ny = relu(x).sum()"))
    assert result.kinks == (Kink("relu", "x", (0, 1)), Kink("relu", "x", (1, 1)))
    assert result.inputs["x"].max_rel_error < 1e-9
    assert result.inputs["x"].mean_abs_diff < 1e-9


def test_all_elements_on_a_kink_leave_nothing_to_compare() -> None:
    entry = check(engine.parse("x = 0\ny = abs(x)")).inputs["x"]
    assert (entry.mean_abs_diff, entry.max_rel_error) == (0, 0)


def test_kinks_that_do_not_lead_to_the_output_do_not_matter() -> None:
    graph = engine.parse("x = 0\nz = relu(x)\ny = x * 2")
    assert check(graph).kinks == ()


def test_gradient_that_is_truly_zero_is_not_told_apart_by_rounding() -> None:
    result = check(engine.parse("x = 12345.678\ny = 3\nz = (x + y) - x"))
    assert result.inputs["x"].backprop == 0
    assert result.inputs["x"].max_rel_error < 1e-5


def test_input_that_leads_nowhere_agrees_on_zero() -> None:
    entry = check(engine.Graph(engine.parse("x = 2\nz = exp(x)\ny = 3 * 2\n").nodes, "y")).inputs["x"]
    assert (entry.backprop, entry.numerical) == (0, 0)


def test_labels_agree_on_zero_even_at_the_last_class() -> None:
    result = check(engine.parse("x = [[1, 2], [3, 1]]\nt = [1, 1.49999]\nloss = softmax_with_loss(x, t)"))
    assert result.kinks == (Kink("loss", "t", (1,)),)
    np.testing.assert_array_equal(result.inputs["t"].numerical, [0, np.nan])
    assert result.inputs["t"].max_rel_error == 0


def test_seed_and_inputs_are_those_of_evaluate() -> None:
    result = check(engine.parse("x = [1, 2]\ny = x * x"), {"x": [3, 4]}, seed=[1, 10])
    np.testing.assert_array_equal(result.inputs["x"].backprop, [6, 80])
    np.testing.assert_allclose(result.inputs["x"].numerical, [6, 80], rtol=1e-9)


def test_smaller_epsilon_is_closer_until_rounding_takes_over() -> None:
    graph = engine.parse("x = 1.5\ny = exp(x) * sin(x)")
    wide, right, narrow = (check(graph, epsilon=e).inputs["x"].mean_abs_diff for e in (1e-1, 1e-4, 1e-12))
    assert right < wide
    assert right < narrow


@pytest.mark.parametrize("epsilon", [0, -1, float("nan"), float("inf")])
def test_epsilon_must_be_positive(epsilon: float) -> None:
    with pytest.raises(GraphError, match="positive"):
        check(engine.parse("x = 1"), epsilon=epsilon)


def test_time_is_bounded() -> None:
    graph = engine.parse("y = sin(x).sum()").with_values({"x": np.ones((300, 300))})
    with pytest.raises(LimitError, match="longer than"):
        check(graph, budget=Budget(elements=10**9, seconds=0.05))


def test_naive_way_finds_the_same() -> None:
    graph = engine.parse("h = tanh(x @ W + b)\nloss = softmax_with_loss(h, t)").with_values(
        {"x": [[1.0, -2.0], [0.5, 0.1]], "W": [[0.3, 0.2], [-0.5, 1.0]], "b": [0.1, -0.2], "t": [0, 1]}
    )
    result = evaluate(graph)
    differences = Differences(graph, result.values, np.ones(()))
    for node in graph.inputs:
        np.testing.assert_array_equal(differences.naive(node.id), differences.by_element(node.id)[0])


def test_every_node_is_checked_where_asked() -> None:
    """The values between inputs and output are nudged too; those off the way carry zero both ways."""
    graph = engine.parse("x = 3\ny = 1\nt = x + y\nz = t**2\nunused = exp(x)\nz")
    checked = check(graph, every_node=True)
    assert check(graph).nodes == {}
    assert set(checked.nodes) == {node.id for node in graph if node.op != "input"}
    assert checked.nodes["t"].numerical == pytest.approx(8.0)
    assert checked.nodes["z"].numerical == pytest.approx(1.0)
    assert checked.nodes["unused"].numerical == 0.0
    assert max(entry.max_rel_error for entry in checked.nodes.values()) < 1e-8
    assert checked.forward_passes == 4
