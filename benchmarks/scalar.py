"""Chains of scalar nodes: one input changed, then forward and backward, beside the peers that are installed."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec

from benchmarks.table import Table, duration
from benchmarks.timing import interleaved
from engine import Graph, evaluate
from engine.plan.tape import Tape

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
    """Our evaluation, which keeps every value and every edge's gradient."""
    graph = document(size)
    return lambda: evaluate(graph, {"x": 1.25})


def tape(size: int) -> Callable[[], object]:
    """Our plan for graphs of single numbers, compiled once."""
    compiled = Tape(document(size))

    def run() -> None:
        compiled.set("x", 1.25)
        compiled.run()

    return run


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


# micrograd walks the graph by recursion and stops at Python's limit; the others take seconds beyond these.
LIMITS = {"micrograd": 900, "torch": 10_000, "autograd": 10_000}


def tables() -> Iterator[Table]:
    """Nanoseconds a node, by size of the graph."""
    peers = {make.__name__: make for make in (micrograd, torch, autograd) if find_spec(make.__name__)}
    makers = {"evaluation": ours, "plan": tape, **peers}
    rows = []
    for size in SIZES:
        cases = {name: make(size) for name, make in makers.items() if size <= LIMITS.get(name, size)}
        times = interleaved(cases, rounds=9)
        rows.append([f"{size:,}", *(duration(times[name] / size) if name in times else "–" for name in makers)])
    yield Table(
        "Scalar graphs",
        "Time a node for forward and backward after one input changed, on a chain of products and sums.\n"
        "Our evaluation keeps every edge's gradient, to explain; our plan does not.",
        ["nodes", *makers],
        rows,
    )
