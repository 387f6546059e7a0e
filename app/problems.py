"""Problem details (RFC 9457): every refusal of the server, one row a kind, written as `application/problem+json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from engine.errors import (
    ConfigError,
    CycleError,
    DatasetError,
    EngineError,
    FormulaError,
    GraphError,
    LimitError,
    OpError,
    PartnerError,
    ShapeError,
    SlotError,
)

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its name in the type, its status, its title and when it is given."""

    name: str
    status: int
    title: str
    when: str

    @property
    def type(self) -> str:
        """The problem's type: a reference to its row on the page /docs."""
        return f"/docs#problem-{self.name}"


KINDS = {
    kind.name: kind
    for kind in (
        Kind("json", 400, "Body is not JSON", "the body is not well-formed JSON (NaN is written as a string)"),
        Kind("foreign", 403, "Host or origin not allowed", "the request's host or origin is neither ours nor allowed"),
        Kind("not-found", 404, "Not found", "nothing is kept or served under this address"),
        Kind("method", 405, "Method not allowed", "the address does not take this method; `Allow` says which"),
        Kind("conflict", 409, "Not possible in this state", "the thing is in a state that does not allow the change"),
        Kind("version", 412, "Changed meanwhile", "`If-Match` names a version that is no longer the stored one"),
        Kind("too-large", 413, "Body too large", "the body is longer than the setting allows"),
        Kind("media-type", 415, "Media type not supported", "the body is not sent as application/json"),
        Kind("request", 422, "Request not valid", "a key is missing, unknown or of the wrong type"),
        Kind("graph", 422, GraphError.title, "the graph document or a value in it is wrong"),
        Kind("cycle", 422, CycleError.title, "a node leads back to itself"),
        Kind("op", 422, OpError.title, "the catalogue has no such op, or the op no such attribute"),
        Kind("slot", 422, SlotError.title, "too few or too many inputs, or an input that is no node"),
        Kind("shape", 422, ShapeError.title, "the op cannot take these shapes together; the detail names both"),
        Kind("formula", 422, FormulaError.title, "the source is not in the formula language; see line and column"),
        Kind("limit", 422, LimitError.title, "larger or longer than a limit; the detail names the setting"),
        Kind("config", 422, ConfigError.title, "the training configuration cannot run"),
        Kind("dataset", 422, DatasetError.title, "a data file is missing or damaged"),
        Kind("no-version", 428, "Version required", "a change of a stored thing needs `If-Match` with its version"),
        Kind("internal", 500, "Server error", "a mistake of the server; its log says more"),
        Kind("stopping", 503, "Server stops", "the server was told to stop while the request was under way"),
    )
}

ENGINE_KINDS: dict[type[EngineError], str] = {
    CycleError: "cycle",
    OpError: "op",
    SlotError: "slot",
    GraphError: "graph",
    ShapeError: "shape",
    FormulaError: "formula",
    ConfigError: "config",
    DatasetError: "dataset",
    LimitError: "limit",
    PartnerError: "internal",
}
BY_STATUS = {404: "not-found", 405: "method", 400: "json"}


class Problem(HTTPException):
    """A refusal of one kind, with what is wrong in words."""

    def __init__(self, kind: str, detail: str, headers: Mapping[str, str] | None = None, **members: Any) -> None:
        self.kind = KINDS[kind]
        self.members = members
        super().__init__(self.kind.status, detail, dict(headers) if headers else None)


def problem_response(kind: Kind, detail: str, headers: Mapping[str, str] | None = None, **members: Any) -> Response:
    """The answer that carries a problem; members that are None are left out."""
    body = {"type": kind.type, "title": kind.title, "status": kind.status, "detail": printable(detail)}
    for name, member in members.items():
        if member is not None:
            body[name] = printable(member) if isinstance(member, str) else member
    return Response(orjson.dumps(body), kind.status, headers, MEDIA_TYPE)


def printable(text: str) -> str:
    """The text with what UTF-8 cannot carry replaced, and not longer than a person reads."""
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= 1000 else f"{text[:1000]}…"


def of_engine(error: EngineError) -> Response:
    """An engine error as a problem: its kind by its class, its place by its members."""
    name = next(name for kind, name in ENGINE_KINDS.items() if isinstance(error, kind))
    detail = error.message
    if isinstance(error, LimitError) and error.limit:
        detail = f"{detail} (setting BACKPROP_EXPLORER_MAX_{error.limit.upper()})"
    return problem_response(KINDS[name], detail, node=error.node, slot=error.slot, line=error.line, column=error.column)


def add_handlers(app: FastAPI) -> None:
    """Let the application answer every error as a problem."""

    @app.exception_handler(EngineError)
    async def engine(_: Request, error: EngineError) -> Response:
        return of_engine(error)

    @app.exception_handler(RecursionError)
    @app.exception_handler(MemoryError)
    async def exhausted(_: Request, error: Exception) -> Response:
        what = "it nests too deeply" if isinstance(error, RecursionError) else "it needs more memory than there is"
        return problem_response(KINDS["limit"], f"this is too large: {what}")

    @app.exception_handler(RequestValidationError)
    async def request(_: Request, error: RequestValidationError) -> Response:
        errors = [{"where": _where(e["loc"]), "message": printable(e["msg"])} for e in error.errors()[:20]]
        detail = "; ".join(f"{e['where']}: {e['message']}" for e in errors)
        return problem_response(KINDS["request"], detail, errors=errors)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        if isinstance(error, Problem):
            return problem_response(error.kind, error.detail, error.headers, **error.members)
        kind = KINDS[BY_STATUS.get(error.status_code, "request")]
        detail = {
            "not-found": f"there is nothing at {request.url.path}",
            "method": f"{request.url.path} does not take {request.method}",
        }.get(kind.name, str(error.detail))
        return problem_response(kind, detail, error.headers)

    @app.exception_handler(Exception)
    async def internal(_: Request, __: Exception) -> Response:
        return problem_response(KINDS["internal"], "the server made a mistake; its log says more")


def _where(place: tuple[int | str, ...]) -> str:
    return printable(".".join(str(part) for part in place))
