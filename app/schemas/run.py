"""What the calls on training runs take and answer. The engine validates a configuration; these types describe it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from app.schemas.graph import Document, Number

State = Literal["queued", "running", "paused", "finished", "stopped", "failed", "diverged"]


class OptimizerDocument(TypedDict, total=False):
    """The rule that turns gradients into updates."""

    name: Literal["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
    learning_rate: float


class RunRequest(BaseModel):
    """A training configuration; what is left out is as in the chapter's script."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {},
                {"hidden": [100, 100], "init": "he", "optimizer": {"name": "adam", "learning_rate": 0.001}},
            ]
        },
    )

    dataset: SkipValidation[str] = "mnist"
    hidden: Annotated[SkipValidation[list[int]], Field(description="sizes of the hidden layers")] = [50]
    activation: SkipValidation[Literal["relu", "sigmoid", "tanh", "leaky_relu", "softplus", "gelu"]] = "relu"
    init: Annotated[SkipValidation[float | Literal["xavier", "he"]], Field(description="scale of the weights")] = 0.01
    optimizer: SkipValidation[OptimizerDocument] = {"name": "sgd", "learning_rate": 0.1}
    batch_size: SkipValidation[int] = 100
    iterations: SkipValidation[int] = 10_000
    seed: SkipValidation[int] = 0
    weight_decay: SkipValidation[float] = 0
    dropout: SkipValidation[float] = 0
    batch_norm: SkipValidation[bool] = False
    gradient: SkipValidation[Literal["backprop", "numerical"]] = "backprop"
    train_limit: Annotated[SkipValidation[int | None], Field(description="only so many training images")] = None
    architecture: SkipValidation[Literal["simple_convnet"] | None] = None
    graph: Annotated[
        Document | None, Field(description="in place of hidden: a graph with inputs x and t whose output is a loss")
    ] = None
    save_every: Annotated[SkipValidation[int | None], Field(description="also save a moment every so many steps")] = (
        None
    )
    cores: Annotated[
        SkipValidation[int],
        Field(description="1 or 2: share the first layer between two processes where that is faster"),
    ] = 1


class RunChange(BaseModel):
    """What to change about a run; at least one key."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"examples": [{"state": "paused"}]})

    state: Literal["running", "paused", "stopped"] | None = None
    step: Annotated[int | None, Field(ge=1, le=10_000_000, description="iterations to go on, while paused")] = None
    learning_rate: Annotated[float | None, Field(ge=0, le=1e6, allow_inf_nan=False)] = None
    name: Annotated[str | None, Field(max_length=200)] = None
    tags: Annotated[list[Annotated[str, Field(min_length=1, max_length=50)]] | None, Field(max_length=20)] = None
    notes: Annotated[str | None, Field(max_length=10_000)] = None

    @model_validator(mode="after")
    def something(self) -> RunChange:
        """One key at least, none of them null."""
        if not self.model_fields_set or any(getattr(self, name) is None for name in self.model_fields_set):
            raise PydanticCustomError("nothing", f"give at least one of {', '.join(type(self).model_fields)}, not null")
        if self.step is not None and self.state is not None:
            raise PydanticCustomError("two", "give either state or step: a step leaves a paused run paused")
        return self


class Progress(TypedDict):
    """How far a run is."""

    iteration: int
    iterations: int
    eta_seconds: float | None


class LastMetrics(TypedDict):
    """The newest of each number."""

    loss: Number | None
    epoch: int | None
    train_accuracy: float | None
    test_accuracy: float | None


class Place(TypedDict):
    """A node of a run's network, at an iteration."""

    node: str
    iteration: int


class RunAnswer(TypedDict):
    """A run."""

    id: str
    name: str
    tags: list[str]
    notes: str
    created: str
    state: State
    reason: str | None
    diverged: Annotated[Place | None, Field(description="where a number first stopped being finite")]
    config: dict[str, Any]
    learning_rate: float
    progress: Progress
    metrics: LastMetrics
    seconds: float
    samples_per_second: float | None
    seq: int
    checkpoint: int | None


class EpochAnswer(TypedDict):
    """Accuracy on the whole training and test sets."""

    epoch: int
    iteration: int
    train_accuracy: float
    test_accuracy: float


class MetricsAnswer(TypedDict):
    """The curves of a run."""

    iteration: list[int]
    loss: list[Number]
    epochs: list[EpochAnswer]
