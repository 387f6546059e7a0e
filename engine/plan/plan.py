"""A Plan is a graph compiled for training: a list of steps on buffers, and no allocation while they run."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

import engine.plan.normalization
import engine.plan.shape  # noqa: F401 - registers kernels
from engine.backprop import forward
from engine.errors import GraphError
from engine.graph import Graph
from engine.plan.buffer import ALIGNMENT, Buffer, buffer
from engine.plan.kernel import Kernel
from engine.plan.passes import PASSES
from engine.plan.pixels import PixelAffine
from engine.plan.site import Layout, Pass, Shapes, run_passes
from engine.plan.table import Table

Step = Callable[[], None]


class Plan:
    """A graph with its gradients with respect to some input nodes, ready to run again and again.

    The parameters (`wrt`) lie in one flat array, their gradients in another of the same order: an optimizer is a few
    array operations on the two. `value` and `gradient` are the buffers; `rows` says which rows of the tables are next;
    `seed` is the gradient at the output. Printed, a plan is its list of steps.

    Errors:  GraphError when wrt or tables name no input node; ShapeError as in an evaluation
    """

    def __init__(
        self,
        graph: Graph,
        wrt: Iterable[str] | None = None,
        dtype: Any = np.float32,
        tables: Mapping[str, Table] | None = None,
        passes: Sequence[Pass] = PASSES,
    ) -> None:
        self.graph = graph
        self.dtype = np.dtype(dtype)
        self.tables = dict(tables or {})
        self.wrt = tuple(node.id for node in graph.inputs if node.id not in self.tables) if wrt is None else tuple(wrt)
        for name in (*self.wrt, *self.tables):
            if name not in graph.by_id or graph[name].op != "input":
                raise GraphError(f"{name!r} is no input node of the graph", node=name)
        values = forward(graph)
        self.shapes: Shapes = {name: np.shape(value) for name, value in values.items()}
        layout = run_passes(Layout.of(graph, self.shapes, frozenset(self.wrt), self.tables), passes)
        self.rows = np.zeros(self.shapes[next(iter(self.tables))][0] if self.tables else 0, dtype=np.intp)
        self.seed = 1.0
        self.value: dict[str, Buffer] = {}
        self.gradient: dict[str, Buffer] = {}
        self._needed = _needed(graph, self.wrt)
        self._place_parameters(layout)
        self._place_nodes(layout)
        self.kernels: dict[str, Kernel] = {}
        self.forward_steps: list[Step] = []
        self.backward_steps: list[Step] = []
        self._lines: list[str] = []
        self._compile(layout)
        self._start = self.gradient.get(graph.output)
        self.pixel_affine = next((k for k in self.kernels.values() if isinstance(k, PixelAffine)), None)
        self._order = {s.inputs[0]: s.attrs["table"].lit.order for s in layout.sites if s.kernel is PixelAffine}
        for node in graph:
            if node.leaf and node.id in self.value:
                self.set(node.id, values[node.id])

    def run(self) -> None:
        """Forward, then backward: every value, and every gradient that was asked for."""
        with np.errstate(all="ignore"):
            self.step()

    def run_forward(self) -> None:
        """Forward alone."""
        with np.errstate(all="ignore"):
            for step in self.forward_steps:
                step()

    def step(self) -> None:
        """The same as run, for callers that have set np.errstate themselves."""
        for step in self.forward_steps:
            step()
        if self._start is not None:
            self._start.fill(self.seed)
        for step in self.backward_steps:
            step()

    def get(self, name: str, *, gradient: bool = False) -> Buffer:
        """A copy of a node's value or gradient, its rows in the graph's order."""
        return self._natural(name, self.gradient[name] if gradient else self.value[name])

    def set(self, name: str, value: Any) -> None:
        """Write an input node's value, its rows in the graph's order."""
        np.copyto(self.value[name], self._stored(name, value), casting="unsafe")

    def named(self, flat: Buffer) -> dict[str, Buffer]:
        """A flat array like `parameters` as one array for each parameter, rows in the graph's order; copies.

        Shapes:  flat (p,) → {name: the parameter's shape}
        """
        return {
            name: self._natural(name, flat[place].reshape(self.shapes[name])) for name, place in self.places.items()
        }

    def load(self, flat: Buffer, named: Mapping[str, Any]) -> None:
        """The inverse of `named`: write each parameter's array into its place of a flat array."""
        for name, place in self.places.items():
            np.copyto(flat[place].reshape(self.shapes[name]), self._stored(name, named[name]), casting="unsafe")

    @property
    def active(self) -> int:
        """Where in the flat arrays the gradients of the last run begin: before it they are zero."""
        if self.pixel_affine is None or not self.pixel_affine.alone:
            return 0
        return int(self.pixel_affine.start * self.pixel_affine.out.shape[1])

    def _natural(self, name: str, stored: Buffer) -> Buffer:
        natural = stored.copy()
        if name in self._order:
            natural[self._order[name]] = stored
        return natural

    def _stored(self, name: str, natural: Any) -> Any:
        return np.asarray(natural)[self._order[name]] if name in self._order else natural

    def __str__(self) -> str:
        return "\n".join(self._lines)

    def _place_parameters(self, layout: Layout) -> None:
        """Views into the two flat arrays, each parameter on a cache line but for a bias that goes behind its W."""
        stacked, behind = [name for pair in layout.stacked for name in pair], {b for _, b in layout.stacked}
        line = ALIGNMENT // self.dtype.itemsize
        places, end = {}, 0
        for name in (*stacked, *(name for name in self.wrt if name not in stacked)):
            start = end if name in behind else math.ceil(end / line) * line
            end = start + math.prod(self.shapes[name])
            places[name] = slice(start, end)
        self.places = places
        self.parameters = buffer((end,), self.dtype)
        self.gradients = buffer((end,), self.dtype)
        for name, place in places.items():
            self.value[name] = self.parameters[place].reshape(self.shapes[name])
            self.gradient[name] = self.gradients[place].reshape(self.shapes[name])

    def _place_nodes(self, layout: Layout) -> None:
        """A buffer for every other value, and for every gradient on a path from a parameter to the output."""
        read = {name for site in layout.sites for name in site.inputs} | {self.graph.output}
        written = {site.id for site in layout.sites}
        for node in self.graph:
            name = node.id
            if name in self.value or not (name in written or name in read):
                continue
            if name in layout.shared:
                self.value[name] = self.value[layout.shared[name]].reshape(self.shapes[name])
            else:
                whole = name in self.tables and self.tables[name].scale is None
                dtype = self.tables[name].rows.dtype if whole else self.dtype
                self.value[name] = buffer(self.shapes[name], dtype, **layout.memory(name))
        for name in self._needed & written:
            self.gradient[name] = buffer(self.shapes[name], self.dtype, **layout.memory(name))
        for name, home in layout.shared.items():
            if name in self._needed:
                self.gradient[name] = self.gradient[home].reshape(self.shapes[name])

    def _compile(self, layout: Layout) -> None:
        """Steps forward in the order of the sites, steps backward in the reverse of it."""
        begun: set[str] = {self.graph.output}
        backward: list[tuple[str, list[Step]]] = []
        for site in reversed(layout.sites):
            needed = site.id in self._needed
            targets: list[Buffer | None] = [None] * len(site.inputs)
            sums: list[Step] = []
            for slot, source in enumerate(site.inputs):
                if not needed or source not in self._needed:
                    continue
                if source in begun:
                    targets[slot] = scratch = buffer(self.shapes[source], self.dtype)
                    sums.append(_adding(self.gradient[source], scratch))
                else:
                    targets[slot] = self.gradient[source]
                    begun.add(source)
            attrs = {**site.attrs, "rows": self.rows} if "table" in site.attrs else site.attrs
            inputs = [self.value[name] for name in site.inputs]
            g = self.gradient[site.id] if needed else None
            kernel = site.kernel(site.op, attrs, self.value[site.id], inputs, g, targets)
            self.kernels[site.id] = kernel
            if any(target is not None for target in targets):
                asked = ", ".join(f"∂{s}" for s, t in zip(site.inputs, targets, strict=True) if t is not None)
                backward.append((f"{asked} ← {site.op}(∂{site.id})", [kernel.backward, *sums]))
        for site in layout.sites:
            self.forward_steps.append(self.kernels[site.id].forward)
            self._lines.append(f"{site.id} = {site.op}({', '.join(site.inputs)})")
        for line, steps in backward:
            self.backward_steps += steps
            self._lines.append(line)


def _needed(graph: Graph, wrt: Sequence[str]) -> frozenset[str]:
    """The nodes on a path from one of these inputs to the output."""
    below = set(wrt)
    for node in graph:
        if below.intersection(node.inputs):
            below.add(node.id)
    above = {graph.output}
    for node in reversed(graph.nodes):
        if node.id in above:
            above.update(node.inputs)
    return frozenset(below & above)


def _adding(total: Buffer, term: Buffer) -> Step:
    def add() -> None:
        np.add(total, term, out=total)

    return add
