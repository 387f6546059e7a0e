"""Why a run ended, in the reader's language: its English sentence is recognised by its frame, as on the page."""

import re
from functools import cache

from app.locale import messages
from app.locale.extract import written
from app.settings import resource


def told(reason: str, language: str) -> str:
    """The sentence in the language; one of no known frame stays as it is, since it says more than nothing."""
    for frame, pattern in frames():
        if found := pattern.fullmatch(reason):
            return messages(language).get(frame, frame).format(**found.groupdict())
    return reason


@cache
def frames() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each frame in the pages' own order, the narrower first, with the pattern that finds what stands in its places."""
    texts = written(resource("static") / "js" / "frames.js")
    return tuple(
        (text, re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(text)), re.DOTALL)) for text in texts
    )
