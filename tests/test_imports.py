"""Who may import whom: the directions that docs/architecture.md draws."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGINE = sorted(ROOT.glob("engine/**/*.py"))
APP = sorted(ROOT.glob("app/**/*.py"))

# From left to right: a module imports from rows above it or from its own, never from below.
ROWS = (
    ("errors", "kink"),
    ("attr", "op"),
    ("ops",),
    ("document", "graph", "node", "order", "step", "tape", "value"),
    ("budget",),
    ("backprop", "evaluation"),
    ("change", "check", "composite", "difference", "expansion", "formula", "plan", "spread"),
    ("catalogue", "export", "gallery", "network", "parallel"),
    ("trainer",),
)
ROW = {name: row for row, names in enumerate(ROWS) for name in names}


def module(path: Path) -> str:
    """Dotted name of the module in a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Dotted names that a file imports, anywhere in it."""
    tree = ast.parse(path.read_text("utf-8"))
    package = module(path).split(".") if path.name == "__init__.py" else module(path).split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


def top(name: str) -> str:
    return name.partition(".")[0]


@pytest.mark.parametrize("path", ENGINE, ids=module)
def test_engine_knows_numpy_and_the_standard_library(path: Path) -> None:
    strangers = {top(name) for name in imports(path)} - sys.stdlib_module_names - {"numpy", "engine"}
    assert not strangers


@pytest.mark.parametrize("path", ENGINE, ids=module)
def test_engine_imports_point_one_way(path: Path) -> None:
    own = module(path).split(".")[1:2]
    if not own or own[0] not in ROW:
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "engine" and len(parts) > 1 and parts[1] in ROW:
            assert ROW[parts[1]] <= ROW[own[0]], f"{module(path)} imports {name}"


@pytest.mark.parametrize("path", APP, ids=module)
def test_routers_alone_join_schemas_and_engine(path: Path) -> None:
    names = set(imports(path))
    speaks = any(name.startswith("app.schemas") for name in names)
    computes = any(top(name) == "engine" and name.partition(".")[2].partition(".")[0] != "errors" for name in names)
    if speaks and computes:
        assert module(path).startswith("app.routers")


@pytest.mark.parametrize("path", [path for path in APP if "routers" not in path.parts], ids=module)
def test_nothing_but_the_factory_imports_routers(path: Path) -> None:
    if module(path) != "app.factory":
        assert not any(name.startswith("app.routers") for name in imports(path))


def test_slow_libraries_wait_until_needed() -> None:
    question = "import sys, app.cli; print(*{'babel', 'distributed', 'onnx', 'plotly'} & sys.modules.keys())"
    answer = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from . import graph", "engine.graph"),
        ("def late():\n    import torch", "torch"),
        ("from ..op import Op", "engine.op"),
    ],
)
def test_the_reader_of_imports_sees_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, expected: str
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    path = tmp_path / "engine" / ("formula/reader.py" if ".." in text else "reader.py")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    assert expected in set(imports(path))
