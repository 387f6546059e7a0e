"""Keeping: what a person made survives a reload, a link, a file, and its own deletion."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

SHOP = "/graphs/apples-variables-outside"


def at(new_page: Callable[..., Page], address: str, **options: Any) -> Page:
    """A page at an address."""
    page = new_page(**options)
    page.goto(address)
    return page


def edit_apple(page: Page, price: str) -> None:
    """Type another price for an apple and wait for the payment to follow."""
    field = page.get_by_role("spinbutton", name="apple price").or_(page.get_by_role("textbox", name="apple price"))
    field.fill(price)
    field.press("Enter")
    expect(page.locator(".drawing")).to_contain_text("264")


def test_a_reload_keeps_what_was_edited(new_page: Callable[..., Page]) -> None:
    page = at(new_page, SHOP)
    edit_apple(page, "120")
    expect(page).to_have_url(re.compile(r"#graph="))
    page.reload()
    expect(page.locator(".drawing")).to_contain_text("264")


def test_a_link_brings_graph_values_step_and_view(new_page: Callable[..., Page]) -> None:
    page = at(new_page, SHOP, permissions=["clipboard-read", "clipboard-write"])
    edit_apple(page, "120")
    page.get_by_role("button", name="Zoom in").click()
    expect(page).to_have_url(re.compile("view="))
    page.locator("#timeline").get_by_role("button", name=re.compile("forward", re.IGNORECASE)).first.press("Home")
    page.get_by_role("button", name="Share").click()
    expect(page.locator("#told")).to_contain_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert "#graph=" in link
    other = at(new_page, link)
    expect(other.locator('[data-node-id="apple"] input')).to_have_value("120")
    assert other.evaluate("location.search") == page.evaluate("location.search")
    expect(other.locator(".drawing.is-drawn")).to_be_visible()
    seen = "document.querySelector('.viewport').getCTM().a"
    assert round(other.evaluate(seen), 2) == round(page.evaluate(seen), 2)
    page.get_by_role("button", name="Fit").click()
    expect(page).not_to_have_url(re.compile("view="))


def test_a_link_that_was_cut_says_so(new_page: Callable[..., Page]) -> None:
    page = at(new_page, "/graphs#graph=abc")
    expect(page.locator("#notices")).to_contain_text("cut or changed on the way")


def test_save_open_delete_and_undo(new_page: Callable[..., Page]) -> None:
    page = at(new_page, SHOP)
    edit_apple(page, "120")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("dialog").get_by_label("Name").fill("Dear apples")
    page.keyboard.press("Enter")
    mine = page.get_by_role("navigation", name="Mine")
    expect(mine.get_by_role("link", name="Dear apples")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="The add node").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The add node")
    expect(page.locator(".drawing")).not_to_contain_text("264")
    mine.get_by_role("link", name="Dear apples").click()
    expect(page.locator(".drawing")).to_contain_text("264")
    expect(page).to_have_url(re.compile("saved="))
    page.reload()
    expect(page.locator(".drawing")).to_contain_text("264")
    mine.get_by_role("button", name="Delete Dear apples").click()
    expect(mine).to_have_count(0)
    page.locator("#told").get_by_role("button", name="Undo").click()
    expect(mine.get_by_role("link", name="Dear apples")).to_be_visible()


def test_every_export_gives_a_file_that_opens(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = at(new_page, SHOP)
    edit_apple(page, "120")
    files = {}
    for kind in ("json", "svg", "png", "tex", "layers.py", "torch.py"):
        page.locator(".menu summary").click()
        with page.expect_download() as download:
            page.locator(f'[data-export="{kind}"]').click()
        files[kind] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[kind])
    assert files["png"].read_bytes().startswith(b"\x89PNG")
    assert json.loads(files["json"].read_text())["output"] == "price"
    assert "<svg" in files["svg"].read_text()
    assert r"\begin{tikzpicture}" in files["tex"].read_text()
    ran = subprocess.run([sys.executable, files["layers.py"]], capture_output=True, text=True, check=True)
    assert "264" in ran.stdout

    page.goto(page.url.split("/graphs")[0] + "/graphs/add-node")
    page.locator('input[type="file"]').set_input_files(files["json"])
    expect(page.locator('[data-node-id="apple"] input')).to_have_value("120")


def test_a_picture_is_in_the_language_of_the_page(new_page: Callable[..., Page]) -> None:
    page = at(new_page, SHOP, locale="zh-CN")
    expect(page.locator(".drawing")).to_contain_text("220")
    page.locator(".menu summary").click()
    with page.expect_download() as download:
        page.locator('[data-export="svg"]').click()
    assert "苹果" in download.value.path().read_text()


DROP = """([name, text]) => {
  const held = new DataTransfer();
  held.items.add(new File([text], name));
  for (const type of ["dragover", "drop"])
    document.querySelector("#inspector").dispatchEvent(
      new DragEvent(type, { dataTransfer: held, bubbles: true, cancelable: true }),
    );
}"""


def test_a_file_dropped_on_the_page_is_opened(new_page: Callable[..., Page]) -> None:
    page = at(new_page, SHOP)
    expect(page.locator(".drawing")).to_contain_text("220")
    page.evaluate(DROP, ["mine.json", '{"nodes": [{"id": "a", "op": "input", "value": 5}], "output": "a"}'])
    expect(page.locator('[data-node-id="a"] input')).to_have_value("5")
    expect(page).to_have_url(re.compile("#graph="))
    page.evaluate(DROP, ["square.py", "a = 3\nb = a ** 2"])
    expect(page.locator(".output .big")).to_have_text("9")
    page.go_back()
    expect(page.locator('[data-node-id="a"] input')).to_have_value("5")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"nodes": [{"id": "a", "op": "nope"}], "output": "a"}', "nope"),
        ('{"nodes": [{"id": "a", "op": "inp', "does not hold a whole graph: it was cut"),
    ],
    ids=["unknown op", "cut"],
)
def test_a_file_that_is_no_graph_says_so_and_leaves_the_graph_alone(
    new_page: Callable[..., Page], tmp_path: Path, text: str, words: str
) -> None:
    page = at(new_page, SHOP)
    expect(page.locator(".drawing")).to_contain_text("220")
    wrong = tmp_path / "wrong.json"
    wrong.write_text(text)
    page.locator('input[type="file"]').set_input_files(wrong)
    expect(page.locator("#notices")).to_contain_text(words)
    expect(page.locator(".drawing")).to_contain_text("220")


LEARNS = """h = relu(affine(x, W1, b1))
loss = softmax_with_loss(affine(h, W2, b2), t)"""


def test_the_graph_that_is_drawn_is_the_network_that_trains(page: Page) -> None:
    page.goto("/graphs/apples-and-oranges")
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Train this on MNIST").click()
    expect(page.locator("#notices")).to_contain_text("needs two inputs named x and t")
    shapes = {"x": (2, 784), "W1": (784, 5), "b1": (5,), "W2": (5, 10), "b2": (10,)}
    random = np.random.default_rng(0)
    inputs = {name: (0.1 * random.normal(size=shape)).tolist() for name, shape in shapes.items()} | {"t": [1, 2]}
    answer = page.request.post("/api/graphs/parse", data={"source": LEARNS, "inputs": inputs})
    file = {"name": "mine.json", "mimeType": "application/json", "buffer": json.dumps(answer.json()["graph"]).encode()}
    page.locator('input[type="file"]').set_input_files(file)
    expect(page.locator('[data-node-id="loss"]')).to_be_visible()
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Train this on MNIST").click()
    expect(page).to_have_url(re.compile("/training/"))
    expect(page.locator('[data-metric="loss"]')).to_have_text(re.compile(r"\d"))
