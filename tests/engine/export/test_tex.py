"""The TikZ document: balanced, escaped, and compiled where LaTeX is."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings

from engine import Graph, Node, evaluate
from engine.export import tex
from engine.export.picture import number
from engine.export.tex import escape
from engine.gallery import GALLERY, Entry
from engine.value import as_array
from tests.engine.graphs import IDS, graphs

LATEX = shutil.which("pdflatex")


def hostile() -> Graph:
    words = r"\input{/etc/passwd} \write18{x} $x_1^2$ 100% #1 & ~ {}}{ 苹果"
    leaves = tuple(Node(node_id, "input", value=as_array(2.0), label=node_id) for node_id in IDS)
    named = Node("words", "input", value=as_array(1.0), label=words)
    return Graph((*leaves, named, Node("out", "mul", (leaves[0].id, "words"))), "out", title="a\n\\end{document}%")


def assert_sound(graph: Graph) -> str:
    source = tex(graph)
    body = source[source.index(r"\begin{document}") :]
    bare = re.sub(r"\\[\\{}%$&#_]", "", body)
    assert bare.count("{") == bare.count("}")
    assert bare.count("$") % 2 == 0
    assert not re.search(r"(?m)^%.*\n\\end", body)
    assert set(re.findall(r"\\(?:begin|end|input|write\w*|include\w*)", bare)) == {"\\begin", "\\end"}
    assert body.count(r"\draw[wire]") == len(graph.edges) + 1
    assert all(line.startswith(("\\", "  ")) for line in body.splitlines())
    return source


def compile_alone(source: str, folder: Path) -> None:
    if LATEX is None:
        pytest.skip("pdflatex is not installed; the source is checked by its structure all the same")
    (folder / "graph.tex").write_text(source, encoding="utf-8")
    done = subprocess.run(
        [LATEX, "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "graph.tex"],
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert (folder / "graph.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("entry", GALLERY, ids=lambda entry: entry.slug)
def test_the_gallery_shows_its_numbers(entry: Entry) -> None:
    graph = entry.graph()
    source = assert_sound(graph)
    for edge in evaluate(graph).edges:
        assert f"{{{escape(number(edge.value))}}}" in source
        assert f"{{{escape(f'◂ {number(edge.gradient)}')}}}" in source


@given(graphs())
@settings(max_examples=60, deadline=None)
def test_random_graphs_are_sound(graph: Graph) -> None:
    assert_sound(graph)


def test_hostile_words_are_sound() -> None:
    assert_sound(hostile())


@pytest.mark.parametrize("slug", ["apples-and-oranges", "sigmoid-opened", "softmax-with-loss-opened"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_it_compiles(slug: str, language: str, tmp_path: Path) -> None:
    graph = next(entry for entry in GALLERY if entry.slug == slug).graph()
    compile_alone(tex(graph, language), tmp_path)


def test_hostile_words_compile(tmp_path: Path) -> None:
    compile_alone(tex(hostile()), tmp_path)


def test_long_graphs_compile(tmp_path: Path) -> None:
    nodes = [Node("x", "input", value=as_array(0.5))]
    for index in range(300):
        nodes.append(Node(f"y{index}", "add" if index % 2 else "sin", (nodes[-1].id,) * (1 + index % 2)))
    compile_alone(tex(Graph(tuple(nodes), nodes[-1].id)), tmp_path)
