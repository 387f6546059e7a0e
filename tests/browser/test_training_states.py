"""The training page in each state and each language, on a slow network, and before there is a run."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import Server
from tests.browser.training import POINTS, start
from tests.browser.wait import until

LOCALES = {"en": "en-US", "zh": "zh-CN", "ja": "ja-JP"}


def sound(page: Page) -> None:
    """Nothing that axe would object to, in any part of the page."""
    for part in ("#inside", "#digit", "#mistaken", "#checked", "#compared", "#kept-section"):
        page.locator(part).scroll_into_view_if_needed()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", LOCALES)
def test_axe_finds_nothing_in_any_state(new_page: Callable[..., Page], language: str) -> None:
    page = new_page(locale=LOCALES[language])
    page.goto("/training")
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.locator("#config-iterations").fill("200000")
    page.locator("#start").click()
    page.wait_for_url(re.compile(r"/training/\w+"))
    state = page.locator("#run-state")
    until(page, f"{POINTS} > 5")
    for button, name in ((None, "running"), ("#pause", "paused"), ("#stop", "stopped")):
        if button:
            page.locator(button).click()
        expect(state).to_have_attribute("data-state", name)
        sound(page)
    page.locator("#config-learning_rate").fill("1")
    page.locator("#config-weight_decay").fill("100")
    page.locator("#start").click()
    expect(state).to_have_attribute("data-state", "diverged")
    expect(page.locator("#notice")).to_contain_text(re.compile("cross_entropy|affine|relu|penalty|W\\d"))
    expect(page.locator("#notice")).to_contain_text("0.1")
    sound(page)
    page.locator("#config-dropout").fill("x")
    page.locator("#start").click()
    expect(page.locator("#config-dropout-error")).to_be_visible()
    sound(page)


@pytest.mark.parametrize("language", LOCALES)
def test_before_the_first_run_each_part_says_what_comes(browser: Browser, tmp_path: Path, language: str) -> None:
    server = Server(tmp_path)
    context = browser.new_context(base_url=server.address, locale=LOCALES[language])
    try:
        page = context.new_page()
        page.goto("/training")
        for part in ("#run-about", "#runs-empty", "#weights-caption", "#mistakes-title", "#answer-text"):
            page.locator(part).scroll_into_view_if_needed()
            expect(page.locator(part)).not_to_be_empty()
        pad = page.locator("#pad")
        pad.focus()
        page.keyboard.press("Space")
        expect(page.locator("#answer-label")).to_have_text("?")
        sound(page)
    finally:
        context.close()
        server.stop()


def test_on_a_slow_network_the_page_opens_and_the_curve_catches_up(page: Page) -> None:
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    slow = {"offline": False, "latency": 300, "downloadThroughput": 60_000, "uploadThroughput": 30_000}
    client.send("Network.emulateNetworkConditions", slow)
    page.set_default_timeout(60_000)
    page.goto("/training", wait_until="commit")
    start(page, Iterations="2000")
    expect(page.locator("#run-state")).to_have_text("finished", timeout=180_000)
    until(page, f"{POINTS} === 1999", 180)
    address = page.url.replace("/training/", "/api/runs/")
    last = page.evaluate(f"fetch('{address}').then((answer) => answer.json()).then((run) => run.metrics.loss)")
    expect(page.locator('[data-metric="loss"]')).to_have_text(f"{last:.4f}")
