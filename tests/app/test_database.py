"""The database brings what an older server wrote up to date."""

import json
import sqlite3
from pathlib import Path

from app.database import MIGRATIONS, open_database
from app.runs.store import RunStore


def test_runs_of_an_older_server_keep_their_configuration(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    record = {"id": "a", "created": 1.0, "iterations": 5, "batch_size": 2, "learning_rate": 0.1, "state": "finished"}
    config = {"hidden": [50], "graph": {"nodes": [{"id": "x", "value": [[0.5]]}]}}
    old = sqlite3.connect(path)
    for script in MIGRATIONS[:2]:
        old.executescript(script)
    row = ("a", 1.0, "finished", json.dumps(record | {"config": config}), None)
    old.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?)", row)
    old.execute("PRAGMA user_version = 2")
    old.commit()
    old.close()
    database = open_database(path)
    (run,) = RunStore(database, tmp_path).runs()
    assert run.config == config
    assert run.iterations == 5
    assert "config" not in json.loads(database.read("SELECT record FROM runs")[0]["record"])
    database.close()
