"""The catalogue, the gallery, and documents to and from source."""

from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app.schemas.graph import APPLES, SIGMOID
from engine import evaluate
from engine.formula import parse
from engine.gallery import GALLERY
from engine.graph import Graph
from engine.op import OPS


def post(client: TestClient, path: str, **body: Any) -> Any:
    answer = client.post(f"/api/graphs/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(client: TestClient, path: str, **body: Any) -> Any:
    answer = client.post(f"/api/graphs/{path}", json=body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()


def test_health(client: TestClient) -> None:
    answer = client.get("/api/health").json()
    assert (answer["status"], list(answer)) == ("ok", ["status", "version"])


def test_catalogue_holds_every_op(client: TestClient) -> None:
    ops = {op["name"]: op for op in client.get("/api/ops").json()}
    assert list(ops) == list(OPS)
    assert (ops["mul"]["symbol"], ops["mul"]["slots"], ops["mul"]["elementwise"]) == ("×", ["x", "y"], True)
    assert ops["mul"]["rule"]["local"] == ["y", "x"]
    assert (ops["sigmoid"]["expandable"], ops["add"]["expandable"]) == (True, False)
    assert ops["pool"]["attrs"] == {"size": 2, "stride": 2}
    for op in ops.values():
        assert len(op["rule"]["local"]) == len(op["slots"])


def test_gallery_is_in_the_chapter_s_order(client: TestClient) -> None:
    entries = client.get("/api/graphs").json()
    assert [entry["slug"] for entry in entries] == [entry.slug for entry in GALLERY]
    assert all({"slug", "title", "section", "source"} <= entry.keys() for entry in entries)


@pytest.mark.parametrize("slug", [entry.slug for entry in GALLERY])
def test_gallery_graphs_evaluate_and_are_what_their_source_says(client: TestClient, slug: str) -> None:
    document = client.get(f"/api/graphs/{slug}").json()
    drawn = client.post("/api/evaluate", json={"graph": document}).json()
    written = client.post("/api/evaluate", json={"source": document["source"]}).json()
    assert drawn["nodes"][drawn["output"]] == written["nodes"][written["output"]]
    for node in document["nodes"]:
        if node["op"] == "input":
            assert drawn["nodes"][node["id"]] == written["nodes"][node["id"]]


def test_ops_come_in_families(client: TestClient) -> None:
    families = {op["name"]: op["family"] for op in client.get("/api/ops").json()}
    assert (families["mul"], families["sigmoid"], families["affine"]) == ("arithmetic", "activation", "linear")


def test_parse_says_where_each_node_was_written(client: TestClient) -> None:
    answer = post(client, "parse", source="x = 3\nz = (x + y)**2")
    assert set(answer["places"]) == {node["id"] for node in answer["graph"]["nodes"]}
    assert [line for line, _ in answer["places"].values()] == [1, 2, 2, 2, 2]


def test_parse_names_its_nodes(client: TestClient) -> None:
    answer = post(client, "parse", source="z = x + y\nz = z ** 2", inputs={"x": [1, 2]})
    values = {node["id"]: node.get("value") for node in answer["graph"]["nodes"]}
    assert (values["x"], values["y"]) == ([1, 2], 1)
    assert answer["names"]["z"] == answer["graph"]["output"]
    assert answer["names"]["x"] == "x"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"source": None},
        {"source": 3},
        {"source": "x = 1", "inputs": {"y": 1}},
        {"source": "x + 1", "inputs": {"x": "a"}},
        {"source": "x + 1", "input": {}},
        {"source": "x +"},
    ],
)
def test_what_does_not_parse(client: TestClient, body: dict[str, Any]) -> None:
    assert refused(client, "parse", **body)["detail"]


@pytest.mark.parametrize("slug", [entry.slug for entry in GALLERY])
def test_format_evaluates_as_the_graph_does(client: TestClient, slug: str) -> None:
    document = client.get(f"/api/graphs/{slug}").json()
    source = post(client, "format", graph=document)["source"]
    np.testing.assert_array_equal(evaluate(parse(source).graph).output, evaluate(Graph.from_document(document)).output)


@pytest.mark.parametrize("path", ["format", "expand", "collapse"])
def test_wrong_graphs_are_refused(client: TestClient, path: str) -> None:
    more = {"expand": {"node": "y"}, "collapse": {"group": "g"}}.get(path, {})
    for graph in (None, 3, {}, APPLES | {"output": "nobody"}):
        refused(client, path, graph=graph, **more)
    refused(client, path, **more)
    refused(client, path, graph=APPLES, **more, nonsense=1)


def test_expand_opens_and_collapse_folds(client: TestClient) -> None:
    opened = post(client, "expand", graph=SIGMOID, node="y")
    assert len(opened["nodes"]) > len(SIGMOID["nodes"])
    (group,) = opened["groups"]
    before = client.post("/api/evaluate", json={"graph": SIGMOID}).json()["nodes"]
    after = client.post("/api/evaluate", json={"graph": opened}).json()["nodes"]
    for node in ("x", "y"):
        np.testing.assert_allclose(after[node]["value"], before[node]["value"], rtol=1e-15)
        np.testing.assert_allclose(after[node]["gradient"], before[node]["gradient"], rtol=1e-14)
    folded = post(client, "collapse", graph=opened, group=group["id"])
    assert [node["op"] for node in folded["nodes"]] == ["input", "sigmoid"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("expand", {"graph": SIGMOID, "node": "nobody"}),
        ("expand", {"graph": SIGMOID, "node": "x"}),
        ("expand", {"graph": SIGMOID, "node": 3}),
        ("expand", {"graph": SIGMOID}),
        ("expand", {"graph": APPLES, "node": "price"}),
        ("collapse", {"graph": SIGMOID, "group": "y:sigmoid"}),
        ("collapse", {"graph": SIGMOID | {"groups": [{"id": "x", "op": "sigmoid", "nodes": ["x"]}]}, "group": "x"}),
        ("collapse", {"graph": SIGMOID | {"groups": [{"id": "y:no", "op": "no", "nodes": ["y"]}]}, "group": "y:no"}),
    ],
)
def test_what_does_not_open_or_fold(client: TestClient, path: str, body: dict[str, Any]) -> None:
    refused(client, path, **body)
