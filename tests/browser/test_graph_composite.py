"""Composites: opened, closed, undone, nested; no gradient changes, and the book's simplification stands beside them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.graph import open_graph, payment

SOURCES = {
    "sigmoid": ("x = 0.5\ny = sigmoid(x)", "y", "∂y∂x=y(1−y)=0.622459(1−0.622459)"),
    "affine": ("x = [[1, 2]]\nW = [[1, 0, 1], [0, 1, 1]]\nb = [0, 0, 0]\ny = affine(x, W, b)", "y", "b"),
    "mean_squared_error": ("y = [0.1, 0.7]\nt = [0, 1]\nL = mean_squared_error(y, t)", "L", "y−t"),
    "softmax_with_loss": ("x = [[0.3, 2.9, 4]]\nt = [[0, 0, 1]]\nL = softmax_with_loss(x, t)", "L", "y−tN"),
    "batch_norm": (
        "x = [[1, 2], [3, 6]]\ng = [1, 1]\nb = [0, 0]\ny = batch_norm(x, g, b)\nz = (y * y * y).sum()",
        "y",
        "γ",
    ),
}


def inputs(page: Page) -> list[str]:
    """What every input says of itself: its value and its gradient."""
    return [str(node.get_attribute("aria-label")) for node in page.locator(".node.is-input").all()]


@pytest.mark.parametrize("op", SOURCES)
def test_a_composite_opens_in_place_and_says_what_its_steps_come_to(page: Page, op: str) -> None:
    source, node, simplified = SOURCES[op]
    open_graph(page, "two-apples")
    page.get_by_label("Formula").fill(source)
    drawn = page.locator(f'[data-node-id="{node}"]')
    expect(drawn).to_be_visible()
    expect(page.locator(".drawing.is-stale")).to_have_count(0)
    before = inputs(page)
    nodes = page.locator("[data-node-id]").count()
    drawn.dblclick()
    expect(page.locator(".group").first).to_be_visible()
    assert page.locator("[data-node-id]").count() > nodes
    assert inputs(page) == before
    whole = page.locator("#inspector .whole")
    expect(whole).to_contain_text(f"All steps of {op} together")
    expect(whole).to_contain_text(simplified)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".group")).to_have_count(0)
    page.get_by_role("button", name="Redo").click()
    expect(page.locator(".group").first).to_be_visible()
    page.get_by_role("button", name=re.compile("^Close")).first.click()
    expect(page.locator("[data-node-id]")).to_have_count(nodes)
    assert inputs(page) == before


def test_a_closed_composite_has_its_own_local_derivative_and_none_of_a_node_within(page: Page) -> None:
    open_graph(page, "sigmoid-node")
    node = page.locator('[data-node-id="y"]')
    node.dblclick()
    page.get_by_role("button", name=re.compile("^Close")).click()
    expect(page.locator(".group")).to_have_count(0)
    node.click()
    inspector = page.locator("#inspector")
    expect(inspector.locator(".flow-block")).to_contain_text("◂ 0.235004")
    expect(inspector.locator(".flow-block")).not_to_contain_text("-1")
    expect(inspector.locator(".rule")).not_to_contain_text("=−1")


def test_nested_composites_open_one_within_the_other(page: Page) -> None:
    open_graph(page, "two-layer-network")
    loss = payment(page).text_content() or ""
    before = inputs(page)
    page.locator('[data-node-id="loss"]').dblclick()
    expect(page.locator(".group")).to_have_count(2)
    page.get_by_role("button", name="Close softmax").click()
    expect(page.locator(".group")).to_have_count(1)
    page.get_by_role("button", name="Fit").click()
    page.locator('[data-node-id="a1"]').dblclick()
    expect(page.locator(".group")).to_have_count(2)
    expect(payment(page)).to_have_text(loss)
    assert inputs(page) == before
