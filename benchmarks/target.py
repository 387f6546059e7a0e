"""Targets: what a figure is held to, whether it holds, and by how much it misses."""

HOLDS, MISSED = ": holds", "**missed"


def at_most(measured: float, bound: float, words: str) -> str:
    """A target that a figure should not exceed, in words, with what came of it."""
    return _verdict(words, measured / bound - 1)


def at_least(measured: float, bound: float, words: str) -> str:
    """A target that a figure should reach, in words, with what came of it."""
    return _verdict(words, 1 - measured / bound)


def _verdict(words: str, missed: float) -> str:
    return f"{words}: {MISSED} by {100 * missed:.1f} %**" if missed > 0 else f"{words}{HOLDS}"
