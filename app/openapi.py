"""The OpenAPI document: what the routes say of themselves, and for every call the problem it may answer with."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from app.body import JsonRoute
from app.problems import MEDIA_TYPE
from app.schemas.problem import ProblemDetails
from app.schemas.reference import TEMPLATE, reference

ABOUT = """Computational graphs evaluated forward and backward, and networks that learn.

Bodies are JSON, unknown keys are refused, refusals are problem documents (RFC 9457). What is not finite is one of the
strings "NaN", "Infinity" and "-Infinity"."""
PROBLEM = {
    "description": "A problem (RFC 9457); its type is one of the table on this page",
    "content": {MEDIA_TYPE: {"schema": reference("ProblemDetails")}},
}


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of an application, made once."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, description=ABOUT, routes=app.routes)
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas |= _answers(app, document["paths"])
        for path in document["paths"].values():
            for operation in path.values():
                responses = operation["responses"]
                if "HTTPValidationError" in str(responses.get("422")):
                    del responses["422"]
                responses["default"] = PROBLEM
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        app.openapi_schema = document
    return app.openapi_schema


def _answers(app: FastAPI, paths: dict[str, Any]) -> dict[str, Any]:
    """Write into `paths` what the routes answer, and return the schemas that this and PROBLEM refer to."""
    told = {route.unique_id: route for route in app.routes if isinstance(route, JsonRoute) and route.response_model}
    answers = {name: route.response_model for name, route in told.items()} | {"problem": ProblemDetails}
    adapters: Any = [(name, "validation", TypeAdapter(answer)) for name, answer in answers.items()]
    schemas, definitions = TypeAdapter.json_schemas(adapters, ref_template=TEMPLATE)
    for name, route in told.items():
        operation = paths[route.path_format][min(route.methods or {"GET"}).lower()]
        content = operation["responses"][str(route.status_code or 200)]["content"]["application/json"]
        content["schema"] = schemas[name, "validation"]
    found: dict[str, Any] = definitions["$defs"]
    return found
