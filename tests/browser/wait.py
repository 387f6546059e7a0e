"""Waiting for what a page comes to, where no locator can tell."""

import sys
import time
from typing import TypeVar

from playwright.sync_api import Page, Route

T = TypeVar("T")


def until(page: Page, truth: str, seconds: float = 30) -> None:
    """Wait for an expression to become true; the page's policy forbids Playwright's own way, which evaluates text."""
    end = time.monotonic() + seconds
    while not page.evaluate(truth):
        assert time.monotonic() < end, f"not true after {seconds} s: {truth}"
        page.wait_for_timeout(50)


def hold(page: Page, address: str, method: str, most: int = sys.maxsize) -> list[Route]:
    """Calls of the page that are held back, so many at most; `some` waits for them, and each can then go on."""
    held: list[Route] = []

    def called(route: Route) -> None:
        if route.request.method == method and len(held) < most:
            held.append(route)
        else:
            route.continue_()

    page.route(address, called)
    return held


def some(page: Page, held: list[T]) -> list[T]:
    """What is held back of the page's calls or messages, once there is something."""
    end = time.monotonic() + 30
    while not held:
        assert time.monotonic() < end, "nothing came"
        page.wait_for_timeout(20)
    return held
