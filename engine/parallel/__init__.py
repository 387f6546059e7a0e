"""Row-parallel training: two processes share the first layer of a network, each with some rows of W.

The product x W is the sum of two, each over its own columns of x and its own rows of W, so that no weight, gradient
or memory of an optimizer ever changes cores. What does is the batch's product on the way forward and its gradient on
the way back: two meetings a step. A script that asks for two cores does so under `if __name__ == "__main__":`, since
the second process imports it.

Source:  M. Shoeybi et al., Megatron-LM (arXiv 1909.08053), section 3: the layer whose weights are split along rows
"""

from engine.parallel.pair import ONE_THREAD, Pair
from engine.parallel.team import Alone, form_team

__all__ = ["ONE_THREAD", "Alone", "Pair", "form_team"]
