"""The data directory: made where it is missing, seen to be writable, and held by one server at a time."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path
from typing import TextIO

from app.database import open_database

DATABASE = "backprop-explorer.sqlite3"
LEAVING_SECONDS = 4.0


def prepare(folder: Path) -> None:
    """See that graphs and runs can be kept in a folder.

    Errors:  OSError when they cannot, in words for the one who named it
    """
    try:
        (folder / "runs").mkdir(parents=True, exist_ok=True)
        database = open_database(folder / DATABASE)
        with contextlib.closing(database):
            database.write(lambda connection: connection.execute("BEGIN IMMEDIATE"))
    except (OSError, sqlite3.Error) as error:
        reason = "it is a file" if folder.is_file() else getattr(error, "strerror", None) or str(error)
        unfit = f"{folder} cannot keep graphs and runs ({reason})"
        raise OSError(f"{unfit}; choose another folder with --data-dir") from error


def hold(folder: Path, address: str) -> TextIO:
    """Keep a folder from other servers as long as the answer is open: two would write the same runs.

    The system lets go of the lock when the process ends, however it ends. A server that is just leaving is waited for.

    Errors:  OSError when another server holds it, and says where that one is
    """
    # Appending leaves what the holder wrote, and the lock is not inherited by worker processes.
    lock = (folder / "server.lock").open("a+", encoding="utf-8")
    until = time.monotonic() + LEAVING_SECONDS
    while not _locked(lock):
        if time.monotonic() >= until:
            lock.seek(0)
            holder = lock.read()
            lock.close()
            raise OSError(f"{folder} is in use by the server at {holder}; choose another folder with --data-dir")
        time.sleep(0.05)
    lock.truncate(0)
    lock.write(address)
    lock.flush()
    return lock


def _locked(lock: TextIO) -> bool:
    """Whether the lock is ours; where the system or the file system knows no locks, nobody is kept out."""
    try:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        pass
    return True
