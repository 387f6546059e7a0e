"""Waiting for what a page comes to, where no locator can tell."""

import time
from typing import TypeVar

from playwright.sync_api import Page

T = TypeVar("T")


def until(page: Page, truth: str, seconds: float = 30) -> None:
    """Wait for an expression to become true; the page's policy forbids Playwright's own way, which evaluates text."""
    end = time.monotonic() + seconds
    while not page.evaluate(truth):
        assert time.monotonic() < end, f"not true after {seconds} s: {truth}"
        page.wait_for_timeout(50)


def some(page: Page, held: list[T]) -> list[T]:
    """What is held back of the page's calls or messages, once there is something."""
    end = time.monotonic() + 30
    while not held:
        assert time.monotonic() < end, "nothing came"
        page.wait_for_timeout(20)
    return held
