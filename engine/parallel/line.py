"""The line between two processes: orders go one way, word that one is done comes back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from enum import IntEnum
from multiprocessing.context import SpawnContext
from multiprocessing.synchronize import Semaphore

from engine.parallel.memory import Memory

TURNS, SPINS = 200, 20
"""How often whoever waits looks before it goes to sleep, some 0.4 ms: to be woken takes longer than most waits."""
ROOM = 8
"""More than the orders that are ever under way: every third one is answered before the next is given."""
LISTEN_SECONDS = 0.2

give_way: Callable[[], object] = getattr(os, "sched_yield", lambda: None)  # not on every system


class Order(IntEnum):
    """What the process that leads asks of its partner."""

    MULTIPLY = 0
    DIFFERENTIATE = 1
    UPDATE = 2
    ANSWER = 3


class Line:
    """Semaphores, which also see to it that what was written before a word is there for whoever hears it."""

    def __init__(self, context: SpawnContext) -> None:
        self._given = context.Semaphore(0)
        self._done = context.Semaphore(0)
        self._orders = Memory(context, {"orders": ((ROOM,), "int64")})
        self._count = 0

    def give(self, order: Order) -> None:
        """The leader's word: the partner does this after what it was told before."""
        self._orders["orders"][self._count % ROOM] = order
        self._count += 1
        self._given.release()

    def orders(self) -> Iterator[Order]:
        """The partner's ear: one order after the other, for ever."""
        while True:
            if not caught(self._given):
                self._given.acquire()
            yield Order(int(self._orders["orders"][self._count % ROOM]))
            self._count += 1

    def done(self) -> None:
        """The partner's word that the leader waits for."""
        self._done.release()

    def wait(self, alive: Callable[[], bool]) -> bool:
        """The leader's ear: wait until the partner is done, or is no more; whether it is done."""
        if caught(self._done):
            return True
        while not self._done.acquire(timeout=LISTEN_SECONDS):
            if not alive():
                return False
        return True


def caught(semaphore: Semaphore) -> bool:
    """Look for a word for a while, wide awake but polite: whoever needs this core, perhaps the other one, gets it."""
    for _ in range(TURNS):
        for _ in range(SPINS):
            if semaphore.acquire(False):
                return True
        give_way()
    return False
