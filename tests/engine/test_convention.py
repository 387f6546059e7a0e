"""Where mathematics leaves a choice: kinks, ties, poles, and the book's numbers."""

from typing import Any

import numpy as np
import pytest

from tests.engine.samples import run


@pytest.mark.parametrize(
    ("op", "x", "expected"),
    [
        ("relu", [-1, 0, 2], [0, 0, 1]),
        ("abs", [-1, 0, 2], [-1, 0, 1]),
        ("leaky_relu", [-1, 0, 2], [0.01, 0.01, 1]),
        ("max", [1, 3, 3], [0, 1, 0]),
        ("sigmoid", [-800, 0, 800], [0, 0.25, 0]),
        ("softplus", [-800, 0, 800], [0, 0.5, 1]),
        ("tanh", [-800, 0, 800], [0, 1, 0]),
        ("gelu", [-1e200, 0, 1e200], [0, 0.5, 1]),
    ],
)
def test_derivative_where_conventions_or_overflow_matter(op: str, x: list[float], expected: list[float]) -> None:
    out, (gradient,) = run(op, x)
    np.testing.assert_array_equal(gradient, expected)
    assert np.isfinite(out).all()


@pytest.mark.parametrize("op", ["maximum", "minimum"])
def test_first_operand_takes_the_gradient_of_a_tie(op: str) -> None:
    _, gradients = run(op, 2, 2)
    assert gradients == [1, 0]


def test_maximum_over_several_axes_takes_the_first_in_reading_order() -> None:
    _, (gradient,) = run("max", [[[1, 5], [5, 0]], [[5, 1], [2, 5]]], axis=[0, 2])
    np.testing.assert_array_equal(gradient, [[[0, 1], [1, 0]], [[0, 0], [0, 0]]])


def test_pooling_ties_take_the_first_in_reading_order() -> None:
    _, (gradient,) = run("pool", [[[[0, 4], [4, 4]]]])
    np.testing.assert_array_equal(gradient, [[[[0, 1], [0, 0]]]])


def test_pool_leaves_out_what_fills_no_window() -> None:
    out, _ = run("pool", np.arange(25.0).reshape(1, 1, 5, 5).tolist())
    np.testing.assert_array_equal(out, [[[[6, 8], [16, 18]]]])


@pytest.mark.parametrize(("base", "exponent", "expected"), [(-3.0, 2.0, -6.0), (0.0, 1.0, 1.0), (0.0, 0.0, 0.0)])
def test_powers_of_negative_numbers_keep_finite_gradients(base: float, exponent: float, expected: float) -> None:
    _, gradients = run("pow", base, exponent)
    assert gradients == [expected, 0]


@pytest.mark.parametrize(
    ("op", "inputs", "value", "gradient"),
    [("log", (0,), -np.inf, np.inf), ("sqrt", (0,), 0, np.inf), ("div", (1, 0), np.inf, np.inf)],
)
def test_poles_are_told_honestly(op: str, inputs: tuple[float, ...], value: float, gradient: float) -> None:
    out, gradients = run(op, *inputs)
    assert (out, gradients[0]) == (value, gradient)


def test_softmax_is_shifted() -> None:
    out, _ = run("softmax", [1000, 1000, -1000])
    np.testing.assert_array_equal(out, [0.5, 0.5, 0])


def test_softmax_with_loss_is_exact_for_extreme_scores() -> None:
    out, (gradient, _) = run("softmax_with_loss", [[0, -1000]], [1])
    assert out == 1000
    np.testing.assert_array_equal(gradient, [[1, -1]])


@pytest.mark.parametrize("t", [[2, 0], [[0, 0, 1], [1, 0, 0]]])
def test_gradient_of_softmax_with_loss_is_y_minus_t_over_n(t: Any) -> None:
    x = np.array([[0.3, 2.9, 4.0], [1.0, -1.0, 0.5]])
    y = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    _, (gradient, _) = run("softmax_with_loss", x.tolist(), t)
    np.testing.assert_allclose(gradient, (y - [[0, 0, 1], [1, 0, 0]]) / 2, rtol=1e-12)


def test_cross_entropy_error_is_the_books() -> None:
    y = [0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0]
    out, _ = run("cross_entropy_error", y, [0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    assert out == 0.510825457099338


def test_sum_squared_error_is_the_books() -> None:
    y = [0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0]
    out, _ = run("sum_squared_error", y, [0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    assert out == pytest.approx(0.0975, abs=1e-15)


def test_batch_norm_uses_the_books_epsilon() -> None:
    out, _ = run("batch_norm", [[0.0], [0.002]], [1.0], [0.0])
    np.testing.assert_allclose(out, [[-0.001 / np.sqrt(2e-6)], [0.001 / np.sqrt(2e-6)]], rtol=1e-12)


def test_dropout_is_the_books_and_follows_from_its_seed() -> None:
    ones = [1.0] * 1000
    first, (gradient,) = run("dropout", ones, ratio=0.2, seed=3)
    again, _ = run("dropout", ones, ratio=0.2, seed=3)
    other, _ = run("dropout", ones, ratio=0.2, seed=4)
    at_rest, _ = run("dropout", ones, ratio=0.2, training=False)
    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(first, gradient)
    assert (first != other).any()
    assert set(first) == {0, 1}
    assert first.mean() == pytest.approx(0.8, abs=0.05)
    np.testing.assert_array_equal(at_rest, [0.8] * 1000)


def test_convolution_is_a_sum_of_products_over_windows() -> None:
    out, _ = run(
        "conv", [[[[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1]]]], [[[[2, 0, 1], [0, 1, 2], [1, 0, 2]]]], [3]
    )
    np.testing.assert_array_equal(out, [[[[18, 19], [9, 18]]]])
