"""A task of a cluster that is never begun ends all the same, and says why."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from app.runs import cluster
from app.runs.cluster import ClusterTask
from tests.app.runs.test_reason import known


class Silent:
    """A client or a queue of a cluster, which nothing is ever asked of."""

    status = "running"

    def __init__(self, *_: Any, **__: Any) -> None: ...


async def end(task: ClusterTask) -> str:
    """How a task ends that says nothing."""
    async with asyncio.timeout(1):
        assert [message async for message in task.messages()] == []
        return await task.ended()


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "Queue", Silent)


def test_a_task_whose_checkpoint_cannot_be_read(tmp_path: Path) -> None:
    async def scene() -> str:
        task = ClusterTask(Silent())
        task.send("start", folder=str(tmp_path), checkpoint=str(tmp_path / "gone.npz"))
        how = await end(task)
        assert (task.alive, task.orderly) == (False, False)
        return how

    how = asyncio.run(scene())
    assert how.startswith("the cluster's task was never begun: ")
    assert "gone.npz" in how
    assert known(f"{how}; it can go on from its last checkpoint")


def test_a_task_that_is_killed_before_its_first_command() -> None:
    async def scene() -> str:
        task = ClusterTask(Silent())
        ending = asyncio.create_task(end(task))
        await asyncio.sleep(0)
        task.kill()
        return await ending

    how = asyncio.run(scene())
    assert how == "the cluster's task was never begun"
    assert known(f"{how}; it can go on from its last checkpoint")
