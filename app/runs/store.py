"""Runs on disk: their records, logs and the places of their checkpoints in SQLite, the arrays beside it as files."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import orjson

from app.database import Database
from app.runs import checkpoint
from app.runs.checkpoint import Arrays
from app.runs.event import KEPT, Event
from app.runs.record import Run


@dataclass(frozen=True, slots=True)
class Saved:
    """A checkpoint whose every earlier event is in the log; `moment` says that it is kept for travel in time."""

    iteration: int
    seq: int
    moment: bool
    epoch: int | None = None
    loss: float | str | None = None
    train_accuracy: float | None = None
    test_accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What a run begins with that is not its own: a trainer's state, and the look inside at it."""

    state: Arrays
    look: bytes


class RunStore:
    """All runs of one data directory. Every method may be called from any thread."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    def folder(self, run_id: str) -> Path:
        """Where the run's checkpoints are."""
        return self._folder / run_id

    def checkpoint(self, run_id: str, iteration: int) -> Path:
        return self._folder / run_id / f"{iteration:010d}.npz"

    def look(self, run_id: str, iteration: int) -> Path:
        """Where the look inside at a moment is."""
        return self.checkpoint(run_id, iteration).with_suffix(".json")

    def insert(self, run: Run, given: Given | None = None) -> None:
        """Keep a new run: with all that it begins with, or not at all."""
        row = (run.id, run.created, run.state, _record(run), None, orjson.dumps(run.config).decode())

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?)", row)
            if given is not None:
                start = "INSERT INTO checkpoints (run, iteration, seq, moment) VALUES (?, 0, 0, TRUE)"
                connection.execute(start, (run.id,))

        self.folder(run.id).mkdir(parents=True, exist_ok=True)
        try:
            if given is not None:
                checkpoint.save(self.checkpoint(run.id, 0), given.state)
                checkpoint.put(self.look(run.id, 0), given.look)
            self._database.write(work)
        except BaseException:
            shutil.rmtree(self.folder(run.id), ignore_errors=True)
            raise

    def runs(self) -> list[Run]:
        """Every run that is not deleted, oldest first."""
        rows = self._database.read("SELECT record, config FROM runs WHERE deleted IS NULL ORDER BY created, id")
        return [_run(row) for row in rows]

    def append(self, run: Run, events: Iterable[Event], saved: Sequence[Saved] = ()) -> None:
        """Put events at the end of the log, and the record and checkpoints that go with them, as one transaction."""
        kept = [(run.id, event.seq, event.type, event.text) for event in events if event.type in KEPT]
        record = _record(run)

        def work(connection: sqlite3.Connection) -> list[int]:
            connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", kept)
            for entry in saved:
                connection.execute(
                    "INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                    "ON CONFLICT DO UPDATE SET seq = excluded.seq, moment = max(moment, excluded.moment)",
                    (run.id, *astuple(entry)),
                )
            connection.execute("UPDATE runs SET state = ?, record = ? WHERE id = ?", (run.state, record, run.id))
            if not saved:
                return []
            # The newest checkpoint is in the log now, so older ones that are no moments have served.
            old = "run = ? AND NOT moment AND iteration < ?"
            key = (run.id, max(entry.iteration for entry in saved))
            gone = connection.execute(f"SELECT iteration FROM checkpoints WHERE {old}", key).fetchall()
            connection.execute(f"DELETE FROM checkpoints WHERE {old}", key)
            return [row["iteration"] for row in gone]

        for iteration in self._database.write(work):
            self.checkpoint(run.id, iteration).unlink(missing_ok=True)

    def events(self, run_id: str, after: int, limit: int) -> list[Event]:
        """The next events of the log after `after`, oldest first."""
        rows = self._database.read(
            "SELECT seq, type, message FROM events WHERE run = ? AND seq > ? ORDER BY seq LIMIT ?",
            (run_id, after, limit),
        )
        return [Event(row["seq"], row["type"], row["message"]) for row in rows]

    def metrics(self, run_id: str) -> dict[str, Any]:
        """The whole curve: every iteration's loss, every epoch's accuracies."""
        rows = self._database.read(
            "SELECT type, message FROM events WHERE run = ? AND type IN ('steps', 'epoch') ORDER BY seq", (run_id,)
        )
        iteration: list[int] = []
        loss: list[float | str] = []
        epochs: list[dict[str, Any]] = []
        for row in rows:
            message = orjson.loads(row["message"])
            if row["type"] == "steps":
                iteration += message["iteration"]
                loss += message["loss"]
            else:
                epochs.append({key: value for key, value in message.items() if key not in ("seq", "type")})
        return {"iteration": iteration, "loss": loss, "epochs": epochs}

    def checkpoints(self, run_id: str) -> list[Saved]:
        """The checkpoints that are in the log and on disk, oldest first."""
        rows = self._database.read("SELECT * FROM checkpoints WHERE run = ? ORDER BY iteration", (run_id,))
        saved = [Saved(**{name: row[name] for name in Saved.__slots__}) for row in rows]
        return [entry for entry in saved if self.checkpoint(run_id, entry.iteration).exists()]

    def cut(self, run: Run, saved: Saved | None) -> None:
        """Forget what came after a checkpoint (or everything), so that the run can carry on from there."""
        seq, iteration = (saved.seq, saved.iteration) if saved else (0, -1)
        record = _record(run)

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "DELETE FROM events WHERE run = ? AND seq > ? AND type IN ('steps', 'epoch')", (run.id, seq)
            )
            connection.execute("DELETE FROM checkpoints WHERE run = ? AND iteration > ?", (run.id, iteration))
            connection.execute("UPDATE runs SET record = ? WHERE id = ?", (record, run.id))

        self._database.write(work)
        kept = {entry.iteration for entry in self.checkpoints(run.id)}
        for file in self.folder(run.id).iterdir():
            name = file.name.partition(".")[0]
            if name.isdigit() and int(name) not in kept:
                file.unlink()

    def mark_deleted(self, run_id: str) -> None:
        self._database.write(lambda c: c.execute("UPDATE runs SET deleted = ? WHERE id = ?", (time.time(), run_id)))

    def restore(self, run_id: str) -> Run | None:
        """Take a deletion back; None where there is nothing to take back."""
        rows = self._database.read("SELECT record, config FROM runs WHERE id = ? AND deleted IS NOT NULL", (run_id,))
        if not rows:
            return None
        self._database.write(lambda c: c.execute("UPDATE runs SET deleted = NULL WHERE id = ?", (run_id,)))
        return _run(rows[0])

    def purge(self, before: float) -> None:
        """Forget for good the runs that were deleted before a time."""
        gone = self._database.read("SELECT id FROM runs WHERE deleted < ?", (before,))
        self._database.write(lambda c: c.execute("DELETE FROM runs WHERE deleted < ?", (before,)))
        for row in gone:
            shutil.rmtree(self.folder(row["id"]), ignore_errors=True)


def _record(run: Run) -> str:
    """All of a run that changes while it trains."""
    return orjson.dumps({f.name: getattr(run, f.name) for f in fields(run) if f.name != "config"}).decode()


def _run(row: sqlite3.Row) -> Run:
    return Run(**orjson.loads(row["record"]), config=orjson.loads(row["config"]))
