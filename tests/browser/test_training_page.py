"""The training page as a person uses it: start a run, steer it, leave and come back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import Server
from tests.browser.training import POINTS, number, start
from tests.browser.wait import until


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


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_a_run(new_page: Callable[..., Page], theme: str) -> None:
    page = new_page(color_scheme=theme)
    page.goto("/training")
    start(page, Iterations="300")
    expect(page.locator("#run-state")).to_have_text("finished")
    for part in ("#inside", "#digit", "#mistaken", "#kept-section"):
        page.locator(part).scroll_into_view_if_needed()
    expect(page.locator("#confusion")).to_be_visible()
    assert violations(page) == []


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
