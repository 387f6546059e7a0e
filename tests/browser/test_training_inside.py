"""Looking inside a run: weights, digits, mistakes, moments, checks, the very mini-batch."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_training_page import POINTS, start, until

INKED = """(id) => {
  const canvas = document.getElementById(id);
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Set();
  for (let k = 0; k < data.length; k += 4) colours.add((data[k] << 16) | (data[k + 1] << 8) | data[k + 2]);
  return colours.size;
}"""


@pytest.fixture
def trained(page: Page) -> Page:
    """The page of a run that has finished two epochs."""
    page.goto("/training")
    start(page, Iterations="1300")
    expect(page.locator("#run-state")).to_have_text("finished", timeout=30_000)
    return page


def draw_seven(page: Page) -> None:
    """Draw a 7 with the mouse."""
    pad = page.locator("#pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    x, y = box["x"], box["y"]
    page.mouse.move(x + 70, y + 55)
    page.mouse.down()
    for across, down in ((165, 55), (150, 90), (115, 140), (95, 200)):
        page.mouse.move(x + across, y + down, steps=6)
    page.mouse.up()


def test_weights_and_layers_are_shown_on_named_scales(trained: Page) -> None:
    page = trained
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#weights-caption")).to_contain_text("W1: 50 neurons")
    assert page.evaluate(INKED, "weights") > 30
    expect(page.locator("#weights-high")).to_have_text(re.compile(r"^\+0\.\d+"))
    expect(page.get_by_role("row", name=re.compile("^relu1 .* of 50$"))).to_be_visible()
    for name in ("W1", "b1", "W2", "b2"):
        expect(page.locator("#parameters tbody th", has_text=name)).to_be_visible()


def test_a_drawn_digit_is_answered_while_it_is_drawn(trained: Page) -> None:
    page = trained
    draw_seven(page)
    expect(page.locator("#answer-label")).to_have_text("7")
    expect(page.locator("#answer-text")).to_contain_text("The network reads 7")
    assert page.evaluate(INKED, "answer-gradient") > 20
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.locator("#answer-label")).to_have_text("?")


def test_a_digit_is_drawn_by_keyboard(trained: Page) -> None:
    page = trained
    pad = page.locator("#pad")
    pad.focus()
    page.keyboard.press("Space")
    for _ in range(14):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#answer-label")).to_have_text(re.compile(r"\d"))
    assert page.evaluate(INKED, "answer-seen") > 1
    page.keyboard.press("Backspace")
    expect(page.locator("#answer-label")).to_have_text("?")


def test_a_finger_draws_and_does_not_scroll(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto("/training")
    start(page, Iterations="700")
    expect(page.locator("#run-state")).to_have_text("finished", timeout=30_000)
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#parameters")).to_be_visible()
    pad = page.locator("#pad")
    pad.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = pad.bounding_box()
    assert box
    client = page.context.new_cdp_session(page)
    for kind, down in (("touchStart", 60), ("touchMove", 120), ("touchMove", 180), ("touchMove", 240)):
        point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + down}
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("#answer-label")).to_have_text(re.compile(r"\d"))
    after = pad.bounding_box()
    assert after
    assert abs(after["y"] - box["y"]) < 2


def test_a_cell_of_the_confusion_matrix_opens_its_images(trained: Page) -> None:
    page = trained
    page.locator("#mistaken").scroll_into_view_if_needed()
    cell = page.get_by_role("button", name=re.compile(r"^\d+ images of a 4 read as 9$"))
    count = int(cell.inner_text())
    cell.click()
    expect(page.locator("#mistakes-title")).to_have_text(f"{count} test images of a 4 read as 9")
    expect(page.locator("#mistakes li")).to_have_count(min(count, 48))
    page.locator("#mistakes button").first.click()
    expect(page.locator("#digit-note")).to_contain_text("which is a 4")
    expect(page.locator("#answer-label")).to_have_text("9")
    page.get_by_role("button", name="All mistakes").click()
    expect(page.locator("#mistakes-title")).to_contain_text("test images it gets wrong")


def test_the_matrix_is_one_stop_of_the_tab_key_and_arrows_move_in_it(trained: Page) -> None:
    page = trained
    page.locator("#mistaken").scroll_into_view_if_needed()
    expect(page.locator("#confusion")).to_be_visible()
    page.get_by_role("region", name="Confusion matrix").focus()
    page.keyboard.press("Tab")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    cell = page.get_by_role("button", name=re.compile(r"images of a 2 read as 1$"))
    expect(cell).to_be_focused()
    page.keyboard.press("Enter")
    expect(cell).to_have_attribute("aria-pressed", "true")
    expect(cell).to_be_focused()
    expect(page.locator("#mistakes-title")).to_contain_text("of a 2 read as 1")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="All mistakes")).to_be_focused()


def test_the_mistakes_are_one_stop_of_the_tab_key_and_keep_the_focus_when_more_come(trained: Page) -> None:
    page = trained
    page.locator("#mistaken").scroll_into_view_if_needed()
    images = page.locator("#mistakes button")
    expect(images).to_have_count(48)
    images.first.focus()
    page.keyboard.press("ArrowRight")
    expect(images.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(images.nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#mistakes-more")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(images.nth(1)).to_be_focused()
    images.first.evaluate("button => { button.className = 'before' }")
    page.emulate_media(color_scheme="dark")
    expect(page.locator("#mistakes .before")).to_have_count(0)
    expect(images.nth(1)).to_be_focused()


def test_numbers_that_change_all_the_time_are_not_read_out(trained: Page) -> None:
    metrics = trained.locator("[data-metric]")
    expect(metrics).to_have_count(3)
    for metric in metrics.all():
        expect(metric).to_have_attribute("aria-live", "off")


def test_one_slider_drives_weights_curves_and_digits(trained: Page) -> None:
    page = trained
    draw_seven(page)
    expect(page.locator("#answer-label")).to_have_text("7")
    slider = page.get_by_label("Moment")
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator("#moment-text")).to_contain_text(re.compile(r"^iteration [01]\b"))
    expect(page.locator("#inside-when")).to_have_text(re.compile(r"^at iteration [01]$"))
    until(page, "document.querySelector('#loss-chart').layout.shapes.length === 1")
    page.locator("#digit").scroll_into_view_if_needed()
    expect(page.locator("#answer-text")).to_contain_text(re.compile(r"probability 1\d%|probability \d\.\d%"))
    page.get_by_role("button", name="Back to now").click()
    page.locator("#digit").scroll_into_view_if_needed()
    expect(page.locator("#answer-text")).to_contain_text(re.compile(r"reads 7, with probability [5-9]\d"))
    until(page, "document.querySelector('#loss-chart').layout.shapes.length === 0")


def test_paused_run_opens_its_mini_batch(page: Page) -> None:
    page.goto("/training")
    start(page, Iterations="200000")
    until(page, f"{POINTS} > 10")
    door = page.get_by_role("link", name=re.compile("Open the mini-batch"))
    expect(door).to_be_hidden()
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(door).to_be_visible()
    run = page.url.rsplit("/", 1)[1]
    expect(door).to_have_attribute("href", f"/graphs?run={run}")
    door.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The mini-batch of iteration")
    for node in ("x", "W1", "affine1", "relu1"):
        expect(page.locator(f'[data-node-id="{node}"]')).to_be_attached()
    loss = page.locator('[data-node-id="loss"]')
    expect(loss).to_have_attribute("aria-label", re.compile(r"softmax_with_loss .*value \d[\d.]*, gradient 1"))
    page.get_by_role("button", name="Step back").click(click_count=2)
    expect(page.locator(".timeline .count")).to_have_text(re.compile("[78] of 9"))
    loss.focus()
    loss.dispatch_event("dblclick")
    inner = page.locator('[data-node-id="loss.y"]')
    expect(inner).to_be_attached()
    inner.dispatch_event("dblclick")
    for node in ("loss.y.exp", "loss.y"):
        expect(page.locator(f'[data-node-id="{node}"]')).to_be_attached()
    page.go_back()
    page.wait_for_url(re.compile("/training/"))
    page.get_by_role("button", name="Stop", exact=True).click()


def test_gradients_are_checked_on_the_real_network(trained: Page) -> None:
    page = trained
    page.get_by_role("button", name="Check gradients").click()
    verdict = page.locator("#check-verdict")
    expect(verdict).to_contain_text("They agree.", timeout=60_000)
    rows = page.locator("#check-result tbody tr")
    expect(rows).to_have_count(4)
    for text in page.locator("#check-result tbody td:nth-child(2)").all_inner_texts():
        assert float(text) < 1e-9


def test_the_race_runs_and_can_be_stopped(trained: Page) -> None:
    page = trained
    page.get_by_role("button", name="Race", exact=True).click()
    expect(page.locator("#race-numerical")).to_contain_text(re.compile(r"of 79,\d+ passes"), timeout=30_000)
    expect(page.locator("#race-backprop")).to_contain_text("ms")
    page.get_by_role("button", name="End the race").click()
    expect(page.get_by_role("button", name="Race", exact=True)).to_be_enabled()


def test_divergence_names_the_node_and_says_what_to_change(page: Page) -> None:
    page.goto("/training")
    start(page, Learning_rate="1", Weight_decay="100", Iterations="2000")
    expect(page.locator("#run-state")).to_have_text("diverged", timeout=30_000)
    expect(page.locator("#notice")).to_contain_text("This run diverged")
    expect(page.locator("#notice")).to_contain_text("learning rate")


def test_a_run_that_learned_nothing_says_so_and_what_to_change(page: Page) -> None:
    page.goto("/training")
    start(page, Learning_rate="1000000", Iterations="300")
    expect(page.locator("#run-state")).to_have_text("finished", timeout=30_000)
    expect(page.locator("#notice")).to_contain_text("guessing alone costs 2.3. Try a smaller learning rate")
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#inside-dead")).to_contain_text("All 50 units of relu1 answer 0 to every image")
    page.get_by_label("Log axis").check()
    until(page, "document.querySelector('#loss-chart').layout.yaxis.type === 'log'")
    start(page, Learning_rate="0.1", Initial_weights="0", Iterations="300")
    expect(page.locator("#notice")).to_contain_text("what guessing costs: nothing was learned", timeout=30_000)


def test_a_paused_run_shows_the_weights_it_stands_at(page: Page) -> None:
    page.goto("/training")
    start(page, Iterations="200000")
    until(page, "!document.querySelector('#pause').disabled")
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.locator("#run-state")).to_have_text("paused")
    address = page.url.replace("/training/", "/api/runs/")
    done = f"fetch('{address}').then((answer) => answer.json()).then((run) => run.progress.iteration)"
    at = page.evaluate(done)
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#inside-when")).to_have_text(f"at iteration {at:,}")
    page.get_by_role("button", name="Step", exact=True).click()
    expect(page.locator("#inside-when")).to_have_text(f"at iteration {at + 1:,}")
    page.reload()
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#inside-when")).to_have_text(f"at iteration {at + 1:,}")
    page.get_by_role("button", name="Stop", exact=True).click()


def test_the_convolutional_network_shows_its_filters(page: Page) -> None:
    page.goto("/training")
    page.get_by_label("Architecture").select_option("simple_convnet")
    expect(page.get_by_label("Hidden layers")).to_be_disabled()
    start(page, Iterations="20", Training_images="500")
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#weights-caption")).to_contain_text("W1: 30 neurons", timeout=60_000)
    expect(page.locator("#weights-caption")).to_contain_text("5 × 5")
    expect(page.locator("#run-state")).to_have_text("finished", timeout=60_000)
