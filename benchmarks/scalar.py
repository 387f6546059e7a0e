"""Chains of scalar nodes: one input changed, then forward and backward, beside the peers that are installed."""

import sys
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TypeVar

from benchmarks.table import Table, duration
from benchmarks.target import at_most
from benchmarks.timing import interleaved
from engine import Graph, evaluate

Result = TypeVar("Result")
SIZES = (6, 100, 1_000, 10_000, 100_000)


def document(size: int) -> Graph:
    """The chain x ← x · w + b, over and over, as a graph of `size` nodes."""
    nodes: list[dict[str, object]] = [
        {"id": "x", "op": "input", "value": 1.5},
        {"id": "w", "op": "input", "value": 0.999},
        {"id": "b", "op": "input", "value": 0.001},
    ]
    last = "x"
    for index in range(size - 3):
        op, other = (("mul", "w"), ("add", "b"))[index % 2]
        nodes.append({"id": f"n{index}", "op": op, "inputs": [last, other]})
        last = f"n{index}"
    return Graph.from_document({"nodes": nodes, "output": last})


def ours(size: int) -> Callable[[], object]:
    """Our evaluation, which remembers everything."""
    graph = document(size)
    return lambda: evaluate(graph, {"x": 1.25}).gradients["x"]


def tape(size: int) -> Callable[[], object]:
    """The two walks of it over floats."""
    graph = document(size).with_values({"x": 1.25})
    made = graph.tape
    assert made is not None
    return lambda: made.run(graph.nodes, 1.0)


def micrograd(size: int) -> Callable[[], object]:
    """micrograd, which builds the graph again each time."""
    from micrograd.engine import Value

    def run() -> object:
        x, w, b = Value(1.25), Value(0.999), Value(0.001)
        last = x
        for index in range(size - 3):
            last = last + b if index % 2 else last * w
        last.backward()
        return x.grad

    return run


def torch(size: int) -> Callable[[], object]:
    """PyTorch in eager mode, float64."""
    import torch as peer

    def run() -> object:
        x, w, b = (peer.tensor(value, dtype=peer.float64, requires_grad=True) for value in (1.25, 0.999, 0.001))
        last = x
        for index in range(size - 3):
            last = last + b if index % 2 else last * w
        last.backward()
        return x.grad

    return run


def autograd(size: int) -> Callable[[], object]:
    """HIPS autograd."""
    from autograd import grad

    def chain(x: float, w: float, b: float) -> float:
        last = x
        for index in range(size - 3):
            last = last + b if index % 2 else last * w
        return last

    gradient = grad(chain, (0, 1, 2))
    return lambda: gradient(1.25, 0.999, 0.001)


# Beyond these a peer takes minutes for one call, or seconds that the others would wait for.
LONGEST = {"autograd": 10_000}
LIMITS = (
    "at six nodes most of an evaluation is what it does once: look at the new value, copy the record of the graph with "
    "it. Tried: a tape over floats, steps and names shared by all copies of a graph, values and gradients named when "
    "they are read (0.74 of the time at any size)."
)
STACK = 2**30


def measure() -> dict[int, dict[str, float]]:
    """Seconds a node, by size of the graph and maker."""
    peers = {make.__name__: make for make in (micrograd, torch, autograd) if find_spec(make.__name__)}
    makers = {"evaluation": ours, "its tape": tape, **peers}
    measured = {}
    for size in SIZES:
        cases = {name: make(size) for name, make in makers.items() if size <= LONGEST.get(name, size)}
        # The first call of a turn waits for memory that a large graph of a peer has had: a long turn has more of them.
        rounds, seconds = (9, 0.05) if size <= 10_000 else (5, 0.2)
        times = interleaved(cases, rounds=rounds, seconds=seconds)
        measured[size] = {name: taken / size for name, taken in times.items()}
    return measured


def deep(work: Callable[[], Result]) -> Result:
    """What some work gives that recurses as deep as it likes: micrograd sorts a graph by recursion."""
    given: list[Result] = []
    before = sys.getrecursionlimit(), threading.stack_size(STACK)
    sys.setrecursionlimit(10 * max(SIZES))
    try:
        thread = threading.Thread(target=lambda: given.append(work()))
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(before[0])
        threading.stack_size(before[1])
    return given[0]


def targets(measured: dict[int, dict[str, float]]) -> Iterator[str]:
    """Faster than either peer at every size, and as quick a node in a large graph as in a small one."""
    for peer in ("micrograd", "torch"):
        shares = [times["evaluation"] / times[peer] for times in measured.values() if peer in times]
        if shares:
            words = (
                f"evaluation faster than {peer} at every size ({1 / max(shares):.2g} to {1 / min(shares):.2g} times)"
            )
            yield at_most(max(shares), 1, words)
    evaluation = [times["evaluation"] for size, times in measured.items() if size >= 100]
    words = (
        f"linear: a node takes at most twice as long at any size from 100 on ({max(evaluation) / min(evaluation):.2f})"
    )
    yield at_most(max(evaluation) / min(evaluation), 2, words)


def tables() -> Iterator[Table]:
    """Nanoseconds a node, by size of the graph."""
    measured = deep(measure)
    makers = list(next(iter(measured.values())))
    yield Table(
        "Scalar graphs",
        "Time a node for forward and backward after one input changed, on a chain of products and sums, with that\n"
        "input's gradient read. Our evaluation keeps every value and what every edge carried, by name; its tape is\n"
        "the heart of it, by position. micrograd is given a stack for its recursion.",
        ["nodes", *makers],
        [[f"{n:,}", *(duration(t[maker]) if maker in t else "–" for maker in makers)] for n, t in measured.items()],
        list(targets(measured)),
        LIMITS,
    )
