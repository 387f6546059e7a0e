"""The line between two processes: orders go one way, word that one is done comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import IntEnum
from multiprocessing.context import SpawnContext

from engine.parallel.memory import Memory

SPINS = 20_000
"""How often whoever waits looks before it goes to sleep, about 2 ms: to be woken takes longer than most waits."""
ROOM = 8
"""More than the orders that are ever under way: every third one is answered before the next is given."""
LISTEN_SECONDS = 0.2


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
            for _ in range(SPINS):
                if self._given.acquire(False):
                    break
            else:
                self._given.acquire()
            yield Order(int(self._orders["orders"][self._count % ROOM]))
            self._count += 1

    def done(self) -> None:
        """The partner's word that the leader waits for."""
        self._done.release()

    def wait(self, alive: Callable[[], bool]) -> bool:
        """The leader's ear: wait until the partner is done, or is no more; whether it is done."""
        for _ in range(SPINS):
            if self._done.acquire(False):
                return True
        while not self._done.acquire(timeout=LISTEN_SECONDS):
            if not alive():
                return False
        return True
