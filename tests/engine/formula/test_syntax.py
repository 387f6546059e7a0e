"""Where the grammar gives up, the error says what would be right."""

import pytest

import engine
from engine.errors import FormulaError


@pytest.mark.parametrize(
    ("source", "line", "column", "says"),
    [
        ("y = x *", 1, 8, "the line ends too soon: after * comes a number, a name or a bracket"),
        ("y = x **  # more", 1, 11, "the line ends too soon: after ** comes"),
        ("y =", 1, 4, "the line ends too soon: after = comes"),
        ("y = 3 if", 1, 9, "the line ends too soon: after if comes"),
        ("y = (x + 1", 1, 5, "( is never closed: put its other half where it ends"),
        ("y = x)", 1, 6, ") closes nothing: delete it"),
        ("y = (x]", 1, 7, "] closes nothing"),
        ("y = 2x", 1, 5, "a sign is missing before x: a product is written 2 * x"),
        ("x = 1\ny = x z", 2, 7, "a sign is missing before z"),
        ("y = x + * 2", 1, 9, "* cannot stand here: before it comes"),
        ("y = 3 × 2", 1, 7, "× is not in the formula language: write *"),
        ("y = x²", 1, 6, "² is not in the formula language: write **2"),
        ("y = 3 − 2", 1, 7, "− is not in the formula language: write -"),
        ("y = （x）", 1, 5, "（ is not in the formula language: write ("),
        ("y = 「x", 1, 5, "「 is not in the formula language: delete it"),
        ("y = 1\n  z = 2", 2, 2, "this line begins too far right"),
        ("y = 'a", 1, 5, "syntax error: unterminated string literal"),
    ],
)
def test_a_wrong_formula_says_what_would_be_right(source: str, line: int, column: int, says: str) -> None:
    with pytest.raises(FormulaError) as caught:
        engine.parse(source)
    assert says in str(caught.value)
    assert (caught.value.line, caught.value.column) == (line, column)
