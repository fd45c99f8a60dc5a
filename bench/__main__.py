"""``make bench``: this project, its peers and its limits, measured together; writes docs/benchmarks.md.

python -m bench [--repeats 5] [--budget 25] [--only KEY ...] [--out docs/benchmarks.md]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from bench.contest import Score, hold_contest
from bench.contestants import BENCH, CONTESTANTS, CONVERT, EXTRACT, FLOOR, PDFPLUMBER, PEERS_PYTHON
from bench.environment import load, machine, make_peers_environment, versions
from bench.growth import FACTORS, LENGTHS, Growth, make_document, measure_growth
from bench.report import Circumstances, render
from bench.scaling import scale
from samples.scan import ScanStyle, scan_pdf

ROOT = BENCH.parent
SAMPLES = ROOT / "samples"
DOCUMENTS = (
    SAMPLES / "payakumbuh-digital.pdf",
    SAMPLES / "bappeda-libreoffice.pdf",
    SAMPLES / "kecamatan-chromium.pdf",
)
SCANNED_PAGES = (8, 16)
"""Pages of the first document that are printed, scanned and recognised: wide tables of figures."""
SCAN = ScanStyle(dpi=200, noise=4.0, skew=0.4)
SCAN_REPEATS = 3


def main() -> None:
    """Run the whole benchmark."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--budget", type=float, default=25.0, help="seconds of runs of one program on one document")
    parser.add_argument("--only", nargs="*", help="keys of contestants")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md")
    asked = parser.parse_args()
    busy, today = load(), dt.datetime.now(tz=dt.UTC).date().isoformat()
    make_peers_environment()
    contestants = [c for c in CONTESTANTS if not asked.only or c.key in asked.only or c in (EXTRACT, CONVERT)]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        scores = hold_contest(contestants, DOCUMENTS, repeats=asked.repeats, budget=asked.budget)
        growth = _growth(work)
        long = _long(work)
        scans = _scans(work, min(asked.repeats, SCAN_REPEATS))
        pair = scale(DOCUMENTS[1], work).pair
    told = Circumstances(today, machine(), busy, versions(CONTESTANTS), asked.repeats, asked.budget)
    pages = {pdf: _pages(pdf) for pdf in DOCUMENTS}
    _draw(scores, growth, pages, asked.out.parent / "img")
    asked.out.write_text(render(told, scores, pages, growth, long, scans, pair), encoding="utf-8")
    print(f"wrote {asked.out}")


def _growth(work: Path) -> list[Growth]:
    pages = _pages(DOCUMENTS[0])
    lengths = [make_document(DOCUMENTS[:1], pages * factor, work / f"x{factor}.pdf") for factor in FACTORS]
    return measure_growth((FLOOR, EXTRACT, CONVERT), lengths, repeats=1) + measure_growth(
        (PDFPLUMBER,), lengths[:2], repeats=1
    )


def _long(work: Path) -> list[Growth]:
    lengths = [make_document(DOCUMENTS, pages, work / f"{pages}-pages.pdf") for pages in LENGTHS]
    return measure_growth((EXTRACT, CONVERT), lengths, repeats=1)


def _scans(work: Path, repeats: int) -> list[dict[str, float]]:
    with pypdfium2.PdfDocument(DOCUMENTS[0]) as source, pypdfium2.PdfDocument.new() as printed:
        printed.import_pages(source, [number - 1 for number in SCANNED_PAGES])
        printed.save(work / "printed.pdf")
    scan = scan_pdf(work / "printed.pdf", work / "scan.pdf", SCAN, seed=7)
    numbers = [str(number) for number in range(1, len(SCANNED_PAGES) + 1)]
    command = [sys.executable, "-m", "bench.scans", str(scan), *numbers, "--repeats", str(repeats)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    print("scans  ", done.stdout.strip(), flush=True)
    result: list[dict[str, float]] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def _draw(scores: Sequence[Score], growth: Sequence[Growth], pages: dict[Path, int], folder: Path) -> None:
    first = DOCUMENTS[0]
    data = {
        "bars": [
            {
                "title": score.contestant.title.replace("`", ""),
                "ours": not score.contestant.is_peer and score.contestant is not FLOOR,
                "pages_per_second": pages[first] / score.seconds,
                "megabytes": score.megabytes,
            }
            for score in scores
            if score.pdf == first and score.runs
        ],
        "growth": [
            {"title": g.contestant.title, "pages": g.pages, "seconds": g.seconds, "megabytes": g.megabytes}
            for g in growth
        ],
    }
    with tempfile.TemporaryDirectory() as work:
        file = Path(work) / "data.json"
        file.write_text(json.dumps(data), encoding="utf-8")
        subprocess.run([str(PEERS_PYTHON), str(BENCH / "plots.py"), str(file), str(folder)], check=True)


def _pages(pdf: Path) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


if __name__ == "__main__":
    main()
