"""One training step on MNIST, batch 100, gradient descent, with its loss: beside the floor, the book and the peers."""

from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from itertools import pairwise

import numpy as np
from threadpoolctl import ThreadpoolController

from benchmarks import peer_jax, peer_torch
from benchmarks.book import Network
from benchmarks.table import Table, duration
from benchmarks.target import at_least, at_most
from benchmarks.threads import COUNTS, by_threads, report
from benchmarks.timing import interleaved
from engine.config import RunConfig
from engine.dataset import Dataset, load
from engine.trainer import Trainer

SHAPES = ((784, 50, 10), (784, 500, 10), (784, 100, 100, 100, 10))
OURS = "Backprop Explorer"
LIMITS = (
    "buffers made once, bytes gathered and scaled on the small side of the product, only the pixels lit in the batch, "
    "the bias as one more row in every layer, the rate folded into the seed, labels and sums taken by fewer calls "
    "(0.95 of the time), ReLU against an array of zeros, which NumPy compares three times as fast as a number (with "
    "the biases 0.96). What is left besides the products is a call of NumPy for each step of the plan, so that a "
    "small network on one thread is as far from the floor as a call is slow: the faster the products, the more so. "
    "With kernels of AVX-512, in which products take two thirds of the time, widths of 48 to 112 in place of 50 and "
    "100 gained nothing either. Tried without gain: the hidden values, the weights or both transposed, widths padded "
    "to the kernels of the BLAS, the table in memory of its own with large pages. On two cores, with 784-50-10: BLAS "
    "on both (0.90 to 0.96 of the time on one), a thread that gathers and converts eight batches ahead (0.91), each "
    "thread with half of the columns (1.38), since a core has to fetch what the other wrote; so two processes have "
    "rows of their own, and no weight changes cores."
)
BATCH, STEPS = 100, 50


def floor(sizes: tuple[int, ...], data: Dataset) -> Callable[[], object]:
    """The matrix products of a step in float32 into buffers that are there already, and the gather of its batch."""
    rng = np.random.default_rng(0)
    images = np.ascontiguousarray(data.train.images).reshape(len(data.train), -1)
    weights = [rng.standard_normal(pair, dtype=np.float32) for pair in pairwise(sizes)]
    values = [rng.standard_normal((BATCH, size), dtype=np.float32) for size in sizes]
    gradients = [np.empty_like(weight) for weight in weights]
    back = [np.empty_like(value) for value in values]
    raw = np.empty((BATCH, sizes[0]), np.uint8)

    def run() -> None:
        for chosen in rng.integers(0, len(images), (STEPS, BATCH)):
            images.take(chosen, axis=0, out=raw, mode="clip")
            for index, weight in enumerate(weights):
                np.matmul(values[index], weight, out=back[index + 1])
            for index in reversed(range(len(weights))):
                np.matmul(values[index].T, values[index + 1], out=gradients[index])
                if index:
                    np.matmul(values[index + 1], weights[index].T, out=back[index])

    return run


def ours(sizes: tuple[int, ...], data: Dataset, cores: int) -> Callable[[], object]:
    """Our trainer's steps, each with its loss, on one BLAS thread a core; accuracy is measured elsewhere."""
    config = RunConfig.from_document({"hidden": list(sizes[1:-1]), "iterations": 10**9, "cores": cores})
    trainer = Trainer(config, data)
    blas = ThreadpoolController()
    trainer.advance(1)  # starts the second process

    def run() -> None:
        with blas.limit(limits=1):
            trainer.advance(STEPS)

    return run


def book(sizes: tuple[int, ...], data: Dataset) -> Callable[[], object]:
    """The chapter's own way."""
    images = data.train.images.reshape(len(data.train), -1) / 255.0
    labels = np.eye(sizes[-1])[data.train.labels]
    rng = np.random.default_rng(0)
    network = Network(sizes, rng)

    def run() -> None:
        for _ in range(STEPS):
            rows = rng.choice(len(images), BATCH)
            network.step(images[rows], labels[rows])

    return run


def measure(count: int) -> dict[str, dict[str, float]]:
    """Seconds a step by network and maker, on so many threads."""
    data = load("mnist")
    makers: dict[str, Callable[[tuple[int, ...], Dataset], Callable[[], object]]] = {
        "floor": floor,
        OURS: partial(ours, cores=count),
        "book": book,
    }
    if find_spec("torch"):
        makers |= {"torch eager": peer_torch.eager, "torch compiled": peer_torch.compiled}
    if find_spec("jax"):
        makers |= {"JAX scan": peer_jax.scan}
    measured = {}
    for sizes in SHAPES:
        times = interleaved({name: make(sizes, data) for name, make in makers.items()}, rounds=25, seconds=0.06)
        measured["-".join(map(str, sizes))] = {name: taken / STEPS for name, taken in times.items()}
    return measured


def tables() -> Iterator[Table]:
    """Microseconds a step and multiples of the floor, by network and number of threads."""
    measured = by_threads("benchmarks.step")
    networks = measured[COUNTS[0]]
    rows = []
    for name in next(iter(networks.values())):
        cells = [
            " / ".join(duration(measured[count][network][name]) for count in COUNTS)
            + f" · {measured[COUNTS[0]][network][name] / measured[COUNTS[0]][network]['floor']:.2f}"
            for network in networks
        ]
        rows.append([name, *cells])
    yield Table(
        "Training step",
        "Batch 100, loss and gradient descent included; time on one / on two threads · multiple of the floor on one\n"
        "thread: the matrix products of the step in float32, and the gather of its batch.",
        ["", *networks],
        rows,
        [*targets(measured), second_core(*({n: t[OURS] for n, t in measured[count].items()} for count in COUNTS))],
        LIMITS,
    )


def second_core(ones: dict[str, float], twos: dict[str, float]) -> str:
    """What a second core brings a run, from our seconds on one and on two by network."""
    shares = ", ".join(f"{twos[name] / taken:.2f} of the time on {name}" for name, taken in ones.items())
    return (
        "A run has one core, so that a second run or the server has the other, unless it is given two (`cores`): two "
        f"processes then share its first layer, in {shares}."
    )


def targets(measured: dict[int, dict[str, dict[str, float]]]) -> Iterator[str]:
    """What the issue asks of each network, on one thread and with each maker on its best number of threads."""
    one, chapter = measured[COUNTS[0]], next(iter(measured[COUNTS[0]]))
    for network, times in one.items():
        best = {name: min(measured[count][network][name] for count in COUNTS) for name in times}
        bound = 1.25 if network == chapter else 1.15
        for how, taken in (("one thread", times), ("best of threads", best)):
            share = taken[OURS] / times["floor"]
            yield at_most(share, bound, f"{network}, {how}: ≤ {bound} × floor on one thread ({share:.2f})")
            peers = [name for name in taken if name.startswith("JAX") or (name != OURS and network == chapter)]
            for peer in [name for name in peers if name not in ("floor", "book")]:
                share = taken[OURS] / taken[peer]
                yield at_most(share, 1, f"{network}, {how}: not slower than {peer} ({share:.2f} of its time)")
            if network == chapter:
                times_book = taken["book"] / taken[OURS]
                yield at_least(times_book, 4, f"{network}, {how}: ≥ 4 × the book's code ({times_book:.1f})")


if __name__ == "__main__":
    report(measure)
