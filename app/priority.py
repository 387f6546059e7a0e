"""Who goes first on a machine with few cores: a run in training, before the server that tells of it.

Each message of a run wakes the server. Linux lets what just woke interrupt what was running, unless it has said that it
can wait a moment; then it takes the next core that is free. A process begins with the word of the one that started it.
"""

import contextlib
import os


def give_way() -> None:
    """This process interrupts nobody."""
    _schedule("SCHED_BATCH")


def take_turns() -> None:
    """This process is as any other, whatever the one that started it said of itself."""
    _schedule("SCHED_OTHER")


def _schedule(policy: str) -> None:
    # Where a system has no such word, or forbids it, all is as it would be without.
    if hasattr(os, policy):
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, getattr(os, policy), os.sched_param(0))
