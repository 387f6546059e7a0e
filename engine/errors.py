"""The error tree: every error of the engine says what is wrong, where, and what would be right.

EngineError
├── GraphError            the document or the graph is not well formed
│   ├── CycleError        a node leads back to itself
│   ├── OpError           an op that the catalogue does not have, or attrs that it does not take
│   └── SlotError         too few or too many inputs, or an input that is no node
├── ShapeError            shapes that an op cannot take together
├── FormulaError          source text that is not in the formula language
├── ConfigError           a training configuration that cannot run
├── DatasetError          a data file that is missing or damaged
├── PartnerError          a process that trained a part of a network is no more
└── LimitError            larger than a limit allows
"""

from __future__ import annotations


class EngineError(Exception):
    """Base of every error that the engine raises on purpose; carries the place it speaks of."""

    title = "Wrong input"

    def __init__(
        self,
        message: str,
        *,
        node: str | None = None,
        slot: int | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.node = node
        self.slot = slot
        self.line = line
        self.column = column


class GraphError(EngineError):
    """The document or the graph is not well formed."""

    title = "Graph not well formed"


class CycleError(GraphError):
    """A node leads back to itself."""

    title = "Graph has a cycle"


class OpError(GraphError):
    """An op that the catalogue does not have, or attrs that it does not take."""

    title = "Unknown op or attribute"


class SlotError(GraphError):
    """Too few or too many inputs, or an input that is no node of the graph."""

    title = "Inputs do not fit the op"


class ShapeError(EngineError):
    """Shapes that an op cannot take together; the message names both."""

    title = "Shapes do not fit"


class FormulaError(EngineError):
    """Source text that is not in the formula language; carries line (from 1) and column (from 1)."""

    title = "Formula not understood"


class ConfigError(EngineError):
    """A training configuration that cannot run."""

    title = "Training configuration not valid"


class DatasetError(EngineError):
    """A data file that is missing or damaged."""

    title = "Data set not readable"


class PartnerError(EngineError):
    """A process that trained a part of a network is no more."""

    title = "Server error"


class LimitError(EngineError):
    """Larger than a limit allows; `limit` is the limit's name, as in the setting `max_{limit}`."""

    title = "Too large"

    def __init__(
        self,
        message: str,
        *,
        limit: str = "",
        node: str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(message, node=node, line=line, column=column)
        self.limit = limit
