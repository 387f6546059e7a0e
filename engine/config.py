"""RunConfig: what a training run is asked to do, every key with the chapter's default."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from engine.errors import ConfigError

# The rate that goes with each rule where none is given: the chapter's for SGD, the book's chapter 6 for the others.
LEARNING_RATES = {"sgd": 0.1, "momentum": 0.01, "nesterov": 0.01, "adagrad": 0.01, "rmsprop": 0.01, "adam": 0.001}
ACTIVATIONS = ("relu", "sigmoid", "tanh", "leaky_relu", "softplus", "gelu")
INITS = ("xavier", "he")
GRADIENTS = ("backprop", "numerical")
ARCHITECTURES = ("simple_convnet",)


@dataclass(frozen=True, slots=True)
class OptimizerConfig:
    """Which rule turns gradients into updates, and how far each goes."""

    name: str = "sgd"
    learning_rate: float = LEARNING_RATES["sgd"]


@dataclass(frozen=True, slots=True)
class RunConfig:
    """The configuration of a training run; RunConfig() is the chapter's script.

    Errors:  ConfigError names the key and says what it takes.
    """

    dataset: str = "mnist"
    hidden: tuple[int, ...] = (50,)
    activation: str = "relu"
    init: float | str = 0.01
    optimizer: OptimizerConfig = field(default_factory=OptimizerConfig)
    batch_size: int = 100
    iterations: int = 10_000
    seed: int = 0
    weight_decay: float = 0.0
    dropout: float = 0.0
    batch_norm: bool = False
    gradient: str = "backprop"
    train_limit: int | None = None
    architecture: str | None = None
    graph: Mapping[str, Any] | None = None
    save_every: int | None = None
    cores: int = 1

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> RunConfig:
        """A configuration from its JSON document; what is not there keeps its default."""
        known = tuple(f.name for f in fields(cls))
        return cls(**{key: _READ[key](key, value) for key, value in _object("config", document, known).items()})

    def to_document(self) -> dict[str, Any]:
        """The JSON document, defaults written out; `graph`, `save_every` and `cores` only where they are set."""
        document = {f.name: getattr(self, f.name) for f in fields(self)}
        document["hidden"] = list(self.hidden)
        document["optimizer"] = {"name": self.optimizer.name, "learning_rate": self.optimizer.learning_rate}
        unset = {"graph": None, "save_every": None, "cores": 1}
        return {key: value for key, value in document.items() if key not in unset or value != unset[key]}


def learning_rate(value: Any) -> float:
    """A learning rate, checked.

    Errors:  ConfigError when it is no number from 0 up.
    """
    return _number("learning_rate", value, 0, 1_000_000)


def _object(key: str, value: Any, known: Sequence[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"{key} is an object with the keys {', '.join(known)}")
    for name in value:
        if name not in known:
            raise ConfigError(f"{key} has no key {name!r}; it takes {', '.join(known)}")
    return value


def _integer(key: str, value: Any, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        raise ConfigError(f"{key} is a whole number, not {value!r}")
    if not low <= value <= high:
        raise ConfigError(f"{key} is a whole number from {low:,} to {high:,}, not {value!r}")
    return int(value)


def _number(key: str, value: Any, low: int, high: int) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ConfigError(f"{key} is a number, not {value!r}")
    if not low <= value <= high:
        raise ConfigError(f"{key} is a number from {low:,} to {high:,}, not {value!r}")
    return float(value)


def _whole(low: int, high: int) -> Callable[[str, Any], int]:
    return lambda key, value: _integer(key, value, low, high)


def _optional(read: Callable[[str, Any], Any]) -> Callable[[str, Any], Any]:
    return lambda key, value: None if value is None else read(key, value)


def _choice(*names: str) -> Callable[[str, Any], str]:
    def read(key: str, value: Any) -> str:
        if value not in names:
            raise ConfigError(f"{key} is {' or '.join(names)}, not {value!r}")
        return str(value)

    return read


def _dataset(key: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ConfigError(f"{key} is the name of a data set, not {value!r}")
    return value


def _hidden(key: str, value: Any) -> tuple[int, ...]:
    if isinstance(value, str) or not isinstance(value, Sequence) or len(value) > 50:
        raise ConfigError(f"{key} is a list of layer sizes (at most 50), not {value!r}")
    return tuple(_integer(f"{key}[{index}]", size, 1, 10_000) for index, size in enumerate(value))


def _init(key: str, value: Any) -> float | str:
    if isinstance(value, str):
        if value in INITS:
            return value
        raise ConfigError(f"{key} is a number, {' or '.join(INITS)}, not {value!r}")
    return _number(key, value, 0, 100)


def _optimizer(key: str, value: Any) -> OptimizerConfig:
    entry = _object(key, value, ("name", "learning_rate"))
    name = _choice(*LEARNING_RATES)(f"{key}.name", entry.get("name", "sgd"))
    rate = entry.get("learning_rate", LEARNING_RATES[name])
    return OptimizerConfig(name, _number(f"{key}.learning_rate", rate, 0, 1_000_000))


def _dropout(key: str, value: Any) -> float:
    ratio = _number(key, value, 0, 1)
    if ratio == 1:
        raise ConfigError(f"{key} is below 1: a ratio of 1 drops every unit")
    return ratio


def _boolean(key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"{key} is true or false, not {value!r}")
    return value


def _graph(key: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"{key} is a graph document")
    return value


_READ: dict[str, Callable[[str, Any], Any]] = {
    "dataset": _dataset,
    "hidden": _hidden,
    "activation": _choice(*ACTIVATIONS),
    "init": _init,
    "optimizer": _optimizer,
    "batch_size": _whole(1, 10_000),
    "iterations": _whole(1, 1_000_000_000),
    "seed": _whole(0, 2**63 - 1),
    "weight_decay": lambda key, value: _number(key, value, 0, 1000),
    "dropout": _dropout,
    "batch_norm": _boolean,
    "gradient": _choice(*GRADIENTS),
    "train_limit": _optional(_whole(1, 10_000_000)),
    "architecture": _optional(_choice(*ARCHITECTURES)),
    "graph": _optional(_graph),
    "save_every": _optional(_whole(1, 10_000_000)),
    "cores": _whole(1, 2),
}
