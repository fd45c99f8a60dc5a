"""Cost against length: a document once, twice, four and eight times over, and memory at 100 and 1,000 pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import pypdfium2

from bench.contestants import Contestant, Run, run_once

FACTORS = (1, 2, 4, 8)
LENGTHS = (100, 1000)


@dataclass(frozen=True, slots=True)
class Growth:
    """What a contestant took for one length."""

    contestant: Contestant
    pages: int
    seconds: float
    megabytes: float


def make_document(sources: Sequence[Path], pages: int, target: Path) -> Path:
    """Write a PDF of so many pages: those of the sources in turn, over and over."""
    with pypdfium2.PdfDocument.new() as made:
        opened = [pypdfium2.PdfDocument(source) for source in sources]
        pool = [(document, number) for document in opened for number in range(len(document))]
        for document, number in islice(cycle(pool), pages):
            made.import_pages(document, [number])
        made.save(target)
        for document in opened:
            document.close()
    return target


def measure_growth(contestants: Sequence[Contestant], lengths: Sequence[Path], *, repeats: int) -> list[Growth]:
    """Measure every contestant on documents of growing length, interleaved."""
    runs: dict[tuple[str, Path], list[Run]] = {}
    for _ in range(repeats):
        for pdf in lengths:
            for contestant in contestants:
                run = run_once(contestant, pdf)
                if not run.failure:
                    runs.setdefault((contestant.key, pdf), []).append(run)
                print(f"growth  {pdf.stem:10} {contestant.key:16} {run.failure or f'{run.seconds:.2f} s'}", flush=True)
    return [
        Growth(
            contestant,
            _pages(pdf),
            median(run.seconds for run in runs[contestant.key, pdf]),
            median(run.megabytes for run in runs[contestant.key, pdf]),
        )
        for contestant in contestants
        for pdf in lengths
        if (contestant.key, pdf) in runs
    ]


def _pages(pdf: Path) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)
