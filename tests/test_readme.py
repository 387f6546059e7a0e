"""The README's example in Python runs, and its numbers are the ones that come out."""

import re
from pathlib import Path

import pytest

README = Path(__file__).parent.parent / "README.md"


def test_python_example_runs_and_says_true_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    example = re.search(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert example is not None
    names: dict[str, object] = {}
    exec(compile(example[1], str(README), "exec"), names)
    assert "EpochEnded" in capsys.readouterr().out
    claims = re.findall(r"^(evaluation\.\S+)\s+# ([\d.]+)", example[1], re.MULTILINE)
    assert len(claims) == 2
    for expression, number in claims:
        assert eval(expression, names) == pytest.approx(float(number), rel=1e-15)
