"""Saved graphs in the database: each with a version, so that nothing is overwritten by someone who has not seen it."""

from __future__ import annotations

import sqlite3
import time
import uuid
from dataclasses import dataclass
from typing import Any

import orjson

from app.database import Database


@dataclass(frozen=True, slots=True)
class SavedGraph:
    """A kept graph: its document as it was sent, and the version that a change must name."""

    id: str
    name: str
    version: int
    created: float
    changed: float
    document: dict[str, Any]


class SavedStore:
    """All saved graphs of one data directory. Every method may be called from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> list[SavedGraph]:
        """Every graph that is not deleted, the last changed first."""
        rows = self._database.read("SELECT * FROM saved WHERE deleted IS NULL ORDER BY changed DESC, id")
        return [_graph(row) for row in rows]

    def get(self, graph_id: str) -> SavedGraph | None:
        """The graph of this id, if there is one."""
        rows = self._database.read("SELECT * FROM saved WHERE id = ? AND deleted IS NULL", (graph_id,))
        return _graph(rows[0]) if rows else None

    def add(self, name: str, document: dict[str, Any]) -> SavedGraph:
        """Keep a new graph."""
        now = time.time()
        graph = SavedGraph(uuid.uuid4().hex[:12], name, 1, now, now, document)
        row = (graph.id, name, 1, now, now, orjson.dumps(document).decode(), None)
        self._database.write(lambda c: c.execute("INSERT INTO saved VALUES (?, ?, ?, ?, ?, ?, ?)", row))
        return graph

    def replace(self, graph_id: str, version: int, name: str, document: dict[str, Any]) -> SavedGraph | None:
        """Keep this in place of that version; None when that version is no longer the stored one."""
        values = (name, orjson.dumps(document).decode(), time.time(), graph_id, version)
        sql = "UPDATE saved SET name = ?, document = ?, changed = ?, version = version + 1"
        where = "WHERE id = ? AND version = ? AND deleted IS NULL RETURNING *"
        rows = self._database.write(lambda c: c.execute(f"{sql} {where}", values).fetchall())
        return _graph(rows[0]) if rows else None

    def delete(self, graph_id: str) -> bool:
        """Take the graph out of the list; `restore` brings it back. False when there is none."""
        sql = "UPDATE saved SET deleted = ? WHERE id = ? AND deleted IS NULL"
        return self._database.write(lambda c: c.execute(sql, (time.time(), graph_id)).rowcount) > 0

    def restore(self, graph_id: str) -> SavedGraph | None:
        """Bring a deleted graph back; None when there never was one."""
        self._database.write(lambda c: c.execute("UPDATE saved SET deleted = NULL WHERE id = ?", (graph_id,)))
        return self.get(graph_id)


def _graph(row: sqlite3.Row) -> SavedGraph:
    document = orjson.loads(row["document"])
    return SavedGraph(row["id"], row["name"], row["version"], row["created"], row["changed"], document)
