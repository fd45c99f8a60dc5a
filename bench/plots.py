"""The pictures of docs/benchmarks.md, drawn in the peers' environment: ``python bench/plots.py DATA.json FOLDER``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot as plt

OURS = "#1b6ca8"
OTHERS = "#b0b7bf"
DPI = 110
COLOURS = 16
"""Flat pictures: a small palette keeps the files small."""


def main() -> None:
    """Draw the bars of speed and memory, and the lines of cost against length."""
    data = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    _bars(data["bars"], folder / "benchmark-peers.png")
    _lines(data["growth"], folder / "benchmark-growth.png")


def _bars(bars: list[dict[str, object]], target: Path) -> None:
    figure, axes = plt.subplots(1, 2, figsize=(10, 0.38 * len(bars) + 1), sharey=True)
    names = [bar["title"] for bar in reversed(bars)]
    colors = [OURS if bar["ours"] else OTHERS for bar in reversed(bars)]
    for axis, key, label in zip(axes, ("pages_per_second", "megabytes"), ("pages/s", "peak memory, MB"), strict=True):
        values = [bar[key] for bar in reversed(bars)]
        drawn = axis.barh(names, values, color=colors)
        axis.bar_label(drawn, fmt="%.3g", padding=3, fontsize=8)
        axis.set_xlabel(label)
        axis.margins(x=0.15)
        axis.spines[["top", "right"]].set_visible(False)
    _save(figure, target)


def _lines(growth: list[dict[str, object]], target: Path) -> None:
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.4))
    for axis, key, label in zip(axes, ("seconds", "megabytes"), ("seconds", "peak memory, MB"), strict=True):
        for name in dict.fromkeys(point["title"] for point in growth):
            points = [point for point in growth if point["title"] == name]
            axis.plot([p["pages"] for p in points], [p[key] for p in points], marker="o", markersize=3, label=name)
        axis.set_xlabel("pages")
        axis.set_ylabel(label)
        axis.set_ylim(bottom=0)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].legend(fontsize=8, frameon=False)
    _save(figure, target)


def _save(figure: plt.Figure, target: Path) -> None:
    from PIL import Image

    figure.tight_layout()
    figure.savefig(target, dpi=DPI)
    plt.close(figure)
    with Image.open(target) as picture:
        small = picture.convert("RGB").quantize(COLOURS * 4)
    small.save(target, optimize=True)


if __name__ == "__main__":
    main()
