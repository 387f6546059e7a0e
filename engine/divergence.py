"""Divergence: where a number first stopped being finite, and what to change."""

from __future__ import annotations

import numpy as np

from engine.config import RunConfig
from engine.events import StateChanged
from engine.notation import number
from engine.plan import Plan


def diagnose(plan: Plan, config: RunConfig, iteration: int, rate: float) -> StateChanged:
    """The first node of the graph with a number that is not finite, in words, with advice."""
    node = next(
        (n for n in plan.graph if n.id in plan.value and not np.isfinite(plan.value[n.id]).all()),
        plan.graph[plan.graph.output],
    )
    kind = "NaN" if np.isnan(plan.value[node.id]).any() else "∞"
    where = node.id if node.leaf else f"{node.id} ({node.op})"
    reason = f"At iteration {iteration}, {where} was the first to become {kind}. {_advice(config, rate)}"
    return StateChanged("diverged", reason, node.id, iteration)


def _advice(config: RunConfig, rate: float) -> str:
    advice = [f"The steps were too large: try a learning rate of {number(rate / 10)} in place of {number(rate)}"]
    if not isinstance(config.init, str) and config.init > 0.1:
        init = number(config.init)
        advice.append(f"and smaller initial weights (init is {init}; he or xavier suit every layer size)")
    elif len(config.hidden) > 2 and not config.batch_norm:
        advice.append("or batch normalization, which keeps deep networks in range")
    return ", ".join(advice) + "."
