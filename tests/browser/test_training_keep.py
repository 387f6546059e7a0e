"""Comparing runs and keeping them: presets, names, tags, deletion and its undo, files out and in."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.training import INKED, start
from tests.browser.wait import hold, some, until


def finished(page: Page, **settings: str) -> str:
    """Id of a run with these settings that has finished."""
    page.goto("/training")
    start(page, **settings)
    expect(page.locator("#run-state")).to_have_text("finished", timeout=30_000)
    return page.url.rsplit("/", 1)[1]


def test_a_preset_lays_its_runs_over_each_other(page: Page) -> None:
    page.goto("/training")
    # By key: the list of runs may come between the two halves of a click, and the button is then elsewhere.
    page.get_by_role("button", name="Batch normalization (chapter 6.3)").press("Enter")
    until(page, "document.querySelector('#loss-chart').data?.length === 3", 60)
    names = page.evaluate("document.querySelector('#loss-chart').data.map((line) => line.name)")
    assert "no batch norm" in names
    assert "batch norm" in names
    expect(page.locator("#runs input:checked")).to_have_count(2)


def test_name_tags_and_filter(page: Page) -> None:
    finished(page, Iterations="50", Seed="21")
    page.get_by_label("Name", exact=True).fill("my first")
    page.get_by_label("Name", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("my first")
    page.get_by_label("Tags, with commas between").fill("class, tuesday")
    page.get_by_label("Tags, with commas between").press("Enter")
    expect(page.locator("#runs li [aria-current]")).to_contain_text("tuesday")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("my first")
    finished(page, Iterations="50", Seed="22")
    page.get_by_label("Filter the runs").fill("tuesday")
    expect(page.locator("#runs li")).to_have_count(1)
    page.get_by_label("Filter the runs").fill("no such run")
    expect(page.locator("#runs-empty")).to_contain_text("No run fits")
    page.get_by_label("Filter the runs").fill("")


@pytest.mark.parametrize(
    ("label", "typed", "fresh"),
    [("Name", "mine", ""), ("Tags, with commas between", "class, tuesday", ""), ("Rate now", "0.05", "0.1")],
)
def test_what_is_typed_is_of_the_run_it_was_typed_for(page: Page, label: str, typed: str, fresh: str) -> None:
    late: list[Route] = []
    page.goto("/training")
    start(page, Iterations="200000")
    first = page.url.rsplit("/", 1)[1]
    page.route("**/api/runs", lambda route: late.append(route) if route.request.method == "POST" else route.continue_())
    with page.expect_request(lambda request: request.method == "POST"):
        page.get_by_role("button", name="Start", exact=True).click()
    field = page.get_by_label(label, exact=True)
    field.fill(typed)
    late[0].continue_()
    page.wait_for_url(lambda address: not address.endswith(first))
    expect(page.locator(f'#runs li:not([data-run="{first}"]) [aria-current]')).to_have_count(1)
    expect(field).to_have_value(typed)
    with page.expect_request(lambda request: request.method == "PATCH") as sent:
        field.press("Tab")
    assert sent.value.url.endswith(first)
    expect(field).to_have_value(fresh)


def test_delete_and_undo(page: Page) -> None:
    run = finished(page, Iterations="50", Seed="23")
    entry = page.locator(f'#runs li[data-run="{run}"]')
    page.locator("#mistaken").scroll_into_view_if_needed()
    expect(page.locator("#mistakes li").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Delete this run").click()
    expect(entry).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(entry).to_have_count(1)
    expect(page).to_have_url(re.compile(f"/training/{run}$"))
    until(page, "document.querySelector('#loss-chart').data.at(-1)?.x.length === 50")


def without_panels(page: Page) -> None:
    """Leave unanswered what the panels ask about a run, which may be gone by then."""
    page.route(re.compile(r"/(confusion|samples|moments/)"), lambda route: None)


def deleted_late(page: Page) -> Route:
    """Press Delete and choose the third run before the answer, which is for the test to give."""
    without_panels(page)
    held = hold(page, "**/api/runs/*", "DELETE")
    page.get_by_role("button", name="Delete this run").click()
    (deletion,) = some(page, held)
    page.locator("#runs li a").nth(2).click()
    return deletion


def test_a_run_chosen_while_another_is_deleted_stays(page: Page) -> None:
    chosen, _, gone = (finished(page, Iterations="50", Seed=seed) for seed in ("31", "32", "33"))
    deleted_late(page).continue_()
    expect(page.locator("#undo")).to_be_visible()
    expect(page.locator(f'#runs li[data-run="{gone}"]')).to_have_count(0)
    expect(page).to_have_url(re.compile(f"/training/{chosen}$"))
    expect(page.locator(f'#runs li[data-run="{chosen}"] a')).to_have_attribute("aria-current", "page")


def test_a_run_chosen_while_another_is_not_deleted_gets_its_moments(page: Page) -> None:
    for seed in ("34", "35", "36"):
        finished(page, Iterations="50", Seed=seed)
    moments: list[Route] = []
    page.route("**/moments", lambda route: moments.append(route))
    with page.expect_request("**/moments"):
        delete = deleted_late(page)
    delete.fulfill(status=422, json={"title": "Refused", "detail": "not now", "status": 422})
    expect(page.locator("#notice")).to_contain_text("not now")
    page.unroute("**/moments")
    for route in moments:
        route.continue_()
    expect(page.locator("#moments")).to_be_visible()


def test_one_press_deletes_one_run(page: Page) -> None:
    _, second, third = (finished(page, Iterations="50", Seed=seed) for seed in ("41", "42", "43"))
    asked: list[Route] = []

    def sent(route: Route) -> None:
        if route.request.method != "DELETE":
            route.continue_()
            return
        asked.append(route)
        if len(asked) > 1:
            route.continue_()

    without_panels(page)
    page.route("**/api/runs/*", sent)
    button = page.get_by_role("button", name="Delete this run")
    button.click()
    button.click()
    some(page, asked)[0].continue_()
    expect(page.locator(f'#runs li[data-run="{third}"]')).to_have_count(0)
    button.dispatch_event("click", {"detail": 2})
    button.focus()
    page.keyboard.down("Enter")
    expect(page.locator(f'#runs li[data-run="{second}"]')).to_have_count(0)
    page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    with page.expect_request("**/api/health"):
        page.evaluate("() => void fetch('/api/health')")
    assert [route.request.url.rsplit("/", 1)[1] for route in asked] == [third, second]


def test_files_go_out_and_weights_come_back(page: Page, tmp_path: Path) -> None:
    first = finished(page, Iterations="300", Seed="24")
    found: dict[str, Path] = {}
    for kind in ("weights.npz", "weights.safetensors", "weights.onnx", "metrics.csv", "report.html"):
        with page.expect_download(timeout=60_000) as download:
            page.get_by_role("link", name=kind).click()
        found[kind] = tmp_path / download.value.suggested_filename
        download.value.save_as(found[kind])
    with np.load(found["weights.npz"]) as weights:
        assert weights["W1"].shape == (784, 50)
    assert found["report.html"].read_text().lstrip().lower().startswith("<!doctype html>")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Bring in weights").click()
    chooser.value.set_files(found["weights.npz"])
    expect(page).not_to_have_url(re.compile(f"{first}$"))
    expect(page.locator("#run-state")).to_have_text("paused")
    expect(page.locator(f'#runs li[data-run="{first}"]')).to_have_count(1)
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#inside-when")).to_have_text("at iteration 0")
    until(page, f"({INKED})('weights') > 30")
    expect(page.get_by_role("row", name=re.compile(r"^relu1 .* [0-9] of 50$"))).to_be_visible()
    expect(page.locator("#inside-dead")).to_be_hidden()


def test_a_file_without_weights_says_what_would_be_right_where_one_is(page: Page, tmp_path: Path) -> None:
    wrong = tmp_path / "notes.npz"
    wrong.write_text("no weights here")
    page.goto("/training")
    page.get_by_role("button", name="Bring in weights").scroll_into_view_if_needed()
    page.locator("#weights-file").set_input_files(wrong)
    notice = page.locator("#notice")
    expect(notice).to_contain_text("an .npz or .safetensors file with W1, b1, W2, b2")
    expect(notice).to_be_in_viewport()


def test_settings_are_the_chapters_until_a_run_lends_its_own(page: Page) -> None:
    finished(page, Iterations="50", Seed="25")
    page.goto("/training")
    seed = page.get_by_label("Seed", exact=True)
    expect(page.get_by_role("heading", level=1)).to_contain_text("seed 25")
    expect(seed).to_have_value("0")
    page.get_by_role("button", name="This run's settings").click()
    expect(seed).to_have_value("25")
    expect(page.get_by_label("Iterations", exact=True)).to_have_value("50")
    page.get_by_role("button", name="The chapter's settings").click()
    expect(page.get_by_label("Iterations", exact=True)).to_have_value("10000")
