"""Trainers on small data, and the losses they tell."""

from engine.config import RunConfig
from engine.dataset import Dataset
from engine.events import Stepped
from engine.trainer import Trainer


def trainer(data: Dataset, **document: object) -> Trainer:
    return Trainer(RunConfig.from_document(document), data)


def losses(trainer: Trainer, n: int | None = None) -> list[float]:
    return [loss for event in trainer.step(n) if isinstance(event, Stepped) for loss in event.loss]
