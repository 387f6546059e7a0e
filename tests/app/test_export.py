"""POST /api/graphs/export/{format}: files that are what their name says."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.schemas.graph import APPLES
from engine.gallery import GALLERY

TYPES = {
    "layers.py": "text/x-python; charset=utf-8",
    "torch.py": "text/x-python; charset=utf-8",
    "svg": "image/svg+xml",
    "json": "application/json",
    "tex": "application/x-tex; charset=utf-8",
}


def export(client: TestClient, name: str, graph: Any) -> Any:
    answer = client.post(f"/api/graphs/export/{name}", json={"graph": graph})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == TYPES[name]
    return answer


@pytest.mark.parametrize("slug", [entry.slug for entry in GALLERY])
def test_every_graph_of_the_gallery(client: TestClient, slug: str) -> None:
    graph = client.get(f"/api/graphs/{slug}").json()
    for name in ("layers.py", "torch.py"):
        compile(export(client, name, graph).text, name, "exec")
    ET.fromstring(export(client, "svg", graph).content)
    assert r"\begin{document}" in export(client, "tex", graph).text
    exported = export(client, "json", graph).json()
    assert exported == {key: graph[key] for key in graph if key != "source"}


def test_files_have_names(client: TestClient) -> None:
    assert export(client, "layers.py", APPLES).headers["content-disposition"] == 'attachment; filename="layers.py"'
    assert export(client, "svg", APPLES).headers["content-disposition"] == 'attachment; filename="graph.svg"'


@pytest.mark.parametrize("name", ["pdf", "layers", "LAYERS.PY", "..%2Fjson", "json%00"])
def test_other_formats_are_refused(client: TestClient, name: str) -> None:
    answer = client.post(f"/api/graphs/export/{name}", json={"graph": APPLES})
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", TYPES)
def test_wrong_graphs_are_refused(client: TestClient, name: str) -> None:
    bomb = {
        "nodes": [
            {"id": "x", "op": "input", "value": 1},
            {"id": "y", "op": "broadcast_to", "inputs": ["x"], "attrs": {"shape": [10**9]}},
        ],
        "output": "y",
    }
    for body in ({}, {"graph": APPLES | {"output": "nobody"}}, {"graph": APPLES, "more": 1}, {"graph": bomb}):
        answer = client.post(f"/api/graphs/export/{name}", json=body)
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", TYPES)
def test_odd_names_stay_inside_the_file(client: TestClient, name: str) -> None:
    label = '"""</text><script>alert(1)</script>\\end{document}\n\x00\x1b%$#_{}~^'
    nodes = [
        {"id": "import os; os.system('x')#\n", "op": "input", "value": 2, "label": label},
        {"id": "class", "op": "square", "inputs": ["import os; os.system('x')#\n"], "label": {"en": label}},
    ]
    text = export(client, name, {"nodes": nodes, "output": "class", "title": label, "description": label}).text
    if name.endswith(".py"):
        compile(text, name, "exec")
        assert not any(line.startswith("import os") for line in text.splitlines())
    if name == "svg":
        root = ET.fromstring(text)
        assert not any(element.tag.endswith("script") for element in root.iter())
    if name == "tex":
        assert text.count(r"\end{document}") == 1
