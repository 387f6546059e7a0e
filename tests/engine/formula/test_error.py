"""Text that is no formula: where it is wrong, and what would be right."""

from __future__ import annotations

import pytest

from engine.errors import EngineError, FormulaError, GraphError, LimitError
from engine.formula import parse


def test_numbers_that_are_not_written_out_are_counted() -> None:
    assert parse("x = np.ones((2, 3))\ny = x + np.zeros(4)", max_elements=10).graph["x"].value is not None
    with pytest.raises(LimitError, match=r"np.zeros makes 5 elements, more than the 4 left of 10") as caught:
        parse("x = np.ones((2, 3))\ny = x + np.zeros(5)", max_elements=10)
    assert (caught.value.limit, caught.value.line, caught.value.column) == ("elements", 2, 9)
    with pytest.raises(LimitError):
        parse("x = np.ones((1000000, 1000000, 1000000, 1000000))")


def test_an_input_that_the_source_does_not_have_is_refused() -> None:
    with pytest.raises(GraphError, match="appel"):
        parse("z = apple * 2", {"appel": 3})


@pytest.mark.parametrize(
    ("source", "line", "column", "says"),
    [
        ("", 1, 1, "nothing to compute"),
        ("x = (1 + ", 1, 5, "( is never closed"),
        ("x = 1\ny = x +* 2", 2, 8, "* cannot stand here"),
        ("x = 1\ny = (x\n", 2, 5, "( is never closed"),
        ("x = 1\ny = sigmoyd(x)", 2, 5, "sigmoid"),
        ("  x = 1\n  y = sigmoyd(x)", 2, 7, "sigmoid"),
        ("x = 1\ny = 1 + x.rellu()", 2, 9, "relu"),
        ("苹果 = 1\ny = 苹果 + foo(苹果)", 2, 10, "no op named 'foo'"),
        ("x = [1, [2, 3]]", 1, 5, "rectangular"),
        ("x = [1, y]", 1, 9, "numbers only"),
        ("x = [1, True]", 1, 9, "numbers only"),
        ("y = True", 1, 5, "not in the formula language"),
        ("y = 3j", 1, 5, "not in the formula language"),
        ("y = 'text' + x", 1, 5, "not in the formula language"),
        ("y = 1e999", 1, 5, "1.8e308"),
        (f"y = {'9' * 4000}", 1, 5, "1.8e308"),
        (f"y = {'9' * 5000}", 1, 5, "digits"),
        ("y = [9**9**9]", 1, 6, "numbers only"),
        ("y = x[0]", 1, 5, "indexing"),
        ("x[0] = 1", 1, 1, "plain name"),
        ("self.x = 1", 1, 1, "plain name"),
        ("y = x ^ 2", 1, 5, "write **"),
        ("y = x // 2", 1, 5, "operator"),
        ("y = x % 2", 1, 5, "operator"),
        ("y = x < 2", 1, 5, "not in the formula language"),
        ("y = x if x else 2", 1, 5, "not in the formula language"),
        ("y = lambda x: x", 1, 5, "not in the formula language"),
        ("y = [x for x in z]", 1, 5, "not in the formula language"),
        ("y = (z := 2)", 1, 6, "not in the formula language"),
        ("y = x.shape", 1, 5, ".T transposes"),
        ("y = exp(*x)", 1, 9, "write the arguments out"),
        ("y = exp(**x)", 1, 11, "write the arguments out"),
        ("y = exp(x, 2)", 1, 12, "exp(x)"),
        ("y = add(x)", 1, 5, "add(x, y)"),
        ("y = exp(x, base=2)", 1, 12, "takes no 'base'"),
        ("y = exp(x)(x)", 1, 5, "only ops are called"),
        ("x + 1\ny = 2", 1, 1, "only the last line"),
        ("x, y = 1, 2, 3", 1, 1, "2 names need 2 values"),
        ("x, y = z", 1, 1, "2 names need 2 values"),
        ("x = 1\nfor i in x:\n    y = 1", 2, 1, "loops"),
        ("def f(x):\n    return x", 1, 1, "functions of your own"),
        ("class Foo:\n    pass", 1, 1, "MulLayer"),
        ("m = MulLayer()\ny = m + 1", 2, 5, "forward"),
        ("m = MulLayer()\ny = m.forward(x)", 2, 5, "forward(x, y)"),
        ("m = MulLayer\n", 1, 5, "MulLayer("),
        ("m = MulLayer(1)\n", 1, 5, "MulLayer()"),
        ("m = Affine(W)\n", 1, 5, "Affine(W, b)"),
        ("y = m.forward(x)", 1, 5, "no layer"),
        ("y = MulLayer()(a, b)", 1, 5, "only ops are called"),
        ("x = 1\0", 1, 6, "null byte"),
        ("x = '\ud800'", 1, 6, "half a character"),
        ("y = f（x）", 1, 6, "write ("),
        ("del x", 1, 1, "not in the formula language"),
        ("y = __import__('os').system('true')", 1, 5, "no op named 'system'"),
        ("x = np.zeros((10**9,))", 1, 15, "written out"),
        ("x = [1, 2]\ny = 1 + x.reshape()", 2, 9, "shape"),
        ("y = sum(x, axis=2.5)", 1, 5, "axis"),
        ("y = sum(x, 0, True, 3)", 1, 21, "sum(x, axis=None, keepdims=False)"),
        ("x = np.zeros()", 1, 5, "one shape"),
    ],
)
def test_errors_stand_where_they_are_and_say_what_would_be_right(
    source: str, line: int, column: int, says: str
) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(source)
    assert says in caught.value.message
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 10_000 + "x" + ")" * 10_000,
        "**".join(["x"] * 20_000),
        "-" * 50_000 + "x",
        "[" * 5_000 + "]" * 5_000,
        "+".join(["x"] * 100_000),
        "exp(" * 150 + "x" + ")" * 150,
        "x" + ".relu()" * 5_000,
        "x" + ".T" * 30_000,
        "z = 9**9**9**9",
        "x = " + "9" * 100_000,
    ],
    ids=lambda source: source[:12],
)
def test_hostile_depth_is_an_ordinary_error_or_an_ordinary_graph(source: str) -> None:
    try:
        outcome: object = parse(source)
    except EngineError as error:
        outcome = (error.line or 0) * (error.column or 0)
    assert outcome


def test_a_source_past_the_limit_names_it() -> None:
    with pytest.raises(LimitError, match="more than 10"):
        parse("y = x + x + x", max_length=10)
