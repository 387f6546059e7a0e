"""The languages of the pages, and their messages from the gettext catalogues in this folder.

Each language is a folder of `.po` files, one a part of the site, read together.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from app.accept import weights

LANGUAGES = {"en": "English", "zh": "简体中文", "ja": "日本語"}
FOLDER = Path(__file__).parent


@cache
def messages(language: str) -> dict[str, str]:
    """Translation of every message into `language`; English is the messages themselves."""
    from babel.messages.pofile import read_po

    found: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        found |= {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
    return found


@cache
def catalogue(language: str) -> tuple[str, bytes]:
    """Version and JSON text of a language's messages, for the page's own `t`."""
    text = json.dumps(messages(language), ensure_ascii=False, separators=(",", ":")).encode()
    return hashlib.sha256(text).hexdigest()[:12], text


def choose(wanted: str | None, accepted: str) -> str:
    """Language a person chose before (`wanted`), else the first of an Accept-Language header we have, else English."""
    if wanted in LANGUAGES:
        return wanted
    ranked = sorted(weights(accepted).items(), key=lambda entry: -entry[1])
    tags = (name.partition("-")[0] for name, weight in ranked if weight > 0)
    return next((tag for tag in tags if tag in LANGUAGES), "en")
