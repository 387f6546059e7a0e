"""Engine objects as JSON: non-finite numbers as strings, long arrays as a summary with a preview."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import orjson

from engine import Evaluation, Graph
from engine.check import GradientCheck, InputCheck
from engine.errors import GraphError
from engine.op import Array, Op

PREVIEW = 256


def dumps(answer: Any) -> bytes:
    """JSON bytes of an answer that may hold NumPy arrays.

    Errors:  GraphError when a text or a number in it is none that JSON can carry
    """
    try:
        return orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY)
    except orjson.JSONEncodeError as error:
        raise GraphError(f"the answer holds what JSON cannot carry: {error}") from None


def number(value: float) -> float | str:
    """A number, or its name where it is not finite."""
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def array(value: Array, longest: int | None = None) -> Any:
    """A number or nested lists; above `longest` elements the array's summary."""
    if value.ndim == 0:
        return number(value.item())
    if longest is not None and value.size > longest:
        return summary(value)
    if np.isfinite(value).all():
        # orjson writes contiguous arrays by itself.
        return np.ascontiguousarray(value)
    return _named(value.tolist())


def summary(value: Array) -> dict[str, Any]:
    """Shape, leading corner, minimum, maximum and mean of a long array.

    Shapes:  the preview has the array's number of axes; the longest axis is halved until 256 elements are left
    """
    corner = list(value.shape)
    while math.prod(corner) > PREVIEW:
        longest = corner.index(max(corner))
        corner[longest] = (corner[longest] + 1) // 2
    with np.errstate(all="ignore"):
        low, high, mean = (number(float(f(value))) for f in (np.min, np.max, np.mean))
    preview = array(value[tuple(slice(length) for length in corner)])
    return {"shape": value.shape, "preview": preview, "min": low, "max": high, "mean": mean}


def document(graph: Graph) -> dict[str, Any]:
    """A graph's document, whole, with non-finite values named."""
    written = graph.to_document()
    for entry, node in zip(written["nodes"], graph.nodes, strict=True):
        if node.value is not None:
            entry["value"] = array(node.value)
    return written


def evaluation(result: Evaluation, longest: int) -> dict[str, Any]:
    """The answer of /api/evaluate."""
    nodes, edges = _told(result, longest)
    return {
        "graph": document(result.graph),
        "output": result.graph.output,
        "order": result.graph.ids,
        "nodes": {
            node: {"value": value, "gradient": gradient, "shape": shape}
            for node, value, gradient, shape in zip(result.graph.ids, *nodes, strict=True)
        },
        "edges": [
            {
                "source": edge.source,
                "target": edge.target,
                "slot": edge.slot,
                "value": value,
                "local": local,
                "gradient": gradient,
            }
            for edge, value, local, gradient in zip(result.graph.edges, *edges, strict=True)
        ],
        "warnings": [
            {"node": warning.node, "kind": warning.kind, "detail": warning.detail} for warning in result.warnings
        ],
    }


Columns = tuple[Sequence[Any], Sequence[Any], Sequence[Any]]


def _told(result: Evaluation, longest: int) -> tuple[Columns, Columns]:
    """Values, gradients and shapes of the nodes, then values, local derivatives and gradients of the edges, as JSON."""
    numbers = result.numbers
    if numbers is not None:
        values, gradients, slopes, carried = map(_numbers, numbers)
        brought = [values[place] for step in result.graph.steps for place in step.sources]
        return (values, gradients, [()] * len(values)), (brought, slopes, carried)
    found = list(result.values.values())
    return (
        (
            [array(value, longest) for value in found],
            [array(gradient, longest) for gradient in result.gradients.values()],
            [value.shape for value in found],
        ),
        (
            [array(edge.value, longest) for edge in result.edges],
            [None if edge.local is None else array(edge.local, longest) for edge in result.edges],
            [array(edge.gradient, longest) for edge in result.edges],
        ),
    )


def _numbers(column: Sequence[float]) -> Sequence[float | str]:
    return column if all(map(math.isfinite, column)) else [*map(number, column)]


def check(result: GradientCheck, longest: int) -> dict[str, Any]:
    """The answer of /api/check."""

    def compared(checks: Mapping[str, InputCheck]) -> dict[str, Any]:
        return {
            node: {
                "backprop": array(checked.backprop, longest),
                "numerical": array(checked.numerical, longest),
                "mean_abs_diff": number(checked.mean_abs_diff),
                "max_rel_error": number(checked.max_rel_error),
            }
            for node, checked in checks.items()
        }

    found: dict[str, Any] = {
        "inputs": compared(result.inputs),
        "forward_passes": result.forward_passes,
        "seconds": result.seconds,
        "kinks": [{"node": kink.node, "input": kink.input, "index": kink.index} for kink in result.kinks],
    }
    if result.nodes:
        found["nodes"] = compared(result.nodes)
    return found


def op(entry: Op) -> dict[str, Any]:
    """An op as the catalogue of /api/ops tells it."""
    return {
        "name": entry.name,
        "symbol": entry.symbol,
        "summary": entry.summary,
        "slots": entry.slots,
        "variadic": entry.variadic,
        "attrs": dict(entry.attrs),
        "rule": {"forward": entry.rule.forward, "local": entry.rule.local},
        "elementwise": entry.elementwise,
        "source": entry.source,
    }


def _named(value: Any) -> Any:
    return [_named(entry) for entry in value] if isinstance(value, list) else number(value)
