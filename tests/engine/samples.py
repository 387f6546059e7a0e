"""Samples of every op: inputs on which its rules are put to the test; `run` puts one to it."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine import Graph, Node, evaluate
from engine.op import OPS, Op
from engine.value import as_array

RNG = np.random.default_rng(5)


@dataclass(frozen=True, eq=False)
class Sample:
    """An op on some inputs: `kind` is scalar, matrix, broadcast, shared or kink."""

    op: str
    kind: str
    inputs: tuple[Any, ...]
    attrs: dict[str, Any] = field(default_factory=dict)

    def graph(self) -> Graph:
        """A graph of one op; a shared sample's only input stands in every slot."""
        slots = len(OPS[self.op].slots)
        ids = ["x0"] * slots if self.kind == "shared" else [f"x{k}" for k in range(len(self.inputs))]
        leaves = [Node(f"x{k}", "input", value=as_array(value)) for k, value in enumerate(self.inputs)]
        return Graph((*leaves, Node("out", self.op, tuple(ids), self.attrs)), "out")

    def __str__(self) -> str:
        return f"{self.op}-{self.kind}-{SAMPLES.index(self)}"


def run(op: str, *inputs: Any, **attrs: Any) -> tuple[np.ndarray, list[np.ndarray]]:
    """An op's value, and the gradient of each of its inputs."""
    leaves = tuple(Node(f"x{k}", "input", value=as_array(value)) for k, value in enumerate(inputs))
    result = evaluate(Graph((*leaves, Node("out", op, tuple(leaf.id for leaf in leaves), attrs)), "out"))
    return result.output, [result.gradients[leaf.id] for leaf in leaves]


def needed(op: Op) -> set[str]:
    """The kinds of samples that an op cannot do without."""
    kinds = {"matrix"}
    if op.elementwise:
        kinds.add("scalar")
        if len(op.slots) > 1:
            kinds |= {"broadcast", "shared"}
    if op.kinks is not None:
        kinds.add("kink")
    return kinds


def normal(*shape: int) -> np.ndarray:
    return RNG.normal(size=shape)


def positive(*shape: int) -> np.ndarray:
    return RNG.uniform(0.3, 2, shape)


def pairs(op: str, make: Any, kink: tuple[Any, Any] | None = None) -> list[Sample]:
    """Samples of an op of two slots that broadcast."""
    samples = [
        Sample(op, "scalar", (make().item(), make().item())),
        Sample(op, "matrix", (make(2, 3), make(2, 3))),
        Sample(op, "broadcast", (make(2, 1), make(3))),
        Sample(op, "broadcast", (make().item(), make(2, 2))),
        Sample(op, "broadcast", (make(2, 3, 2), make(3, 1))),
        Sample(op, "shared", (make(2, 2),)),
    ]
    return samples + ([Sample(op, "kink", kink)] if kink else [])


def singles(op: str, make: Any, *kinks: Any, **attrs: Any) -> list[Sample]:
    """Samples of an op of one slot, element by element."""
    samples = [Sample(op, "scalar", (make().item(),), attrs), Sample(op, "matrix", (make(2, 3),), attrs)]
    return samples + [Sample(op, "kink", (kink,), attrs) for kink in kinks]


def products(op: str, *shapes: tuple[tuple[int, ...], tuple[int, ...]]) -> list[Sample]:
    return [Sample(op, "matrix", (normal(*x), normal(*y))) for x, y in shapes]


def reductions(op: str) -> list[Sample]:
    attrs: list[dict[str, Any]] = [
        {},
        {"axis": 0},
        {"axis": -1, "keepdims": True},
        {"axis": [2, 0]},
        {"axis": [0, 1], "keepdims": True},
    ]
    return [Sample(op, "scalar", (2.5,)), *(Sample(op, "matrix", (normal(2, 3, 2),), given) for given in attrs)]


def losses(op: str, make: Any) -> list[Sample]:
    return [
        Sample(op, "matrix", (make(2, 3), positive(2, 3))),
        Sample(op, "matrix", (make(2, 3), [[0, 1, 0], [1, 0, 0]])),
        Sample(op, "matrix", (make(3, 4), [0, 3, 1])),
        Sample(op, "matrix", (make(4), 2)),
        Sample(op, "matrix", (make(2, 2, 3), [[0, 1], [2, 0]])),
        Sample(op, "kink", (make(2, 3), [0.50001, 1])),
    ]


NEAR = [[-1.0, -1e-5, 0.0], [1e-5, 1.0, 2.0]]
LINEAR_PAIRS = [((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 4)), ((4,), (5, 4, 2)), ((2, 3, 4), (4,))]

