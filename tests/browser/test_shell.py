"""The header every page has: languages and themes switched in place, and kept."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.accessibility import violations

PAGES = ("/graphs", "/training", "/nosuch")


def test_home_is_the_graph_page(page: Page) -> None:
    page.goto("/")
    assert page.url.partition("?")[0].endswith("/graphs")
    expect(page.get_by_role("navigation", name="Site").get_by_role("link", name="Graphs")).to_have_attribute(
        "aria-current", "page"
    )


def test_language_switches_in_place_and_stays(page: Page) -> None:
    page.goto("/graphs")
    page.evaluate("window.stayed = true")
    page.get_by_label("Language").select_option("ja")
    training = page.get_by_role("navigation", name="サイト").get_by_role("link", name="学習")
    expect(training).to_be_visible()
    expect(page.get_by_label("言語")).to_have_value("ja")
    assert page.evaluate("window.stayed") is True
    assert page.locator("html").get_attribute("lang") == "ja"
    training.click()
    site = page.get_by_role("navigation", name="サイト")
    expect(site.get_by_role("link", name="計算グラフ", exact=True)).to_be_visible()
    page.get_by_label("言語").select_option("en")
    site = page.get_by_role("navigation", name="Site")
    expect(site.get_by_role("link", name="Graphs", exact=True)).to_be_visible()


def test_language_and_theme_are_as_wide_as_what_is_chosen(page: Page) -> None:
    page.goto("/graphs")
    for name in ("language", "theme"):
        width = f"document.getElementById('{name}').getBoundingClientRect().width"
        whole = page.evaluate(width)
        page.evaluate(f"document.getElementById('{name}').selectedOptions[0].textContent = 'i'")
        assert page.evaluate(width) < whole - 10


def test_a_language_that_comes_after_another_choice_stays_away(page: Page) -> None:
    page.goto("/nosuch")
    page.evaluate("document.addEventListener('language/changed', (event) => (window.spoken ??= []).push(event.detail))")
    waiting: list[Route] = []
    page.route("**/locale/zh.json*", lambda route: waiting.append(route))
    select = page.locator("#language")
    with page.expect_request("**/locale/zh.json*"):
        select.select_option("zh")
    select.select_option("en")
    with page.expect_response("**/locale/zh.json*") as answer:
        waiting[0].continue_()
    answer.value.finished()
    select.select_option("ja")
    expect(page.get_by_label("言語")).to_have_value("ja")
    assert page.evaluate("window.spoken") == [{"language": "ja"}]


def test_a_language_that_does_not_come_can_be_chosen_again(page: Page) -> None:
    page.goto("/nosuch")
    page.route("**/locale/zh.json*", lambda route: route.fulfill(status=503))
    select = page.locator("#language")
    select.select_option("zh")
    expect(select).to_have_value("en")
    page.unroute("**/locale/zh.json*")
    select.select_option("zh")
    expect(page.get_by_label("语言")).to_have_value("zh")


def test_address_with_nothing_leads_home(page: Page) -> None:
    page.goto("/nosuch")
    page.get_by_label("Language").select_option("ja")
    expect(page.get_by_role("heading")).to_have_text("このアドレスには何もありません")
    page.get_by_role("link", name="最初の計算グラフから始める").click()
    expect(page).to_have_url(re.compile("/graphs"))


def test_language_of_the_browser_is_the_first(new_page: Callable[..., Page]) -> None:
    page = new_page(locale="zh-CN")
    page.goto("/graphs")
    expect(page.get_by_label("语言")).to_have_value("zh")


def test_theme_is_kept(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/graphs")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_label("Theme").select_option("dark")
    dark = page.evaluate(paper)
    assert dark != light
    page.reload()
    assert page.evaluate(paper) == dark
    page.get_by_label("Theme").select_option("system")
    assert page.evaluate(paper) == light


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(new_page: Callable[..., Page], address: str, theme: str) -> None:
    page = new_page(color_scheme=theme)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert violations(page) == []


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("locale", ["en", "zh", "ja"])
def test_phone_does_not_scroll_sideways(new_page: Callable[..., Page], address: str, locale: str) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, locale=locale, has_touch=True)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for name in ("language", "theme"):
        box = page.locator(f"#{name}").bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
