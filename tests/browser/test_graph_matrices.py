"""Matrices: a cell of a gradient is clicked, its row and column light up, and the sum in numbers is the server's."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

BATCH = "/graphs/affine-batch"


def chosen(new_page: Callable[..., Page], address: str, node: str, **options: Any) -> Page:
    """A page with one node chosen by a press on it."""
    page = new_page(**options)
    page.goto(address)
    page.locator(f'[data-node-id="{node}"]').click()
    expect(page.locator("#inspector .matrix").first).to_be_visible()
    return page


def cell(page: Page, matrix: str, n: int) -> Locator:
    """The n-th cell of a map, in reading order."""
    return page.locator(f'#inspector figure[data-map="{matrix}"] [data-n="{n}"]')


def lit(page: Page, matrix: str) -> list[int]:
    """Which cells of a map are lit."""
    found = page.locator(f'#inspector figure[data-map="{matrix}"] .is-lit')
    return [int(str(mark.get_attribute("data-n"))) for mark in found.all()]


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text)]


def test_a_bias_cell_lights_its_column_and_its_sum_is_the_servers(new_page: Callable[..., Page]) -> None:
    page = new_page()
    with page.expect_response("**/api/evaluate") as answered:
        page.goto(BATCH)
    gradient = answered.value.json()["nodes"]["B"]["gradient"]
    page.locator('[data-node-id="Y"]').click()
    cell(page, "Y|gradient:1", 1).click()
    expect(cell(page, "Y|gradient:1", 1)).to_have_attribute("aria-selected", "true")
    assert lit(page, "Y|gradient") == [1, 4, 7]
    cause = page.locator("#inspector .cause")
    expect(cause.locator(".letters")).to_have_text("= g[0,1] + g[1,1] + g[2,1]")
    terms = numbers(cause.locator(".in-numbers").inner_text())
    assert len(terms) == 3
    assert sum(terms) == pytest.approx(gradient[1])
    assert numbers(cause.locator(".result").inner_text()) == pytest.approx([gradient[1]])
    expect(page.locator("#inspector .repeat")).to_contain_text("dB = np.sum(dout, axis=0)")


def test_a_weight_cell_lights_a_column_of_x_and_a_column_of_the_gradient(new_page: Callable[..., Page]) -> None:
    page = chosen(new_page, BATCH, "XW")
    cell(page, "XW|gradient:1", 3).click()
    cause = page.locator("#inspector .cause")
    expect(cause.locator(".letters")).to_have_text("= X[0,1] · g[0,0] + X[1,1] · g[1,0] + X[2,1] · g[2,0]")
    assert lit(page, "XW|value:0") == [1, 3, 5]
    assert lit(page, "XW|gradient") == [0, 3, 6]
    expect(cause.locator(".in-numbers")).to_have_text("= 0.5 · ◂1 + 0.8 · ◂1 + (-1.2) · ◂1")
    expect(cause.locator(".result")).to_have_text("= 0.1")


def test_cells_are_walked_by_arrow_keys_and_left_by_escape(new_page: Callable[..., Page]) -> None:
    page = chosen(new_page, BATCH, "XW")
    cell(page, "XW|gradient:0", 0).click()
    page.keyboard.press("ArrowDown")
    expect(cell(page, "XW|gradient:0", 2)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(cell(page, "XW|gradient:0", 3)).to_have_attribute("aria-selected", "true")
    assert lit(page, "XW|value:1") == [3, 4, 5]
    expect(page.locator("#inspector .cause")).to_contain_text("∂L/∂X[1,1]")
    page.keyboard.press("Escape")
    expect(page.locator("#inspector .cause")).to_have_count(0)


def test_numbers_follow_an_edit_while_a_cell_is_looked_at(new_page: Callable[..., Page]) -> None:
    page = chosen(new_page, "/graphs/relu", "y")
    cell(page, "y|gradient:0", 1).click()
    expect(page.locator("#inspector .cause")).to_contain_text("the switch is shut")
    page.locator('[data-node-id="x"]').dblclick()
    field = page.get_by_role("spinbutton", name=re.compile(r"\[0, 1\]$"))
    field.fill("2.5")
    page.get_by_role("button", name="Done").click()
    page.locator('[data-node-id="y"]').click()
    cell(page, "y|gradient:0", 1).click()
    expect(page.locator("#inspector .cause")).to_contain_text("the switch is open")


def test_an_input_shows_where_its_gradient_is_made(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(BATCH)
    page.locator('[data-edge="B:Y:1"]').first.dispatch_event("click")
    expect(page.locator("#inspector .repeat")).to_contain_text("B is repeated 3 times")


def test_the_loss_hands_back_what_it_says_minus_what_is_right(new_page: Callable[..., Page]) -> None:
    page = chosen(new_page, "/graphs/softmax-with-loss", "L")
    cell(page, "L|gradient:0", 1).click()
    cause = page.locator("#inspector .cause")
    expect(cause).to_contain_text("(y − t)/N")
    expect(cause.locator(".result")).to_have_text("= -0.8")
    assert lit(page, "L|value:0") == [0, 1, 2]


def test_the_matrices_open_wide_and_a_cell_is_read_there(new_page: Callable[..., Page]) -> None:
    page = chosen(new_page, BATCH, "XW")
    page.get_by_role("button", name="Expand").click()
    dialog = page.get_by_role("dialog")
    dialog.locator('figure[data-map="XW|gradient:1"] [data-n="3"]').click()
    expect(dialog.locator(".cause .result")).to_have_text("= 0.1")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
