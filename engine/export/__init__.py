"""Exports: each one function from a Graph to text that runs or opens as it is."""

from engine.export.layers import layers as layers
from engine.export.torch import torch as torch
