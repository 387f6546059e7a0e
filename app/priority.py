"""Who goes first on a machine with few cores: a run in training, before the server that tells of it.

Each message of a run wakes the server. Linux lets what just woke interrupt what was running, unless it has said that it
can wait a moment; then it takes the next core that is free. A process begins with the word of the one that started it.
"""

import contextlib
import os


def give_way() -> None:
    """This process interrupts nobody."""
    if hasattr(os, "SCHED_BATCH"):
        _schedule(os.SCHED_BATCH)


def take_turns() -> None:
    """This process is as any other, whatever the one that started it said of itself."""
    if hasattr(os, "SCHED_OTHER"):
        _schedule(os.SCHED_OTHER)


def _schedule(policy: int) -> None:
    # Where it is forbidden, all is as it would be without.
    with contextlib.suppress(OSError):
        os.sched_setscheduler(0, policy, os.sched_param(0))
