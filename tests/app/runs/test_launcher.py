"""What is asked of a run in the moment between two states."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from app.database import open_database
from app.runs import launcher as launching
from app.runs.dispatcher import IDLE_PROCESSES, Dispatcher
from app.runs.launcher import GoneError, Launcher
from app.runs.library import Library
from app.runs.process import Worker
from app.runs.store import RunStore
from app.runs.stream import follow
from engine.config import RunConfig
from tests.app.runs.stand_in import Deaf, Hearing, dispatcher


@pytest.mark.parametrize("state", ["paused", "stopped"])
def test_a_run_that_is_to_begin_in_a_moment_can_be_held(tmp_path: Path, state: str) -> None:
    made: list[Worker] = []

    async def scene() -> None:
        runs = dispatcher(tmp_path, made, Deaf)
        store = RunStore(open_database(tmp_path / "runs.sqlite3"), tmp_path / "runs")
        launcher = Launcher(store, Library(tmp_path / "cache"), runs)
        entry = await launcher.create(RunConfig())
        assert (entry.run.state, entry.process) == ("running", None)
        await (launcher.pause(entry) if state == "paused" else launcher.end(entry))
        await asyncio.sleep(0.1)
        assert (entry.run.state, entry.process) == (state, None)
        await runs.stop(0.1)

    asyncio.run(scene())
    assert made == []


def act(
    tmp_path: Path,
    scene: Callable[[Launcher, Dispatcher], Awaitable[None]],
    worker: Callable[[], Worker] = Deaf,
) -> None:
    """Play a scene with a launcher over stand-ins, two slots."""

    async def play() -> None:
        runs = dispatcher(tmp_path, [], worker)
        await scene(launcher_on(tmp_path, runs), runs)
        await runs.stop(0.1)

    asyncio.run(play())


def launcher_on(tmp_path: Path, runs: Dispatcher) -> Launcher:
    store = RunStore(open_database(tmp_path / "runs.sqlite3"), tmp_path / "runs")
    return Launcher(store, Library(tmp_path / "cache"), runs)


def test_a_run_that_is_being_deleted_does_not_go_on(tmp_path: Path) -> None:
    async def scene(launcher: Launcher, runs: Dispatcher) -> None:
        entry = await launcher.add(RunConfig(), "paused")
        await runs.launch(entry, paused=True)
        deletion = asyncio.create_task(launcher.delete(entry))
        await asyncio.sleep(0)
        with pytest.raises(GoneError):
            await launcher.resume(entry)
        await deletion
        assert entry.process is None
        assert launcher.entries == {}

    act(tmp_path, scene, Hearing)


def test_a_run_that_is_restored_twice_at_once_is_one(tmp_path: Path) -> None:
    async def scene(launcher: Launcher, runs: Dispatcher) -> None:
        entry = await launcher.add(RunConfig(), "paused")
        await launcher.delete(entry)
        one, other = await asyncio.gather(*(launcher.restore(entry.run.id) for _ in range(2)))
        assert one is other is launcher.entries[entry.run.id]

    act(tmp_path, scene)


def test_a_pause_right_after_a_resume_holds_the_run(tmp_path: Path) -> None:
    async def scene(launcher: Launcher, runs: Dispatcher) -> None:
        entry = await launcher.add(RunConfig(), "paused")
        process = await runs.launch(entry, paused=True)
        assert isinstance(process, Hearing)
        await launcher.resume(entry)
        await launcher.pause(entry)
        assert (entry.run.state, process.heard) == ("paused", ["start", "run", "pause"])

    act(tmp_path, scene, Hearing)


def test_a_queued_run_whose_process_hears_nothing_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launching, "ANSWER_SECONDS", 0.1)

    async def scene(launcher: Launcher, runs: Dispatcher) -> None:
        for _ in range(2):
            await launcher.create(RunConfig())
        entry = await launcher.add(RunConfig(), "paused")
        await runs.launch(entry, paused=True)
        await launcher.resume(entry)
        assert entry.run.state == "queued"
        await launcher.end(entry)
        assert (entry.run.state, entry.process) == ("stopped", None)

    act(tmp_path, scene)


def test_runs_that_were_stepped_keep_only_so_many_processes(tmp_path: Path) -> None:
    async def scene(launcher: Launcher, runs: Dispatcher) -> None:
        entries = [await launcher.add(RunConfig(), "paused") for _ in range(IDLE_PROCESSES + 3)]
        for entry in entries:
            await launcher.step(entry, 1)
        assert sum(entry.process is not None for entry in entries) == IDLE_PROCESSES

    act(tmp_path, scene, Hearing)


def test_who_heard_what_a_killed_server_did_not_keep_hears_what_comes_after(tmp_path: Path) -> None:
    async def scene(launcher: Launcher, runs: Dispatcher) -> None:
        entry = await launcher.add(RunConfig(), "running")
        await entry.flush(launcher.store)
        for iteration in range(10):
            entry.receive({"type": "steps", "iteration": [iteration], "loss": [1.0]})
        heard = entry.run.seq
        again = launcher_on(tmp_path, runs)
        await again.start(alone=True)
        taken = again.entries[entry.run.id]
        events = follow(taken.channel, again.store, entry.run.id, heard)
        event = await asyncio.wait_for(anext(events), 5)
        assert (event.type, event.seq > heard) == ("state", True)
        await again.stop()

    act(tmp_path, scene)
