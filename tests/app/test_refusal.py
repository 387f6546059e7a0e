"""What the server says of a wrong formula is what the page knows how to say in other languages."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.problems import KINDS

MODULE = Path(__file__).parents[2] / "static/js/frames.js"
FRAMES = re.findall(r'message\(\s*"((?:[^"\\]|\\.)*)"', MODULE.read_text("utf-8"))
PATTERNS = [re.compile(re.sub(r"\\\{\w+\\\}", ".+?", re.escape(frame)), re.DOTALL) for frame in FRAMES]

WRONG = [
    "z = foo(2)",
    "z = expp(2)",
    "z = 1 +",
    "z = exp(1",
    "z = 1)",
    "z = 2x",
    "z = 2 + * 3",
    "z = 2 × 3",
    "z = 「2",
    "z = 1\n  y = 2",
    "z = 'a",
    "z = x if y else 3",
    "z = x ^ 2",
    "z = x % 2",
    "del x",
    "z = x.foo",
    "z = [1, 2][0]",
    "def f(x): return x",
    "for i in x: y = i",
    "# nothing",
    "x + 1\ny = 2",
    "x[0] = 1",
    "z = np.array([[1, 2], [3]])",
    "z = [x, 1]",
    "z = exp(1, 2)",
    "z = exp()",
    "z = exp(x=1, y=2)",
    "z = sum([1, 2], axis=0, axes=1)",
    "z = sum([1, 2], axis='a')",
    "m = MulLayer()\nz = m",
    "m = Foo()\nz = m.forward(1, 2)",
    "z = [[1, 2, 3]] + [[1, 2]]",
    "z = sum([1, 2], axis=3)",
    "z = dot([[1, 2]], [[1, 2]])",
    "z = [[1, 2]] @ [[1, 2]]",
    "z = x @ 3",
    "z = affine([[1, 2]], [[1], [2], [3]], [1])",
    "z = affine([[1, 2]], [1, 2], [1])",
    "z = affine([[1, 2]], [[1], [2]], [1, 2])",
    "z = softmax_with_loss([1, 2], [0, 0, 1])",
    "z = softmax_with_loss([[1, 2]], [5])",
    "z = mean_squared_error([1, 2], [1, 2, 3])",
    "z = conv([1], [1], [1])",
    "z = batch_norm(1, 2, 3)",
    "z = transpose([[1, 2]], axes=(0, 1, 2))",
    "z = reshape([1, 2], (3,))",
    "z = broadcast_to([1, 2], (3,))",
    "z = concat([[1, 2]], [[1, 2, 3]], axis=0)",
]


@pytest.mark.parametrize("source", WRONG)
def test_the_page_can_say_what_is_wrong(client: TestClient, source: str) -> None:
    answer = client.post("/api/evaluate", json={"source": source})
    assert answer.status_code == 422
    problem = answer.json()
    assert any(pattern.fullmatch(problem["detail"]) for pattern in PATTERNS), problem["detail"]
    assert problem["title"] in FRAMES


@pytest.mark.parametrize("place", ["graphs/none", "saved/none", "runs/none"])
def test_the_page_can_say_that_nothing_is_kept_there(client: TestClient, place: str) -> None:
    answer = client.get(f"/api/{place}")
    assert answer.status_code == 404
    assert any(pattern.fullmatch(answer.json()["detail"]) for pattern in PATTERNS), answer.json()["detail"]


def test_the_page_knows_every_title() -> None:
    assert {kind.title for kind in KINDS.values()} <= set(FRAMES)


def test_the_page_can_say_that_a_number_is_not_finite(client: TestClient) -> None:
    warnings = client.post("/api/evaluate", json={"source": "z = log(0)"}).json()["warnings"]
    assert any(pattern.fullmatch(warnings[0]["detail"]) for pattern in PATTERNS)
