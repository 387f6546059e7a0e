"""Numerical gradients of a plan: two forward passes for every number, as the chapter before this one did it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.plan.plan import Plan

EPSILON = 1e-4


def numerical_gradient(plan: Plan, epsilon: float = EPSILON) -> Iterator[int]:
    """Central differences into the plan's gradients, one number after the other; yields the passes done so far.

    Stop asking and it stops: each number has its value back by the time the passes are told.
    """
    loss = plan.value[plan.graph.output]
    parameters, gradients = plan.parameters, plan.gradients
    passes = 0
    for place in plan.places.values():
        for index in range(place.start, place.stop):
            value = parameters[index]
            parameters[index] = value + epsilon
            plan.run_forward()
            above = loss.item()
            parameters[index] = value - epsilon
            plan.run_forward()
            gradients[index] = (above - loss.item()) / (2 * epsilon)
            parameters[index] = value
            passes += 2
            yield passes
