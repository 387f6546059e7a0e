"""A pair as the process that leads it sees it: its partner has the first rows of W while both are at work."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context

import numpy as np

from engine.batches import Batches
from engine.config import OptimizerConfig
from engine.errors import PartnerError
from engine.optimizer import Optimizer
from engine.parallel.line import Order
from engine.parallel.share import Share
from engine.parallel.work import work
from engine.plan import Plan
from engine.plan.buffer import Buffer
from engine.plan.pixels import PixelAffine, Pixels

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""The environment of a process that trains: a run has one BLAS thread a core."""


class Pair:
    """This process and a second one, which has its share during `at_work`; at all other times the plan has everything.

    A step is multiply, the plan's step, update.

    Errors:  PartnerError when the second process has ended
    """

    def __init__(
        self, plan: Plan, kernel: PixelAffine, optimizer: Optimizer, config: OptimizerConfig, batches: Batches
    ) -> None:
        self._plan, self._kernel, self._optimizer = plan, kernel, optimizer
        context = get_context("spawn")
        self._share = Share.of(context, kernel, config, optimizer.kept, batches)
        self._memory, self._line = self._share.memory, self._share.line
        # These columns are lit in every batch, or nearly: counting would cost more than it saves.
        own = np.ascontiguousarray(kernel.lit.rows[:, self._share.rows :])
        self._pixels = Pixels(own, None, batches.batch, kernel.out.dtype)
        self._first = self._share.rows * self._share.units
        self._process = context.Process(target=work, args=(self._share,), name="partner", daemon=True)
        with _environment(ONE_THREAD):
            self._process.start()

    @contextmanager
    def at_work(self, iteration: int) -> Iterator[None]:
        """Let the partner have its share, from this iteration on; then take back what became of it."""
        kept = {"parameters": self._plan.parameters, **self._optimizer.memory}
        for name, array in kept.items():
            if not np.array_equal(self._memory[name], array[: self._first]):
                np.copyto(self._memory[name], array[: self._first])
        self._memory["iteration"][0] = iteration
        self._kernel.keep(self, self._share.rows, self._pixels)
        try:
            yield
            self._line.give(Order.ANSWER)
            self._wait()
            for name, array in {**kept, "gradients": self._plan.gradients}.items():
                np.copyto(array[: self._first], self._memory[name])
        except BaseException:
            self.close()
            raise
        finally:
            self._kernel.keep(None, 0, self._kernel.pixels)

    def multiply(self) -> None:
        """Begin the product of the next batch."""
        self._line.give(Order.MULTIPLY)

    def add_product(self, out: Buffer) -> None:
        """Add the product, once it is there."""
        self._wait()
        np.add(out, self._memory["product"], out=out)

    def differentiate(self, g: Buffer) -> None:
        """Begin the gradient, from the gradient of the product."""
        np.copyto(self._memory["upstream"], g)
        self._line.give(Order.DIFFERENTIATE)

    def update(self, active: int) -> None:
        """Update all parameters, each process its own; gradients before `active` are zero."""
        self._memory["learning_rate"][0] = self._optimizer.learning_rate
        self._memory["updates"][0] = self._optimizer.updates
        self._line.give(Order.UPDATE)
        self._optimizer.update(active, self._first)

    def fetch(self) -> None:
        """Bring the plan's parameters up to date."""
        self._line.give(Order.ANSWER)
        self._wait()
        np.copyto(self._plan.parameters[: self._first], self._memory["parameters"])

    def close(self) -> None:
        """End the second process."""
        self._process.kill()
        self._process.join()

    def _wait(self) -> None:
        if not self._line.wait(self._process.is_alive):
            code = self._process.exitcode
            raise PartnerError(
                f"the second process of this run ended with code {code}; the run can go on from its last checkpoint"
            )


@contextmanager
def _environment(more: dict[str, str]) -> Iterator[None]:
    """Variables that a process started meanwhile finds set: BLAS reads them when it is loaded."""
    before = {name: os.environ.get(name) for name in more}
    os.environ.update(more)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
