"""One training step of the book's simple_convnet on MNIST, batch 100: beside the book and the peers."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec

import numpy as np

from benchmarks.book_convnet import SimpleConvNet
from benchmarks.table import Table, duration
from benchmarks.target import at_least, at_most
from benchmarks.threads import COUNTS, by_threads, report
from benchmarks.timing import interleaved
from engine.config import RunConfig
from engine.dataset import Dataset, load
from engine.trainer import Trainer

BATCH = 100
OURS = "Backprop Explorer"
LIMITS = (
    "im2col over the whole batch (memory, not arithmetic), in chunks of 20 images, and one 6 × 6 patch for the four "
    "positions of a pooling window (what runs now). A second thread helps its one large product, not the gather of "
    "patches, and less than nothing where another process wants that core."
)


def ours(data: Dataset) -> Callable[[], object]:
    """Our trainer's steps."""
    document = {"architecture": "simple_convnet", "batch_size": BATCH, "iterations": 10**9}
    trainer = Trainer(RunConfig.from_document(document), data)
    return lambda: trainer.advance(1)


def book(data: Dataset) -> Callable[[], object]:
    """The book's own way."""
    images = data.train.images[:, np.newaxis] / 255.0
    labels = np.eye(10)[data.train.labels]
    rng = np.random.default_rng(0)
    network = SimpleConvNet(rng)

    def run() -> None:
        rows = rng.choice(len(images), BATCH)
        network.step(images[rows], labels[rows])

    return run


def torch_eager(data: Dataset) -> Callable[[], object]:
    """PyTorch with autograd."""
    import torch
    from torch import nn

    images = torch.from_numpy(data.train.images[:, np.newaxis].astype(np.float32) / 255)
    labels = torch.from_numpy(data.train.labels.astype(np.int64))
    head = (nn.Flatten(), nn.Linear(4320, 100), nn.ReLU(), nn.Linear(100, 10))
    network = nn.Sequential(nn.Conv2d(1, 30, 5), nn.ReLU(), nn.MaxPool2d(2), *head)
    parameters = list(network.parameters())

    def run() -> None:
        rows = torch.randint(len(images), (BATCH,))
        loss = nn.functional.cross_entropy(network(images[rows]), labels[rows])
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            torch._foreach_add_(parameters, gradients, alpha=-0.1)
        loss.item()

    return run


def measure() -> dict[str, dict[str, float]]:
    """Seconds a step by maker, on the threads that this process has."""
    data = load("mnist")
    makers = {OURS: ours, "book": book}
    if find_spec("torch"):
        makers["torch eager"] = torch_eager
    return {"simple_convnet": interleaved({n: make(data) for n, make in makers.items()}, rounds=11, seconds=0.3)}


def tables() -> Iterator[Table]:
    """Milliseconds a step by number of threads, and how many of ours fit in."""
    measured = {count: times["simple_convnet"] for count, times in by_threads("benchmarks.convnet").items()}
    ratios = [[f"{measured[c][name] / measured[c][OURS]:.2f}" for c in COUNTS] for name in measured[1]]
    rows = [
        [name, *(f"{duration(measured[count][name])} · {multiple[place]}" for place, count in enumerate(COUNTS))]
        for name, multiple in zip(measured[1], ratios, strict=True)
    ]
    ratio = measured[COUNTS[1]][OURS] / measured[COUNTS[0]][OURS]
    yield Table(
        "Convolutional training step",
        "simple_convnet of the book's chapter 7, batch 100, float32 but for the book; time · multiple of ours.",
        ["", "one thread", "two threads"],
        rows,
        [*targets(measured), f"A run has one core; on two it would take {ratio:.2f} of its time."],
        LIMITS,
    )


def targets(measured: dict[int, dict[str, float]]) -> Iterator[str]:
    """Faster than PyTorch with the same threads, and far from the book's code, each on its best number of threads."""
    for count, times in measured.items():
        if "torch eager" in times:
            share = times[OURS] / times["torch eager"]
            threads = "one thread" if count == 1 else f"{count} threads"
            yield at_most(share, 1, f"faster than torch eager on {threads} ({share:.2f} of its time)")
    best = {name: min(times[name] for times in measured.values()) for name in (OURS, "book")}
    ratio = best["book"] / best[OURS]
    yield at_least(ratio, 10, f"≥ 10 × the book's code, best of threads ({ratio:.1f})")


if __name__ == "__main__":
    report(lambda _: measure())
