"""An event as it is stored and sent: its message encoded once, and the same text for every client."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

KEPT = ("steps", "epoch", "state")
"""The types that make the log; `progress` and `tensors` only tell how things stand, so the latest is enough."""


@dataclass(frozen=True, slots=True)
class Event:
    """One message of one run at its place `seq`."""

    seq: int
    type: str
    text: str

    @property
    def message(self) -> dict[str, Any]:
        return orjson.loads(self.text)  # type: ignore[no-any-return]


def encode(seq: int, message: dict[str, Any]) -> Event:
    """An event from a message; numbers that are not finite become the words of the contract."""
    return Event(seq, message["type"], orjson.dumps({"seq": seq, **message}, default=_plain).decode())


def number(value: float) -> float | str:
    """A number as JSON can say it: "NaN", "Infinity" and "-Infinity" are words."""
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _plain(value: Any) -> Any:
    if isinstance(value, Sequence):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def merge(events: Sequence[Event], points: int, *, thin: bool = False) -> list[Event]:
    """The same events in fewer messages: neighbouring `steps` joined up to `points` a message.

    With `thin`, joined steps that are still more than `points` keep every k-th and the last, so a client that falls
    behind gets a coarser curve and never a longer queue. Other events stay as they are, in their order.
    """
    merged: list[Event] = []
    group: list[Event] = []
    count = 0
    for event in events:
        size = event.text.count(",") // 2 if event.type == "steps" else 0
        if group and (event.type != "steps" or (not thin and count + size > points)):
            merged.append(_join(group, points))
            group, count = [], 0
        if event.type == "steps":
            group.append(event)
            count += size
        else:
            merged.append(event)
    if group:
        merged.append(_join(group, points))
    return merged


def _join(steps: Sequence[Event], points: int) -> Event:
    if len(steps) == 1:
        return steps[0]
    iteration: list[int] = []
    loss: list[float | str] = []
    for event in steps:
        message = event.message
        iteration += message["iteration"]
        loss += message["loss"]
    stride = -(-len(iteration) // points)
    if stride > 1:
        # Counted from the end, so that the newest point is always one of those kept.
        first = (len(iteration) - 1) % stride
        iteration, loss = iteration[first::stride], loss[first::stride]
    return encode(steps[-1].seq, {"type": "steps", "iteration": iteration, "loss": loss})