SAMPLES: list[Sample] = [
    *(s for op in ("add", "sub", "mul") for s in pairs(op, normal)),
    *pairs("div", positive, (1.0, 2e-5)),
    *pairs("pow", positive, ([-2.0, 2.0, 0.0], [2.0, 0.5, 0.0])),
    Sample("pow", "kink", ([-1.5, 0.0, 2.0], 2.0)),
    *(s for op in ("maximum", "minimum") for s in pairs(op, normal, ([1.0, 2.0, 3.0], [1.0, 2.00001, 5.0]))),
    *(
        s
        for op in ("neg", "square", "exp", "sin", "cos", "tanh", "sigmoid", "softplus", "gelu")
        for s in singles(op, normal)
    ),
    *singles("reciprocal", positive, [1e-5, -1.0]),
    *(s for op in ("log", "sqrt") for s in singles(op, positive, [1e-5, 1.0])),
    *(s for op in ("abs", "relu") for s in singles(op, normal, NEAR)),
    *singles("leaky_relu", normal, NEAR),
    *singles("leaky_relu", normal, slope=0.2),
    *singles("clip", normal, [-0.5, 0.3, 0.70001], low=-0.5, high=0.7),
    *singles("clip", normal, low=0),
    *singles("clip", normal),
    *singles("dropout", normal, ratio=0.3, seed=4),
    *singles("dropout", normal, ratio=0.3, training=False),
    *products("dot", *LINEAR_PAIRS, ((), (2,)), ((2,), ()), ((2, 3, 4), (5, 4, 2))),
    Sample("dot", "shared", (normal(3, 3),)),
    *products("matmul", *LINEAR_PAIRS, ((2, 3, 4), (1, 4, 2)), ((5, 1, 2, 3), (4, 3, 2)), ((3,), (2, 3, 4))),
    Sample("matmul", "shared", (normal(2, 2),)),
    Sample("affine", "matrix", (normal(2, 3), normal(3, 4), normal(4))),
    Sample("affine", "matrix", (normal(3), normal(3, 4), normal(4))),
    Sample("affine", "matrix", (normal(2, 3, 1, 2), normal(6, 4), 0.5)),
    *(s for op in ("sum", "mean", "max") for s in reductions(op)),
    Sample("max", "kink", ([1.0, 3.0, 3.0],)),
    Sample("max", "kink", ([[1.0, 1.00001], [0.0, 2.0]],), {"axis": 1}),
    Sample("transpose", "matrix", (normal(2, 3),)),
    Sample("transpose", "matrix", (normal(2, 3, 4),), {"axes": [1, -1, 0]}),
    Sample("reshape", "matrix", (normal(2, 3),), {"shape": [3, -1]}),
    Sample("reshape", "matrix", (normal(1, 1),), {"shape": []}),
    Sample("reshape", "matrix", (normal(2, 3),), {"shape": 6}),
    *(Sample("flatten", "matrix", (normal(*shape),)) for shape in ((), (3,), (2, 3), (2, 3, 2, 2))),
    Sample("broadcast_to", "matrix", (normal(3, 1),), {"shape": [2, 3, 4]}),
    Sample("broadcast_to", "matrix", (normal(),), {"shape": 3}),
    Sample("concat", "matrix", (normal(2, 3), normal(1, 3), normal(2, 3))),
    Sample("concat", "matrix", (normal(2, 3), normal(2, 1)), {"axis": -1}),
    Sample("softmax", "matrix", (normal(2, 3),)),
    Sample("softmax", "matrix", (normal(4),)),
    *losses("cross_entropy_error", positive),
    Sample("cross_entropy_error", "kink", ([0.3, 2e-5], [0.5, 0.5])),
    *losses("softmax_with_loss", normal),
    Sample("one_hot", "matrix", ([0, 2], normal(2, 3))),
    Sample("one_hot", "matrix", (normal(2, 3), normal(2, 3))),
    Sample("one_hot", "kink", ([0.50001, 2], normal(2, 3))),
    *(
        s
        for op in ("mean_squared_error", "sum_squared_error")
        for s in (
            Sample(op, "scalar", (0.3, 1.2)),
            Sample(op, "matrix", (normal(2, 3), normal(2, 3))),
            Sample(op, "shared", (normal(2, 3),)),
        )
    ),
    Sample("batch_norm", "matrix", (normal(4, 3), positive(3), normal(3))),
    Sample("batch_norm", "matrix", (normal(3, 2, 2, 2), positive(2), normal(2))),
    Sample("batch_norm", "matrix", (normal(4), 1.5, 0.5)),
    Sample("conv", "matrix", (normal(2, 2, 4, 4), normal(3, 2, 3, 3), normal(3))),
    Sample("conv", "matrix", (normal(2, 2, 5, 4), normal(3, 2, 3, 2), normal(3)), {"stride": 2, "pad": 1}),
    Sample("pool", "matrix", (normal(2, 2, 4, 4),)),
    Sample("pool", "matrix", (normal(1, 2, 5, 4),), {"size": 3, "stride": 1}),
    Sample("pool", "kink", ([[[[1.0, 2.0, 3.0], [2.0, 1.0, 3.0]]]],), {"size": 2, "stride": 1}),
]
