"""Graphs that nobody would draw: any op over any values with any attrs is answered or refused, never an accident."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from app.factory import create_app
from app.settings import Settings
from engine.op import OPS

NUMBERS = st.sampled_from([0, 1, -1, 0.5, 2, 3, 1e308, -1e308, 5e-324, 2**63, "NaN", "Infinity", "-Infinity"])
SHAPES = st.sampled_from(
    [(), (0,), (1,), (2,), (3,), (2, 3), (3, 2), (1, 3), (2, 0), (2, 2), (1, 1, 2, 2), (2, 1, 4, 4), (70, 70)]
)
PLAIN = [None, True, 0, 1, 2, -1, -7, 0.5, 10**6, 2**62, 2**63 - 1, 2**64, 1e308, "", "x", "NaN"]
LISTS = [[], [0], [1, 0], [2, -1], [-1, -1], [0, 0], [10**9], [10**6, 10**6], [2] * 70, [[1]], [None], {"a": 1}]
ODD = st.sampled_from([*PLAIN, *LISTS])


@st.composite
def values(draw: st.DrawFn) -> Any:
    shape, number = draw(SHAPES), draw(NUMBERS)
    value: Any = number
    for length in reversed(shape):
        value = [value] * length
    if len(shape) == 1 and draw(st.booleans()):
        value = [draw(NUMBERS) for _ in value]
    return value


@st.composite
def graphs(draw: st.DrawFn) -> Any:
    nodes: list[dict[str, Any]] = [
        {"id": f"x{k}", "op": "input", "value": draw(values())} for k in range(draw(st.integers(1, 4)))
    ]
    for k in range(draw(st.integers(1, 5))):
        op = OPS[draw(st.sampled_from(sorted(OPS)))]
        count = draw(st.integers(1, 3)) if op.variadic else len(op.slots)
        known = [node["id"] for node in nodes]
        node = {"id": f"n{k}", "op": op.name, "inputs": [draw(st.sampled_from(known)) for _ in range(count)]}
        if op.attrs and draw(st.booleans()):
            node["attrs"] = {name: draw(ODD) for name in op.attrs}
        nodes.append(node)
    return {"nodes": nodes, "output": nodes[-1]["id"]}


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client that many examples share, of a server with little room."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), max_elements=1_000_000, max_seconds=2)
    # No data is read in a thread meanwhile: Hypothesis reads syntax trees too (engine/tree.py).
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.runs.pool.START_DELAY", 3600)
        with TestClient(create_app(settings), base_url="http://localhost", raise_server_exceptions=False) as made:
            yield made


@pytest.mark.parametrize("path", ["/api/evaluate", "/api/check", "/api/graphs/format"])
@bounded(max_examples=200, suppress_health_check=list(HealthCheck))
@given(graph=graphs(), seed=st.none() | ODD)
def test_any_graph_is_answered_or_refused(caller: TestClient, path: str, graph: Any, seed: Any) -> None:
    body = {"graph": graph} if "graphs" in path else {"graph": graph, "seed": seed}
    answer = caller.post(path, json=body)
    assert answer.status_code in (200, 422), answer.text
    answer.json()


@bounded(max_examples=200, suppress_health_check=list(HealthCheck))
@given(graph=graphs())
def test_what_opens_folds_back(caller: TestClient, graph: Any) -> None:
    node = graph["nodes"][-1]
    opened = caller.post("/api/graphs/expand", json={"graph": graph, "node": node["id"]})
    assert opened.status_code in (200, 422), opened.text
    if opened.status_code == 200:
        group = f"{node['id']}:{node['op']}"
        folded = caller.post("/api/graphs/collapse", json={"graph": opened.json(), "group": group})
        assert folded.status_code == 200, folded.text


@bounded(max_examples=200)
@given(source=st.text(st.sampled_from("xyz=+-*/@.,()[]'\"0123456789e \n#_:T{}^%&|~<>!?\\\t\0\ud800é中"), max_size=60))
def test_any_source_is_answered_or_refused(caller: TestClient, source: str) -> None:
    body = json.dumps({"source": source}).encode()
    answer = caller.post("/api/evaluate", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (200, 400, 422), answer.text
