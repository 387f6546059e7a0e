"""What is known of one run besides its events: the row that lists and answers are made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

State = Literal["queued", "running", "paused", "finished", "stopped", "failed", "diverged"]
ENDED: tuple[State, ...] = ("finished", "stopped", "failed", "diverged")


@dataclass(slots=True)
class Run:
    """One run: its configuration, where it stands, its last metrics, and what a person wrote on it."""

    id: str
    created: float
    config: dict[str, Any]
    iterations: int
    batch_size: int
    learning_rate: float
    state: State = "queued"
    reason: str | None = None
    diverged: dict[str, Any] | None = None
    name: str = ""
    tags: list[str] = field(default_factory=list)
    notes: str = ""
    iteration: int = 0
    epoch: int | None = None
    loss: float | str | None = None
    train_accuracy: float | None = None
    test_accuracy: float | None = None
    seconds: float = 0.0
    samples_per_second: float | None = None
    seq: int = 0
    checkpoint: int | None = None

    @property
    def eta_seconds(self) -> float | None:
        if not self.samples_per_second or self.state in ENDED:
            return None
        return (self.iterations - self.iteration) * self.batch_size / self.samples_per_second

    def outline(self) -> dict[str, Any]:
        """The run as lists give it: of a graph of one's own only what it is called and how many nodes it has."""
        document, graph = self.to_document(), self.config.get("graph")
        if graph:
            outline = {"title": graph.get("title"), "nodes": len(graph["nodes"])}
            document["config"] = self.config | {"graph": outline}
        return document

    def to_document(self) -> dict[str, Any]:
        """The run as the API answers it."""
        return {
            "id": self.id,
            "name": self.name,
            "tags": self.tags,
            "notes": self.notes,
            "created": datetime.fromtimestamp(self.created, UTC).isoformat(timespec="milliseconds"),
            "state": self.state,
            "reason": self.reason,
            "diverged": self.diverged,
            "config": self.config,
            "learning_rate": self.learning_rate,
            "progress": {
                "iteration": self.iteration,
                "iterations": self.iterations,
                "eta_seconds": self.eta_seconds,
            },
            "metrics": {
                "loss": self.loss,
                "epoch": self.epoch,
                "train_accuracy": self.train_accuracy,
                "test_accuracy": self.test_accuracy,
            },
            "seconds": self.seconds,
            "samples_per_second": self.samples_per_second,
            "seq": self.seq,
            "checkpoint": self.checkpoint,
        }
