"""The server dies under the page: edits go on and are kept, the page says so, and goes on when it is back."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from engine.gallery import GALLERY
from tests.browser.conftest import Server
from tests.browser.graph import field, open_graph, payment
from tests.browser.wait import hold, some

# Corners of an element where another lies over it.
COVERED = """(selector) => {
  const element = document.querySelector(selector);
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const corners = [[left + 4, top + 4], [right - 4, top + 4], [left + 4, bottom - 4], [right - 4, bottom - 4]];
  return corners.filter(([x, y]) => document.elementFromPoint(x, y)?.closest(".notice, .tools, .timeline, .output") !==
    element.closest(".notice, .output"));
}"""


def test_a_server_killed_under_the_page_is_waited_for(browser: Browser, tmp_path: Path) -> None:
    server = Server(tmp_path)
    port = server.address.rsplit(":", 1)[1]
    context = browser.new_context(base_url=server.address, locale="en-US", viewport={"width": 1440, "height": 900})
    errors: list[str] = []
    try:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        open_graph(page, "apples-variables-outside")
        expect(page.locator("#inspector")).not_to_be_empty()
        server.kill()
        field(page, "apple price").fill("120")
        expect(page.get_by_text("The server does not answer.")).to_be_visible()
        field(page, "tax").fill("2")
        expect(field(page, "apple price")).to_have_value("120")
        server = Server(tmp_path, port)
        expect(payment(page)).to_have_text("480")
        expect(page.get_by_text("The server does not answer.")).to_be_hidden()
        page.locator('[data-node-id="price"]').click()
        expect(page.locator("#inspector .katex").first).to_be_visible()
        page.reload()
        expect(payment(page)).to_have_text("480")
        assert errors == []
    finally:
        context.close()
        server.stop()


def test_what_ops_and_gallery_say_is_asked_for_again_where_it_did_not_come(page: Page) -> None:
    for path in ("**/api/ops", "**/api/graphs"):
        page.route(path, lambda route: route.fulfill(status=503))
    open_graph(page, GALLERY[0].slug)
    page.locator(".node.is-op").first.click()
    expect(page.get_by_text("The server does not answer.")).to_be_visible()
    page.unroute_all()
    expect(page.locator("#inspector .rule .katex").first).to_be_visible()
    page.locator("#language").select_option("zh")
    expect(page.locator("#gallery")).to_contain_text(GALLERY[0].title["zh"])


def test_a_part_of_the_page_that_does_not_come_is_said_to_be_missing(page: Page) -> None:
    page.route("**/inspector/inspector.js", lambda route: route.fulfill(status=503))
    open_graph(page, "apples-variables-outside")
    field(page, "apple price").fill("120")
    expect(payment(page)).to_have_text("264")
    expect(page.get_by_text("A part of this page did not come.")).to_be_visible()
    page.unroute("**/inspector/inspector.js")
    page.get_by_role("button", name="Load the page again").click()
    expect(page.locator("#inspector")).not_to_be_empty()
    expect(payment(page)).to_have_text("264")
    expect(page.get_by_text("A part of this page did not come.")).to_be_hidden()


def test_what_is_asked_of_a_part_that_is_on_its_way_waits_for_it(page: Page) -> None:
    held = hold(page, "**/graph/workshop.js", "GET")
    open_graph(page, "apples-variables-outside")
    page.get_by_role("button", name="Check gradients").click()
    page.get_by_role("button", name="Save", exact=True).click()
    field(page, "apple price").fill("120")
    expect(payment(page)).to_have_text("264")
    some(page, held)[0].continue_()
    expect(page.get_by_role("dialog").get_by_label("Name")).to_be_focused()
    expect(page.locator("#check")).to_contain_text("Both ways agree at every node")


def test_on_a_phone_a_notice_is_read_whole_and_hides_no_answer(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    open_graph(page, "apples-variables-outside")
    page.route("**/api/evaluate", lambda route: route.fulfill(status=503))
    field(page, "apple price").fill("120")
    expect(page.locator(".notice")).to_be_visible()
    assert page.evaluate(COVERED, ".notice") == []
    assert page.evaluate(COVERED, ".output .big") == []
