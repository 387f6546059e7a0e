"""What evaluate and check take and answer."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, Self

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from app.schemas.graph import APPLES, Document, GraphDocument, Number, Value

Values = Annotated[
    dict[str, SkipValidation[Value]], Field(description="values of input nodes by id, in place of their own")
]


class Subject(BaseModel):
    """What to evaluate: a graph or the source of one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"graph": APPLES}, {"source": "z = (x + y)**2", "inputs": {"x": 3, "y": 1}, "seed": 1}]
        },
    )

    graph: Document | None = None
    source: Annotated[str | None, Field(description="in the formula language", examples=["z = (x + y)**2"])] = None
    inputs: Values = {}
    seed: Annotated[
        SkipValidation[Value] | None, Field(description="gradient at the output; ones where it is left out")
    ] = None

    @model_validator(mode="after")
    def one_of_two(self) -> Self:
        """A graph or a source, not both."""
        if (self.graph is None) == (self.source is None):
            raise PydanticCustomError("one_of", "give either graph or source")
        return self


class EvaluateRequest(Subject):
    """A graph or its source, with values for inputs and a gradient to start from."""


class CheckRequest(Subject):
    """A graph or its source, and the step of the numerical gradient."""

    epsilon: Annotated[float, Field(strict=True, ge=1e-12, le=1, description="step to both sides of each number")] = (
        1e-4
    )
    every_node: Annotated[
        bool, Field(strict=True, description="check the values between inputs and output too, in `nodes`")
    ] = False


class Summary(TypedDict):
    """An array too long to be sent whole."""

    shape: list[int]
    preview: Annotated[Value, Field(description="the leading corner, with all axes")]
    min: Number
    max: Number
    mean: Number


Shown = Value | Summary


class NodeAnswer(TypedDict):
    """A node's value and gradient d(output)/d(value)."""

    value: Shown
    gradient: Shown
    shape: list[int]


class EdgeAnswer(TypedDict):
    """What one edge carried; `local` is null where the op is not element-wise."""

    source: str
    target: str
    slot: int
    value: Shown
    local: Shown | None
    gradient: Annotated[Shown, Field(description="upstream × local, before the sum at the node")]


class Warning(TypedDict):  # noqa: A001 - the contract's word
    """The first node that made a number that is not finite."""

    node: str
    kind: Literal["value", "gradient"]
    detail: str


class EvaluateAnswer(TypedDict):
    """Every value and every gradient of the graph."""

    graph: GraphDocument
    output: str
    order: Annotated[list[str], Field(description="node ids in topological order")]
    nodes: dict[str, NodeAnswer]
    edges: list[EdgeAnswer]
    warnings: list[Warning]


class InputCheck(TypedDict):
    """Both gradients of one input, and how far they are apart."""

    backprop: Shown
    numerical: Shown
    mean_abs_diff: Number
    max_rel_error: Number


class CheckSeconds(TypedDict):
    """How long each way took."""

    backprop: float
    numerical: float


class KinkAnswer(TypedDict):
    """An element left out of the errors: its perturbation crosses a kink of a node."""

    node: str
    input: str
    index: list[int]


class CheckAnswer(TypedDict):
    """Backpropagation against numerical differentiation, input by input."""

    inputs: dict[str, InputCheck]
    forward_passes: int
    seconds: CheckSeconds
    kinks: list[KinkAnswer]
    nodes: NotRequired[Annotated[dict[str, InputCheck], Field(description="where every_node asks for it")]]
