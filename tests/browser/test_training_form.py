"""The form and the live rate: what is wrong is said at the field, with what would be right."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.training import start

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


# The choices whose words take more than their field has.
CUT = """() => [...document.querySelectorAll("#settings select option")].filter((option) => {
  const select = option.closest("select");
  const alone = select.cloneNode(false);
  alone.append(option.cloneNode(true));
  Object.assign(alone.style, { position: "absolute", width: "max-content" });
  select.parentElement.append(alone);
  const cut = alone.offsetWidth > select.offsetWidth;
  alone.remove();
  return cut;
}).map((option) => option.text)"""


@pytest.mark.parametrize("width", [1440, 390])
def test_a_choice_shows_all_of_its_words(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/training")
    expect(page.get_by_label("Optimizer", exact=True)).to_be_visible()
    assert page.evaluate(CUT) == []
