"""Who has which process: one run after another, and none outlives its dispatcher."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from app.runs import pool
from app.runs.dispatcher import IDLE_PROCESSES
from app.runs.entry import Entry
from app.runs.process import Worker
from app.runs.record import ENDED
from app.runs.store import RunStore
from tests.app.runs.stand_in import Deaf, Quick, dispatcher, in_turn, paused, queued


def test_processes_that_were_let_go_end_with_it(tmp_path: Path) -> None:
    made: list[Deaf] = []

    async def scene() -> None:
        runs = dispatcher(tmp_path, made)
        for name in range(IDLE_PROCESSES + 2):
            await runs.launch(paused(str(name)), paused=True)
        runs.limit_idle()
        await runs.stop(0.1)

    asyncio.run(scene())
    assert len(made) == IDLE_PROCESSES + 2
    assert all(worker.gone for worker in made)


def test_a_process_that_is_being_started_ends_with_it(tmp_path: Path) -> None:
    made: list[Deaf] = []

    async def scene() -> None:
        runs = dispatcher(tmp_path, made)
        runs.enqueue(queued("a"))
        await asyncio.sleep(0.02)
        await runs.stop(0.1)

    asyncio.run(scene())
    assert [worker.gone for worker in made] == [True]


def test_a_process_that_answers_a_question_ends_with_it(tmp_path: Path) -> None:
    made: list[Deaf] = []

    async def scene() -> None:
        runs = dispatcher(tmp_path, made)
        await runs.pool.take()
        await runs.stop(0.1)

    asyncio.run(scene())
    assert [worker.gone for worker in made] == [True]


def test_a_process_that_has_done_its_run_does_the_next(tmp_path: Path) -> None:
    made: list[Quick] = []

    async def scene() -> None:
        runs = dispatcher(tmp_path, made, lambda: Quick("finished"), ready=True)
        await in_turn(runs, "a", "b", "c")
        assert [worker.runs for worker in made] == [3]
        assert made[0].alive
        await runs.stop(0.1)

    asyncio.run(scene())
    assert made[0].gone


@pytest.mark.parametrize(
    ("cores", "running"),
    [((1, 1, 1), [0, 1]), ((2, 1), [0]), ((1, 2, 1), [0]), ((9,), [0])],
    ids=str,
)
def test_a_run_waits_for_as_many_cores_as_it_asks_for(
    tmp_path: Path, cores: tuple[int, ...], running: list[int]
) -> None:
    async def scene() -> list[int]:
        runs = dispatcher(tmp_path, [])
        entries = [queued(str(place), cores=count) for place, count in enumerate(cores)]
        for entry in entries:
            runs.enqueue(entry)
        begun = [place for place, entry in enumerate(entries) if entry.run.state == "running"]
        await runs.stop(0.1)
        return begun

    assert asyncio.run(scene()) == running


def test_of_two_processes_that_have_done_their_runs_one_waits_for_the_next(tmp_path: Path) -> None:
    made: list[Quick] = []

    async def scene() -> None:
        runs = dispatcher(tmp_path, made, lambda: Quick("finished"), ready=True)
        await in_turn(runs, "a", "b", together=True)
        assert sorted(worker.alive for worker in made) == [False, True]
        await runs.stop(0.1)

    asyncio.run(scene())
    assert [worker.gone for worker in made] == [True, True]


def test_a_process_that_failed_is_not_asked_again(tmp_path: Path) -> None:
    made: list[Quick] = []

    async def scene() -> None:
        runs = dispatcher(tmp_path, made, lambda: Quick("failed"), ready=True)
        await in_turn(runs, "a", "b")
        await runs.stop(0.1)

    asyncio.run(scene())
    assert [worker.runs for worker in made] == [1, 1]


def test_a_spare_that_is_ready_after_another_took_its_place_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Quick] = []
    monkeypatch.setattr(pool, "SPARE_DELAY", 0.01)

    async def scene() -> None:
        runs = dispatcher(tmp_path, made, lambda: Quick("finished"), ready=True)
        await in_turn(runs, "a")
        await asyncio.sleep(0.2)
        assert sorted(worker.alive for worker in made) == [False, True]
        assert sorted(worker.gone for worker in made) == [False, True]
        await runs.stop(0.1)

    asyncio.run(scene())
    assert all(worker.gone for worker in made)


def test_a_run_that_no_process_can_be_started_for_lets_the_next_try(tmp_path: Path) -> None:
    def none() -> Worker:
        raise OSError("no more processes")

    async def scene() -> list[Entry]:
        runs = dispatcher(tmp_path, [], none)
        entries = [queued(name) for name in "abcd"]
        for entry in entries:
            runs.enqueue(entry)
        for entry in entries:
            await entry.until(lambda entry=entry: entry.run.state in ENDED, 1)  # type: ignore[misc]
        await runs.stop(0.1)
        return entries

    for entry in asyncio.run(scene()):
        assert entry.run.state == "failed"
        assert "no more processes" in (entry.run.reason or "")


def test_a_run_whose_log_cannot_be_written_fails_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def append(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(RunStore, "append", append)

    async def scene() -> Entry:
        runs = dispatcher(tmp_path, [])
        entry = queued("a")
        entry.run.iteration = 3
        runs.enqueue(entry)
        await entry.until(lambda: entry.run.state in ENDED, 1)
        await runs.stop(0.1)
        return entry

    entry = asyncio.run(scene())
    assert (entry.run.state, entry.run.reason) == ("failed", "the run cannot begin: disk I/O error")
