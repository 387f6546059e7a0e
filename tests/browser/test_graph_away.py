"""The server dies under the page: edits go on and are kept, the page says so, and goes on when it is back."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Server
from tests.browser.graph import field, open_graph, payment


def test_a_server_killed_under_the_page_is_waited_for(browser: Browser, tmp_path: Path) -> None:
    server = Server(tmp_path)
    port = server.address.rsplit(":", 1)[1]
    context = browser.new_context(base_url=server.address, locale="en-US", viewport={"width": 1440, "height": 900})
    errors: list[str] = []
    try:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        open_graph(page, "apples-variables-outside")
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
