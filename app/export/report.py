"""A run as one page that needs nothing else: its configuration, curves, first-layer weights and confusion matrix."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.io import to_html

from app.runs.replica import Replica
from engine.sample import images

BLUE, ORANGE, GREY = "#0072b2", "#d55e00", "#999999"
SMOOTHED_OVER = 50
MOST_IMAGES = 100
MARGIN = {"t": 20, "b": 50, "l": 60, "r": 20}
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #222; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; } th { text-align: left; font-weight: 500; padding-right: 2rem; }
td { font-variant-numeric: tabular-nums; } th, td { border-bottom: 1px solid #ddd; padding-block: .2rem; }
"""


def page(run: Mapping[str, Any], metrics: Mapping[str, Any], replica: Replica, version: str) -> str:
    """The HTML of the report."""
    title = escape(run["name"] or f"Training run {run['id']}")
    figures = [("Loss", loss(metrics)), ("Accuracy", accuracy(metrics))]
    if (pixels := first_layer(replica)) is not None:
        figures.append(("What the first layer looks for", pixels))
    figures.append(("Answers on the test set", confusion(replica.confusion())))
    parts = []
    for number, (heading, figure) in enumerate(figures):
        html = to_html(figure, full_html=False, include_plotlyjs=number == 0, config={"displaylogo": False})
        parts.append(f"<h2>{escape(heading)}</h2>\n{html}")
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<style>{STYLE}</style>\n</head>\n<body>\n'
        f"<h1>{title}</h1>\n{_table(_facts(run))}\n<h2>Configuration</h2>\n{_table(_flat(run['config']))}\n"
        + "\n".join(parts)
        + f"\n<p>Backprop Explorer {escape(version)}</p>\n</body>\n</html>\n"
    )


def loss(metrics: Mapping[str, Any]) -> go.Figure:
    """The loss of every iteration, faint, and smoothed over its neighbours."""
    iteration = np.asarray(metrics["iteration"])
    values = np.array([value if isinstance(value, float | int) else np.nan for value in metrics["loss"]])
    width = min(SMOOTHED_OVER, max(len(values), 1))
    kernel = np.ones(width)
    smooth = np.convolve(values, kernel, "same") / np.convolve(np.ones(len(values)), kernel, "same")
    figure = go.Figure()
    figure.add_scatter(x=iteration, y=values, name="loss", line={"color": BLUE, "width": 1}, opacity=0.3)
    figure.add_scatter(x=iteration, y=smooth, name=f"mean of {width}", line={"color": BLUE, "width": 2})
    return _plain(figure, "iteration", "loss")


def accuracy(metrics: Mapping[str, Any]) -> go.Figure:
    """Accuracy per epoch as the book draws it: train, and test dashed, from 0 to 1."""
    epochs = metrics["epochs"]
    x = [epoch["epoch"] for epoch in epochs]
    figure = go.Figure()
    for name, dash, colour in (("train", "solid", BLUE), ("test", "dash", ORANGE)):
        y = [epoch[f"{name}_accuracy"] for epoch in epochs]
        figure.add_scatter(x=x, y=y, name=name, line={"color": colour, "dash": dash}, mode="lines+markers")
    figure.update_yaxes(range=[0, 1])
    return _plain(figure, "epoch", "accuracy")


def first_layer(replica: Replica) -> go.Figure | None:
    """First-layer weights as images on one scale; None where they have no such shape."""
    trainer = replica.trainer
    found = images(trainer.network.graph, trainer.weights(), trainer.dataset.image_shape)
    if found is None:
        return None
    figure = go.Figure()
    mosaic = _mosaic(found.pixels[:MOST_IMAGES] * (found.limit / 127))
    scale = {"colorscale": "RdBu", "zmin": -found.limit, "zmax": found.limit}
    figure.add_heatmap(z=mosaic, hoverongaps=False, **scale)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False, autorange="reversed", scaleanchor="x")
    return figure.update_layout(template="plotly_white", height=120 + 90 * len(mosaic) // 29, margin=MARGIN)


def _mosaic(images: NDArray[np.floating]) -> NDArray[np.floating]:
    """Images side by side, ten in a row, with gaps of one pixel.

    Shapes:  images (n, h, w) → ((h + 1) rows, (w + 1) 10)
    """
    count, height, width = images.shape
    columns = min(10, count)
    rows = -(-count // columns)
    tiles = np.full((rows * columns, height + 1, width + 1), np.nan)
    tiles[:count, :-1, :-1] = images
    grid = tiles.reshape(rows, columns, height + 1, width + 1).swapaxes(1, 2)
    return grid.reshape(rows * (height + 1), columns * (width + 1))


def confusion(matrix: NDArray[np.intp]) -> go.Figure:
    """The confusion matrix; the colour leaves the diagonal out, so that the mistakes can be seen."""
    mistakes = np.where(np.eye(len(matrix), dtype=bool), 0, matrix)
    labels = [str(label) for label in range(len(matrix))]
    figure = go.Figure()
    figure.add_heatmap(z=mistakes, x=labels, y=labels, text=matrix, texttemplate="%{text}", colorscale="Oranges")
    figure.update_yaxes(autorange="reversed")
    return _plain(figure, "answer", "digit")


def _plain(figure: go.Figure, x: str, y: str) -> go.Figure:
    figure.update_layout(template="plotly_white", height=420, margin=MARGIN)
    figure.update_xaxes(title=x)
    figure.update_yaxes(title=y)
    return figure


def _facts(run: Mapping[str, Any]) -> dict[str, Any]:
    facts = {
        "State": run["state"] if run["reason"] is None else f"{run['state']}: {run['reason']}",
        "Started": run["created"],
        "Iterations": f"{run['progress']['iteration']:,} of {run['progress']['iterations']:,}",
        "Seconds": f"{run['seconds']:.1f}",
        "Train accuracy": run["metrics"]["train_accuracy"],
        "Test accuracy": run["metrics"]["test_accuracy"],
        "Tags": ", ".join(run["tags"]),
        "Notes": run["notes"],
    }
    return {name: value for name, value in facts.items() if value not in (None, "")}


def _flat(config: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in config.items():
        if name == "optimizer":
            flat.update({"optimizer": value["name"], "learning rate": value["learning_rate"]})
        elif name == "graph":
            flat["graph"] = f"{len(value['nodes'])} nodes of one's own"
        elif value is not None:
            flat[name.replace("_", " ")] = value
    return flat


def _table(rows: Mapping[str, Any]) -> str:
    cells = (f"<tr><th>{escape(name)}</th><td>{escape(str(value))}</td></tr>" for name, value in rows.items())
    return f"<table>{''.join(cells)}</table>"
