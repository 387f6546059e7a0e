"""The same measurement on one thread and on two, each in a process that has no more cores than threads."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

from threadpoolctl import threadpool_limits

COUNTS = (1, 2)
Measured = dict[str, dict[str, float]]


def by_threads(module: str) -> dict[int, Measured]:
    """What a benchmark module measures, by number of threads."""
    measured = {}
    for count in COUNTS:
        answer = subprocess.run(
            [sys.executable, "-m", module, str(count)], stdout=subprocess.PIPE, check=True, text=True
        )
        measured[count] = json.loads(answer.stdout.splitlines()[-1])
    return measured


def report(measure: Callable[[int], Measured]) -> None:
    """Measure with the number of threads on the command line and print what came out."""
    count = int(sys.argv[1])
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, cores[-count:])
    with threadpool_limits(count):
        print(json.dumps(measure(count)))
