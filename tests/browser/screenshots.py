"""Draws the pictures of the README anew, from a server of its own: `make screenshots`."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import Server, launch

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"


def graph(page: Page) -> None:
    """The graph page in the middle of the backward walk over apples and oranges."""
    page.goto("/graphs/apples-and-oranges?step=7")
    page.locator('[data-node-id="price"]').click()
    page.wait_for_timeout(1000)


def training(page: Page) -> None:
    """The training page when the chapter's script has run."""
    page.goto("/training")
    page.get_by_role("button", name="Start").click()
    page.locator('[data-state="finished"]').first.wait_for(timeout=60_000)
    page.wait_for_timeout(1000)


def main() -> None:
    """Start a server and a browser, visit each page, keep its picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        server = Server(Path(data))
        try:
            browser = launch(playwright)
            for visit in (graph, training):
                page = browser.new_page(
                    base_url=server.address, viewport={"width": 1440, "height": 900}, color_scheme="light"
                )
                visit(page)
                page.screenshot(path=FOLDER / f"{visit.__name__}.png")
            browser.close()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
