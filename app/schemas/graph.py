"""The graph document. The engine is the one that validates it; these types are its description."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, with_config
from typing_extensions import TypeAliasType, TypedDict

Number = float | Literal["NaN", "Infinity", "-Infinity"]
Value = TypeAliasType("Value", "Number | list[Value]")
Text = str | dict[str, str]

STRICT = ConfigDict(extra="forbid")

APPLES: dict[str, Any] = {
    "nodes": [
        {"id": "apple", "op": "input", "value": 100, "label": {"en": "apple price", "ja": "りんごの値段"}},
        {"id": "apple_num", "op": "input", "value": 2},
        {"id": "tax", "op": "input", "value": 1.1},
        {"id": "apple_price", "op": "mul", "inputs": ["apple", "apple_num"]},
        {"id": "price", "op": "mul", "inputs": ["apple_price", "tax"]},
    ],
    "output": "price",
}
SIGMOID: dict[str, Any] = {
    "nodes": [{"id": "x", "op": "input", "value": [1, -0.5]}, {"id": "y", "op": "sigmoid", "inputs": ["x"]}],
    "output": "y",
}


@with_config(STRICT)
class NodeDocument(TypedDict):
    """A node: an op with its inputs, or an `input` or `constant` with its value."""

    id: str
    op: str
    inputs: NotRequired[Annotated[list[str], Field(description="node ids, one a slot, in slot order")]]
    attrs: NotRequired[Annotated[dict[str, Any], Field(description="keyword parameters of the op")]]
    value: NotRequired[Value]
    label: NotRequired[Text]


@with_config(STRICT)
class GroupDocument(TypedDict):
    """Nodes that together make one composite node."""

    id: str
    op: str
    nodes: list[str]
    label: NotRequired[Text]
    collapsed: NotRequired[bool]
    inputs: NotRequired[list[str]]
    attrs: NotRequired[dict[str, Any]]


@with_config(STRICT)
class GraphDocument(TypedDict):
    """A graph: nodes in any order, and the id of the node that is its output."""

    nodes: Annotated[list[NodeDocument], Field(min_length=1)]
    output: str
    title: NotRequired[Text]
    description: NotRequired[Text]
    groups: NotRequired[list[GroupDocument]]
    source: NotRequired[Annotated[str, Field(description="the formula that the graph was read from")]]


# A thousand nodes are checked once, by the engine, whose errors name node and slot.
Document = Annotated[SkipValidation[GraphDocument], Field(examples=[APPLES])]


class Entry(TypedDict):
    """A graph of the gallery."""

    slug: str
    title: Text
    section: str
    source: str
    description: Text


class RuleText(TypedDict):
    """A rule in LaTeX: forward, and backward for each slot."""

    forward: str
    local: list[str]


class OpAnswer(TypedDict):
    """An op of the catalogue; `attrs` holds the default of each, `source` the place in the book."""

    name: str
    family: str
    symbol: str
    summary: str
    slots: list[str]
    variadic: bool
    attrs: dict[str, Any]
    rule: RuleText
    elementwise: bool
    expandable: bool
    source: str


class ParseRequest(BaseModel):
    """Source in the formula language, with values for its free names."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"source": "z = (x + y)**2", "inputs": {"x": 3, "y": 1}}]}
    )

    source: str
    inputs: dict[str, SkipValidation[Value]] = {}


class ParseAnswer(TypedDict):
    """The graph that a source means, the node that each of its names stands for in the end, and each node's place."""

    graph: GraphDocument
    names: dict[str, str]
    places: Annotated[dict[str, tuple[int, int]], Field(description="node id: line and column, from 1")]


class GraphRequest(BaseModel):
    """A graph."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"graph": APPLES}]})

    graph: Document


class ExportRequest(GraphRequest):
    """A graph, and the language of its labels in pictures."""

    language: Literal["en", "zh", "ja"] = "en"


class FormatAnswer(TypedDict):
    """A graph's source."""

    source: str


class ExpandRequest(BaseModel):
    """A graph and the composite node in it to open."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"graph": SIGMOID, "node": "y"}]})

    graph: Document
    node: str


class CollapseRequest(BaseModel):
    """A graph and the group in it to fold back into one node."""

    model_config = ConfigDict(extra="forbid")

    graph: Document
    group: str
