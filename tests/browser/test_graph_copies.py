"""What a person changes is kept by itself: over a reload, another graph, the way back, a second page, a full shelf."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.graph import field, open_graph, payment
from tests.browser.wait import hold, some

SHOP = "apples-variables-outside"


def changed(page: Page) -> None:
    """Open the shopping graph with apples at another price."""
    open_graph(page, SHOP)
    field(page, "apple price").fill("120")
    expect(payment(page)).to_have_text("264")


def test_a_reload_in_the_moment_of_an_edit_loses_nothing(page: Page) -> None:
    open_graph(page, SHOP)
    field(page, "apple price").fill("120")
    page.reload()
    expect(payment(page)).to_have_text("264")
    expect(page.get_by_label("Formula")).to_have_value(re.compile("apple = 120"))


def test_another_graph_is_opened_and_what_was_changed_is_there_on_return(page: Page) -> None:
    changed(page)
    page.get_by_role("link", name="The add node").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The add node")
    expect(page.locator("#original")).to_be_hidden()
    page.get_by_role("link", name="Two apples, the variables outside changed").click()
    expect(payment(page)).to_have_text("264")
    expect(page.locator("#original")).to_contain_text("Changed by you")
    page.goto("/graphs/two-apples")
    page.goto(f"/graphs/{SHOP}")
    expect(payment(page)).to_have_text("264")


def test_the_way_back_to_the_books_numbers_can_be_undone(page: Page) -> None:
    changed(page)
    page.get_by_role("button", name="Back to the book's numbers").click()
    expect(payment(page)).to_have_text("220")
    expect(page.locator("#original")).to_be_hidden()
    expect(page.get_by_role("link", name=re.compile("variables outside$"))).to_be_visible()
    expect(page).not_to_have_url(re.compile("#graph="))
    page.keyboard.press("Control+z")
    expect(payment(page)).to_have_text("264")
    page.get_by_role("button", name="Back to the book's numbers").click()
    page.reload()
    expect(payment(page)).to_have_text("220")


def test_the_browsers_back_and_forward_go_from_graph_to_graph(page: Page) -> None:
    changed(page)
    page.get_by_role("link", name="The add node").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The add node")
    page.go_back()
    expect(payment(page)).to_have_text("264")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("The add node")


def test_a_graph_of_ones_own_is_listed_until_it_is_saved_or_deleted(page: Page) -> None:
    open_graph(page, SHOP)
    page.get_by_role("button", name="New", exact=True).click()
    page.get_by_label("Formula").fill("z = (x + y)**2")
    expect(payment(page)).to_have_text("4")
    page.get_by_role("link", name="The add node").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The add node")
    mine = page.get_by_role("navigation", name="Mine")
    mine.get_by_role("link", name="Your graph · z not saved").click()
    expect(payment(page)).to_have_text("4")
    mine.get_by_role("button", name="Delete Your graph").click()
    expect(mine).to_have_count(0)
    page.wait_for_timeout(700)  # Longer than a graph rests before it is kept.
    expect(mine).to_have_count(0)
    page.locator("#told").get_by_role("button", name="Undo").click()
    mine.get_by_role("link", name="Your graph · z not saved").click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("dialog").get_by_label("Name").fill("A square")
    page.keyboard.press("Enter")
    expect(mine.get_by_role("link", name="A square", exact=True)).to_have_attribute("aria-current", "page")
    expect(mine.get_by_text("not saved")).to_have_count(0)
    mine.get_by_role("button", name="Delete A square").click()
    expect(mine).to_have_count(0)


def test_a_double_click_deletes_one_graph_and_not_the_next_as_well(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 1440, "height": 2000})
    open_graph(page, SHOP)
    formula = page.get_by_label("Formula")
    for text, answer in (("z = (x + y)**2", "4"), ("w = x + y", "2")):
        page.get_by_role("button", name="New", exact=True).click()
        formula.fill(text)
        expect(payment(page)).to_have_text(answer)
    page.get_by_role("link", name="The add node").click()
    mine = page.get_by_role("navigation", name="Mine").get_by_role("link")
    expect(mine).to_have_text(["Your graph · w not saved", "Your graph · z not saved"])
    page.get_by_role("button", name="Delete Your graph · w").dblclick()
    expect(mine).to_have_text(["Your graph · z not saved"])


def test_a_saved_graph_is_renamed_and_told_when_it_was_changed_since(page: Page) -> None:
    changed(page)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("dialog").get_by_label("Name").fill("Dear apples")
    page.keyboard.press("Enter")
    mine = page.get_by_role("navigation", name="Mine")
    expect(page.locator("#original")).to_be_hidden()
    field(page, "apple price").fill("50")
    expect(payment(page)).to_have_text("110")
    expect(mine.get_by_role("link", name="Dear apples changed")).to_be_visible()
    mine.get_by_role("button", name="Rename Dear apples").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Cheap apples")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cheap apples")
    page.get_by_role("link", name="The add node").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The add node")
    mine.get_by_role("link", name="Cheap apples changed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cheap apples")
    expect(payment(page)).to_have_text("110")
    page.get_by_role("button", name="Back to what was saved").click()
    expect(payment(page)).to_have_text("264")
    mine.get_by_role("button", name="Delete Cheap apples").click()
    page.get_by_role("link", name=re.compile("variables outside$")).click()
    expect(payment(page)).to_have_text("220")


def test_a_link_leaves_alone_what_was_changed_at_the_same_graph(new_page: Callable[..., Page]) -> None:
    sender = new_page()
    changed(sender)
    expect(sender).to_have_url(re.compile("#graph="))
    page = new_page()
    open_graph(page, SHOP)
    field(page, "apple price").fill("50")
    expect(payment(page)).to_have_text("110")
    page.goto(sender.url)
    expect(payment(page)).to_have_text("264")
    page.get_by_role("link", name="Two apples, the variables outside changed").click()
    expect(payment(page)).to_have_text("110")


def test_an_undone_new_page_is_the_old_graph_at_its_old_place(page: Page) -> None:
    changed(page)
    page.get_by_role("button", name="New", exact=True).click()
    expect(page.locator("#empty")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(payment(page)).to_have_text("264")
    expect(page).to_have_url(re.compile(f"/graphs/{SHOP}"))
    expect(page.get_by_role("navigation", name="Mine")).to_have_count(0)


def test_where_there_is_no_room_the_page_says_so_and_edits_on(page: Page) -> None:
    open_graph(page, SHOP)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full') } }")
    field(page, "apple price").fill("120")
    expect(page.locator("#told")).to_contain_text("no room")
    expect(payment(page)).to_have_text("264")


def save(page: Page, name: str) -> None:
    """Press Save, and give the graph a name."""
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("dialog").get_by_label("Name").fill(name)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("elsewhere", [False, True], ids=["still there", "another graph opened"])
def test_what_is_changed_while_it_is_being_saved_is_kept(page: Page, elsewhere: bool) -> None:
    changed(page)
    held = hold(page, "**/api/saved", "POST")
    with page.expect_request("**/api/saved"):
        save(page, "Dear apples")
    field(page, "apple price").fill("50")
    expect(payment(page)).to_have_text("110")
    if elsewhere:
        page.get_by_role("link", name="The add node").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The add node")
    some(page, held)[0].continue_()
    mine = page.get_by_role("navigation", name="Mine")
    expect(mine.get_by_role("link", name="Dear apples")).to_be_visible()
    if elsewhere:
        page.get_by_role("link", name="Two apples, the variables outside changed").click()
    expect(payment(page)).to_have_text("110")
    page.reload()
    expect(payment(page)).to_have_text("110")


def test_a_saved_graph_that_is_deleted_stays_in_its_address(page: Page) -> None:
    changed(page)
    save(page, "Dear apples")
    page.get_by_role("button", name="Delete Dear apples").click()
    expect(page).to_have_url(re.compile("#graph="))
    page.reload()
    expect(payment(page)).to_have_text("264")


def test_the_way_back_to_what_is_gone_leaves_the_graph_its_address(page: Page) -> None:
    changed(page)
    save(page, "Dear apples")
    expect(page).to_have_url(re.compile("saved="))
    gone = page.url
    page.get_by_role("link", name="The add node").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The add node")
    page.get_by_role("button", name="Delete Dear apples").click()
    expect(page.get_by_role("navigation", name="Mine")).to_have_count(0)
    page.go_back()
    expect(page.locator("#notices")).to_contain_text("no saved graph")
    expect(page).not_to_have_url(gone)
    page.get_by_role("spinbutton").first.fill("7")
    expect(page).to_have_url(re.compile("#graph="))
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("The add node")
    expect(page.get_by_role("spinbutton").first).to_have_value("7")


@pytest.mark.parametrize("own", [True, False])
def test_a_reload_that_overtakes_the_address_brings_back_the_latest(page: Page, own: bool) -> None:
    open_graph(page, SHOP)
    if own:
        page.get_by_role("button", name="New", exact=True).click()
        page.get_by_label("Formula").fill("z = x * 100 * 1.1")
    field(page, "x" if own else "apple price").fill("2")
    expect(page).to_have_url(re.compile("#graph="))
    page.wait_for_timeout(700)  # Longer than a graph rests before it is kept.
    overtaken = page.url
    field(page, "x" if own else "apple price").fill("200")
    expect(payment(page)).to_have_text("22000" if own else "440")
    page.wait_for_timeout(700)
    assert page.url != overtaken
    # As when the browser takes up the address of before while the page writes the next.
    page.evaluate("(address) => history.replaceState(history.state, '', address)", overtaken)
    page.reload()
    expect(payment(page)).to_have_text("22000" if own else "440")
