"""Names for nodes: an id where it is an identifier already, else the nearest one that is."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable


def is_name(text: str, reserved: Collection[str] = ()) -> bool:
    """Whether Python reads this text as one plain name and gives it back as it is."""
    return (
        text.isidentifier()
        and not keyword.iskeyword(text)
        and text not in reserved
        and unicodedata.normalize("NFKC", text) == text
    )


def name_nodes(ids: Iterable[str], reserved: Collection[str] = ()) -> dict[str, str]:
    """A name for each id, no two alike: {id: name}; ids that are names keep theirs."""
    ids = list(ids)
    names = {node_id: node_id for node_id in ids if is_name(node_id, reserved)}
    taken = set(names)
    last: dict[str, int] = {}
    for node_id in ids:
        if node_id in names:
            continue
        stem = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", node_id)).strip("_") or "node"
        stem = stem[:40] if is_name(stem[:40]) else f"n_{stem[:40]}"
        stem = stem if is_name(stem) else "node"
        name, number = stem, last.get(stem, 1)
        while name in taken or name in reserved:
            number += 1
            name = f"{stem}_{number}"
        last[stem] = number
        names[node_id] = name
        taken.add(name)
    return names
