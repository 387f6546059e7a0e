"""PyTorch code: PyTorch's own backward gives the engine's numbers (where PyTorch is; see BACKPROP_EXPLORER_TORCH)."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from functools import cache
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from engine import Graph, Node, evaluate, parse
from engine.export import torch
from engine.export.pytorch import TEMPLATES, WRITERS
from engine.gallery import GALLERY
from engine.op import OPS
from engine.value import as_array
from tests.engine.graphs import IDS, graphs
from tests.engine.samples import SAMPLES

PYTHON = os.environ.get("BACKPROP_EXPLORER_TORCH", sys.executable)
RUNNER = """
import contextlib, io, json, sys
results = []
for source in json.load(sys.stdin):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(source, "torch.py", "exec"), {})
    results.append([line.split(" = ", 1)[1] for line in printed.getvalue().splitlines()])
json.dump(results, sys.stdout)
"""


@cache
def torch_is_there() -> bool:
    return subprocess.run([PYTHON, "-c", "import torch"], capture_output=True).returncode == 0


def weighted(graph: Graph) -> Graph:
    """With an upstream gradient other than 1."""
    weights = np.random.default_rng(3).normal(size=evaluate(graph).output.shape)
    leaf = Node("weights", "constant", value=as_array(weights))
    return Graph((*graph.nodes, leaf, Node("loss", "mul", (graph.output, "weights"))), "loss")


def assert_same(cases: list[Graph]) -> None:
    if not torch_is_there():
        pytest.skip("PyTorch is no dependency: pip install -r benchmarks/requirements.txt")
    sources = [torch(graph) for graph in cases]
    done = subprocess.run(
        [PYTHON, "-c", RUNNER], input=json.dumps(sources), capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    for graph, source, printed in zip(cases, sources, json.loads(done.stdout), strict=True):
        evaluation = evaluate(graph)
        wanted = [evaluation.output, *(evaluation.gradients[node.id] for node in graph.inputs)]
        for text, value in zip(printed, wanted, strict=True):
            result = np.array(eval(text, {"nan": np.nan, "inf": np.inf}), float).reshape(value.shape)
            np.testing.assert_allclose(result, value, rtol=1e-12, atol=1e-12, err_msg=source)


def test_every_op_is_written() -> None:
    assert sorted([*TEMPLATES, *WRITERS]) == sorted(OPS)


def test_the_gallery() -> None:
    assert_same([entry.graph() for entry in GALLERY])


def test_every_sample_of_every_op() -> None:
    # PyTorch spreads the gradient at kinks where the catalogue has a convention of its own: both must agree here too.
    assert_same([weighted(sample.graph()) for sample in SAMPLES])


@given(st.lists(graphs(), min_size=40, max_size=40))
@settings(max_examples=1, deadline=None, database=None)
def test_random_graphs(cases: list[Graph]) -> None:
    assert_same(cases)


def test_odd_corners() -> None:
    assert_same(
        [
            parse(formula)
            for formula in (
                "x = 2\ny = x * 3\nz = y * y\nx",
                "x = [1, 2]\nx",
                "x = 1\n[1, 2]",
                "x = 1\n2.5",
                "x = 2\ny = 3 * 4\nz = y * x",
                "x = 2\ny = exp(2) * x",
                "x = 2\ny = x + np.inf",
                "x = 2\ny = 1 / (x - 2)",
                "x = -2\ny = (-2) ** x + x ** 2 + 2 ** x",
                "x = -2\ny = 3\nz = x ** y",
                "x = [0.1, 0.7]\ny = softmax_with_loss(x, 1)",
                "x = [0.1, 0.7]\nt = 1\ny = softmax_with_loss(x, t)",
                "x = np.zeros((2, 0))\ny = sum(x)",
            )
        ]
    )


def test_hostile_ids_and_labels_stay_data() -> None:
    words = "\"\"\"\n'''\r\nimport os; os.abort()\x0cimport os; os.abort()\u2028x\\"
    leaves: tuple[Node, ...] = tuple(
        Node(node_id, "input", value=as_array(2.0), label=words) for node_id in (*IDS, "F", "dropout", "len")
    )
    graph = Graph((*leaves, Node("torch_2", "mul", (leaves[0].id, leaves[1].id))), "torch_2", title=words)
    source = torch(graph)
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert calls == {"tensor", "backward", "tolist", "zeros_like"}
    assert_same([graph])


def test_thousands_of_nodes_deep() -> None:
    nodes: list[Any] = [Node("x", "input", value=as_array(0.5))]
    for index in range(2000):
        nodes.append(Node(f"y{index}", "add" if index % 2 else "sin", (nodes[-1].id,) * (1 + index % 2)))
    assert_same([Graph((*nodes, Node("out", "sin", (nodes[-1].id,))), "out")])
