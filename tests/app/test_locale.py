"""Every word of the pages in every language."""

import re

import pytest
from babel.messages.pofile import read_po

from app.locale import FOLDER, LANGUAGES, messages
from app.locale.extract import sources, used
from engine.op import OPS

TRANSLATED = [tag for tag in LANGUAGES if tag != "en"]
NAMES = re.compile(r"\{\w+\}")


def test_messages_are_found_in_templates_and_modules() -> None:
    assert any(file.endswith("base.html") for file in used()["Language"])


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    known = messages(language)
    missing = {text: files for text, files in used().items() if text not in known}
    assert not missing, "make messages adds them to the catalogues"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_is_used(language: str) -> None:
    assert not set(messages(language)) - set(used()), "mark a message used through a variable by message()"


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_names_in_braces(language: str) -> None:
    for text, translation in messages(language).items():
        assert set(NAMES.findall(text)) == set(NAMES.findall(translation)), text


def test_what_a_template_marks_is_what_it_says() -> None:
    known = used()
    pattern = re.compile(r"""data-i18n(?:-\w+)?="([^"]*)"[^>]*>?""")
    for path in sources():
        if path.suffix == ".html":
            for text in pattern.findall(path.read_text("utf-8")):
                assert text in known, f"{path.name}: {text!r} is marked but not translated"


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_words_in_the_rules_of_the_catalogue_are_translated(language: str) -> None:
    rules = [part for op in OPS.values() for part in (op.rule.forward, *op.rule.local)]
    words = {text.strip() for rule in rules for text in re.findall(r"\\text\{([^}]*)\}", rule)}
    assert words
    assert words <= set(messages(language))


@pytest.mark.parametrize("language", TRANSLATED)
def test_punctuation_between_chinese_or_japanese_characters_is_theirs(language: str) -> None:
    letter = r"[\u3040-\u30ff\u4e00-\u9fff]"
    narrow = re.compile(rf"{letter}(?:[;:!?(]|,(?!\)))|[,;:!?]{letter}")
    wrong = {text: said for text, said in messages(language).items() if narrow.search(said)}
    assert not wrong


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_message_is_translated_in_two_ways(language: str) -> None:
    found: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    assert found.setdefault(str(message.id), str(message.string)) == message.string


def test_messages_within_template_strings_are_found() -> None:
    assert "The loss ended at {loss}; guessing alone costs {guessing}." in used()
