"""Runs the benchmarks named, or all, prints their tables and writes them into docs/performance.md."""

import re
import sys
from importlib import import_module
from pathlib import Path

from threadpoolctl import threadpool_limits

from benchmarks.machine import describe
from benchmarks.table import Table

NAMES = ("step", "convnet", "scalar", "difference", "server", "runs", "graph_page", "pages")
REPORT = Path(__file__).parent.parent / "docs" / "performance.md"
HEAD = """# Performance
Written by `make bench`: medians of interleaved rounds, one BLAS thread unless a row says otherwise. Peers are measured
where installed (`pip install -r benchmarks/requirements.txt`). Ratios carry over to other machines, times do not.

Last measured on: {machine}
"""


def sections(text: str) -> dict[str, str]:
    """The report's sections by title."""
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return {part.splitlines()[0][3:]: part for part in parts}


def write(measured: list[Table]) -> None:
    """Put what was measured in place of what was there before; sections not measured now stay."""
    kept = sections(REPORT.read_text("utf-8")) if REPORT.exists() else {}
    kept |= {table.title: table.markdown() for table in measured}
    REPORT.write_text("\n".join([HEAD.format(machine=describe()), *(part.rstrip() + "\n" for part in kept.values())]))


def main() -> None:
    """Measure, print, write."""
    names = sys.argv[1:] or NAMES
    if unknown := set(names) - set(NAMES):
        sys.exit(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    for name in names:
        with threadpool_limits(1):
            measured = list(import_module(f"benchmarks.{name}").tables())
        for table in measured:
            print(table.markdown(), flush=True)
        write(measured)


if __name__ == "__main__":
    main()
