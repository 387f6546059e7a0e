"""Graphs read a moment ago: while a number is dragged, the same document comes again and again with other inputs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson

from engine import Graph

KEPT = 16
LONGEST = 256_000
"""Bytes of a document that is worth keeping; what is longer is read anew."""


def graph_of(document: Any) -> Graph:
    """The graph of a document, which was perhaps read before: graphs never change.

    Errors:  GraphError and its kinds
    """
    try:
        text = orjson.dumps(document)
    except orjson.JSONEncodeError:  # nested deeper than can be written: reading says where
        return Graph.from_document(document)
    return Graph.from_document(document) if len(text) > LONGEST else _read(text)


@lru_cache(KEPT)
def _read(text: bytes) -> Graph:
    return Graph.from_document(orjson.loads(text))
