"""Moments: the iterations at which a run is saved to be looked at again.

Of many epochs or steps only so many are kept as a person can tell apart on a slider.
"""

from __future__ import annotations

import math

EPOCHS = 50
MOST = 500


def next_moment(iteration: int, iterations: int, save_every: int | None = None) -> int:
    """The first moment after so many iterations: 1, 2, 5, 10, 20 ..., every so many steps, the end."""
    tens: int = 10 ** math.floor(math.log10(max(iteration, 1)))
    candidates = [iterations, *(scale * tens for scale in (1, 2, 5, 10) if scale * tens > iteration)]
    if save_every is not None:
        stride = save_every * math.ceil(iterations / save_every / MOST)
        candidates.append((iteration // stride + 1) * stride)
    return min(candidates)


def is_kept(epoch: int, epochs: int) -> bool:
    """Whether the end of an epoch is a moment."""
    return epoch % max(1, math.ceil(epochs / EPOCHS)) == 0
