"""docs/ops.md says what the docstrings say, of every op."""

from pathlib import Path

from engine.catalogue import page
from engine.op import OPS

DOCS = Path(__file__).parent.parent.parent / "docs"


def test_page_is_up_to_date() -> None:
    assert (DOCS / "ops.md").read_text("utf-8") == page(), "run python -m engine.catalogue"


def test_page_tells_of_every_op_with_its_rule() -> None:
    for op in OPS.values():
        _, _, entry = page().partition(f"\n### {op.name}(")
        assert op.summary in entry
        assert "Rule:    ∂" in entry.partition("\n###")[0]
        assert op.source in entry.partition("\n###")[0]
