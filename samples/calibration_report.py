"""The calibration as a page for people: a table, and a picture of how often each class of confidence is wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 760, 400
LEFT, RIGHT, TOP, BOTTOM = 74, 16, 62, 66
"""Margins of the picture in pixels."""
FLOOR = 1e-4
"""Lowest share that the logarithmic axis shows; a class without a wrong cell stands on it."""
SCALE = 2
"""The picture is drawn this much larger and then shrunk, for smooth edges."""
COLOURS = {"sample": "#1F4E79", "quirk": "#5FA8A0", "scan": "#B5793B"}
NAMES = {
    "sample": "samples",
    "quirk": "quirk documents",
    "scan": "scans",
    "numbers": "number columns of all of them",
    "all": "all of them",
}
INK, QUIET, GRID = "#404040", "#7F7F7F", "#E4E4E4"
BAR_SHARE = 0.72
"""Share of a class's width that its bars take."""


@dataclass(frozen=True, slots=True)
class Bin:
    """One class of confidence."""

    lower: float
    upper: float
    cells: int
    wrong: int
    unflagged: int
    """Wrong cells that no finding points at."""

    @property
    def label(self) -> str:
        """Return the class as people write it."""
        return "1" if self.lower == self.upper else f"{self.lower:g} - {self.upper:g}"

    @property
    def share(self) -> float:
        """Share of its cells that are wrong."""
        return self.wrong / self.cells if self.cells else 0.0


def write_report(
    path: Path,
    tables: Mapping[str, Sequence[Bin]],
    documents: Mapping[str, tuple[int, int, int]],
    settings: str,
    worst: Mapping[str, int],
    *,
    sure: float,
    promise: int,
) -> None:
    """Write the page; ``documents`` gives documents, lost tables and lost records by source.

    ``worst`` counts the cells of at least ``sure`` that are wrong, by document and table.
    """
    lines = [
        "# Calibration of `keyakinan`",
        "",
        "Written by `make calibration`. Every cell of documents whose truth is known is held against the confidence",
        f"the program gave it. The promise: of cells of {sure:g} or more at most 1 in {promise:,} is wrong.",
        "",
        f"| cells of {sure:g} or more | cells | wrong | rate | promise |",
        "|---|---:|---:|---:|---|",
        *(_verdict(source, bins, sure, promise) for source, bins in tables.items()),
        "",
        "![Share of wrong cells by confidence](img/calibration.png)",
        "",
        "A cell counts when it holds something or should. A cell left blank that should hold something is wrong at the",
        "confidence of a blank. White space and letter case are not compared.",
        "",
    ]
    for source, (count, lost_tables, lost_records) in documents.items():
        lines.append(f"- {NAMES[source]}: {count}; tables not found {lost_tables}, records not found {lost_records}")
    lines += [f"- {settings}", ""]
    if worst:
        lines += [f"## Cells of {sure:g} or more that are wrong, by table", ""]
        lines += [
            f"- {place}: {count}" for place, count in sorted(worst.items(), key=lambda entry: (-entry[1], entry[0]))
        ]
        lines += [""]
    for source, bins in tables.items():
        lines += [f"## {NAMES[source].capitalize()}", "", *_table(bins), ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def write_picture(path: Path, tables: Mapping[str, Sequence[Bin]]) -> None:
    """Draw the share of wrong cells of each class, by source, over a logarithmic axis."""
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), "white")
    draw = ImageDraw.Draw(image)
    _text(draw, (LEFT, 10), "Share of wrong cells by stated confidence", 15, INK)
    _legend(draw, list(tables))
    _axis(draw)
    labels = [entry.label for entry in next(iter(tables.values()))]
    step = (WIDTH - LEFT - RIGHT) / len(labels)
    for place, label in enumerate(labels):
        start = LEFT + place * step
        _text(draw, (start + step / 2, HEIGHT - BOTTOM + 8), label, 12, INK, anchor="ma")
        _bars(draw, start, step, [(source, bins[place]) for source, bins in tables.items()])
    _text(draw, (LEFT + (WIDTH - LEFT - RIGHT) / 2, HEIGHT - 20), "confidence of the cell", 12, QUIET, anchor="ma")
    path.parent.mkdir(parents=True, exist_ok=True)
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(path, optimize=True)


def _verdict(source: str, bins: Sequence[Bin], sure: float, promise: int) -> str:
    counted = [entry for entry in bins if entry.lower >= sure]
    cells, wrong = sum(entry.cells for entry in counted), sum(entry.wrong for entry in counted)
    kept = "kept" if wrong * promise <= cells else "NOT kept"
    return f"| {NAMES[source]} | {cells:,} | {wrong:,} | {_rate(wrong, cells)} | {kept} |"


def _table(bins: Sequence[Bin]) -> list[str]:
    rows = [
        f"| {one.label} | {one.cells:,} | {one.wrong:,} | {_rate(one.wrong, one.cells)} | {one.unflagged:,} |"
        for one in bins
    ]
    head = "| confidence | cells | wrong | rate | wrong without a finding at the cell |"
    return [head, "|---|---:|---:|---:|---:|", *rows]


def _rate(wrong: int, cells: int) -> str:
    if not cells:
        return "–"
    return "0" if not wrong else f"{wrong / cells:.2%}" if wrong * 100 >= cells else f"1 in {cells / wrong:,.0f}"


def _y(share: float) -> float:
    """Return the height of a share on the picture."""
    depth = math.log10(max(share, FLOOR)) / math.log10(FLOOR)
    return TOP + depth * (HEIGHT - TOP - BOTTOM)


def _axis(draw: ImageDraw.ImageDraw) -> None:
    for share, label in ((1.0, "all"), (0.1, "1 in 10"), (0.01, "1 in 100"), (0.001, "1 in 1,000"), (FLOOR, "none")):
        height = _y(share)
        draw.line(_scaled((LEFT, height, WIDTH - RIGHT, height)), GRID, SCALE)
        _text(draw, (LEFT - 8, height), label, 11, QUIET, anchor="rm")


def _bars(draw: ImageDraw.ImageDraw, start: float, step: float, entries: Sequence[tuple[str, Bin]]) -> None:
    width = step * BAR_SHARE / len(entries)
    left = start + step * (1 - BAR_SHARE) / 2
    for source, entry in entries:
        if entry.cells:
            top, bottom = _y(entry.share), _y(FLOOR)
            box = (left + 1, min(top, bottom - 2), left + width - 1, bottom)
            draw.rectangle(_scaled(box), COLOURS[source])
            _text(draw, (left + width / 2, box[1] - 3), _short(entry.cells), 9, QUIET, anchor="ms")
        left += width


def _legend(draw: ImageDraw.ImageDraw, sources: Sequence[str]) -> None:
    left = float(LEFT)
    for source in sources:
        draw.rectangle(_scaled((left, 36, left + 10, 46)), COLOURS[source])
        _text(draw, (left + 15, 41), NAMES[source], 11, INK, anchor="lm")
        left += 30 + 6.2 * len(NAMES[source])
    _text(draw, (left + 6, 41), "number above a bar: cells", 11, QUIET, anchor="lm")


def _short(count: int) -> str:
    return str(count) if count < 1_000 else f"{count / 1_000:.1f}k"


def _scaled(box: tuple[float, float, float, float]) -> tuple[float, ...]:
    return tuple(edge * SCALE for edge in box)


def _text(
    draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, size: int, colour: str, *, anchor: str = "la"
) -> None:
    font = ImageFont.load_default(size * SCALE)
    draw.text((place[0] * SCALE, place[1] * SCALE), text, colour, font, anchor=anchor)
