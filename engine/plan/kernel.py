"""A Kernel is an op's two rules written into buffers: what a plan runs in place of the rules that return new arrays."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

import numpy as np

from engine.backprop import unbroadcast
from engine.op import OPS
from engine.plan.buffer import Buffer, buffer, widened


class Kernel(ABC):
    """One node of a plan: `forward` writes `out` from `inputs`, `backward` writes `targets` from the gradient `g`.

    A target is None where nobody asked for that gradient; every other target is overwritten, never added to.
    """

    def __init__(
        self,
        op: str,
        attrs: Mapping[str, Any],
        out: Buffer,
        inputs: Sequence[Buffer],
        g: Buffer | None,
        targets: Sequence[Buffer | None],
    ) -> None:
        self.op = op
        self.attrs = dict(attrs)
        self.out = out
        self.inputs = tuple(inputs)
        self.g = out if g is None else g
        self.targets = tuple(targets)
        self.prepare()

    @classmethod
    def takes(cls, shapes: Sequence[tuple[int, ...]], attrs: Mapping[str, Any]) -> bool:
        """Whether this kernel can stand in for the op on inputs of these shapes."""
        del shapes, attrs
        return True

    def prepare(self) -> None:  # noqa: B027 - most need none
        """Make the workspace that forward and backward write into."""

    @abstractmethod
    def forward(self) -> None:
        """Write `out`."""

    @abstractmethod
    def backward(self) -> None:
        """Write every target."""

    def like(self, pattern: Buffer, dtype: Any = None) -> Buffer:
        """A workspace of the shape and memory order of another buffer."""
        return buffer(pattern.shape, dtype or pattern.dtype, batch_last=not widened(pattern).flags.c_contiguous)


class Rules(Kernel):
    """Any op by its own rules: slower, for they return new arrays."""

    def forward(self) -> None:
        np.copyto(self.out, OPS[self.op].forward(*self.inputs, **self.attrs), casting="same_kind")

    def backward(self) -> None:
        gradients = OPS[self.op].vjp(self.g, self.out, *self.inputs, **self.attrs)
        for target, gradient in zip(self.targets, gradients, strict=True):
            if target is None:
                continue
            if gradient is None:
                target.fill(0)
            else:
                np.copyto(target, unbroadcast(gradient, target.shape), casting="same_kind")


class Elementwise(Kernel):
    """An element-wise op: each slot's gradient is written by `slope`, then summed where the slot was broadcast."""

    summed: ClassVar[Any] = None

    def prepare(self) -> None:
        self.whole = self.like(self.out) if any(self._broadcast(target) for target in self.targets) else self.out
        self.slots = [
            (slot, target, self._axes(target)) for slot, target in enumerate(self.targets) if target is not None
        ]

    @abstractmethod
    def slope(self, slot: int, into: Buffer) -> None:
        """Write upstream × local for one slot, in the shape of `out`."""

    def backward(self) -> None:
        for slot, target, axes in self.slots:
            if axes is None:
                self.slope(slot, target)
            else:
                self.slope(slot, self.whole)
                np.add.reduce(self.whole, axis=axes, out=target.reshape(self._kept(target)), keepdims=True)

    def _broadcast(self, target: Buffer | None) -> bool:
        return target is not None and target.shape != self.out.shape

    def _kept(self, target: Buffer) -> tuple[int, ...]:
        return (1,) * (self.out.ndim - target.ndim) + target.shape

    def _axes(self, target: Buffer) -> tuple[int, ...] | None:
        if not self._broadcast(target):
            return None
        kept = self._kept(target)
        return tuple(axis for axis, length in enumerate(self.out.shape) if kept[axis] != length)


KERNELS: dict[str, type[Kernel]] = {}

K = TypeVar("K", bound=type[Kernel])


def kernel(*ops: str) -> Callable[[K], K]:
    """Class decorator: this kernel stands in for these ops."""

    def register(cls: K) -> K:
        KERNELS.update(dict.fromkeys(ops, cls))
        return cls

    return register


def kernel_for(op: str, shapes: Sequence[tuple[int, ...]], attrs: Mapping[str, Any]) -> type[Kernel]:
    """The op's kernel where it has one that takes these shapes, else its rules."""
    cls = KERNELS.get(op, Rules)
    return cls if cls.takes(shapes, attrs) else Rules
