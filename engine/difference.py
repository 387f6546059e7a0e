"""Numerical differentiation by central differences: nudge one number up and down, look how far the output moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from engine.backprop import apply, forward
from engine.budget import Budget
from engine.errors import ShapeError
from engine.graph import Graph, Node
from engine.op import OPS, Array


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

    def downstream(self, wrt: str) -> list[Node]:
        """The nodes between an input and the output, in topological order."""
        reached = {wrt}
        for node in self.graph:
            if not reached.isdisjoint(node.inputs):
                reached.add(node.id)
        return [node for node in self.graph if node.id in reached and node.id in self._leading and not node.leaf]

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
