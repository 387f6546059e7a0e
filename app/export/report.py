"""A run as one page that needs nothing else: its configuration, curves, first-layer weights and confusion matrix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.io import to_html

from app.export.reason import told
from app.locale import messages
from app.runs.replica import Replica
from engine.sample import images

Translate = Callable[[str], str]
# The page's colours: a value, a gradient or a negative weight, and what is wrong.
BLUE, VERMILION, BAD = "#1d5fb8", "#b93c11", "#a8174f"
SIGNED = [[0, VERMILION], [0.5, "#ffffff"], [1, BLUE]]
WRONG = [[0, "#ffffff"], [1, BAD]]
SMOOTHED_OVER = 50
MOST_IMAGES = 100
MARGIN = {"t": 20, "b": 50, "l": 60, "r": 20}
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #222; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; } th { text-align: left; font-weight: 500; padding-right: 2rem; }
td { font-variant-numeric: tabular-nums; } th, td { border-bottom: 1px solid #ddd; padding-block: .2rem; }
"""


def page(
    run: Mapping[str, Any], metrics: Mapping[str, Any], replica: Replica, version: str, language: str = "en"
) -> str:
    """The HTML of the report, in the reader's language."""

    def t(text: str) -> str:
        return messages(language).get(text, text)

    title = escape(run["name"] or t("Training run {id}").replace("{id}", run["id"]))
    figures = [(t("Loss"), loss(metrics, t)), (t("Accuracy"), accuracy(metrics, t))]
    if (pixels := first_layer(replica)) is not None:
        figures.append((t("First-layer weights"), pixels))
    figures.append((t("Answers to the test images"), confusion(replica.confusion(), t)))
    parts = []
    for number, (heading, figure) in enumerate(figures):
        html = to_html(figure, full_html=False, include_plotlyjs=number == 0, config={"displaylogo": False})
        parts.append(f"<h2>{escape(heading)}</h2>\n{html}")
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<style>{STYLE}</style>\n</head>\n<body>\n'
        f"<h1>{title}</h1>\n{_table(_facts(run, t, language))}\n<h2>{escape(t('Settings'))}</h2>\n"
        f"{_table(_settings(run['config'], t))}\n"
        + "\n".join(parts)
        + f"\n<p>Backprop Explorer {escape(version)}</p>\n</body>\n</html>\n"
    )


def loss(metrics: Mapping[str, Any], t: Translate) -> go.Figure:
    """The loss of every iteration, faint, and smoothed over its neighbours."""
    iteration = np.asarray(metrics["iteration"])
    values = np.array([value if isinstance(value, float | int) else np.nan for value in metrics["loss"]])
    width = min(SMOOTHED_OVER, max(len(values), 1))
    kernel = np.ones(width)
    smooth = np.convolve(values, kernel, "same") / np.convolve(np.ones(len(values)), kernel, "same")
    figure = go.Figure()
    figure.add_scatter(x=iteration, y=values, name=t("loss"), line={"color": BLUE, "width": 1}, opacity=0.3)
    figure.add_scatter(x=iteration, y=smooth, name=t("smoothed"), line={"color": BLUE, "width": 2})
    return _plain(figure, t("iteration"), t("loss"))


def accuracy(metrics: Mapping[str, Any], t: Translate) -> go.Figure:
    """Accuracy per epoch as the book draws it: train, and test dashed, from 0 to 1."""
    epochs = metrics["epochs"]
    x = [epoch["epoch"] for epoch in epochs]
    figure = go.Figure()
    for name, dash, label in (("train", "solid", t("train")), ("test", "dash", t("test"))):
        y = [epoch[f"{name}_accuracy"] for epoch in epochs]
        figure.add_scatter(x=x, y=y, name=label, line={"color": BLUE, "dash": dash}, mode="lines+markers")
    figure.update_yaxes(range=[0, 1.02])
    return _plain(figure, t("epoch"), t("accuracy"))


def first_layer(replica: Replica) -> go.Figure | None:
    """First-layer weights as images on one scale; None where they have no such shape."""
    trainer = replica.trainer
    found = images(trainer.network.graph, trainer.weights(), trainer.dataset.image_shape)
    if found is None:
        return None
    figure = go.Figure()
    mosaic = _mosaic(found.pixels[:MOST_IMAGES] * (found.limit / 127))
    scale = {"colorscale": SIGNED, "zmin": -found.limit, "zmax": found.limit}
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


def confusion(matrix: NDArray[np.intp], t: Translate) -> go.Figure:
    """The confusion matrix; the colour leaves the diagonal out, so that the mistakes can be seen."""
    mistakes = np.where(np.eye(len(matrix), dtype=bool), 0, matrix)
    labels = [str(label) for label in range(len(matrix))]
    figure = go.Figure()
    figure.add_heatmap(z=mistakes, x=labels, y=labels, text=matrix, texttemplate="%{text}", colorscale=WRONG)
    figure.update_yaxes(autorange="reversed")
    return _plain(figure, t("read as"), t("digit"))


def _plain(figure: go.Figure, x: str, y: str) -> go.Figure:
    figure.update_layout(template="plotly_white", height=420, margin=MARGIN)
    figure.update_xaxes(title=x)
    figure.update_yaxes(title=y)
    return figure


def _facts(run: Mapping[str, Any], t: Translate, language: str) -> dict[str, Any]:
    states = {
        "queued": t("waiting for a free core"),
        "running": t("running"),
        "paused": t("paused"),
        "finished": t("finished"),
        "stopped": t("stopped"),
        "failed": t("failed"),
        "diverged": t("diverged"),
    }
    state = states[run["state"]]
    if run["reason"] is not None:
        state = t("{title}: {detail}").format(title=state, detail=told(run["reason"], language))
    facts = {
        t("State"): state,
        t("Started"): run["created"],
        t("Iterations"): f"{run['progress']['iteration']:,} / {run['progress']['iterations']:,}",
        t("Seconds"): f"{run['seconds']:.1f}",
        t("Train accuracy"): run["metrics"]["train_accuracy"],
        t("Test accuracy"): run["metrics"]["test_accuracy"],
        t("Tags"): ", ".join(run["tags"]),
        t("Notes"): run["notes"],
    }
    return {name: value for name, value in facts.items() if value not in (None, "")}


def _settings(config: Mapping[str, Any], t: Translate) -> dict[str, Any]:
    optimizer, graph = config["optimizer"], config.get("graph")
    named = {
        t("Data set"): config["dataset"],
        t("Architecture"): t("own graph") if graph else config["architecture"],
        t("Hidden layers"): None if graph else ", ".join(map(str, config["hidden"])),
        t("Activation"): None if graph else config["activation"],
        t("Initial weights"): None if graph else config["init"],
        t("Optimizer"): optimizer["name"],
        t("Learning rate"): optimizer["learning_rate"],
        t("Batch size"): config["batch_size"],
        t("Iterations"): f"{config['iterations']:,}",
        t("Weight decay"): config["weight_decay"] or None,
        t("Dropout"): config["dropout"] or None,
        t("Batch normalization"): "✓" if config["batch_norm"] else None,
        t("Gradient"): config["gradient"],
        t("Training images"): config["train_limit"],
        t("Seed"): config["seed"],
    }
    return {name: value for name, value in named.items() if value not in (None, "")}


def _table(rows: Mapping[str, Any]) -> str:
    cells = (f"<tr><th>{escape(name)}</th><td>{escape(str(value))}</td></tr>" for name, value in rows.items())
    return f"<table>{''.join(cells)}</table>"
