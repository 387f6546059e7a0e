"""The training step in JAX, many steps in one compiled scan."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from engine.dataset import Dataset

BATCH, STEPS = 100, 50


def scan(sizes: tuple[int, ...], data: Dataset) -> Callable[[], object]:
    """All steps of a call inside one jax.lax.scan."""
    import jax
    import jax.numpy as jnp

    images = jnp.asarray(data.train.images.reshape(len(data.train), -1).astype(np.float32) / 255)
    labels = jnp.asarray(data.train.labels)
    rng = np.random.default_rng(0)
    state = [
        (jnp.asarray(0.01 * rng.standard_normal(pair), jnp.float32), jnp.zeros(pair[1], jnp.float32))
        for pair in pairwise(sizes)
    ]

    def loss_of(parameters: Any, x: Any, t: Any) -> Any:
        for W, b in parameters[:-1]:
            x = jax.nn.relu(x @ W + b)
        W, b = parameters[-1]
        return -jnp.take_along_axis(jax.nn.log_softmax(x @ W + b), t[:, None], 1).mean()

    def step(parameters: Any, rows: Any) -> tuple[Any, Any]:
        loss, gradients = jax.value_and_grad(loss_of)(parameters, images[rows], labels[rows])
        return jax.tree.map(lambda p, g: p - 0.1 * g, parameters, gradients), loss

    steps = jax.jit(lambda parameters, rows: jax.lax.scan(step, parameters, rows))
    rows = rng.integers(0, len(images), (STEPS, BATCH))
    return lambda: jax.block_until_ready(steps(state, rows))
