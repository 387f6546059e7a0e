"""What the calls on saved graphs take and answer."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from app.schemas.graph import APPLES, Document, GraphDocument


class SaveRequest(BaseModel):
    """A graph to keep, and the name to keep it under."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "apples for two", "document": APPLES}]}
    )

    name: Annotated[str, Field(min_length=1, max_length=200)]
    document: Document


class SavedEntry(TypedDict):
    """A saved graph in the list."""

    id: str
    name: str
    version: Annotated[int, Field(description="grows by one with every change")]
    created: Annotated[str, Field(description="ISO 8601, UTC")]
    changed: str
    nodes: Annotated[int, Field(description="how many nodes it has")]


class SavedAnswer(SavedEntry):
    """A saved graph with its document."""

    document: GraphDocument
