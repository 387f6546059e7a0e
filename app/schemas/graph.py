"""The graph document. The engine is the one that validates it; these types are its description."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from pydantic import ConfigDict, Field, SkipValidation, with_config
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
