"""What to say where Python's grammar gives up: what is wrong, in the words of formulas, and what would be right."""

from __future__ import annotations

import re
import unicodedata

SIGNS = {"×": "*", "·": "*", "⋅": "*", "÷": "/", "−": "-", "–": "-", "²": "**2", "³": "**3", "、": ",", "。": "."}
"""What books and keyboards of other languages write, and what it is here; wide forms of ASCII are found by Unicode."""
OPERATOR = r"(?:\*\*|//|[-+*/@=(,\[%^])"
WORD = r"[\w.]+"


def advice(reason: str, line: str, column: int) -> str:
    """An error's message from Python's own reason, the line it stands in and its column from 1."""
    code = line.partition("#")[0]
    before, rest = code[: column - 1].rstrip(), code[column - 1 :]
    if found := re.match(r"'(.)' was never closed", reason):
        return f"{found[1]} is never closed: put its other half where it ends"
    if found := re.match(r"unmatched '(.)'|closing parenthesis '(.)'", reason):
        return f"{found[1] or found[2]} closes nothing: delete it, or put its other half before it"
    if found := re.match(r"invalid (?:non-printable )?character '?(.)", reason):
        return _character(rest[:1] or found[1])
    if "unexpected indent" in reason or "unindent" in reason:
        return "this line begins too far right: begin it where the line before begins"
    if reason.startswith("invalid decimal literal"):
        word = re.match(r"[\d.]*(\w+)", rest)
        return _missing(word[1] if word else rest)
    if not reason.startswith("invalid syntax"):
        return f"syntax error: {reason}"
    if not rest.strip():
        last = re.search(f"(?:{OPERATOR}|{WORD})$", before)
        return f"the line ends too soon: after {last[0] if last else before} comes a number, a name or a bracket"
    word = re.match(WORD, rest)
    if word and re.search(r"[\w)\].]$", before):
        return _missing(word[0])
    what = word[0] if word else (re.match(OPERATOR, rest) or rest)[0]
    return f"{what} cannot stand here: before it comes a number, a name or a bracket"


def _missing(word: str) -> str:
    return f"a sign is missing before {word}: a product is written 2 * x"


def _character(sign: str) -> str:
    right = SIGNS.get(sign) or unicodedata.normalize("NFKC", sign)
    if right == sign or not right.isascii():
        return f"{sign} is not in the formula language: delete it"
    return f"{sign} is not in the formula language: write {right}"
