"""The processes of one dispatcher after the other: the spare one, and those that have died."""

import asyncio
from pathlib import Path

import pytest

from app.runs import pool
from app.runs.library import Library
from tests.app.runs.stand_in import Quick, dispatcher, in_turn


def test_a_spare_that_died_is_seen_off_and_another_does_the_run(tmp_path: Path) -> None:
    made: list[Quick] = []

    async def scene() -> None:
        runs = dispatcher(tmp_path, made, lambda: Quick("finished"), ready=True)
        await in_turn(runs, "a")
        made[0].kill()
        await in_turn(runs, "b")
        await asyncio.sleep(0.1)
        assert [(worker.runs, worker.gone) for worker in made] == [(1, True), (1, False)]
        await runs.stop(0.1)

    asyncio.run(scene())
    assert [worker.gone for worker in made] == [True, True]


def test_a_run_has_the_cores_to_itself_though_the_server_has_just_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Quick] = []
    monkeypatch.setattr(pool, "START_DELAY", 0.1)
    monkeypatch.setattr(Library, "__getitem__", lambda *_: None)

    async def scene() -> None:
        runs = dispatcher(tmp_path, made, lambda: Quick("running"), ready=True)
        runs.pool.start()
        await runs.pool.take()
        await asyncio.sleep(0.5)
        assert len(made) == 1
        await runs.stop(0.1)

    asyncio.run(scene())
