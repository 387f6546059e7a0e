"""The book's layer code: it runs with NumPy alone and gives the engine's numbers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from engine import Graph, Node, evaluate, parse
from engine.export import layers
from engine.export.book import LAYERS
from engine.gallery import GALLERY, Entry
from engine.op import OPS
from engine.value import as_array
from tests.engine.graphs import IDS, graphs
from tests.engine.samples import SAMPLES, Sample

RECORD = """
import json
print(json.dumps([np.asarray(globals().get(name, 0)).tolist() for name in {names}]))
"""


def printed(source: str) -> list[str]:
    return re.findall(r'^print\("(\w+) =", ', source, re.MULTILINE)


def assert_same(graph: Graph, source: str, results: list[Any]) -> None:
    evaluation = evaluate(graph)
    wanted = [evaluation.output, *(evaluation.gradients[node.id] for node in graph.inputs)]
    for result, value in zip(results, wanted, strict=True):
        assert np.shape(result) == value.shape, source
        np.testing.assert_allclose(np.array(result, float), value, rtol=1e-12, atol=1e-12, err_msg=source)


def run(source: str) -> list[Any]:
    space: dict[str, Any] = {}
    with np.errstate(all="ignore"):
        exec(compile(source, "layers.py", "exec"), space)
    return [space[name] for name in printed(source)]


def run_alone(source: str, folder: Path) -> list[Any]:
    """In a process of its own that sees NumPy but no engine."""
    script = folder / "layers.py"
    script.write_text(source + RECORD.format(names=printed(source)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(script)], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return list(json.loads(done.stdout.splitlines()[-1]))


def test_every_op_has_its_layer() -> None:
    assert LAYERS.keys() == OPS.keys()


@pytest.mark.parametrize("entry", GALLERY, ids=lambda entry: entry.slug)
def test_the_gallery_runs_alone(entry: Entry, tmp_path: Path) -> None:
    source = layers(entry.graph())
    assert "engine" not in source
    assert_same(entry.graph(), source, run_alone(source, tmp_path))


def test_the_shopping_prints_what_the_chapter_prints(tmp_path: Path) -> None:
    source = layers(next(entry for entry in GALLERY if entry.slug == "apples-and-oranges").graph())
    (tmp_path / "layers.py").write_text(source, encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", "layers.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "price = 715.0000000000001",
        "dapple = 2.2",
        "dapple_num = 110.00000000000001",
        "dorange = 3.3000000000000003",
        "dorange_num = 165.0",
        "dtax = 650.0",
    ]


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_every_sample_of_every_op(sample: Sample, capsys: pytest.CaptureFixture[str]) -> None:
    # Weighted, so that no layer can get away with an upstream gradient of 1.
    graph = sample.graph()
    weights = np.random.default_rng(3).normal(size=evaluate(graph).output.shape)
    leaf = Node("weights", "constant", value=as_array(weights))
    weighted = Graph((*graph.nodes, leaf, Node("loss", "mul", ("out", "weights"))), "loss")
    source = layers(weighted)
    assert_same(weighted, source, run(source))
    assert capsys.readouterr().out


@given(graphs())
@settings(max_examples=100, deadline=None)
def test_random_graphs(graph: Graph) -> None:
    source = layers(graph)
    assert_same(graph, source, run(source))


def test_hostile_ids_and_labels_stay_data(tmp_path: Path) -> None:
    words = "\"\"\"\n'''\r\nimport os; os.abort()\x0cimport os; os.abort()\u2028x\\"
    leaves = tuple(
        Node(node_id, "input", value=as_array(2.0), label=words) for node_id in (*IDS, "len", "tuple", "range")
    )
    total = Node("MulLayer", "mul", (leaves[0].id, leaves[1].id))
    graph = Graph((*leaves, total), "MulLayer", title=words)
    source = layers(graph)
    assert_same(graph, source, run_alone(source, tmp_path))


@pytest.mark.parametrize(
    "formula",
    [
        "x = 2\ny = x * 3\nz = y * y\nx",
        "x = [1, 2]\nx",
        "x = 1\n[1, 2]",
        "x = 2\ny = 3 * 4\nz = y * x",
        "x = [[1, 2]]\nb = [1]\nW = exp([[1, 2], [3, 4]])\ny = affine(x, W, b)",
        "x = [1, 2]\nW = [[1], [3]]\ny = affine(x, W, 0.5)",
        "x = [[1, 2]]\nW = [[1, 2], [3, 4]]\ny = affine(x * 2, W, x) * affine(x, W, x) + x",
        "x = [[1, 2], [3, 5]]\ny = batch_norm(x, 1.5, [0.5, 2])",
        "x = 2\ny = 1 / (x - 2)",
        "x = -2\ny = x ** 0.5",
        "x = 2\ny = x ** -1",
        "y = concat(x * [1, 2])",
    ],
)
def test_odd_corners(formula: str) -> None:
    graph = parse(formula)
    source = layers(graph)
    assert_same(graph, source, run(source))


def test_thousands_of_nodes_deep() -> None:
    nodes = [Node("x", "input", value=as_array(0.5))]
    for index in range(2000):
        nodes.append(Node(f"y{index}", "add" if index % 2 else "sin", (nodes[-1].id,) * (1 + index % 2)))
    graph = Graph((*nodes, Node("out", "sin", (nodes[-1].id,))), "out")
    source = layers(graph)
    assert_same(graph, source, run(source))
