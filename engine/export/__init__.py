"""Exports: each one function from a Graph to text that runs or opens as it is."""

from engine.export.layers import layers as layers
from engine.export.svg import svg as svg
from engine.export.tex import tex as tex
from engine.export.torch import torch as torch
