"""The graph you draw is the network you train, from the training page: by address and from what is saved."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect

LEARNS = """h = relu(affine(x, W1, b1))
loss = softmax_with_loss(affine(h, W2, b2), t)"""


def saved(page: Page, name: str, **changed: Any) -> str:
    """Id of a saved graph that can learn MNIST, unless what is changed about its inputs keeps it from that."""
    random = np.random.default_rng(0)
    shapes = {"x": (2, 784), "W1": (784, 5), "b1": (5,), "W2": (5, 10), "b2": (10,)}
    inputs = {key: (0.1 * random.normal(size=shape)).tolist() for key, shape in shapes.items()} | {"t": [1, 2]}
    body = {"source": LEARNS, "inputs": inputs | changed}
    document = page.request.post("/api/graphs/parse", data=body).json()["graph"]
    return str(page.request.post("/api/saved", data={"name": name, "document": document}).json()["id"])


def test_the_address_names_the_graph_to_train(page: Page) -> None:
    page.goto(f"/training?graph={saved(page, 'Five neurons')}")
    expect(page.locator("#run-about")).to_contain_text("the graph “Five neurons” is the network")
    expect(page.get_by_label("Architecture").locator("option:checked")).to_have_text("Graph: Five neurons")
    for idle in ("Hidden layers", "Activation", "Initial weights", "Dropout", "Weight decay"):
        expect(page.get_by_label(idle, exact=True)).to_be_disabled()
    page.get_by_label("Iterations", exact=True).fill("300")
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url(re.compile(r"/training/\w+"))
    expect(page.locator("#run-state")).to_have_text("finished")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Five neurons")
    page.goto(page.url)
    page.get_by_role("button", name="This run's settings").click()
    expect(page.get_by_label("Architecture").locator("option:checked")).to_have_text("Graph: Five neurons")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("#runs li", has_text="Five neurons")).to_have_count(2)


def test_a_saved_graph_is_chosen_in_the_form(page: Page) -> None:
    name = f"Chosen {saved(page, 'Chosen in the form')}"
    page.request.post("/api/saved", data={"name": name, "document": page.request.get("/api/graphs/dot").json()})
    page.goto("/training")
    page.get_by_label("Architecture").select_option("Chosen in the form")
    expect(page.get_by_label("Architecture").locator("option:checked")).to_have_text("Graph: Chosen in the form")
    expect(page.locator("#config-architecture-error")).to_be_hidden()
    page.get_by_label("Architecture").select_option(name)
    expect(page.locator("#config-architecture-error")).to_contain_text("needs two inputs named x and t")
    expect(page.get_by_label("Architecture").locator("option:checked")).to_have_text("Graph: Chosen in the form")
    page.get_by_role("button", name="The chapter's settings").click()
    expect(page.get_by_label("Hidden layers")).to_be_enabled()


@pytest.mark.parametrize("second", ["Second choice", "The chapter's settings", "This run's settings"])
def test_the_network_is_the_latest_choice_however_late_another_comes(page: Page, second: str) -> None:
    first = saved(page, "First choice")
    saved(page, "Second choice")
    page.request.post("/api/runs", data={"iterations": 1, "hidden": [5]})
    late: list[Route] = []
    page.route(f"**/api/saved/{first}", lambda route: late.append(route))
    page.goto("/training")
    network = page.get_by_label("Architecture")
    with page.expect_request(f"**/api/saved/{first}"):
        network.select_option("First choice")
    if second == "Second choice":
        network.select_option(second)
        expect(network.locator("option:checked")).to_have_text("Graph: Second choice")
    else:
        page.get_by_role("button", name=second).click()
    chosen = network.locator("option:checked").inner_text()
    with page.expect_response(f"**/api/saved/{first}"):
        late[0].continue_()
    page.evaluate("fetch('/api/graphs').then((answer) => answer.text())")
    assert network.locator("option:checked").inner_text() == chosen


@pytest.mark.parametrize(
    ("graph", "words"),
    [
        ("two-layer-network", "x has the shape (3, 4)"),
        ("apples-and-oranges", "It has no x"),
        ("nowhere", "There is no graph named nowhere"),
    ],
)
def test_a_graph_that_does_not_fit_says_why(page: Page, graph: str, words: str) -> None:
    page.goto(f"/training?graph={graph}")
    expect(page.locator("#config-architecture-error")).to_contain_text(words)
    expect(page.locator("#notice")).to_contain_text(words)
    expect(page.get_by_label("Architecture")).to_have_attribute("aria-invalid", "true")


def test_what_does_not_fit_is_said_in_the_readers_language(new_page: Callable[..., Page]) -> None:
    page = new_page(locale="ja-JP")
    page.goto("/training?graph=two-layer-network")
    expect(page.locator("#notice")).to_contain_text("形状は (3, 4) です")
