"""What a page keeps from somebody who hears it, or cannot tell its colours apart."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def violations(page: Page) -> list[str]:
    """What axe objects to, and where."""
    # What is as it should be need not be listed, which halves the time.
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}: {part['html']} {part['failureSummary']}" for rule in found for part in rule["nodes"]]
