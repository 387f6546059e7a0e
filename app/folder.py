"""The data directory: made where it is missing, seen to be writable, its live runs left to the server that has them."""

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


def hold(folder: Path, address: str) -> tuple[TextIO, str | None]:
    """A lock on a folder that lasts until it is closed, and the address of the server that holds it: None for this one.

    The system lets go of a lock when its process ends, however it ends. A server that is just leaving is waited for.
    """
    # Appending leaves what the holder wrote, and the lock is not inherited by worker processes.
    lock = (folder / "server.lock").open("a+", encoding="utf-8")
    until = time.monotonic() + LEAVING_SECONDS
    while not _locked(lock):
        if time.monotonic() >= until:
            lock.seek(0)
            return lock, lock.read()
        time.sleep(0.05)
    lock.truncate(0)
    lock.write(address)
    lock.flush()
    return lock, None


def _locked(lock: TextIO) -> bool:
    """Whether the lock is ours; where the system or the file system knows no locks, every server is alone."""
    try:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        pass
    return True
