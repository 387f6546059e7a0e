"""The inspector's unit tests work on answers of the server: these are still the answers it gives."""

import json
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

ANSWERS = Path(__file__).parents[1] / "js" / "graph" / "inspector" / "answers.json"
SOURCES = {
    "affine": "X = np.array([[1.0, 0.5], [-0.3, 0.8], [0.6, -1.2]])\nW = np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]])\n"
    "B = np.array([0.1, 0, 0.3])\nY = affine(X, W, B)\nZ = Y * Y\n",
    "one sample": "X = np.array([1.0, 0.5])\nW = np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]])\nY = exp(dot(X, W))\n",
    "column": "X = np.array([[1.0, 0.5], [-0.3, 0.8]])\nW = np.array([0.1, 0.3])\nY = exp(X @ W)\n",
    "broadcast": "X = np.array([[1.0, 0.5], [-0.3, 0.8]])\nB = np.array([[2.0], [3.0]])\nC = 4\n"
    "Y = relu(X * B + C - 5)\n",
    "mean": "X = np.array([[1.0, 0.5], [-0.3, 0.8]])\nY = exp(mean(X * X, axis=1))\n",
    "sum": "X = np.array([[1.0, 0.5], [-0.3, 0.8]])\nY = exp(sum(X, axis=0, keepdims=True))\n",
    "max": "X = np.array([[1.0, 0.5], [-0.3, 0.8]])\nY = exp(max(X, axis=1))\n",
    "moves": "X = np.array([[1.0, 0.5, 2.0], [-0.3, 0.8, 3.0]])\nA = exp(transpose(X)) * reshape(X, shape=(3, 2))\n"
    "Y = sin(flatten(concat(A, A * 2, axis=1)))\n",
    "loss": "a = np.array([[0.3, 2.9, 4.0], [0.1, 0.2, 0.7]])\nt = np.array([[0, 1, 0], [1, 0, 0]])\n"
    "L = softmax_with_loss(a, t)\n",
    "labels": "a = np.array([[0.3, 2.9, 4.0], [0.1, 0.2, 0.7]])\nt = np.array([1, 0])\nL = softmax_with_loss(a, t)\n",
}


def answers(client: TestClient) -> Any:
    ops = {op["name"]: op for op in client.get("/api/ops").json()}
    found = {}
    for name, source in SOURCES.items():
        graph = client.post("/api/graphs/parse", json={"source": source}).json()["graph"]
        evaluation = client.post("/api/evaluate", json={"graph": graph}).json()
        found[name] = {"graph": graph, "evaluation": evaluation}
    used = {node["op"] for answer in found.values() for node in answer["graph"]["nodes"]} & ops.keys()
    kept = ("name", "symbol", "slots", "attrs", "rule", "elementwise")
    return {"ops": {name: {key: ops[name][key] for key in kept} for name in sorted(used)}, "answers": found}


def rounded(answer: Any) -> Any:
    """The same without the last digits, which differ between machines."""
    if isinstance(answer, dict):
        return {key: rounded(part) for key, part in answer.items()}
    if isinstance(answer, list):
        return [rounded(part) for part in answer]
    return float(f"{answer:.9g}") if isinstance(answer, float) else answer


def test_the_answers_are_those_of_the_server(client: TestClient) -> None:
    assert rounded(answers(client)) == json.loads(ANSWERS.read_text())
