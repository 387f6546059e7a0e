"""How a sentence writes a number, so that a page that repeats it writes the same."""

from __future__ import annotations

import math

DIGITS = 6
SMALL, LARGE = 1e-5, 1e7
"""Beyond these a number is written with a power of ten."""


def number(value: float) -> str:
    """A finite number as static/js/format.js writes it: 0.001, 100000, 1000000, 1e7, 1e-7."""
    size = abs(value)
    if size == 0:
        return "0"
    if not SMALL <= size < LARGE:
        digits, power = f"{value:.{DIGITS - 2}e}".split("e")
        return f"{float(digits):g}e{int(power)}"
    places = max(2, DIGITS - 1 - math.floor(math.log10(size)))
    return f"{value:.{places}f}".rstrip("0").rstrip(".")
