"""The training page as a person uses it: start a run, steer it, leave and come back."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server

POINTS = "(document.querySelector('#loss-chart').data?.at(-1)?.x.at(-1) ?? 0)"


def start(page: Page, **settings: str) -> None:
    """Press Start on a run with these settings."""
    for label, value in settings.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(value)
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url(re.compile(r"/training/\w+"))


def until(page: Page, truth: str, seconds: float = 15) -> None:
    """Wait for an expression to become true; the page's policy forbids Playwright's own way, which evaluates text."""
    end = time.monotonic() + seconds
    while not page.evaluate(truth):
        assert time.monotonic() < end, f"not true after {seconds} s: {truth}"
        page.wait_for_timeout(50)


def number(page: Page, metric: str) -> float:
    """The number in a live metric, once it is one."""
    place = page.locator(f'[data-metric="{metric}"]')
    expect(place).to_have_text(re.compile(r"\d"))
    return float(place.inner_text())


def test_start_and_the_curve_grows(page: Page) -> None:
    page.goto("/training")
    start(page)
    expect(page.locator("#run-state")).to_have_text("running")
    until(page, f"{POINTS} > 100")
    early = page.evaluate(POINTS)
    until(page, f"{POINTS} > {early} + 500")
    assert 0 < number(page, "loss") < 3
    expect(page.locator("#run-state")).to_have_text("finished", timeout=60_000)
    assert number(page, "test_accuracy") > 0.96
    assert page.evaluate("document.querySelector('#accuracy-chart').data.at(-1).line.dash") == "dash"


def test_pause_step_resume_stop(page: Page) -> None:
    page.goto("/training")
    start(page, Iterations="200000")
    state = page.locator("#run-state")
    until(page, f"{POINTS} > 10")
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(state).to_have_text("paused")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_disabled()
    run = page.url.replace("/training/", "/api/runs/")
    done = f"fetch('{run}').then((answer) => answer.json()).then((run) => run.progress.iteration)"
    paused = page.evaluate(done)
    until(page, f"{POINTS} === {paused} - 1")
    page.get_by_role("button", name="Step", exact=True).click()
    until(page, f"{POINTS} === {paused}")
    assert page.evaluate(done) == paused + 1
    page.get_by_role("button", name="Resume", exact=True).click()
    expect(state).to_have_text("running")
    until(page, f"{POINTS} > {paused} + 100")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(state).to_have_text("stopped")
    expect(page.get_by_role("button", name="Resume", exact=True)).to_be_enabled()


def test_learning_rate_changes_while_it_runs(page: Page) -> None:
    page.goto("/training")
    start(page, Iterations="200000")
    rate = page.get_by_label("Rate now")
    rate.fill("0.01")
    rate.press("Enter")
    address = page.url.replace("/training/", "/api/runs/")
    until(page, f"fetch('{address}').then((a) => a.json()).then((run) => run.learning_rate === 0.01)")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(rate).to_be_hidden()


def test_reload_shows_the_kept_run(page: Page) -> None:
    page.goto("/training")
    start(page, Iterations="300", Seed="11")
    expect(page.locator("#run-state")).to_have_text("finished")
    loss = number(page, "loss")
    page.reload()
    expect(page.locator("#run-state")).to_have_text("finished")
    assert number(page, "loss") == loss
    until(page, f"{POINTS} >= 299")
    entry = page.locator("#runs li").first
    expect(entry).to_contain_text("300 iterations · seed 11")
    expect(entry).to_contain_text("finished")
    page.goto("/training")
    expect(page.get_by_role("heading", level=1)).to_have_text("300 iterations · seed 11")


WRONG = {
    "Hidden layers": ("0", "Whole numbers from 1 to 10,000"),
    "Initial weights": ("big", "A number from 0 to 100, or xavier, or he."),
    "Dropout": ("1.5", "A number from 0 to below 1."),
    "Learning rate": ("-1", "A number from 0 to 1,000,000."),
    "Batch size": ("many", "A whole number from 1 to 10,000."),
    "Iterations": ("0.5", "A whole number from 1 to 1,000,000,000."),
    "Weight decay": ("1e9", "A number from 0 to 1,000."),
    "Training images": ("0", "A whole number from 1 up"),
    "Seed": ("", "A whole number from 0 up."),
}


def test_every_field_says_what_would_be_right(page: Page) -> None:
    page.goto("/training")
    for label, (wrong, right) in WRONG.items():
        field = page.get_by_label(label, exact=True)
        before = field.input_value()
        field.fill(wrong)
        page.get_by_role("button", name="Start", exact=True).click()
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_be_focused()
        expect(page.locator(f"[data-field={field.get_attribute('name')}] .error")).to_contain_text(right)
        expect(page.locator("#notice")).to_contain_text(f"{label}: {right}")
        field.fill(before)
        expect(field).to_have_attribute("aria-invalid", "false")
        expect(page.locator("#notice")).to_be_hidden()
    assert page.url.endswith("/training")


def test_a_wrong_rate_says_what_would_be_right_and_changes_nothing(page: Page) -> None:
    page.goto("/training")
    start(page, Iterations="200000")
    rate = page.get_by_label("Rate now")
    for wrong in ("fast", "", "-1"):
        rate.fill(wrong)
        expect(rate).to_have_attribute("aria-invalid", "false")
        rate.press("Enter")
        expect(rate).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#rate-error")).to_contain_text("A number from 0 to 1,000,000. It is 0.1 still.")
    rate.press("Escape")
    expect(rate).to_have_value("0.1")
    expect(rate).to_have_attribute("aria-invalid", "false")
    page.get_by_role("button", name="Stop", exact=True).click()


def test_a_network_too_large_for_the_server_is_said_in_the_readers_language(new_page: Callable[..., Page]) -> None:
    page = new_page(locale="zh-CN")
    page.goto("/training")
    page.get_by_label("隐藏层", exact=True).fill("10000, 10000")
    page.get_by_role("button", name="开始", exact=True).click()
    expect(page.locator("#config-hidden-error")).to_contain_text("超出了服务器的限制")


def test_what_a_screen_reader_hears_of_a_run_is_a_sentence_of_its_language(new_page: Callable[..., Page]) -> None:
    page = new_page(locale="zh-CN")
    page.goto("/training")
    page.get_by_label("迭代次数", exact=True).fill("300")
    page.get_by_label("迭代次数", exact=True).press("Enter")
    expect(page.locator("#announcer")).to_have_text(re.compile(r"^300 次迭代：已完成。测试精度 0\.\d{4}。$"))


def test_language_switch_translates_buttons_and_curves(page: Page) -> None:
    page.goto("/training")
    start(page, Iterations="300")
    expect(page.locator("#run-state")).to_have_text("finished")
    page.get_by_label("Language").select_option("zh")
    for name in ("开始", "暂停", "继续", "单步", "停止"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
    expect(page.get_by_label("学习率", exact=True)).to_be_visible()
    until(page, "document.querySelector('#loss-chart').layout.xaxis.title.text === '迭代'")
    page.get_by_label("语言").select_option("ja")
    expect(page.get_by_role("button", name="開始", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="一時停止", exact=True)).to_be_visible()


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


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_a_run(new_page: Callable[..., Page], theme: str) -> None:
    page = new_page(color_scheme=theme)
    page.goto("/training")
    start(page, Iterations="300")
    expect(page.locator("#run-state")).to_have_text("finished")
    for part in ("#inside", "#digit", "#mistaken", "#kept-section"):
        page.locator(part).scroll_into_view_if_needed()
    expect(page.locator("#confusion")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_phone_scrolls_only_down(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto("/training")
    start(page, Iterations="300")
    expect(page.locator("#run-state")).to_have_text("finished")
    page.locator("#kept-section").scroll_into_view_if_needed()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_address_of_no_run_says_so_until_one_is_begun(page: Page) -> None:
    page.goto("/training/nothing")
    expect(page.locator("#notice")).to_have_text("There is no run nothing: it may have been deleted.")
    start(page, Iterations="300")
    expect(page.locator("#run-state")).to_have_text("finished")
    expect(page.locator("#notice")).to_be_hidden()


def test_server_killed_says_so_and_comes_back(browser: Browser, tmp_path: Path) -> None:
    server = Server(tmp_path)
    port = server.address.rsplit(":", 1)[1]
    context = browser.new_context(base_url=server.address, locale="en-US")
    try:
        page = context.new_page()
        page.goto("/training")
        start(page, Iterations="100000")
        until(page, f"{POINTS} > 100")
        server.kill()
        notice = page.locator("#notice")
        expect(notice).to_contain_text("The server does not answer", timeout=10_000)
        expect(page.get_by_role("button", name="Start", exact=True)).to_be_disabled(timeout=10_000)
        kept = page.evaluate(POINTS)
        assert kept > 100
        server = Server(tmp_path, port)
        expect(page.locator("#run-state")).to_have_text("stopped", timeout=20_000)
        reasons = {
            "zh": "服务器在这次训练进行时结束了。按“继续”就从上次保存的地方接着训练。",
            "ja": "この学習の途中でサーバーが終了しました。「再開」を押すと、最後に保存した所から続きます。",
            "en": "The server ended while this run was running. Resume takes it up where it was last saved.",
        }
        for language, reason in reasons.items():
            page.locator("#language").select_option(language)
            expect(notice).to_have_text(reason)
        page.get_by_role("button", name="Resume", exact=True).click()
        expect(page.locator("#run-state")).to_have_text("running")
        until(page, f"{POINTS} > {kept}", 30)
    finally:
        context.close()
        server.stop()
