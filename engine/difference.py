"""Numerical differentiation by central differences: nudge one number up and down, look how far the output moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from engine.backprop import apply, forward
from engine.budget import Budget
from engine.change import Change, Index
from engine.errors import ShapeError
from engine.graph import Graph, Node
from engine.op import OPS, Array
from engine.spread import spread

FEW = 8
"""Up to so many elements, a pass for each is quicker than following all at once."""

FOLLOWED = 2**22
"""How many numbers of one value may be followed at once: a bound for memory, some 100 MB an array."""


@dataclass(frozen=True, slots=True)
class Kink:
    """An element of an input whose nudge carries `node` over a point where its derivative jumps."""

    node: str
    input: str
    index: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Differences:
    """Central differences of a graph's output around the values it has.

    Rule:    ∂x[i] ≈ Σ seed · (out(x + ε eᵢ) − out(x − ε eᵢ)) / 2ε
    """

    graph: Graph
    values: Mapping[str, Array]
    seed: Array
    epsilon: float = 1e-4
    _pieces: dict[str, Array] = field(default_factory=dict, init=False, repr=False)

    def naive(self, wrt: str) -> Array:
        """The definition to the letter: two passes through the whole graph for every number, kinks or not."""
        start = self.values[wrt]
        gradient = np.zeros(start.shape)
        for index in np.ndindex(start.shape):
            up, down = (forward(self.graph.with_values({wrt: self.nudged(start, index, step)})) for step in (1, -1))
            gradient[index] = self.slope(up[self.graph.output], down[self.graph.output])
        return gradient

    def quickest(self, wrt: str, budget: Budget | None = None) -> tuple[Array, list[Kink]]:
        """Central differences of one input and the kinks they crossed, by the quickest way there is.

        Errors:  LimitError out of time
        """
        followed = self.by_change(wrt, budget) if np.size(self.values[wrt]) > FEW else None
        return followed or self.by_element(wrt, budget)

    def by_element(self, wrt: str, budget: Budget | None = None) -> tuple[Array, list[Kink]]:
        """The same numbers, recomputing only what lies downstream, and the elements whose nudge crosses a kink.

        NaN where a nudged value is one that an op cannot take, such as a label beyond the last class.

        Errors:  LimitError out of time
        """
        start, steps = self.values[wrt], self.downstream(wrt)
        gradient = np.zeros(start.shape)
        kinks: list[Kink] = []
        with np.errstate(all="ignore"):
            for index in np.ndindex(start.shape) if steps or wrt == self.graph.output else ():
                if budget:
                    budget.check(wrt)
                up, over = self._output(steps, wrt, self.nudged(start, index, 1))
                down, under = self._output(steps, wrt, self.nudged(start, index, -1))
                gradient[index] = self.slope(up, down)
                if over or under:
                    kinks.append(Kink(over or under, wrt, index))
        return gradient, kinks

    def by_change(self, wrt: str, budget: Budget | None = None) -> tuple[Array, list[Kink]] | None:
        """The same for all elements at once, following only what changes; None where an op on the way cannot do that.

        Errors:  LimitError out of time
        """
        start, steps = self.values[wrt], self.downstream(wrt)
        sizes = [np.size(self.values[node.id]) for node in steps]
        if 0 in sizes or not start.size:
            return None
        gradient, kinks = np.zeros(start.size), []
        together = max(1, FOLLOWED // max(sizes, default=1))
        with np.errstate(all="ignore"):
            for first in range(0, start.size, together):
                if budget:
                    budget.check(wrt)
                part = np.arange(first, min(first + together, start.size))
                followed = self._follow(steps, wrt, part)
                if followed is None:
                    return None
                gradient[part], crossed = followed
                kinks += [
                    Kink(steps[crossed[k]].id, wrt, tuple(int(i) for i in np.unravel_index(part[k], start.shape)))
                    for k in np.flatnonzero(crossed >= 0)
                ]
        return gradient.reshape(start.shape), kinks

    def downstream(self, wrt: str) -> list[Node]:
        """The nodes after a node, up to the output, in topological order."""
        reached = {wrt}
        for node in self.graph:
            if not reached.isdisjoint(node.inputs):
                reached.add(node.id)
        return [
            node
            for node in self.graph
            if node.id in reached and node.id in self._leading and not node.leaf and node.id != wrt
        ]

    def slope(self, up: Array, down: Array) -> Array:
        """What a nudge up and one down say about the derivative."""
        return np.asarray((self.seed * (up - down)).sum() / (2 * self.epsilon))

    def nudged(self, start: Array, index: tuple[int, ...], direction: int) -> Array:
        """The same array with one element moved by ε."""
        moved = np.array(start)
        moved[index] += direction * self.epsilon
        return moved

    @cached_property
    def _leading(self) -> set[str]:
        leading = {self.graph.output}
        for node in reversed(self.graph.nodes):
            if node.id in leading:
                leading.update(node.inputs)
        return leading

    def _follow(self, steps: Sequence[Node], wrt: str, elements: Index) -> tuple[Array, Index] | None:
        """Slopes for some elements of an input, and for each the first step at which it crosses a kink, else −1."""
        count = len(elements)
        start = np.ravel(self.values[wrt])[elements, np.newaxis]
        changes = {wrt: Change(np.arange(count), elements, np.stack([start + self.epsilon, start - self.epsilon]))}
        crossed = np.full(count, -1)
        for place, node in enumerate(steps):
            given = [changes.get(source) for source in node.inputs]
            if not any(given):
                continue
            inputs, out = [self.values[source] for source in node.inputs], self.values[node.id]
            change, owners = spread(node, given, inputs, out)
            if change is None:
                return None
            crossed[owners] = np.where(crossed[owners] < 0, place, crossed[owners])
            if change.width == 1:
                change = change.pruned(out)
            if len(change.owner):
                changes[node.id] = change
        last = changes.get(self.graph.output)
        if last is None:
            return np.zeros(count), crossed
        moved = ((last.value[0] - last.value[1]) * last.base(self.seed)).sum(axis=1)
        return np.bincount(last.owner, moved, count) / (2 * self.epsilon), crossed

    def _output(self, steps: Sequence[Node], wrt: str, value: Array) -> tuple[Array, str]:
        """The output after one input changed, and the first node that it carried over a kink, if there is one."""
        now = {wrt: value[()]}
        crossed = ""
        for node in steps:
            inputs = [now[i] if i in now else self.values[i] for i in node.inputs]
            if not crossed and self._crosses(node, inputs):
                crossed = node.id
            try:
                now[node.id] = apply(OPS[node.op], node, inputs)
            except ShapeError:
                return np.asarray(np.nan), crossed
        return now[self.graph.output], crossed

    def _crosses(self, node: Node, inputs: Sequence[Array]) -> bool:
        """Whether some element of a node left the smooth piece on which it stands at the values at hand."""
        kinks = OPS[node.op].kinks
        if kinks is None:
            return False
        if node.id not in self._pieces:
            self._pieces[node.id] = kinks(*(self.values[i] for i in node.inputs), **node.attrs)
        return not np.array_equal(kinks(*inputs, **node.attrs), self._pieces[node.id])
