"""Events: what a training run tells, in the order in which it happened. The log of them is the run."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stepped:
    """Iterations that were done, each with the loss of its own mini-batch before the update."""

    iteration: Sequence[int]
    loss: Sequence[float]

    def to_message(self) -> Message:
        return {"type": "steps", "iteration": list(self.iteration), "loss": list(self.loss)}


@dataclass(frozen=True, slots=True)
class EpochEnded:
    """Accuracy on the whole train and test sets, after the update of this iteration."""

    epoch: int
    iteration: int
    train_accuracy: float
    test_accuracy: float

    def to_message(self) -> Message:
        return {"type": "epoch", **asdict(self)}


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The run is now running, finished, diverged ...; `reason` says why, `node` where a number stopped being finite."""

    state: str
    reason: str | None = None
    node: str | None = None
    iteration: int | None = None

    def to_message(self) -> Message:
        return {"type": "state", **{key: value for key, value in asdict(self).items() if value is not None}}


@dataclass(frozen=True, slots=True)
class Progressed:
    """How many iterations are done, how fast, and how long the rest will take."""

    iteration: int
    iterations: int
    samples_per_second: float
    eta_seconds: float

    def to_message(self) -> Message:
        return {"type": "progress", **asdict(self)}


@dataclass(frozen=True, slots=True)
class Images:
    """Weights as images on one scale: 127 is +limit, −127 is −limit.

    Shapes:  pixels (units, height, width) int8
    """

    name: str
    pixels: NDArray[np.int8]
    limit: float

    def to_message(self) -> Message:
        data = b64encode(self.pixels.tobytes()).decode()
        return {"name": self.name, "shape": list(self.pixels.shape), "limit": self.limit, "data": data}


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many of the numbers lie in each of the equal steps from low to high."""

    name: str
    low: float
    high: float
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Activations(Histogram):
    """What a layer answers to the batch; `dead` units answer 0 to every image of it (None: not a ReLU)."""

    mean: float
    std: float
    dead: int | None
    units: int


@dataclass(frozen=True, slots=True)
class ParameterSize:
    """Mean sizes per number, so that big layers do not look stronger, and the update relative to the weight."""

    name: str
    mean_abs: float
    gradient_mean_abs: float
    update_ratio: float


@dataclass(frozen=True, slots=True)
class TensorsSampled:
    """A look inside at one iteration: first-layer weights, activations, gradients, sizes."""

    iteration: int
    images: Images | None
    activations: tuple[Activations, ...] = field(default=())
    gradients: tuple[Histogram, ...] = field(default=())
    parameters: tuple[ParameterSize, ...] = field(default=())

    def to_message(self) -> Message:
        return {
            "type": "tensors",
            "iteration": self.iteration,
            "images": self.images and self.images.to_message(),
            "activations": [_document(entry) for entry in self.activations],
            "gradients": [_document(entry) for entry in self.gradients],
            "parameters": [_document(entry) for entry in self.parameters],
        }


def _document(entry: Histogram | ParameterSize) -> Message:
    # Every field is flat: asdict would copy each count by itself, several times a second beside the training.
    return {name: getattr(entry, name) for name in entry.__dataclass_fields__}


Event = Stepped | EpochEnded | StateChanged | Progressed | TensorsSampled
