"""Formula text in, graph out."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from engine import evaluate
from engine.errors import EngineError, FormulaError, GraphError, LimitError
from engine.formula import parse
from engine.formula.source import DEEP


def ops(source: str) -> dict[str, str]:
    return {node.id: node.op for node in parse(source).graph}


def result(source: str, **inputs: object) -> object:
    return evaluate(parse(source, inputs).graph).output.tolist()


def test_names_bound_to_literals_are_inputs_and_numbers_inside_expressions_constants() -> None:
    assert ops("apple = 100\nprice = apple * 2 * 1.1") == {
        "apple": "input",
        "const_2": "constant",
        "mul": "mul",
        "const_1.1": "constant",
        "price": "mul",
    }


def test_free_names_are_inputs_worth_one_unless_told() -> None:
    assert result("z = (x + y) ** 2") == 4.0
    assert result("z = (x + y) ** 2", x=2, y=3) == 25.0


def test_one_expression_may_have_thousands_of_terms() -> None:
    # Python 3.12 alone has a depth of syntax trees that nobody can set.
    terms = 2500 if sys.version_info[:2] == (3, 12) else 5000
    assert result("x" + " + x * 2" * terms) == 2 * terms + 1
    assert result("y = (x" + " + x" * terms + ") * 2\ny - 1") == 2 * terms + 1
    assert sys.getrecursionlimit() < DEEP


def test_numbers_that_are_not_written_out_are_counted() -> None:
    assert parse("x = np.ones((2, 3))\ny = x + np.zeros(4)", max_elements=10).graph["x"].value is not None
    with pytest.raises(LimitError, match=r"np.zeros makes 5 elements, more than the 4 left of 10") as caught:
        parse("x = np.ones((2, 3))\ny = x + np.zeros(5)", max_elements=10)
    assert (caught.value.limit, caught.value.line, caught.value.column) == ("elements", 2, 9)
    with pytest.raises(LimitError):
        parse("x = np.ones((1000000, 1000000, 1000000, 1000000))")


def test_inputs_override_a_literal() -> None:
    assert result("x = 1.0\nz = x * 3", x=5) == 15.0


def test_an_input_that_the_source_does_not_have_is_refused() -> None:
    with pytest.raises(GraphError, match="appel"):
        parse("z = apple * 2", {"appel": 3})


def test_rebinding_makes_a_new_node() -> None:
    parsed = parse("x = 3\nx += 1\nx *= x\nx -= 2")
    assert parsed.names == {"x": "x_4"}
    assert [node.id for node in parsed.graph if not node.leaf] == ["x_2", "x_3", "x_4"]
    assert parsed.graph["x_3"].inputs == ("x_2", "x_2")
    assert evaluate(parsed.graph).output == 14.0


def test_ids_keep_clear_of_names_that_come_later() -> None:
    parsed = parse("x = x + 1\nx_2 = x * 2\nadd = x_2 + (x + 3) * 2")
    assert parsed.names == {"x": "x_3", "x_2": "x_2", "add": "add"}
    assert len({node.id for node in parsed.graph}) == len(parsed.graph)


@pytest.mark.parametrize(
    ("source", "output", "value"),
    [
        ("x = 2\ny = x * 3\nz = x + 1", "z", 3.0),
        ("x = 2\ny = x * 3\nx", "x", 2.0),
        ("x = 2\nx * 3", "mul", 6.0),
        ("x, y = 2.0, 5.0\nz = x - y", "z", -3.0),
        ("x, y = 1, 2\nx, y = y, x\nx / y", "div", 2.0),
        ("a = b = 4\nc = a * b", "c", 16.0),
        ("x: float = 2\ny = x", "x", 2.0),
        ("x = -1.0", "x", -1.0),
        ("x = +2; y = +x", "x", 2.0),
        ("import numpy as np\nfrom math import *\nx = 3\nprint(x)\nprint(x + 1)", "x", 3.0),
        ('"""A text."""\nx = 1', "x", 1.0),
        ("x = -2\ny = -x ** 2", "y", -4.0),
        ("x = 2\ny = x * -1", "y", -2.0),
        ("x = 2\ny = x**-1", "y", 0.5),
        ("x = 1\n\n# 注释，（全角）\ny = x + 1  # りんご", "y", 2.0),
        ("苹果 = 100\n支付 = 苹果 * 2", "支付", 200.0),
        ("x = 7\ny = x.copy()", "x", 7.0),
        ("x = 4\nx.square()", "square", 16.0),
        ("z = np.multiply(np.add(2, 3), np.subtract(5, np.divide(8, 4)))", "z", 15.0),
        ("z = np.negative(np.square(3))", "z", -9.0),
        ("x = 2.0\ny = numpy.power(x, 3)", "y", 8.0),
    ],
)
def test_what_a_source_computes(source: str, output: str, value: float) -> None:
    graph = parse(source).graph
    assert graph.output == output
    assert evaluate(graph).output == value


@pytest.mark.parametrize("layout", ["    {}", "\t{}", "\n\n  # note\n    {}"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_pastes_may_be_indented_and_end_lines_their_own_way(layout: str, newline: str) -> None:
    indent = layout.rsplit("\n", 1)[-1].format("")
    source = layout.format("x = 3") + "\n" + indent + "y = x * 2\n"
    assert result(source.replace("\n", newline)) == 6.0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1, 2.5, -3]", [1.0, 2.5, -3.0]),
        ("[[1, 2], [3, 4]]", [[1.0, 2.0], [3.0, 4.0]]),
        ("np.array([[1.0, -0.5], [-2.0, 3.0]])", [[1.0, -0.5], [-2.0, 3.0]]),
        ("np.array((1, 2), dtype=np.float32)", [1.0, 2.0]),
        ("np.zeros((2, 3))", [[0.0] * 3] * 2),
        ("np.ones(2)", [1.0, 1.0]),
        ("[1e3, 1_000, 0x10]", [1000.0, 1000.0, 16.0]),
        ("np.inf", float("inf")),
        ("-np.inf", float("-inf")),
    ],
)
def test_literals(text: str, value: object) -> None:
    graph = parse(f"x = {text}").graph
    assert graph["x"].op == "input"
    assert evaluate(graph).output.tolist() == value
    inside = parse(f"y = x + {text}").graph
    assert [node.op for node in inside if node.leaf] == ["input", "constant"]


def test_negative_zero_and_nan_are_kept() -> None:
    assert np.signbit(parse("x = -0").graph["x"].value)
    assert np.isnan(parse("x = np.nan").graph["x"].value)


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


def test_long_sums_are_no_depth() -> None:
    graph = parse("y = " + " + ".join(["x"] * 500)).graph
    assert evaluate(graph).gradients["x"] == 500.0


def test_a_source_past_the_limit_names_it() -> None:
    with pytest.raises(LimitError, match="more than 10"):
        parse("y = x + x + x", max_length=10)


def test_every_node_knows_where_it_was_written() -> None:
    places = parse("x = 2\ny = 3 * (x + 1)").places
    assert places == {"x": (1, 5), "const_3": (2, 5), "const_1": (2, 14), "add": (2, 10), "y": (2, 5)}


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
