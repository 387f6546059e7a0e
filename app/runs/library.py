"""The library knows data sets by name: those that ship with the engine, and the folders of one directory."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np

from engine.architecture import build
from engine.config import RunConfig
from engine.dataset import NAMES, Dataset, load
from engine.errors import ConfigError, LimitError


class Library:
    """Data sets, each loaded once; decoded into the cache, they are mapped into memory ever after."""

    def __init__(self, cache: Path, folder: Path | None = None, most_weights: int = 50_000_000) -> None:
        self.cache = cache
        self.folder = folder
        self._most_weights = most_weights
        self._loaded: dict[str, Dataset] = {}

    def names(self) -> list[str]:
        """Every name that a configuration may use."""
        own = [] if self.folder is None or not self.folder.is_dir() else self.folder.iterdir()
        return [*NAMES, *sorted(folder.name for folder in own if folder.is_dir() and folder.name not in NAMES)]

    def __getitem__(self, name: str) -> Dataset:
        """The data set of a name.

        Errors:  ConfigError when there is none, DatasetError when its files are missing or damaged
        """
        if name not in self._loaded:
            names = self.names()
            if name not in names:
                raise ConfigError(f"dataset is {' or '.join(names)}, not {name!r}")
            source = name if name in NAMES or self.folder is None else self.folder / name
            self._loaded[name] = load(source, self.cache)
        return self._loaded[name]

    def check(self, config: RunConfig) -> None:
        """Refuse what cannot be trained, before a process is given to it.

        Errors:  ConfigError, DatasetError, LimitError
        """
        dataset = self[config.dataset]
        height, width = dataset.image_shape
        sizes = [height * width, *config.hidden, dataset.classes]
        weights = sum(a * b for a, b in pairwise(sizes))
        if weights > self._most_weights:
            raise LimitError(f"hidden makes {weights:,} weights, more than {self._most_weights:,}", limit="weights")
        try:
            build(config, np.random.default_rng(config.seed), dataset.image_shape, dataset.classes)
        except LimitError as error:
            # The engine's own limits are no settings, so none is named.
            raise LimitError(error.message, node=error.node) from None
