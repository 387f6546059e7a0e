"""Answers that come late, out of order, or not at all: the training page shows what holds."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect

from tests.browser.training import POINTS, draw_seven, start
from tests.browser.wait import hold, some, until


def test_a_list_from_before_start_does_not_put_the_run_away(page: Page) -> None:
    held: list[tuple[Route, str]] = []

    def listed(route: Route) -> None:
        if route.request.method == "GET" and not held:
            held.append((route, route.fetch().text()))
        else:
            route.continue_()

    page.route("**/api/runs", listed)
    page.goto("/training")
    start(page, Iterations="3000")
    route, before = held[0]
    route.fulfill(body=before, content_type="application/json")
    expect(page.locator("#run-state")).to_have_attribute("data-state", "finished")
    until(page, f"{POINTS} === 2999", 60)


def test_stop_that_comes_after_the_end_is_no_fault(page: Page) -> None:
    late = hold(page, "**/api/runs/*", "PATCH")
    page.goto("/training")
    # It ends when the test wants it to.
    start(page, Iterations="200000", Learning_rate="0", Weight_decay="100")
    page.get_by_role("button", name="Stop", exact=True).click()
    (stop,) = some(page, late)
    run = page.url.replace("/training/", "/api/runs/")
    page.request.patch(run, data={"learning_rate": 1})
    state = page.locator("#run-state")
    expect(state).to_have_attribute("data-state", "diverged")
    with page.expect_response(run) as refused:
        stop.continue_()
    assert refused.value.status == 409
    page.wait_for_timeout(300)
    expect(page.locator("#notice")).not_to_contain_text("already")
    expect(state).to_have_attribute("data-state", "diverged")


def test_a_list_from_before_the_first_epoch_does_not_stay(page: Page) -> None:
    ends: list[Callable[[], None]] = []

    def streamed(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def told(message: str | bytes) -> None:
            if '"finished"' in str(message):
                ends.append(lambda: socket.send(message))
            else:
                socket.send(message)

        server.on_message(told)

    lists: list[Route] = []
    started = False

    def listed(route: Route) -> None:
        if started and route.request.method == "GET":
            lists.append(route)
        else:
            route.continue_()

    page.route_web_socket("**/stream*", streamed)
    page.route("**/api/runs", listed)
    with page.expect_response("**/api/runs"):
        page.goto("/training")
    start(page, Iterations="300")
    started = True
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    accuracy = page.locator('[data-metric="test_accuracy"]')
    expect(page.locator("#progress-text")).to_contain_text("300 of 300")
    expect(accuracy).to_have_text(re.compile(r"\d"))
    some(page, ends)
    first, *later = some(page, lists)
    run, *others = first.fetch().json()
    before = run | {"state": "running", "metrics": dict.fromkeys(run["metrics"]), "seconds": 0.001}
    first.fulfill(json=[before, *others])
    expect(accuracy).to_have_text("–")
    started = False
    for route in later:
        route.continue_()
    for end in ends:
        end()
    expect(page.locator("#run-state")).to_have_attribute("data-state", "finished")
    expect(accuracy).to_have_text(re.compile(r"\d"))
    expect(page.locator("#progress-text")).to_contain_text("took")
    expect(page.locator("#progress-text")).not_to_contain_text("took 1 ms")


def test_a_run_that_somebody_else_deletes_is_gone_and_the_server_is_not_away(browser: Browser, server: str) -> None:
    # The browser notes in its console that a stream was refused.
    context = browser.new_context(base_url=server, locale="en-US")
    try:
        page = context.new_page()
        page.goto("/training")
        start(page, Iterations="600")
        expect(page.locator("#run-state")).to_have_text("finished")
        expect(page.locator("#moments")).to_be_visible()
        run = page.url.rsplit("/", 1)[1]
        page.request.delete(f"/api/runs/{run}")
        expect(page.locator("#notice")).to_have_text(f"There is no run {run}: it may have been deleted.")
        expect(page.locator(f'#runs li[data-run="{run}"]')).to_have_count(0)
        expect(page.locator("#moments")).to_be_hidden()
        page.request.post(f"/api/runs/{run}/restore")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(page.locator("#notice")).to_be_hidden()
        expect(page.locator("#moments")).to_be_visible()
    finally:
        context.close()


def test_what_was_asked_while_the_server_was_away_is_asked_again(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 3000})
    page.goto("/training")
    start(page, Iterations="1300")
    expect(page.locator("#run-state")).to_have_text("finished")
    first = page.url.rsplit("/", 1)[1]
    start(page, Iterations="2")
    expect(page.locator("#progress-text")).to_contain_text("2 of 2")
    # The looks that the page had of the first run are forgotten.
    page.reload()
    draw_seven(page)
    expect(page.locator("#answer-label")).to_have_text(re.compile(r"\d"))
    probability = page.locator("#answer-text").inner_text()
    page.route("**/api/**", lambda route: route.fulfill(status=503))
    page.locator(f'#runs li[data-run="{first}"] a').click()
    expect(page.locator("#notice")).to_contain_text("The server does not answer")
    expect(page.locator("#moments")).to_be_hidden()
    with page.expect_response(lambda answer: bool(re.search(r"moments/\d+$", answer.url)) and answer.ok):
        page.unroute("**/api/**")
    expect(page.locator("#moments")).to_be_visible()
    expect(page.locator("#confusion tbody button").first).to_have_text(re.compile(r"\d"))
    expect(page.locator("#mistakes li").first).to_be_visible()
    expect(page.locator("#answer-text")).not_to_have_text(probability)


def test_a_moment_travelled_to_while_the_server_was_away_is_shown_once_it_is_back(page: Page) -> None:
    page.goto("/training")
    page.route("**/moments/*", lambda route: None)
    start(page, Iterations="700")
    expect(page.locator("#run-state")).to_have_text("finished")
    expect(page.locator("#moments")).to_be_visible()
    page.route("**/api/**", lambda route: route.fulfill(status=503))
    page.get_by_role("slider", name="Moment").press("Home")
    expect(page.locator("#moment-text")).to_contain_text(re.compile(r"^iteration [01]\b"))
    expect(page.locator("#notice")).to_contain_text("The server does not answer")
    page.unroute_all()
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#inside-when")).to_have_text(re.compile(r"^at iteration [01]$"))


def test_a_first_list_that_is_late_leaves_what_was_refused_meanwhile(page: Page) -> None:
    held = hold(page, "**/api/runs", "GET", 1)
    page.goto("/training")
    page.get_by_label("Iterations", exact=True).fill("0.5")
    page.get_by_role("button", name="Start", exact=True).click()
    notice = page.locator("#notice")
    expect(notice).to_contain_text("A whole number from 1")
    with page.expect_response("**/api/runs"):
        some(page, held)[0].continue_()
    page.wait_for_timeout(300)
    expect(notice).to_contain_text("A whole number from 1")


def test_a_first_list_that_is_late_leaves_the_runs_that_were_started_over_each_other(page: Page) -> None:
    held = hold(page, "**/api/runs", "GET", 1)
    page.goto("/training")
    # By key: what is scrolled into sight begins to be drawn, and a click may miss what moves.
    page.locator("#presets button").first.press("Enter")
    shown = page.locator("#runs input:checked")
    expect(shown).not_to_have_count(0)
    count = shown.count()
    with page.expect_response("**/api/runs"):
        some(page, held)[0].continue_()
    page.wait_for_timeout(300)
    expect(shown).to_have_count(count)
