"""The inspector: every op of the catalogue explains itself, value and gradient never alike."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from engine.op import OPS
from tests.browser.graph import open_graph

GIVEN = {
    "x": "2.5",
    "y": "3.0",
    "A": "np.array([[1.0, -2.0], [0.5, 3.0]])",
    "B": "np.array([[2.0, 1.0], [0.0, -1.0]])",
    "b": "np.array([0.5, 0.0])",
    "c": "np.array([0.0])",
    "t": "np.array([0, 1])",
    "F": "np.array([[[[1.0, 0.0], [0.0, -1.0]]]])",
    "P": "np.array([[[[1.0, 2.0, 3.0, 0.0], [0.0, 1.0, 2.0, 3.0], [3.0, 0.0, 1.0, 2.0], [2.0, 3.0, 0.0, 1.0]]]])",
}
SINGLE = {
    "add": "x + y",
    "sub": "x - y",
    "mul": "x * y",
    "div": "x / y",
    "pow": "x ** y",
    "maximum": "maximum(x, y)",
    "minimum": "minimum(x, y)",
    "clip": "clip(x, 0, 1)",
} | {
    name: f"{name}(x)"
    for name in (
        *("neg", "reciprocal", "square", "exp", "log", "sqrt", "abs", "sin", "cos"),
        *("tanh", "sigmoid", "relu", "leaky_relu", "softplus", "gelu"),
    )
}
ARRAYS = {
    "dot": "dot(A, B)",
    "matmul": "A @ B",
    "affine": "affine(A, B, b)",
    "transpose": "A.T",
    "sum": "sum(A, axis=0)",
    "mean": "mean(A)",
    "max": "max(A, axis=1)",
    "reshape": "reshape(A, (1, 4))",
    "flatten": "flatten(A)",
    "broadcast_to": "broadcast_to(b, (3, 2))",
    "concat": "concat(A, B, axis=0)",
    "softmax": "softmax(A)",
    "one_hot": "one_hot(t, A)",
    "cross_entropy_error": "cross_entropy_error(A, t)",
    "softmax_with_loss": "softmax_with_loss(A, t)",
    "mean_squared_error": "mean_squared_error(A, B)",
    "sum_squared_error": "sum_squared_error(A, B)",
    "batch_norm": "batch_norm(A, b, b)",
    "dropout": "dropout(A, 0.5)",
    "conv": "conv(P, F, c, stride=1, pad=0)",
    "pool": "pool(P, 2, 2)",
}


def inspect(page: Page, op: str, expression: str) -> None:
    """Type a formula of one op and choose its node."""
    given = [f"{name} = {value}" for name, value in GIVEN.items() if re.search(rf"(?<![\w.]){name}\b", expression)]
    page.locator("#formula textarea").fill("\n".join([*given, f"out_{op} = {expression}"]))
    page.locator(f'[data-node-id="out_{op}"]').dispatch_event("click")
    expect(page.locator("#inspector .rule .katex").first).to_be_visible()


def test_every_op_of_the_catalogue_is_inspected() -> None:
    assert set(SINGLE) | set(ARRAYS) == set(OPS)


@pytest.mark.parametrize("part", range(3))
def test_an_op_of_single_numbers_shows_its_rule_its_numbers_and_what_goes_back(page: Page, part: int) -> None:
    open_graph(page, "two-apples")
    for op, expression in list(SINGLE.items())[part::3]:
        inspect(page, op, expression)
        inspector = page.locator("#inspector")
        expect(inspector.locator(".rule .with-numbers .katex")).to_be_visible()
        expect(inspector.locator(".flow")).to_have_count(len(OPS[op].slots))
        for flow in inspector.locator(".flow").all():
            terms = [float(text) for text in re.findall(r"-?[\d.]+(?:e-?\d+)?", flow.inner_text())]
            assert terms[0] * terms[1] == pytest.approx(terms[2], rel=1e-5), op
        assert clear(page), op


@pytest.mark.parametrize("part", range(3))
def test_an_op_of_arrays_shows_its_rule_and_its_maps(page: Page, part: int) -> None:
    open_graph(page, "two-apples")
    for op, expression in list(ARRAYS.items())[part::3]:
        inspect(page, op, expression)
        inspector = page.locator("#inspector")
        for slot in range(len(OPS[op].slots)):
            expect(inspector.locator(f'figure[data-map="out_{op}|gradient:{slot}"]')).to_be_visible()
        repeated = {"affine", "batch_norm", "broadcast_to"}
        expect(inspector.locator(".repeat")).to_have_count(1 if op in repeated else 0)
        assert clear(page), op


def clear(page: Page) -> bool:
    """Whether nothing was refused by the typesetter and nothing is wider than the inspector."""
    widths = "elements => elements.every((element) => element.scrollWidth <= element.clientWidth)"
    return page.locator("#inspector .katex-error").count() == 0 and bool(
        page.locator("section.inspector, #inspector .rule, #inspector .flow").evaluate_all(widths)
    )


def test_a_value_used_twice_adds_its_branches(page: Page) -> None:
    open_graph(page, "two-apples")
    page.locator("#formula textarea").fill("x = 3\nz = x * x")
    page.locator('[data-node-id="z"]').wait_for()
    page.get_by_role("region", name="Inspector").get_by_role("button", name="About x").click()
    branches = page.locator("#inspector .branches")
    expect(branches.locator("li")).to_have_text(["◂ 3 from ×", "◂ 3 from ×"])
    expect(branches).to_contain_text("= 6")
    expect(branches).to_contain_text("every branch adds its gradient (+=)")


def test_a_bias_of_zero_has_a_gradient_all_the_same(page: Page) -> None:
    open_graph(page, "two-apples")
    page.locator("#formula textarea").fill("x = 3\nb = 0\nz = x * 2 + b")
    page.locator('[data-node-id="z"]').wait_for()
    page.get_by_role("region", name="Inspector").get_by_role("button", name="About b").click()
    expect(page.locator("#inspector")).to_contain_text(
        "b is 0, so should its gradient not be 0 as well? No: it is ◂ 1."
    )


def test_the_words_in_a_rule_are_in_the_language_of_the_page(new_page: Callable[..., Page]) -> None:
    page = new_page(locale="zh-CN")
    open_graph(page, "two-apples")
    inspect(page, "max", ARRAYS["max"])
    expect(page.locator("#inspector .rule .katex-html").filter(has_text="是第一个最大值")).to_have_count(1)


@pytest.mark.parametrize("part", [".is-value text", ".is-value g", ".is-gradient text", ".is-gradient g"])
def test_a_press_on_what_an_edge_carries_chooses_it(page: Page, part: str) -> None:
    open_graph(page, "dot")
    edge = page.locator('[data-edge="X:Y:0"]')
    expect(edge).not_to_have_class(re.compile("is-chosen"))
    edge.locator(part).click()
    expect(edge).to_have_class(re.compile("is-chosen"))
