"""The archive brings a run's network back from its newest checkpoint, which a newer one may replace meanwhile."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.app.runs.drive import SMALL, start, until


def test_a_checkpoint_that_is_replaced_while_it_is_brought_back_is_read(
    serve: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    to_thread = asyncio.to_thread
    with serve() as client:
        run = start(client, SMALL)
        until(client, run, "finished")
        assert isinstance(client.app, FastAPI)
        state = client.app.state
        entry = state.launcher.entries[run]
        file = state.launcher.store.checkpoint(run, entry.run.checkpoint)

        async def replaced(*call: Any) -> Any:
            file.unlink(missing_ok=True)
            return await to_thread(*call)

        monkeypatch.setattr("app.runs.archive.asyncio.to_thread", replaced)
        assert client.portal is not None
        replica = client.portal.call(state.archive.replica, entry)
        assert replica.iteration == entry.run.checkpoint
