"""A person's browser: a Chromium with no inspector listening, since one that counts every message has its cost."""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import sleep
from typing import Any

from websockets.sync.client import ClientConnection, connect

from benchmarks.chromium import ARGUMENTS

SIZE = "--window-size=1440,900"
SETTLED = 3
"""Seconds that a browser is given to start and the page to open."""


class Visitor:
    """One page and its pointer; it is asked now and then, and told nothing in between."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._asked = 0
        self._held = 0

    def evaluate(self, expression: str) -> Any:
        """What an expression of JavaScript comes to in the page."""
        result = self._ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def open(self, address: str) -> None:
        """Go to another page."""
        self._ask("Page.navigate", url=address)

    def until(self, truth: str) -> None:
        """Wait until an expression is true, the page with it."""
        for _ in range(600):
            if self.evaluate(f"document.readyState === 'complete' && Boolean({truth})"):
                return
            sleep(0.1)
        raise TimeoutError(f"not true: {truth}")

    def move(self, x: float, y: float) -> None:
        """Move the pointer."""
        self._pointer("mouseMoved", x, y)

    def press(self, x: float, y: float) -> None:
        """Press the button of the pointer, which is held until `release`."""
        self._held = 1
        self._pointer("mousePressed", x, y, clickCount=1)

    def release(self, x: float, y: float) -> None:
        """Let go of the button."""
        self._held = 0
        self._pointer("mouseReleased", x, y, clickCount=1)

    def _pointer(self, what: str, x: float, y: float, **more: Any) -> None:
        button = "none" if what == "mouseMoved" and not self._held else "left"
        self._ask("Input.dispatchMouseEvent", type=what, x=x, y=y, button=button, buttons=self._held, **more)

    def _ask(self, method: str, **params: Any) -> Any:
        self._asked += 1
        self._connection.send(json.dumps({"id": self._asked, "method": method, "params": params}))
        while (answer := json.loads(self._connection.recv(timeout=60))).get("id") != self._asked:
            pass
        assert "error" not in answer, answer
        return answer["result"]


@contextmanager
def visiting(path: str, address: str) -> Iterator[Visitor]:
    """A browser of its own at an address, for as long as it is needed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        command = [path, "--headless", "--remote-debugging-port=0", f"--user-data-dir={folder}", SIZE, *ARGUMENTS]
        process = subprocess.Popen([*command, address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with connect(_target(Path(folder) / "DevToolsActivePort"), max_size=None) as connection:
                yield Visitor(connection)
        finally:
            process.terminate()
            process.wait()


def _target(note: Path) -> str:
    """The address of the page's own socket, once the browser has written its port down."""
    for _ in range(200):
        if note.exists() and (lines := note.read_text().split()):
            connection = HTTPConnection("127.0.0.1", int(lines[0]))
            connection.request("GET", "/json/list")
            pages = [each for each in json.loads(connection.getresponse().read()) if each["type"] == "page"]
            connection.close()
            if pages:
                return str(pages[0]["webSocketDebuggerUrl"])
        sleep(0.1)
    raise TimeoutError("the browser did not start")
