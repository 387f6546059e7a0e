"""Architectures: a run's configuration as a network, layer by layer, or a graph of one's own."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from engine.backprop import forward
from engine.budget import Budget
from engine.config import RunConfig
from engine.errors import ConfigError, EngineError, LimitError
from engine.graph import Graph, Node
from engine.network import Network, blank, network, with_batch

FILTERS, FILTER_SIZE, POOL_SIZE, CONVNET_HIDDEN = 30, 5, 2, 100
MOST_WEIGHTS, MOST_VALUES = 50_000_000, 200_000_000
SECONDS = 20.0


@dataclass
class _Layers:
    """Nodes in the making: each new layer reads the last."""

    config: RunConfig
    generator: np.random.Generator
    nodes: list[Node] = field(default_factory=list)
    weights: list[str] = field(default_factory=list)
    last: str = "x"

    def input(self, name: str, value: Any) -> str:
        self.nodes.append(Node(name, "input", value=np.asarray(value, dtype=np.float64)))
        return name

    def layer(self, name: str, op: str, *more: str, **attrs: Any) -> None:
        self.nodes.append(Node(name, op, (self.last, *more), attrs))
        self.last = name

    def weighted(self, op: str, index: int, shape: tuple[int, ...], fan_in: int, units: int) -> None:
        """A layer with weights and biases: drawn in order of the layers, scaled as `init` says."""
        W = self.input(f"W{index}", _scale(self.config.init, fan_in) * self.generator.standard_normal(shape))
        b = self.input(f"b{index}", np.zeros(units))
        self.weights.append(W)
        self.layer(f"{op}{index}", op, W, b)


def build(config: RunConfig, generator: np.random.Generator, image: tuple[int, int], classes: int) -> Network:
    """The network that a configuration describes, its batch still blank.

    Shapes:  x (batch, height · width), or (batch, 1, height, width) for a convolution; t (batch,) labels
    Errors:  ConfigError when a graph of one's own cannot be trained on these images, LimitError when it is too large
    """
    if config.graph is not None:
        return _own(config, image, classes)
    layers = _Layers(config, generator)
    pixels = math.prod(image)
    _check_size(config, pixels, classes)
    if config.architecture == "simple_convnet":
        layers.input("x", np.zeros((config.batch_size, 1, *image)))
        _convolution(layers, image, classes)
    else:
        layers.input("x", np.zeros((config.batch_size, pixels)))
        _fully_connected(layers, pixels, classes)
    layers.input("t", np.zeros(config.batch_size))
    answer = layers.last
    layers.layer("cross_entropy" if config.weight_decay else "loss", "softmax_with_loss", "t")
    if config.weight_decay:
        _penalty(layers, config.weight_decay)
    return network(Graph(tuple(layers.nodes), "loss"), answer)


def _fully_connected(layers: _Layers, pixels: int, classes: int) -> None:
    """Affine, batch normalization, activation, dropout for every hidden layer, in the book's order."""
    config = layers.config
    sizes = [pixels, *config.hidden, classes]
    for index, (fan_in, units) in enumerate(pairwise(sizes), start=1):
        layers.weighted("affine", index, (fan_in, units), fan_in, units)
        if index > len(config.hidden):
            return
        if config.batch_norm:
            gamma, beta = layers.input(f"gamma{index}", np.ones(units)), layers.input(f"beta{index}", np.zeros(units))
            layers.layer(f"batch_norm{index}", "batch_norm", gamma, beta)
        layers.layer(f"{config.activation}{index}", config.activation)
        if config.dropout:
            layers.layer(f"dropout{index}", "dropout", ratio=config.dropout)


