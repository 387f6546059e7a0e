"""Numbers in sentences are written as the page writes them (static/js/format.js, tests/js/format.test.js)."""

import pytest

from engine.notation import number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.001, "0.001"),
        (0.1, "0.1"),
        (10.0, "10"),
        (1e5, "100000"),
        (1e6, "1000000"),
        (1e7, "1e7"),
        (1e-5, "0.00001"),
        (1e-6, "1e-6"),
        (1e-7, "1e-7"),
        (0.7 / 10, "0.07"),
        (1 / 3, "0.333333"),
        (-0.5, "-0.5"),
        (0.012345678, "0.0123457"),
        (1234567.0, "1234567"),
        (123456.789, "123456.79"),
        (12345678.0, "1.2346e7"),
        (1.23456789e-7, "1.2346e-7"),
    ],
)
def test_a_number_reads_as_on_the_page(value: float, text: str) -> None:
    assert number(value) == text
