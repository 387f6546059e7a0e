"""The gradient check on the graph: every node marked, ε on a slider, both ways side by side."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.graph import OVERLAPS, field, node, open_graph


def test_every_node_is_marked_and_the_ways_race(page: Page) -> None:
    page.goto("/graphs/apples-and-oranges")
    toggle = page.get_by_role("button", name="Check gradients")
    toggle.click()
    expect(page.locator('[data-node-id][data-check="good"]')).to_have_count(9)
    panel = page.get_by_role("region", name="Gradient check")
    expect(panel.locator(".verdict")).to_contain_text("Both ways agree at every node")
    expect(panel).to_contain_text("10 forward passes")
    expect(panel).to_contain_text("1 forward, 1 backward")
    panel.get_by_role("button", name="Close the gradient check").click()
    expect(page.locator("[data-check]")).to_have_count(0)
    expect(toggle).to_be_focused()


def test_a_step_too_large_is_told_and_mended(page: Page) -> None:
    page.goto("/graphs/exp-node")
    page.get_by_role("button", name="Check gradients").click()
    verdict = page.locator("#check .verdict")
    expect(verdict).to_contain_text("agree")
    slider = page.get_by_label("step ε")
    slider.press("End")
    expect(verdict).to_contain_text("The two ways differ")
    expect(page.locator('[data-check="doubtful"]').first).to_be_visible()
    for _ in range(6):
        slider.press("ArrowLeft")
    expect(verdict).to_contain_text("agree")


def test_the_check_follows_an_edit_and_names_kinks(page: Page) -> None:
    page.goto("/graphs/apples-variables-outside")
    page.get_by_role("button", name="Check gradients").click()
    expect(page.locator('[data-node-id="apple"]')).to_have_attribute("data-check", "good")
    field(page, "apple price").fill("120")
    expect(page.locator('[data-node-id="apple"]')).to_have_attribute("data-check", "good")
    expect(page.locator("#check .verdict")).not_to_contain_text("kink")


def test_a_number_on_a_kink_is_told_and_left_out(page: Page) -> None:
    open_graph(page, "mul-node")
    page.get_by_label("Formula").fill("x = 0\ny = relu(x)\n")
    page.get_by_role("button", name="Check gradients").click()
    expect(page.locator('[data-node-id="x"]')).to_have_attribute("data-check", "kink")
    expect(page.locator('[data-node-id="x"] .checked')).to_have_text("∠")
    expect(page.locator("#check .verdict")).to_contain_text("One number stands on a kink")
    field(page, "x").fill("2")
    expect(page.locator('[data-node-id="x"]')).to_have_attribute("data-check", "good")
    expect(page.locator("#check .verdict")).not_to_contain_text("kink")


def test_a_check_asked_for_while_the_server_is_away_is_made_when_it_is_back(page: Page) -> None:
    open_graph(page, "mul-node")
    page.route("**/api/check", lambda route: route.fulfill(status=503))
    page.get_by_role("button", name="Check gradients").click()
    expect(page.get_by_text("The server does not answer.")).to_be_visible()
    page.unroute("**/api/check")
    expect(page.locator("#check .verdict")).to_contain_text("agree")
    expect(page.get_by_text("The server does not answer.")).to_be_hidden()


@pytest.mark.parametrize("end", ["stopped", "refused"])
def test_a_check_that_has_come_to_no_result_says_nothing(page: Page, end: str) -> None:
    open_graph(page, "mul-node")
    waiting: list[Route] = []
    page.route("**/api/check", lambda route: waiting.append(route))
    with page.expect_request("**/api/check"):
        page.get_by_role("button", name="Check gradients").click()
    verdict = page.locator("#check .verdict")
    expect(verdict).to_contain_text("Nudging")
    if end == "stopped":
        page.get_by_role("button", name="Stop").click()
    else:
        waiting[0].fulfill(status=422, json={"title": "Too large", "detail": "this takes too long"})
        expect(page.locator(".notice")).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    expect(verdict).to_have_text("")


def test_the_check_speaks_the_language_of_the_page(new_page: Callable[..., Page]) -> None:
    page = new_page(locale="zh-CN")
    page.goto("/graphs/apples-and-oranges")
    page.get_by_role("button", name="梯度确认").click()
    expect(page.locator("#check .verdict")).to_have_text(re.compile("两种方法在每个节点上都一致"))


def test_on_a_phone_the_marks_stand_clear_of_the_numbers(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    open_graph(page, "apples-and-oranges")
    page.get_by_role("button", name="Check gradients").click()
    expect(page.locator('[data-node-id][data-check="good"]')).to_have_count(9)
    assert page.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("key", [False, True])
def test_on_a_phone_a_mark_says_its_number_when_its_node_is_chosen(new_page: Callable[..., Page], key: bool) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce", has_touch=True)
    open_graph(page, "apples-and-oranges")
    page.get_by_role("button", name="Check gradients").click()
    apples = node(page, "apple_price")
    expect(apples).to_have_attribute("data-check", "good")
    expect(apples.locator(".error")).to_be_hidden()
    if key:
        apples.focus()
    else:
        apples.tap()
        expect(page.locator("#inspector .checked")).to_contain_text("numerically 1.1, a relative error of")
    expect(apples.locator(".error")).to_be_visible()
    expect(apples).to_have_accessible_name(re.compile("gradient 1.1, relative error"))


def test_a_tall_inspector_leaves_the_drawing_in_sight(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 1024, "height": 768}, reduced_motion="reduce")
    open_graph(page, "apples-and-oranges", "?step=7")
    expect(page.locator("#inspector .rule")).to_be_visible()
    expect(page.locator(".output")).to_be_in_viewport(ratio=0.98)
    expect(page.locator('[data-node-id="orange_num"]')).to_be_in_viewport(ratio=0.98)
