"""PyTorch as an oracle, where it is installed: values and gradients of the ops that both have under one meaning."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine import evaluate
from tests.engine.samples import SAMPLES, Sample

torch = pytest.importorskip("torch", reason="PyTorch is no dependency: pip install -r benchmarks/requirements.txt")
F = torch.nn.functional


def dims(axis: Any, x: Any) -> Any:
    return tuple(range(x.ndim)) if axis is None else axis


def loss(x: Any, t: Any) -> Any:
    t = t.long() if t.ndim < x.ndim else t
    return F.cross_entropy(x, t) if x.ndim < 3 else F.cross_entropy(x.flatten(0, -2), t.flatten())


ALIKE = (
    *("add", "sub", "mul", "div", "neg", "reciprocal", "square", "exp", "log", "sqrt", "abs", "sin", "cos", "tanh"),
    *("sigmoid", "relu", "pow", "maximum", "minimum", "matmul"),
)
PEERS: dict[str, Callable[..., Any]] = {
    **{
        name: getattr(torch, name)
        for name in [
            "add",
            "sub",
            "mul",
            "div",
            "neg",
            "reciprocal",
            "square",
            "exp",
            "log",
            "sqrt",
            "abs",
            "sin",
            "cos",
        ]
    },
    **{name: getattr(torch, name) for name in ALIKE},
    "leaky_relu": lambda x, slope=0.01: F.leaky_relu(x, slope),
    "softplus": F.softplus,
    "gelu": lambda x: F.gelu(x, approximate="tanh"),
    "clip": lambda x, low=None, high=None: x if low is high is None else x.clamp(low, high),
    "affine": lambda x, W, b: (x.flatten(1) if x.ndim > 2 else x) @ W + b,
    "sum": lambda x, axis=None, keepdims=False: x.sum(dims(axis, x), keepdims),
    "mean": lambda x, axis=None, keepdims=False: x.mean(dims(axis, x), keepdims),
    "transpose": lambda x, axes=None: x.permute(axes or tuple(reversed(range(x.ndim)))),
    "reshape": lambda x, shape: x.reshape(shape),
    "broadcast_to": lambda x, shape: x.broadcast_to(shape if isinstance(shape, list) else (shape,)),
    "concat": lambda *x, axis=0: torch.cat(x, axis),
    "softmax": lambda x: x.softmax(-1),
    "softmax_with_loss": loss,
    "mean_squared_error": F.mse_loss,
    "batch_norm": lambda x, gamma, beta: F.batch_norm(x, None, None, gamma, beta, training=True, eps=1e-6),
    "conv": lambda x, W, b, stride=1, pad=0: F.conv2d(x, W, b, stride, pad),
    "pool": lambda x, size=2, stride=2: F.max_pool2d(x, size, stride),
}


def comparable(sample: Sample) -> bool:
    """Both have the op, and neither a kink nor a target that does not sum to 1 comes between them."""
    if sample.op not in PEERS or sample.kind == "kink":
        return False
    if sample.op == "batch_norm":
        return np.ndim(sample.inputs[0]) > 1
    if sample.op == "softmax_with_loss":
        x, t = map(np.asarray, sample.inputs)
        return t.ndim < x.ndim or np.allclose(t.sum(-1), 1)
    return True


@pytest.mark.parametrize("sample", [s for s in SAMPLES if comparable(s)], ids=str)
def test_op_agrees_with_pytorch(sample: Sample) -> None:
    graph = sample.graph()
    ours = evaluate(graph)
    seed = np.random.default_rng(0).normal(size=ours.output.shape)
    ours = evaluate(graph, seed=seed)
    leaves = {n.id: torch.tensor(np.array(n.value), dtype=torch.float64, requires_grad=True) for n in graph.inputs}
    theirs = PEERS[sample.op](*(leaves[i] for i in graph["out"].inputs), **sample.attrs)
    theirs.backward(torch.tensor(seed))
    np.testing.assert_allclose(ours.output, theirs.detach().numpy(), rtol=1e-10, atol=1e-12)
    for name, leaf in leaves.items():
        gradient = np.zeros(leaf.shape) if leaf.grad is None else leaf.grad.numpy()
        np.testing.assert_allclose(ours.gradients[name], gradient, rtol=1e-9, atol=1e-11)
