"""Looking inside a run: weights, moments, checks, the very mini-batch."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.browser.training import INKED, POINTS, draw_seven, start
from tests.browser.wait import until


def test_weights_and_layers_are_shown_on_named_scales(trained: Page) -> None:
    page = trained
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#weights-caption")).to_contain_text("W1: 50 neurons")
    assert page.evaluate(INKED, "weights") > 30
    expect(page.locator("#weights-high")).to_have_text(re.compile(r"^\+0\.\d+"))
    expect(page.get_by_role("row", name=re.compile("^relu1 .* of 50$"))).to_be_visible()
    for name in ("W1", "b1", "W2", "b2"):
        expect(page.locator("#parameters tbody th", has_text=name)).to_be_visible()


def test_numbers_that_change_all_the_time_are_not_read_out(trained: Page) -> None:
    metrics = trained.locator("[data-metric]")
    expect(metrics).to_have_count(3)
    for metric in metrics.all():
        expect(metric).to_have_attribute("aria-live", "off")


def test_one_slider_drives_weights_curves_and_digits(trained: Page) -> None:
    page = trained
    draw_seven(page)
    expect(page.locator("#answer-label")).to_have_text("7")
    slider = page.get_by_role("slider", name="Moment")
    expect(slider).to_be_visible()
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator("#moment-text")).to_contain_text(re.compile(r"^iteration [01]\b"))
    expect(page.locator("#inside-when")).to_have_text(re.compile(r"^at iteration [01]$"))
    until(page, "document.querySelector('#loss-chart').layout.shapes.length === 1")
    page.locator("#digit").scroll_into_view_if_needed()
    expect(page.locator("#answer-text")).to_contain_text(re.compile(r"probability 1\d%|probability \d\.\d%"))
    page.get_by_role("button", name="Back to now").click()
    page.locator("#digit").scroll_into_view_if_needed()
    expect(page.locator("#answer-text")).to_contain_text(re.compile(r"reads 7, with probability [5-9]\d"))
    until(page, "document.querySelector('#loss-chart').layout.shapes.length === 0")


def test_paused_run_opens_its_mini_batch(page: Page) -> None:
    page.goto("/training")
    start(page, Iterations="200000")
    until(page, f"{POINTS} > 10")
    door = page.get_by_role("link", name=re.compile("Open the mini-batch"))
    expect(door).to_be_hidden()
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(door).to_be_visible()
    run = page.url.rsplit("/", 1)[1]
    expect(door).to_have_attribute("href", f"/graphs?run={run}")
    door.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The mini-batch of iteration")
    for node in ("x", "W1", "affine1", "relu1"):
        expect(page.locator(f'[data-node-id="{node}"]')).to_be_attached()
    loss = page.locator('[data-node-id="loss"]')
    expect(loss).to_have_attribute("aria-label", re.compile(r"softmax_with_loss .*value \d[\d.]*, gradient 1"))
    page.get_by_role("button", name="Step back").click(click_count=2)
    expect(page.locator(".timeline .count")).to_have_text(re.compile("[78] of 9"))
    loss.focus()
    loss.dispatch_event("dblclick")
    inner = page.locator('[data-node-id="loss.y"]')
    expect(inner).to_be_attached()
    inner.dispatch_event("dblclick")
    for node in ("loss.y.exp", "loss.y"):
        expect(page.locator(f'[data-node-id="{node}"]')).to_be_attached()
    page.go_back()
    page.wait_for_url(re.compile("/training/"))
    page.get_by_role("button", name="Stop", exact=True).click()


def test_gradients_are_checked_on_the_real_network(trained: Page) -> None:
    page = trained
    page.get_by_role("button", name="Check gradients").click()
    verdict = page.locator("#check-verdict")
    expect(verdict).to_contain_text("They agree.", timeout=60_000)
    rows = page.locator("#check-result tbody tr")
    expect(rows).to_have_count(4)
    for text in page.locator("#check-result tbody td:nth-child(2)").all_inner_texts():
        assert float(text) < 1e-9


def test_the_race_runs_and_can_be_stopped(trained: Page) -> None:
    page = trained
    page.get_by_role("button", name="Race", exact=True).click()
    expect(page.locator("#race-numerical")).to_contain_text(re.compile(r"of 79,\d+ passes"), timeout=30_000)
    expect(page.locator("#race-backprop")).to_contain_text("ms")
    page.get_by_role("button", name="End the race").click()
    expect(page.get_by_role("button", name="Race", exact=True)).to_be_enabled()


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"type": "state", "state": "failed", "reason": "the disk is full"}, "the disk is full"),
        (None, "The race ended early"),
    ],
    ids=["failed", "cut"],
)
def test_a_race_that_cannot_go_on_says_why(trained: Page, message: dict[str, str] | None, words: str) -> None:
    def raced(socket: WebSocketRoute) -> None:
        if message is not None:
            socket.send(json.dumps(message))
        socket.close()

    trained.route_web_socket("**/race", raced)
    trained.get_by_role("button", name="Race", exact=True).click()
    expect(trained.locator("#race-numerical")).to_contain_text(words)
    expect(trained.get_by_role("button", name="Race", exact=True)).to_be_enabled()


def test_divergence_names_the_node_and_says_what_to_change(page: Page) -> None:
    page.goto("/training")
    start(page, Learning_rate="1", Weight_decay="100", Iterations="2000")
    expect(page.locator("#run-state")).to_have_text("diverged", timeout=30_000)
    expect(page.locator("#notice")).to_contain_text("This run diverged")
    expect(page.locator("#notice")).to_contain_text("learning rate")


def test_a_run_that_learned_nothing_says_so_and_what_to_change(page: Page) -> None:
    page.goto("/training")
    start(page, Learning_rate="1000000", Iterations="300")
    expect(page.locator("#run-state")).to_have_text("finished", timeout=30_000)
    expect(page.locator("#notice")).to_contain_text("guessing alone costs 2.3. Try a smaller learning rate")
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#inside-dead")).to_contain_text("All 50 units of relu1 answer 0 to every image")
    page.get_by_label("Log axis").check()
    until(page, "document.querySelector('#loss-chart').layout.yaxis.type === 'log'")
    start(page, Learning_rate="0.1", Initial_weights="0", Iterations="600")
    expect(page.locator("#notice")).to_contain_text("what guessing costs: nothing was learned", timeout=30_000)


def test_a_paused_run_shows_the_weights_it_stands_at(page: Page) -> None:
    page.goto("/training")
    start(page, Iterations="200000")
    until(page, "!document.querySelector('#pause').disabled")
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.locator("#run-state")).to_have_text("paused")
    address = page.url.replace("/training/", "/api/runs/")
    done = f"fetch('{address}').then((answer) => answer.json()).then((run) => run.progress.iteration)"
    at = page.evaluate(done)
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#inside-when")).to_have_text(f"at iteration {at:,}")
    page.get_by_role("button", name="Step", exact=True).click()
    expect(page.locator("#inside-when")).to_have_text(f"at iteration {at + 1:,}")
    page.reload()
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#inside-when")).to_have_text(f"at iteration {at + 1:,}")
    page.get_by_role("button", name="Stop", exact=True).click()


def test_the_past_of_a_run_that_began_before_ones_eyes_comes_once_it_has_ended(page: Page) -> None:
    def begins(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        # However late the answer is, the run has done nothing yet by it.
        answer = route.fetch()
        run = answer.json()
        progress = {**run["progress"], "iteration": 0}
        return route.fulfill(response=answer, json={**run, "state": "running", "progress": progress})

    with page.expect_response("**/api/runs"):
        page.goto("/training")
    page.route("**/api/runs", begins)
    page.locator("#inside").scroll_into_view_if_needed()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    start(page, Iterations="200000")
    past = f"/api/runs/{page.url.rsplit('/', 1)[1]}/moments/"
    expect(page.locator("#moments")).to_be_visible()
    expect(page.locator("#inside-when")).to_contain_text("at iteration")
    # The run that was on show before may be asked about its own.
    assert not any(past in address for address in asked)
    with page.expect_request(lambda request: past in request.url):
        page.get_by_role("button", name="Stop", exact=True).click()
        expect(page.locator("#run-state")).to_have_text("stopped")
        page.locator("#inside").scroll_into_view_if_needed()


def test_the_convolutional_network_shows_its_filters(page: Page) -> None:
    page.goto("/training")
    page.get_by_label("Architecture").select_option("simple_convnet")
    expect(page.get_by_label("Hidden layers")).to_be_disabled()
    start(page, Iterations="20", Training_images="500")
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#weights-caption")).to_contain_text("W1: 30 neurons", timeout=60_000)
    expect(page.locator("#weights-caption")).to_contain_text("5 × 5")
    expect(page.locator("#run-state")).to_have_text("finished", timeout=60_000)
