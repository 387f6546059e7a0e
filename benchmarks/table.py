"""A table of measurements, as Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.target import MISSED


@dataclass(frozen=True)
class Table:
    """What was measured: a title, a sentence on how, columns and rows; targets that no single row answers for.

    `limits` says what was tried and what stands in the way; it is told where a target is missed.
    """

    title: str
    how: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    targets: Sequence[str] = ()
    limits: str = ""

    @property
    def missed(self) -> list[str]:
        """The targets that do not hold, each with what it is of."""
        rows = [f"{row[0]}, {cell}" for row in self.rows for cell in row if MISSED in cell]
        return rows + [target for target in self.targets if MISSED in target]

    def markdown(self, script: str, where: str) -> str:
        """The table as a section of docs/performance.md, with the script that measured it, and when and where."""
        lines = [self.columns, ["---"] * len(self.columns), *self.rows]
        parts = [f"## {self.title}", f"`{script}`. {self.how}", "", *(f"| {' | '.join(line)} |" for line in lines)]
        if self.targets:
            parts += ["", *(f"- {target}" for target in self.targets)]
        if self.missed and self.limits:
            parts += ["", f"Tried, and what limits it: {self.limits}"]
        parts += ["", f"Measured {where}."]
        return "\n".join([*parts, ""])


def duration(seconds: float) -> str:
    """A time in the unit that suits it."""
    for unit, scale in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if seconds * scale >= 1:
            return f"{seconds * scale:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"
