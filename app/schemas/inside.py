"""What the calls on the inside of a run take and answer: digits, moments, mistakes, the check of its gradients."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from app.schemas.graph import Number

Pixel = Annotated[float, Field(ge=0, le=1)]


STRICT = ConfigDict(extra="forbid", strict=True)


class PredictRequest(BaseModel):
    """A drawn digit or a test image."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"examples": [{"sample": 0}]})

    pixels: Annotated[list[Pixel] | None, Field(description="784 numbers from 0 (black) to 1 (white), row by row")] = (
        None
    )
    sample: Annotated[int | None, Field(ge=0, description="index of a test image")] = None
    label: Annotated[int | None, Field(ge=0, description="the label the loss is taken for; the answer if left out")] = (
        None
    )
    iteration: Annotated[int | None, Field(ge=0, description="a saved moment in place of the newest weights")] = None

    @model_validator(mode="after")
    def one_of_two(self) -> PredictRequest:
        """Pixels or a sample, not both."""
        if (self.pixels is None) == (self.sample is None):
            raise PydanticCustomError("one_of", "give either pixels or sample")
        return self


class CheckImagesRequest(BaseModel):
    """How many training images the gradients are compared on."""

    model_config = STRICT

    samples: Annotated[int, Field(ge=1, le=10)] = 3


class PredictAnswer(TypedDict):
    """What the network answers, and how the loss depends on each pixel."""

    label: int
    probabilities: list[float]
    gradient: list[float]
    iteration: int


class MomentAnswer(TypedDict):
    """A saved moment and how good the network was then."""

    iteration: int
    epoch: int | None
    loss: Number | None
    train_accuracy: float | None
    test_accuracy: float | None


class ConfusionAnswer(TypedDict):
    """The confusion matrix of the test set: row = true label, column = answer."""

    iteration: int
    matrix: list[list[int]]


class SampleAnswer(TypedDict):
    """A test image, its pixels from 0 to 1."""

    index: int
    label: int
    pixels: list[float]


class WrongSample(TypedDict):
    """A test image with the network's answer."""

    index: int
    label: int
    answer: int
    probability: float
    pixels: Annotated[str, Field(description="base64 of 784 bytes, row by row")]


class SamplesAnswer(TypedDict):
    """Some of the test images asked for, and how many there are."""

    total: int
    samples: list[WrongSample]


class ParameterCheck(TypedDict):
    """How far the two gradients of a parameter are apart."""

    mean_abs_diff: Number
    max_rel_error: Number


class BothSeconds(TypedDict):
    """How long each way took."""

    backprop: float
    numerical: float


class CheckedAnswer(TypedDict):
    """The gradient check of a run's network."""

    inputs: dict[str, ParameterCheck]
    forward_passes: int
    seconds: BothSeconds
    kinks: Annotated[int, Field(description="elements left out because their perturbation crosses a kink")]
