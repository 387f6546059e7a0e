"""The curves: their colours, axes and files, and two runs laid over each other."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.training import POINTS, start
from tests.browser.wait import until


def test_theme_dresses_the_curves(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/training")
    start(page, Iterations="300")
    until(page, f"{POINTS} >= 299")
    colour = "document.querySelector('#loss-chart').data.at(-1).line.color"
    light = page.evaluate(colour)
    page.get_by_label("Theme").select_option("dark")
    until(page, f"{colour} !== '{light}'")


def test_log_axis_and_files(page: Page) -> None:
    page.goto("/training")
    start(page, Iterations="300")
    until(page, f"{POINTS} >= 299")
    page.get_by_label("Log axis").check()
    until(page, "document.querySelector('#loss-chart').layout.yaxis.type === 'log'")
    with page.expect_download() as csv:
        page.get_by_role("button", name="Loss as CSV").click()
    lines = csv.value.path().read_text().splitlines()
    assert lines[0] == "iteration,loss"
    assert len(lines) == 301
    with page.expect_download() as png:
        page.get_by_role("button", name="Accuracy as PNG").click()
    assert png.value.path().read_bytes().startswith(b"\x89PNG")


def test_a_file_has_the_name_of_the_run_it_was_asked_for(page: Page) -> None:
    late: list[Route] = []
    page.goto("/training")
    for seed in ("1", "2"):
        start(page, Iterations="50", Seed=seed)
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"seed {seed}")
    run = page.url.rsplit("/", 1)[1]
    page.route("**/metrics", lambda route: late.append(route))
    with page.expect_request("**/metrics"):
        page.get_by_role("button", name="Loss as CSV").click()
    page.locator("#runs li a").nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("seed 1")
    with page.expect_download() as csv:
        late[0].continue_()
    assert csv.value.suggested_filename == f"loss-{run}.csv"


def test_a_file_that_the_server_is_away_for_is_said(page: Page) -> None:
    page.goto("/training")
    start(page, Iterations="50")
    expect(page.locator("#progress-text")).to_contain_text("took")
    page.route("**/api/runs/**", lambda route: route.fulfill(status=503))
    page.route("**/api/runs", lambda route: route.fulfill(status=503))
    page.get_by_role("button", name="Accuracy as CSV").click()
    expect(page.locator("#notice")).to_contain_text("The server does not answer")


def test_two_runs_are_laid_over_each_other(page: Page) -> None:
    page.goto("/training")
    start(page, Iterations="300", Seed="1")
    expect(page.locator("#run-state")).to_have_text("finished")
    start_again = page.get_by_role("button", name="Start", exact=True)
    page.get_by_label("Seed", exact=True).fill("2")
    start_again.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("seed 2")
    page.get_by_role("checkbox", name=re.compile("seed 1$")).first.check()
    until(page, "document.querySelector('#loss-chart').data.length === 3")
