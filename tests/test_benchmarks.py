"""The report that `make bench` writes: what is missed is said, by how much, and first of all."""

from benchmarks.__main__ import sections, summary
from benchmarks.table import Table
from benchmarks.target import at_least, at_most


def test_a_target_says_whether_it_holds_and_by_how_much_it_is_missed() -> None:
    assert at_most(1.2, 1.25, "≤ 1.25 × floor") == "≤ 1.25 × floor: holds"
    assert at_most(1.5, 1.25, "≤ 1.25 × floor") == "≤ 1.25 × floor: **missed by 20.0 %**"
    assert at_least(95, 95, "≥ 95") == "≥ 95: holds"
    assert at_least(76, 95, "≥ 95") == "≥ 95: **missed by 20.0 %**"


def test_what_limits_is_told_where_something_is_missed() -> None:
    def table(measured: float) -> Table:
        rows = [["start", "1 s", at_most(measured, 1, "≤ 1 s")]]
        return Table("Server", "As it is.", ["what", "measured", "target"], rows, limits="the disk.")

    assert "the disk" not in table(0.5).markdown("server.py", "today on this machine")
    assert "the disk" in table(2).markdown("server.py", "today on this machine")
    assert table(2).missed == ["start, ≤ 1 s: **missed by 100.0 %**"]


def test_summary_names_what_is_missed() -> None:
    rows = [["start", at_most(2, 1, "≤ 1 s")], ["answer", at_most(0.5, 1, "≤ 1 s")]]
    table = Table("Server", "", ["what", "target"], rows, [at_least(1, 2, "twice")])
    text = summary(sections(table.markdown("server.py", "today on this machine")))
    assert "Missed, of 3:" in text
    assert "- Server: start, ≤ 1 s: **missed by 100.0 %**" in text
    assert "- Server: twice: **missed by 50.0 %**" in text
    assert "All 1 hold." in summary({"Server": at_most(0.5, 1, "≤ 1 s")})