def _convolution(layers: _Layers, image: tuple[int, int], classes: int) -> None:
    """The book's SimpleConvNet: conv - relu - pool - affine - relu - affine."""
    height, width = ((side - FILTER_SIZE + 1) // POOL_SIZE for side in image)
    if height < 1 or width < 1:
        raise ConfigError(f"architecture simple_convnet needs images of at least 6 × 6 pixels, these are {image}")
    pooled = FILTERS * height * width
    layers.weighted("conv", 1, (FILTERS, 1, FILTER_SIZE, FILTER_SIZE), FILTER_SIZE**2, FILTERS)
    layers.layer("relu1", "relu")
    layers.layer("pool1", "pool", size=POOL_SIZE, stride=POOL_SIZE)
    layers.layer("flatten1", "flatten")
    layers.weighted("affine", 2, (pooled, CONVNET_HIDDEN), pooled, CONVNET_HIDDEN)
    layers.layer("relu2", "relu")
    if layers.config.dropout:
        layers.layer("dropout2", "dropout", ratio=layers.config.dropout)
    layers.weighted("affine", 3, (CONVNET_HIDDEN, classes), CONVNET_HIDDEN, classes)


def _penalty(layers: _Layers, weight_decay: float) -> None:
    """Weight decay as the nodes it is: loss = cross_entropy + ½ λ Σ W²."""
    error, total = layers.last, None
    for W in layers.weights:
        layers.last = W
        layers.layer(f"{W}_squared", "square")
        layers.layer(f"{W}_sum", "sum")
        if total is not None:
            layers.layer(f"{W}_total", "add", total)
        total = layers.last
    layers.nodes.append(Node("half_decay", "constant", value=np.asarray(weight_decay / 2)))
    layers.layer("penalty", "mul", "half_decay")
    layers.layer("loss", "add", error)


def _scale(init: float | str, fan_in: int) -> float:
    """Standard deviation of the initial weights."""
    if isinstance(init, str):
        return math.sqrt((1 if init == "xavier" else 2) / fan_in)
    return init


def _own(config: RunConfig, image: tuple[int, int], classes: int) -> Network:
    """A graph of one's own, its x and t widened to the batch size."""
    assert config.graph is not None
    net = network(Graph.from_document(config.graph))
    x, t = net.graph["x"].value, net.graph["t"].value
    assert x is not None
    assert t is not None
    if x.ndim < 2 or math.prod(x.shape[1:]) != math.prod(image):
        raise ConfigError(
            f"the graph's x has shape {x.shape}, but a batch of these images is (n, {math.prod(image)}) or "
            f"(n, 1, {image[0]}, {image[1]})"
        )
    if t.ndim == 0 or t.shape[1:] not in ((), (classes,)):
        raise ConfigError(f"the graph's t has shape {t.shape}, but labels are (n,) or, one-hot, (n, {classes})")
    net = with_batch(net, *blank(net, config.batch_size))
    try:
        values = forward(net.graph, Budget(MOST_VALUES, SECONDS))
    except EngineError as error:
        raise ConfigError(
            f"the graph does not take a batch of {config.batch_size}: {error.message}", node=error.node
        ) from None
    if values[net.graph.output].size != 1:
        raise ConfigError(f"the graph's output {net.graph.output!r} is no single number: it must be the loss")
    if values[net.answer].shape[-1:] != (classes,):
        raise ConfigError(f"the graph answers with {values[net.answer].shape}, but there are {classes} classes")
    return net


def _check_size(config: RunConfig, pixels: int, classes: int) -> None:
    """Refuse a network that does not fit in memory before any of it is made.

    Errors:  LimitError
    """
    if config.architecture:
        weights, values = 0, config.batch_size * (FILTERS + FILTER_SIZE**2) * pixels
    else:
        sizes = [pixels, *config.hidden, classes]
        weights, values = sum(a * b for a, b in pairwise(sizes)), config.batch_size * sum(sizes)
    if weights > MOST_WEIGHTS:
        raise LimitError(f"hidden makes {weights:,} weights, more than {MOST_WEIGHTS:,}", limit="weights")
    if values > MOST_VALUES:
        message = f"batch_size {config.batch_size:,} makes {values:,} values in this network, more than {MOST_VALUES:,}"
        raise LimitError(message, limit="values")
