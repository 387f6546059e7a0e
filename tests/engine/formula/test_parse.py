"""Formula text in, graph out."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from engine import evaluate
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


def test_inputs_override_a_literal() -> None:
    assert result("x = 1.0\nz = x * 3", x=5) == 15.0


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


def test_long_sums_are_no_depth() -> None:
    graph = parse("y = " + " + ".join(["x"] * 500)).graph
    assert evaluate(graph).gradients["x"] == 500.0


def test_every_node_knows_where_it_was_written() -> None:
    places = parse("x = 2\ny = 3 * (x + 1)").places
    assert places == {"x": (1, 5), "const_3": (2, 5), "const_1": (2, 14), "add": (2, 10), "y": (2, 5)}
