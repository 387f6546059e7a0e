"""The curves of a run as a table that a spreadsheet opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any


def curves(metrics: Mapping[str, Any]) -> str:
    """One row an iteration; the accuracies stand where an epoch ended, iteration 0 included."""
    losses = dict(zip(metrics["iteration"], metrics["loss"], strict=True))
    epochs = {epoch["iteration"]: epoch for epoch in metrics["epochs"]}
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["iteration", "loss", "epoch", "train_accuracy", "test_accuracy"])
    for iteration in sorted({*losses, *epochs}):
        epoch = epochs.get(iteration, {})
        accuracies = (epoch.get(name, "") for name in ("epoch", "train_accuracy", "test_accuracy"))
        rows.writerow([iteration, losses.get(iteration, ""), *accuracies])
    return text.getvalue()
