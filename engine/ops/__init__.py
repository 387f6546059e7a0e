"""The catalogue: importing this package registers every op, one family a file."""

from engine.ops import arithmetic as arithmetic
