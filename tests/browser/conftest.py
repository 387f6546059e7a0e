"""A real server and a real Chromium."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect, sync_playwright

from tests.browser.training import start

# One without a window first: it takes half of the work for a page.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# A machine that tests share with other work may be slow; what is asked for comes, only later.
expect.set_options(timeout=20_000)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


class Server:
    """A server process on a free port (or a given one), with a data folder of its own."""

    def __init__(self, data: Path, port: str = "0") -> None:
        command = [Path(sys.executable).with_name("backprop-explorer"), "--port", port, "--no-browser"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("BACKPROP_EXPLORER_")}
        self.process = subprocess.Popen(
            [*command, "--data-dir", data], stdout=subprocess.PIPE, text=True, env=environment
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert "http://" in line, "the server said nothing before it ended"
        self.address = line.split()[-1]

    def stop(self) -> int:
        """End the process as a person would, and say how it ended."""
        assert self.process.stdout is not None
        self.process.terminate()
        try:
            return self.process.wait(timeout=30)
        finally:
            self.process.kill()
            self.process.stdout.close()

    def kill(self) -> None:
        """End the process as a crash would."""
        assert self.process.stdout is not None
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server that all browser tests share."""
    made = Server(tmp_path_factory.mktemp("data"))
    yield made.address
    made.stop()


def launch(playwright: Playwright) -> Browser:
    """Start the Chromium that the environment names, else one on the PATH."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "no Chromium on this machine; make test installs one"
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        made = launch(playwright)
        yield made
        made.close()


def leave_nothing(server: str) -> None:
    """Stop what a test left training and delete what it saved: the next has the machine and the lists to itself."""

    def call(method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{server}/api/{path}", data, {"Content-Type": "application/json"}, method=method)
        with urlopen(request) as answer:
            return json.loads(answer.read() or b"null")

    for run in call("GET", "runs"):
        if run["state"] not in ("queued", "running", "paused"):
            continue
        try:
            call("PATCH", f"runs/{run['id']}", {"state": "stopped"})
        except HTTPError as error:
            # A run may come to its end after the list is made.
            if error.code != 409:
                raise
    for graph in call("GET", "saved"):
        with suppress(HTTPError):  # a deletion that a test asked for last may have come first
            call("DELETE", f"saved/{graph['id']}")


@pytest.fixture
def new_page(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Open a page in a context with the options given; an error in its console fails the test."""
    contexts = []
    errors: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # The browser's own note of an answer that the page shows, or that is the page of an address with nothing.
        place = str(message.location.get("url"))
        refused = re.search("status of (409|422|503)", message.text)
        nothing = "status of 404" in message.text and ("/api/" in place or place.endswith("/nosuch"))
        if message.type == "error" and not (refused or nothing):
            errors.append(f"{message.text} ({place})")

    def opened(**options: Any) -> Page:
        settings: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "locale": "en-US", "base_url": server}
        context = browser.new_context(**settings | options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    leave_nothing(server)
    assert not errors


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page in English on a screen of 1440 by 900."""
    return new_page()


@pytest.fixture
def trained(page: Page) -> Page:
    """The page of a run that has finished two epochs."""
    page.goto("/training")
    start(page, Iterations="1300")
    expect(page.locator("#run-state")).to_have_text("finished", timeout=30_000)
    return page
