"""The partner's work: what its process does, from its first order to the end of the process that leads."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import parent_process

import numpy as np

from engine.optimizer import optimizer
from engine.parallel.line import Order
from engine.parallel.share import Share
from engine.plan.pixels import Pixels, Rows


def work(share: Share) -> None:
    """Obey for ever; end with the process that started this one."""
    # Ctrl-C reaches both: the one that leads says what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()
    worker = Work(share)
    does = {
        Order.MULTIPLY: worker.multiply,
        Order.DIFFERENTIATE: worker.differentiate,
        Order.UPDATE: worker.update,
        Order.ANSWER: worker.answer,
    }
    with np.errstate(all="ignore"):
        for order in share.line.orders():
            does[order]()


class Work:
    """A share of the first layer at work. While the other process is in the later layers, it gathers the next batch."""

    def __init__(self, share: Share) -> None:
        self._memory = memory = share.memory
        self._line = share.line
        self._batches = share.batches
        self._units = share.units
        flat = memory["parameters"], memory["gradients"]
        self._rows = Rows(*(array.reshape(-1, share.units) for array in flat))
        self._optimizer = optimizer(share.optimizer, *flat)
        self._optimizer.memory = {name: memory[name] for name in self._optimizer.kept}
        table = share.pixels, share.dark, share.batches.batch
        self._pixels, self._ahead = (Pixels(*table, np.float32) for _ in range(2))
        self._gathered = -1

    def multiply(self) -> None:
        """The product of the batch of an iteration."""
        iteration = int(self._memory["iteration"][0])
        if self._gathered != iteration:
            self._gather(iteration)
        self._pixels, self._ahead = self._ahead, self._pixels
        self._rows.multiply(self._pixels, self._memory["product"])
        self._memory["iteration"][0] = iteration + 1
        self._line.done()
        self._gather(iteration + 1)

    def differentiate(self) -> None:
        """The gradient of its rows."""
        self._rows.differentiate(self._pixels, self._memory["upstream"])

    def update(self) -> None:
        """One update of its rows."""
        self._optimizer.learning_rate = float(self._memory["learning_rate"][0])
        self._optimizer.updates = int(self._memory["updates"][0])
        self._optimizer.update(self._pixels.start * self._units)

    def answer(self) -> None:
        """Say that all orders before this one have been carried out."""
        self._line.done()

    def _gather(self, iteration: int) -> None:
        self._ahead.gather(self._batches.at(iteration))
        self._gathered = iteration


def _follow() -> None:
    """End this process as soon as the one that started it has ended, however that was."""
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(0)
