"""The training step in PyTorch, eager with autograd and compiled."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from engine.dataset import Dataset

BATCH, STEPS = 100, 50


def eager(sizes: tuple[int, ...], data: Dataset) -> Callable[[], object]:
    """Autograd, op by op."""
    return _training(sizes, data, compile_step=False)


def compiled(sizes: tuple[int, ...], data: Dataset) -> Callable[[], object]:
    """The same through torch.compile."""
    return _training(sizes, data, compile_step=True)


def _training(sizes: tuple[int, ...], data: Dataset, *, compile_step: bool) -> Callable[[], object]:
    import torch

    images = torch.from_numpy(data.train.images.reshape(len(data.train), -1).astype(np.float32) / 255)
    labels = torch.from_numpy(data.train.labels.astype(np.int64))
    parameters = []
    for inputs, outputs in pairwise(sizes):
        parameters += [0.01 * torch.randn(inputs, outputs), torch.zeros(outputs)]
    for parameter in parameters:
        parameter.requires_grad_()

    def forward(x: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        for index in range(0, len(parameters), 2):
            x = torch.addmm(parameters[index + 1], x, parameters[index])
            if index + 2 < len(parameters):
                x = torch.relu(x)
        return torch.nn.functional.cross_entropy(x, t)

    loss_of = torch.compile(forward) if compile_step else forward

    def run() -> None:
        for _ in range(STEPS):
            rows = torch.randint(len(images), (BATCH,))
            loss = loss_of(images[rows], labels[rows])
            gradients = torch.autograd.grad(loss, parameters)
            with torch.no_grad():
                torch._foreach_add_(parameters, gradients, alpha=-0.1)
            loss.item()

    return run
