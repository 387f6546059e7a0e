"""Runs the benchmarks named, or all, prints their tables and writes them into docs/performance.md."""

import re
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from time import perf_counter

from threadpoolctl import threadpool_limits

from benchmarks.machine import describe
from benchmarks.target import HOLDS, MISSED

NAMES = ("step", "convnet", "scalar", "difference", "server", "runs", "graph_page", "pages")
REPORT = Path(__file__).parent.parent / "docs" / "performance.md"
HEAD = """# Performance
Written by `make bench`: medians of interleaved rounds, one BLAS thread unless a row says otherwise. Peers are measured
where installed (`pip install -r benchmarks/requirements.txt`), each library with the kernels that it picks for the
processor. Ratios carry over to other machines, times do not; each table says where and when it was measured.
"""
SUMMARY = "Targets"


def sections(text: str) -> dict[str, str]:
    """The report's sections by title."""
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return {part.splitlines()[0][3:]: part for part in parts}


def summary(parts: dict[str, str]) -> str:
    """How many targets all sections have, and those that do not hold."""
    lines = [(title, line) for title, part in parts.items() for line in part.splitlines()]
    missed = [(title, line.strip("-| ").replace(" | ", ", ")) for title, line in lines if MISSED in line]
    count = sum(line.count(HOLDS) for _, line in lines) + len(missed)
    if not missed:
        return f"## {SUMMARY}\nAll {count} hold.\n"
    return "\n".join([f"## {SUMMARY}", f"Missed, of {count}:", "", *(f"- {t}: {line}" for t, line in missed), ""])


def write(measured: dict[str, str], *, whole: bool) -> None:
    """Put what was measured in place of what was there before; sections not measured now stay, unless all were."""
    before = sections(REPORT.read_text("utf-8")) if REPORT.exists() and not whole else {}
    before.pop(SUMMARY, None)
    parts = before | measured
    text = [HEAD, summary(parts), *(part.rstrip() + "\n" for part in parts.values())]
    REPORT.write_text("\n".join(text), "utf-8")


def main() -> None:
    """Measure, print, write."""
    names = sys.argv[1:] or NAMES
    if unknown := set(names) - set(NAMES):
        sys.exit(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    measured: dict[str, str] = {}
    for name in names:
        began = perf_counter()
        with threadpool_limits(1):
            tables = list(import_module(f"benchmarks.{name}").tables())
        for table in tables:
            measured[table.title] = table.markdown(f"benchmarks/{name}.py", f"{date.today()} on {describe()}")
            print(measured[table.title], flush=True)
        print(f"{name} took {perf_counter() - began:.0f} s\n", flush=True)
        write(measured, whole=False)
    write(measured, whole=set(names) == set(NAMES))


if __name__ == "__main__":
    main()
