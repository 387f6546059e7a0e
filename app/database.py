"""The server's one SQLite file: write-ahead log, migrations counted by `user_version`."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE runs (
        id TEXT PRIMARY KEY,
        created REAL NOT NULL,
        state TEXT NOT NULL,
        record TEXT NOT NULL,
        deleted REAL
    );
    CREATE TABLE events (
        run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        type TEXT NOT NULL,
        message TEXT NOT NULL,
        PRIMARY KEY (run, seq)
    ) WITHOUT ROWID;
    CREATE TABLE checkpoints (
        run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        iteration INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        moment INTEGER NOT NULL,
        epoch INTEGER,
        loss,
        train_accuracy REAL,
        test_accuracy REAL,
        PRIMARY KEY (run, iteration)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE saved (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        version INTEGER NOT NULL,
        created REAL NOT NULL,
        changed REAL NOT NULL,
        document TEXT NOT NULL,
        deleted REAL
    );
    """,
    # A configuration can hold a graph of a megabyte and never changes; the record is written ten times a second.
    """
    ALTER TABLE runs ADD COLUMN config TEXT NOT NULL DEFAULT '{}';
    UPDATE runs SET config = json_extract(record, '$.config'), record = json_remove(record, '$.config');
    """,
)


class Database:
    """One connection that threads share, one transaction at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` as one transaction: all of it is kept, or nothing."""
        with self._lock, self._connection:
            return work(self._connection)

    def close(self) -> None:
        with self._lock:
            self._connection.close()


def open_database(path: Path) -> Database:
    """Open the database, made and brought up to date where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=5, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
    return Database(connection)
