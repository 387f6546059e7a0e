"""Questions that take long, each answered by a process of its own from a run's newest checkpoint."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Any

from app.runs import checkpoint
from app.runs.entry import Entry
from app.runs.launcher import ANSWER_SECONDS, Launcher
from app.runs.pool import Pool

AT_ONCE = 2


class Questions:
    """At most two at once; others wait for their turn."""

    def __init__(self, launcher: Launcher, pool: Pool) -> None:
        self._launcher = launcher
        self._pool = pool
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def ask(self, entry: Entry, question: str, **arguments: Any) -> AsyncGenerator[dict[str, Any], None]:
        """What the process says; leaving ends it."""
        async with self._turns:
            process = await self._pool.take()
            with contextlib.ExitStack() as lent:
                try:
                    iteration, file = await self._launcher.save(entry, older_than=ANSWER_SECONDS), None
                    if iteration is not None:
                        # A newer checkpoint may take its place before the process is ready to read it.
                        kept = self._launcher.store.checkpoint(entry.run.id, iteration)
                        file = lent.enter_context(checkpoint.lent(kept))
                    process.send(question, config=entry.run.config, checkpoint=file and str(file), **arguments)
                    async for message in process.messages():
                        yield message
                finally:
                    await self._pool.end(process)
