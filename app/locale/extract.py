"""Brings the messages of templates and browser modules into the catalogues: `python -m app.locale.extract`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.locale import FOLDER, LANGUAGES
from app.settings import resource

OPTIONS = {"encoding": "utf-8", "parse_template_string": True}
KEYWORDS = {"_": None, "gettext": None, "t": None, "message": None}
PARTS = ("graph", "training")
METHODS = {".js": "javascript", ".py": "python"}
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def used() -> dict[str, list[str]]:
    """Every message that a template or a module uses, with the files that do."""
    found: dict[str, list[str]] = {}
    for path in sources():
        for text in written(path):
            found.setdefault(text, []).append(f"{path.parent.name}/{path.name}")
    return found


def written(path: Path) -> Iterator[str]:
    """The messages in one file, in its order."""
    from babel.messages.extract import extract
    from jinja2.ext import babel_extract

    method: Any = METHODS.get(path.suffix, babel_extract)
    with path.open("rb") as file:
        for _, texts, _, _ in extract(method, file, keywords=KEYWORDS, options=OPTIONS):
            text = texts if isinstance(texts, str) else texts[0]
            if text:
                yield text


def sources() -> Iterator[Path]:
    """Templates and modules of our own, and the report that a run is taken home as."""
    yield from sorted(resource("templates").rglob("*.html"))
    yield from sorted(resource("static").joinpath("js").rglob("*.js"))
    yield FOLDER.parent / "export" / "report.py"


def part(files: list[str]) -> str:
    """Catalogue file that new messages of these source files belong to."""
    return next((name for name in PARTS if all(name in file for file in files)), "site")


def update(language: str, wanted: dict[str, list[str]]) -> list[str]:
    """Append missing messages to a language's catalogues, with nothing for a translation, and list what has none."""
    from babel.messages.pofile import escape, read_po

    known: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            known |= {str(message.id): str(message.string) for message in read_po(file) if message.id}
    for text, files in wanted.items():
        if text not in known:
            known[text] = ""
            path = FOLDER / language / f"{part(files)}.po"
            start = path.read_text("utf-8") if path.exists() else HEADER.format(language=language)
            path.write_text(f'{start}\nmsgid {escape(text)}\nmsgstr ""\n', "utf-8")
    return [text for text, translation in known.items() if not translation]


def main() -> None:
    """Update every language; messages without a translation are named and make the command fail."""
    wanted = used()
    empty = [(tag, text) for tag in LANGUAGES if tag != "en" for text in update(tag, wanted)]
    for tag, text in empty:
        print(f"{tag}: no translation of {text!r}")
    sys.exit(1 if empty else 0)


if __name__ == "__main__":
    main()
