"""The command, started as a process the way a person starts it."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

COMMAND = Path(sys.executable).with_name("backprop-explorer")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[object]:
    """Start the command with options and environment; whatever still runs in the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def starter(*options: str, **variables: str) -> subprocess.Popen[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("BACKPROP_EXPLORER_")}
        environment = clean | {"BACKPROP_EXPLORER_DATA_DIR": str(tmp_path / "data"), **variables}
        process = subprocess.Popen(
            [COMMAND, "--no-browser", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        started.append(process)
        return process

    yield starter
    for process in started:
        process.kill()
        process.communicate()


def address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().split()[-1]


def children(pid: int) -> list[int]:
    """The processes that this one started, on a system with /proc."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if stat.read_text().rpartition(")")[2].split()[1] == str(pid):
                found.append(int(stat.parent.name))
    return found


def ask(place: str, method: str, path: str, body: object = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(place + path, data, {"content-type": "application/json"}, method=method)) as answer:
        return json.load(answer)


@pytest.mark.skipif(not hasattr(os, "SCHED_BATCH"), reason="only Linux knows processes that interrupt nobody")
def test_the_server_interrupts_no_run_and_a_run_gives_way_to_nobody(start) -> None:
    process = start("--port", "0")
    place = address(process)
    run = ask(place, "POST", "/api/runs", {"iterations": 5, "train_limit": 100})["id"]
    end = time.monotonic() + 30
    while ask(place, "GET", f"/api/runs/{run}")["seq"] < 3 and time.monotonic() < end:
        time.sleep(0.1)
    assert os.sched_getscheduler(process.pid) == os.SCHED_BATCH
    assert {os.sched_getscheduler(worker) for worker in children(process.pid)} == {os.SCHED_OTHER}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_line_names_the_address_and_a_signal_ends_it(start, number: int) -> None:
    process = start("--port", "0")
    place = address(process)
    with urlopen(f"{place}/api/health") as answer:
        assert json.load(answer)["status"] == "ok"
    with urlopen(Request(f"{place}/api/health", method="HEAD")) as answer:
        assert (answer.status, answer.read()) == (200, b"")
    process.send_signal(number)
    rest, complaints = process.communicate(timeout=3)
    assert rest == ""
    assert complaints == ""
    assert process.returncode == 0


def test_garbage_is_collected_again_once_the_server_answers(tmp_path: Path) -> None:
    program = """
import builtins, gc
from app import __main__

say = builtins.print
builtins.print = lambda text, **how: say(gc.isenabled(), gc.get_freeze_count() > 0, **how)
__main__.main()
"""
    command = [sys.executable, "-c", program, "--no-browser", "--port", "0", "--data-dir", tmp_path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.kill()
    assert line == "True True\n"


def test_an_answer_that_takes_minutes_does_not_hold_up_the_end(start) -> None:
    process = start("--port", "0", "--max-seconds", "600")
    port = int(address(process).rpartition(":")[2])
    body = json.dumps({"source": "x = np.ones((300, 300))\nsum(max(x @ x, axis=0))"}).encode()
    head = f"POST /api/check HTTP/1.1\r\nhost: localhost\r\ncontent-length: {len(body)}\r\n"
    with socket.create_connection(("127.0.0.1", port)) as asking:
        asking.sendall(f"{head}content-type: application/json\r\n\r\n".encode() + body)
        with urlopen(f"http://127.0.0.1:{port}/api/health"):
            process.terminate()
        answer = asking.makefile("rb").read()
        _, complaints = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in complaints
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b"application/problem+json" in answer
    assert b"stopped before it had an answer" in answer


def test_options_are_environment_variables_too(start, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    variables = {"PORT": "0", "DATA_DIR": str(folder), "SCHEDULER": ""}
    process = start(**{f"BACKPROP_EXPLORER_{name}": value for name, value in variables.items()})
    place = address(process)
    assert not place.endswith(":8000")
    assert folder.is_dir()


def test_a_port_that_is_taken_is_named(start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        _, complaints = start("--port", port).communicate(timeout=10)
    assert port in complaints
    assert "--port" in complaints
    assert "Traceback" not in complaints


def test_who_sends_too_much_hears_why(start) -> None:
    place = address(start("--port", "0", "--max-body", "4000000"))
    body = Request(f"{place}/api/evaluate", b" " * 12_000_000, {"content-type": "application/json"})
    with pytest.raises(HTTPError) as refused, urlopen(body):
        pass
    with refused.value as answer:
        assert (answer.status, json.load(answer)["status"]) == (413, 413)


def test_a_scheduler_that_does_not_answer_is_named(start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    for scheduler in (nobody, "somewhere", nobody.replace("tcp", "http")):
        process = start("--port", "0", "--scheduler", scheduler)
        _, complaints = process.communicate(timeout=30)
        assert scheduler in complaints
        assert "--scheduler" in complaints
        assert "Traceback" not in complaints
        assert process.returncode == 1


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"])
def test_what_answers_and_is_no_scheduler_is_named(start, answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        there = f"tcp://127.0.0.1:{other.getsockname()[1]}"
        process = start("--port", "0", "--scheduler", there)
        other.accept()[0].close()
        caller, _ = other.accept()
        with caller:
            caller.sendall(answer)
            _, complaints = process.communicate(timeout=60)
    assert complaints.count("\n") == 1
    assert f"no Dask scheduler answers at {there}" in complaints
    assert process.returncode == 1


@pytest.mark.parametrize("made", ["file", "file/folder", "damaged", "occupied"])
def test_a_data_directory_that_cannot_be_used_is_named(start, tmp_path: Path, made: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "backprop-explorer.sqlite3").write_bytes(b"a letter, no database " * 100)
    (tmp_path / "occupied" / "backprop-explorer.sqlite3").mkdir(parents=True)
    process = start("--port", "0", "--data-dir", str(tmp_path / made))
    _, complaints = process.communicate(timeout=60)
    assert complaints.count("\n") == 1
    assert f"{tmp_path / made} cannot keep graphs and runs" in complaints
    assert "--data-dir" in complaints
    assert process.returncode == 1


def test_a_second_server_leaves_live_runs_to_the_first(start, tmp_path: Path) -> None:
    options = ("--port", "0", "--data-dir", str(tmp_path / "one"))
    first = start(*options)
    place = address(first)
    run = ask(place, "POST", "/api/runs", {"train_limit": 1000, "iterations": 10_000_000})["id"]
    second = start(*options)
    assert ask(address(second), "GET", "/api/runs") == []
    second.terminate()
    _, told = second.communicate(timeout=60)
    assert told == f"{tmp_path / 'one'} is in use by the server at {place}, to which its runs are left.\n"
    assert ask(place, "GET", f"/api/runs/{run}")["state"] == "running"
    first.kill()
    assert ask(address(start(*options)), "GET", f"/api/runs/{run}")["state"] == "stopped"


def test_a_wrong_value_is_named(start) -> None:
    process = start("--parallel-runs", "many")
    _, complaints = process.communicate(timeout=10)
    assert complaints.startswith("Cannot start: --parallel-runs: ")
    assert complaints.count("\n") == 1
    assert process.returncode == 1
