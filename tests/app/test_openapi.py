"""What the OpenAPI document promises, the server holds; what it does not, is refused as a problem."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.factory import create_app
from app.problems import MEDIA_TYPE
from app.settings import Settings

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
PURE = ("/api/graphs", "/api/evaluate", "/api/check")
DOCUMENT = create_app(Settings()).openapi()
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
CALLS = [
    (path, method, mode)
    for path, calls in DOCUMENT["paths"].items()
    for method, call in calls.items()
    for mode in GenerationMode
    if not path.startswith("/api/runs") and (mode.is_positive or "requestBody" in call)
]


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client that many examples share."""
    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("data")))
    # No data is read in a thread meanwhile: Hypothesis reads syntax trees too (engine/tree.py).
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.runs.pool.START_DELAY", 3600)
        with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as made:
            yield made


@pytest.mark.parametrize(("path", "method", "mode"), CALLS)
def test_calls_keep_their_promises(caller: TestClient, path: str, method: str, mode: GenerationMode) -> None:
    @given(SCHEMA[path][method].as_strategy(generation_mode=mode))
    @bounded(max_examples=15, suppress_health_check=list(HealthCheck))
    def hold(case: Any) -> None:
        request = case.as_transport_kwargs(base_url="http://localhost")
        parts = {"content" if key == "data" else key: request.get(key) for key in ("headers", "params", "json", "data")}
        answer = caller.request(case.method, request["url"], **parts)
        case.validate_response(answer, checks=CHECKS)

    hold()


def test_every_call_has_words_and_may_answer_a_problem(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    for path, calls in document["paths"].items():
        for method, call in calls.items():
            assert call.get("description"), (method, path)
            assert MEDIA_TYPE in call["responses"]["default"]["content"]
    assert not {"HTTPValidationError", "ValidationError"} & document["components"]["schemas"].keys()


def test_examples_are_answered(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    tried = 0
    for path, calls in document["paths"].items():
        body = calls.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json")
        if (
            not body
            or "$ref" not in body["schema"]
            or not path.startswith(("/api/graphs", "/api/evaluate", "/api/check"))
        ):
            continue
        model = document["components"]["schemas"][body["schema"]["$ref"].rpartition("/")[2]]
        for example in model.get("examples", []):
            answer = client.post(path.replace("{format}", "json"), json=example)
            assert answer.status_code == 200, (path, answer.text)
            tried += 1
    assert tried >= 5


def test_things_of_one_name_have_schemas_of_their_own() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    _, diverged = sorted(schemas["RunAnswer"]["properties"]["diverged"]["anyOf"], key=lambda each: "$ref" in each)
    assert schemas[named(diverged)]["properties"].keys() == {"node", "iteration"}
    wrong = schemas["ProblemDetails"]["properties"]["errors"]["items"]
    assert schemas[named(wrong)]["properties"].keys() == {"where", "message"}


def test_every_answer_has_a_schema_and_every_reference_leads_to_one() -> None:
    for path, calls in DOCUMENT["paths"].items():
        for method, call in calls.items():
            for status, answer in call["responses"].items():
                for media_type, content in answer.get("content", {}).items():
                    assert content.get("schema") or "json" not in media_type, (method, path, status)
    references = re.findall(r'"\$ref": "([^"]+)"', json.dumps(DOCUMENT))
    assert references
    assert {reference.rpartition("/")[2] for reference in references} <= DOCUMENT["components"]["schemas"].keys()


def named(reference: dict[str, str]) -> str:
    """The name of the schema that is referred to."""
    return reference["$ref"].rpartition("/")[2]
