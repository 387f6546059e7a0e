"""The chapter's graphs: all there, in order, in three languages, with the chapter's numbers."""

from __future__ import annotations

import re

import numpy as np
import pytest

from engine import Graph, evaluate, parse
from engine.composite import collapse
from engine.gallery import GALLERY, Entry

BY_SLUG = {entry.slug: entry for entry in GALLERY}
each = pytest.mark.parametrize("entry", GALLERY, ids=lambda entry: entry.slug)


def gradients(slug: str, *names: str) -> list[object]:
    evaluation = evaluate(BY_SLUG[slug].graph())
    return [evaluation.gradients[name].tolist() for name in names]


def test_every_graph_of_the_chapter_is_there_in_its_order() -> None:
    assert [entry.slug for entry in GALLERY] == [
        "two-apples",
        "apples-variables-outside",
        "apples-and-oranges",
        "payment-derivative",
        "chain-rule-function",
        "chain-rule-square",
        "add-node",
        "mul-node",
        "relu",
        "reciprocal-node",
        "exp-node",
        "sigmoid-opened",
        "sigmoid-node",
        "dot",
        "affine-one-sample",
        "affine-batch",
        "softmax-with-loss",
        "softmax-with-loss-opened",
        "two-layer-network",
    ]
    sections = [[int(part) for part in entry.section.split(".")] for entry in GALLERY]
    assert sections == sorted(sections)


@each
def test_words_are_there_in_three_languages(entry: Entry) -> None:
    graph = entry.graph()
    for words in (entry.title, entry.description, *entry.labels.values()):
        assert list(words) == ["en", "zh", "ja"]
        assert all(words.values())
    assert {node.id for node in graph if node.op != "constant"} == set(entry.labels)
    assert graph.title == entry.title


@each
def test_the_document_and_the_source_evaluate_alike(entry: Entry) -> None:
    document = evaluate(Graph.from_document(entry.graph().to_document()))
    source = evaluate(parse(entry.source))
    assert not document.warnings
    assert np.array_equal(document.output, source.output)
    for node in document.graph if entry.opened is None else document.graph.inputs:
        assert np.array_equal(document.values[node.id], source.values[node.id])
        assert np.array_equal(document.gradients[node.id], source.gradients[node.id])


@each
def test_inputs_are_names_that_python_would_take(entry: Entry) -> None:
    assert all(re.fullmatch(r"[A-Za-z_]\w*", node.id) for node in entry.graph().inputs)


@pytest.mark.parametrize("slug", ["sigmoid-opened", "softmax-with-loss-opened"])
def test_opened_graphs_fold(slug: str) -> None:
    entry = BY_SLUG[slug]
    graph = entry.graph()
    folded = collapse(graph, graph.groups[0].id)
    assert [node.op for node in folded] == [node.op for node in parse(entry.formula)]
    assert not folded.groups


def test_the_printed_numbers_digit_for_digit() -> None:
    for slug in ("two-apples", "payment-derivative", "apples-variables-outside"):
        assert str(evaluate(BY_SLUG[slug].graph()).output) == "220.00000000000003"
    assert gradients("payment-derivative", "price", "apple_price", "apple") == [1.0, 1.1, 2.2]
    assert gradients("apples-variables-outside", "apple", "apple_num", "tax") == [2.2, 110.00000000000001, 200.0]
    assert str(evaluate(BY_SLUG["apples-and-oranges"].graph()).output) == "715.0000000000001"
    assert gradients("apples-and-oranges", "apple_num", "apple", "orange", "orange_num", "tax") == [
        110.00000000000001,
        2.2,
        3.3000000000000003,
        165.0,
        650.0,
    ]
    assert gradients("add-node", "x", "y") == [1.3, 1.3]
    assert gradients("mul-node", "x", "y") == [6.5, 13.0]
    assert gradients("chain-rule-square", "x", "y", "t") == [10.0, 10.0, 10.0]
    assert gradients("chain-rule-function", "y", "x") == [2.0, 0.5]
    assert gradients("affine-batch", "B") == [[3.0, 3.0, 3.0]]


@pytest.mark.parametrize(
    ("opened", "closed", "names"),
    [
        ("sigmoid-opened", "sigmoid-node", ("x",)),
        ("softmax-with-loss-opened", "softmax-with-loss", ("a",)),
    ],
)
def test_opened_and_closed_agree(opened: str, closed: str, names: tuple[str, ...]) -> None:
    assert evaluate(BY_SLUG[opened].graph()).output == pytest.approx(evaluate(BY_SLUG[closed].graph()).output)
    for left, right in zip(gradients(opened, *names), gradients(closed, *names), strict=True):
        np.testing.assert_allclose(left, right, rtol=1e-12)


def test_softmax_with_loss_ends_in_y_minus_t() -> None:
    np.testing.assert_allclose(gradients("softmax-with-loss", "a")[0], [0.3, -0.8, 0.5], rtol=1e-12)
