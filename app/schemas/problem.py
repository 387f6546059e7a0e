"""A problem (RFC 9457) as the OpenAPI document tells it."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from app.problems import KINDS, MEDIA_TYPE
from app.schemas.reference import reference


class WrongKey(TypedDict):
    """One key of the request that is wrong."""

    where: str
    message: str


class ProblemDetails(TypedDict):
    """What is wrong, where, and what would be right."""

    type: Annotated[str, Field(examples=[KINDS["shape"].type])]
    title: str
    status: int
    detail: str
    node: NotRequired[str]
    slot: NotRequired[int]
    line: NotRequired[int]
    column: NotRequired[int]
    errors: NotRequired[list[WrongKey]]


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The answers of an endpoint that refuses with these statuses, for the OpenAPI document."""
    return {
        status: {
            "description": " or ".join(dict.fromkeys(k.title for k in KINDS.values() if k.status == status)),
            "content": {MEDIA_TYPE: {"schema": reference("ProblemDetails")}},
        }
        for status in statuses
    }
