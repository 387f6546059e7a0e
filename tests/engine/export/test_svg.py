"""The SVG: well formed, complete, harmless, and drawn by notebooks."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings

from engine import Graph, Node, evaluate, parse
from engine.export import svg
from engine.export.picture import number
from engine.gallery import GALLERY, Entry
from engine.value import as_array
from tests.engine.graphs import IDS, graphs

NAMESPACE = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "rect", "circle", "path", "text"}


def read(graph: Graph, language: str = "en") -> ElementTree.Element:
    root = ElementTree.fromstring(svg(graph, language).encode())
    assert {element.tag.removeprefix(NAMESPACE) for element in root.iter()} <= ALLOWED
    for element in root.iter():
        assert not any(name.startswith("on") or "href" in name or name == "style" for name in element.attrib)
    return root


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{NAMESPACE}text")]


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
@pytest.mark.parametrize("entry", GALLERY, ids=lambda entry: entry.slug)
def test_the_gallery_shows_its_words_and_numbers(entry: Entry, language: str) -> None:
    graph = entry.graph()
    root = read(graph, language)
    shown = texts(root)
    evaluation = evaluate(graph)
    for edge in evaluation.edges:
        assert number(edge.value) in shown
        assert f"◂ {number(edge.gradient)}" in shown
    for node in graph.inputs:
        assert entry.labels[node.id][language] in shown
    assert root.findtext(f"{NAMESPACE}title") == entry.title[language]


def test_everything_lies_within_the_page() -> None:
    for entry in GALLERY:
        root = read(entry.graph())
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        for text in root.iter(f"{NAMESPACE}text"):
            half = 4.5 * len(text.text or "")
            assert half <= float(text.attrib["x"]) <= width - half, text.text
            assert 0 < float(text.attrib["y"]) < height
        for path in root.iter(f"{NAMESPACE}path"):
            numbers = [float(n) for n in re.findall(r"-?[\d.]+", path.attrib["d"])]
            assert all(0 <= x <= width for x in numbers[::2])
            assert all(0 <= y <= height for y in numbers[1::2])


@given(graphs())
@settings(max_examples=60, deadline=None)
def test_random_graphs_are_well_formed(graph: Graph) -> None:
    shown = texts(read(graph))
    assert sum(text.startswith("◂") for text in shown) == len(graph.edges) + 1


def test_hostile_words_stay_words() -> None:
    words = "</text><script>alert(1)</script><![CDATA[ \x00\x0b\ud800\ufffe &quot; \" onload='x'"
    leaves = tuple(Node(node_id, "input", value=as_array(2.0), label=words) for node_id in IDS)
    graph = Graph((*leaves, Node("out", "mul", (leaves[0].id, leaves[1].id))), "out", title={"en": words})
    assert sum(text.startswith("</text><script>") for text in texts(read(graph))) == len(IDS)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (715.0000000000001, "715"),
        (3.3000000000000003, "3.3"),
        (-0.5, "−0.5"),
        (-0.0, "0"),
        (1e20, "1e20"),
        (float("nan"), "NaN"),
        (float("-inf"), "−∞"),
        ([0.3, -0.8, 0.5], "[0.3, −0.8, 0.5]"),
        ([1, 2, 3, 4, 5], "(5,)"),
        ([[1, 2, 3], [4, 5, 6]], "2 × 3"),
        (np.zeros((0,)), "(0,)"),
    ],
)
def test_numbers_are_short(value: object, text: str) -> None:
    assert number(np.asarray(value, dtype=float)) == text


def test_texts_name_real_fonts_and_end_in_a_family_every_viewer_has() -> None:
    drawn = svg(parse("z = exp(x) + 2"))
    families = set(re.findall(r'font-family="([^"]+)"', drawn))
    assert families
    for family in families:
        first, *_, last = [name.strip(" '") for name in family.replace("&#x27;", "'").split(",")]
        assert first in {"DejaVu Sans Mono", "Latin Modern Roman", "DejaVu Sans"}
        assert last in {"monospace", "serif", "sans-serif"}


def test_thousands_of_nodes() -> None:
    nodes = [Node("x", "input", value=as_array(0.5))]
    for index in range(2000):
        nodes.append(Node(f"y{index}", "add" if index % 2 else "sin", (nodes[-1].id,) * (1 + index % 2)))
    assert len(texts(read(Graph(tuple(nodes), nodes[-1].id)))) > 6000


def test_a_notebook_draws_graphs_and_evaluations() -> None:
    graph = parse("y = sigmoid(x)")
    assert graph._repr_html_().startswith("<svg")
    drawn = evaluate(graph, {"x": 0}, seed=7)._repr_html_()
    assert {"0.5", "◂ 7", "◂ 1.75"} <= set(texts(ElementTree.fromstring(drawn)))


def test_a_notebook_says_what_it_cannot_draw() -> None:
    broken = parse("x = [1, 2]\ny = [1, 2, 3]\nz = x + y\n")
    assert broken._repr_html_().startswith("<p>")
    assert "(2,)" in broken._repr_html_()
    long = parse("y = " + " + ".join(["x"] * 450))
    assert "<p>A graph of 450 nodes" in long._repr_html_()
