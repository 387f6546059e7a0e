"""Interleaved timing: cases take turns, so that whatever else the machine does meets all of them alike."""

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter, sleep

Case = Callable[[], object]
# Threads of a BLAS wait awake for their next task some 25 to 100 ms long, on a core that the next case wants.
SETTLED = 0.15


def interleaved(cases: Mapping[str, Case], *, rounds: int = 15, seconds: float = 0.05) -> dict[str, float]:
    """Median seconds of one call of each case, over `rounds` turns of about `seconds` each."""
    calls = {name: repeats(case, seconds) for name, case in cases.items()}
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            sleep(SETTLED)
            times[name].append(timed(case, calls[name]) / calls[name])
    return {name: median(taken) for name, taken in times.items()}


def timed(case: Case, calls: int) -> float:
    """Seconds that so many calls take."""
    began = perf_counter()
    for _ in range(calls):
        case()
    return perf_counter() - began


def repeats(case: Case, seconds: float) -> int:
    """Number of calls that take about `seconds`; trying also warms the case up."""
    calls = 1
    while (taken := timed(case, calls)) < seconds / 4:
        calls *= 4
    return max(1, round(calls * seconds / taken))


def percentile(times: list[float], share: float) -> float:
    """The time that this share of `times` stays within."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
