"""Pace: how fast the steps go, and how many of them fill the time between two events."""

from __future__ import annotations


class Pace:
    """Seconds per step, smoothed, and the number of steps to do next before telling of them."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.count = 1

    def took(self, steps: int, seconds: float, interval: float) -> None:
        """Learn from steps just done; the next lot takes about `interval`, and is at most twice as long."""
        each = seconds / steps
        self.seconds = 0.8 * self.seconds + 0.2 * each if self.seconds else each
        self.count = max(1, min(2 * steps, int(interval / each)))
