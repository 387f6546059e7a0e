"""A table of measurements, as Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """What was measured: a title, a sentence on how, columns and rows; targets that no single row answers for."""

    title: str
    how: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    targets: Sequence[str] = ()

    def markdown(self) -> str:
        """The table as a section of docs/performance.md."""
        lines = [self.columns, ["---"] * len(self.columns), *self.rows]
        parts = [f"## {self.title}", self.how, "", *(f"| {' | '.join(line)} |" for line in lines), ""]
        return "\n".join([*parts, *(f"- {target}" for target in self.targets), *([""] if self.targets else [])])


def duration(seconds: float) -> str:
    """A time in the unit that suits it."""
    for unit, scale in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if seconds * scale >= 1:
            return f"{seconds * scale:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"
