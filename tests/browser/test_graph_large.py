"""Large graphs: 1,000 nodes one by one, more as closed groups, and the page says so."""

import re
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.graph import at_rest, open_graph


def chain(nodes: int) -> dict[str, Any]:
    """One number, negated over and over."""
    made: list[dict[str, Any]] = [{"id": "n0", "op": "input", "value": 3}]
    made += [{"id": f"n{i}", "op": "neg", "inputs": [f"n{i - 1}"]} for i in range(1, nodes)]
    return {"nodes": made, "output": made[-1]["id"]}


def serve(page: Page, graph: dict[str, Any]) -> None:
    """Let a gallery address answer with this graph."""
    page.route("**/api/graphs/two-apples", lambda route: route.fulfill(json=graph))


def test_a_thousand_nodes_are_drawn_and_edited(page: Page) -> None:
    serve(page, chain(1000))
    open_graph(page, "two-apples")
    expect(page.locator("[data-node-id]")).to_have_count(1000)
    page.get_by_role("spinbutton", name="n0", exact=True).fill("5")
    expect(page.locator(".output .big")).to_have_text("-5")
    page.locator('[data-node-id="n500"]').focus()
    expect(page.locator('[data-node-id="n500"]')).to_be_in_viewport()


def test_what_has_the_focus_stays_in_sight_when_the_formula_comes(page: Page) -> None:
    serve(page, chain(100))
    held: list[Route] = []
    page.route("**/api/graphs/format", lambda route: held.append(route))
    with page.expect_request("**/api/graphs/format"):
        open_graph(page, "two-apples")
    node = page.locator('[data-node-id="n50"]')
    node.focus()
    expect(node).to_be_in_viewport()
    before = page.locator("#drawing").bounding_box()
    held.pop().continue_()
    expect(page.get_by_label("Formula")).to_have_value(re.compile("n50 = "))
    page.wait_for_timeout(500)
    assert page.locator("#drawing").bounding_box() != before
    expect(node).to_be_in_viewport()


def test_above_that_the_page_says_what_it_does_and_groups_open(page: Page) -> None:
    serve(page, chain(3000))
    open_graph(page, "two-apples")
    expect(page.get_by_text("This graph has 3000 nodes.")).to_be_visible()
    assert page.locator("[data-node-id]").count() < 100
    # The formula takes room from the drawing when it comes, and the group moves.
    expect(page.get_by_label("Formula")).to_have_value(re.compile("n2999 = "))
    at_rest(page)
    page.locator('[data-node-id="n49"]').dblclick()
    page.get_by_role("spinbutton", name="n0", exact=True).fill("4")
    expect(page.locator(".output .big")).to_have_text("-4")
    page.get_by_role("button", name="Close nodes 1–50").click()
    expect(page.get_by_role("spinbutton", name="n0", exact=True)).to_have_count(0)
