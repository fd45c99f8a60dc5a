"""docs/benchmarks.md from the figures of one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.contest import Score
from bench.growth import Growth

BUSY_LOAD = 1.5
"""Load average before a run above which its figures are marked as taken on a busy machine."""

INTRODUCTION = """# Benchmarks

Written by `make bench`: one run, same documents, same machine, every run in a process of its own, contestants
interleaved round after round. Times are medians of wall-clock seconds from the open file to the last table, imports not
counted; CPU seconds stand beside them because they suffer less from a shared machine. Memory is the peak resident size
of the process. A program that fails on a document is shown as failing. How many tables a program *finds* is told, not
judged: only Renja Tables joins pages, types and checks the values and writes a workbook.
"""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where and when the figures were taken."""

    date: str
    machine: str
    load: float
    """Load average before the run."""
    versions: Mapping[str, str]
    repeats: int
    budget: float


@dataclass(frozen=True, slots=True)
class Pair:
    """A batch of documents with one process and with two."""

    documents: int
    one: float
    """Seconds."""
    two: float


def render(
    circumstances: Circumstances,
    scores: Sequence[Score],
    pages: Mapping[Path, int],
    growth: Sequence[Growth],
    long: Sequence[Growth],
    scans: Sequence[Mapping[str, float]],
    pair: Pair | None,
) -> str:
    """Return the page as Markdown."""
    parts = [INTRODUCTION, _circumstances(circumstances)]
    for pdf in dict.fromkeys(score.pdf for score in scores):
        parts.append(f"## `{pdf.name}`, {pages[pdf]} pages\n")
        parts.append(_contest([score for score in scores if score.pdf == pdf], pages[pdf]))
    parts.append("![Pages per second and peak memory](img/benchmark-peers.png)\n")
    parts.append("## Cost against length\n\nThe first document once, twice, four and eight times over.\n")
    parts.append(_growth(growth))
    parts.append("![Cost against length](img/benchmark-growth.png)\n")
    parts.append("## Memory\n\nWhole conversion of digital documents joined from the samples.\n")
    parts.append(_memory(long))
    parts.append("## Scans\n")
    parts.append(_scans(scans))
    if pair is not None:
        parts.append("## Two processes\n")
        parts.append(
            f"{pair.documents} documents: `--jobs 1` {pair.one:.1f} s, `--jobs 2` {pair.two:.1f} s, "
            f"**{pair.one / pair.two:.2f}x**.\n"
        )
    return "\n".join(parts)


def _circumstances(told: Circumstances) -> str:
    busy = (
        " **The machine was busy with other work: wall-clock figures are too high and their ratios rough; "
        "compare CPU seconds.**"
        if told.load > BUSY_LOAD
        else ""
    )
    versions = ", ".join(f"{key} {number}" for key, number in told.versions.items())
    return (
        f"{told.date}. {told.machine}. Load average before the run {told.load:.1f}.{busy} Up to {told.repeats} runs "
        f"each; a contestant whose runs on one document took {told.budget:.0f} s is not run again (runs are told).\n\n"
        f"Versions: {versions}.\n"
    )


def _contest(scores: Sequence[Score], pages: int) -> str:
    by_key = {score.contestant.key: score for score in scores}
    extract, convert = by_key["extract"], by_key["convert"]
    lines = [
        "| program | runs | s | CPU s | pages/s | peak MB | tables | time / our extraction | time / our conversion |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for score in scores:
        title = score.contestant.title
        if score.failure or not score.runs:
            lines.append(f"| {title} | | fails: {score.failure} | | | | | | |")
            continue
        found = f"{score.runs[0].tables}" if score.contestant.key != "floor" else ""
        lines.append(
            f"| {title} | {len(score.runs)} | {score.seconds:.2f} | {score.cpu:.2f} | {pages / score.seconds:.1f} "
            f"| {score.megabytes:.0f} | {found} | {_ratio(score, extract)} | {_ratio(score, convert)} |"
        )
    return "\n".join(lines) + "\n"


def _ratio(score: Score, other: Score) -> str:
    if not other.runs or score is other:
        return ""
    return f"{score.seconds / other.seconds:.2f}" if other.seconds else ""


def _growth(growth: Sequence[Growth]) -> str:
    lines = ["| program | pages | s | ms/page | peak MB |", "|---|---:|---:|---:|---:|"]
    lines.extend(
        f"| {g.contestant.title} | {g.pages} | {g.seconds:.2f} | {1000 * g.seconds / g.pages:.0f} | {g.megabytes:.0f} |"
        for g in growth
    )
    return "\n".join(lines) + "\n"


def _memory(long: Sequence[Growth]) -> str:
    lines = ["| work | pages | s | peak MB |", "|---|---:|---:|---:|"]
    lines.extend(f"| {g.contestant.title} | {g.pages} | {g.seconds:.1f} | {g.megabytes:.0f} |" for g in long)
    return "\n".join(lines) + "\n"


def _scans(scans: Sequence[Mapping[str, float]]) -> str:
    lines = [
        "The recognition model alone reads the very crops our page hands it; *whole page* adds rendering,",
        "straightening, rulings, grids and words; *checked* asks Tesseract again about every line with a figure.\n",
        "| page | crops | model alone, s | whole page, s | ratio | checked, s | ratio |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    lines.extend(
        f"| {s['page']:.0f} | {s['crops']:.0f} | {s['bare']:.2f} | {s['whole']:.2f} | {s['whole'] / s['bare']:.2f} "
        f"| {s['checked']:.2f} | {s['checked'] / s['bare']:.2f} |"
        for s in scans
    )
    return "\n".join(lines) + "\n"
