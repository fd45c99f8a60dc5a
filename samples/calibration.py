"""Hold the confidence of every cell against the truth.

    python -m samples.calibration [--quirks 150] [--seed 4711] [--scans arsiran ...] [--out docs]

Writes ``calibration.md`` and ``img/calibration.png``. The confidence of a cell is the lower one of its own and of what
its row is doubted for besides its cells. A blank cell that should hold something counts as wrong at the confidence of
a blank.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from export.plain_number import plain
from export.sheets.marks import table_of
from normalize.model import Document, Record, Table
from renja.pipeline import read_document
from renja.settings import Settings
from samples.calibration_report import Bin, write_picture, write_report
from samples.measure import draw_documents
from samples.scan import PRESETS, scan_pdf
from samples.score import LEVEL, align, fold, is_number_column, read_records

EDGES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 1.0)
"""Lower edges of the classes of confidence; the last one holds exactly 1."""
SURE = 0.99
PROMISE = 1_000
"""Of so many sure cells at most one may be wrong."""
SCAN_PRESET = "office"
WORST_SHOWN = 40
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class CellOutcome:
    """One cell of a document whose truth is known."""

    source: str
    """``sample``, ``quirk`` or ``scan``."""
    place: str
    confidence: float
    is_right: bool
    is_number: bool
    is_flagged: bool
    """Whether a finding points at it."""
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Lost:
    """What has no confidence to measure because it was not found at all."""

    tables: int
    records: int


def compare(source: str, document: Document, expected: Path) -> tuple[list[CellOutcome], Lost]:
    """Compare every cell of a document with its expected CSVs (``tabel_<key>.csv`` in the folder ``expected``)."""
    outcomes: list[CellOutcome] = []
    tables = records = 0
    for path in sorted(expected.glob("tabel_*.csv")):
        key = path.stem.removeprefix("tabel_")
        truth = read_records(path)
        table = next((table for table in document.tables if table.key == key), None)
        if table is None:
            tables += 1
            continue
        pairs = _pairs(table, truth)
        records += len(truth) - len(pairs)
        flagged = _flagged(document, table)
        outcomes += _cells(f"{source}:{document.name}:{key}", table, truth, pairs, flagged)
    return outcomes, Lost(tables, records)


def classes(outcomes: Iterable[CellOutcome]) -> tuple[Bin, ...]:
    """Count cells and wrong cells in each class of confidence."""
    counts: dict[float, Counter[str]] = defaultdict(Counter)
    for cell in outcomes:
        edge = max(edge for edge in EDGES if cell.confidence >= edge)
        counts[edge]["cells"] += 1
        if not cell.is_right:
            counts[edge]["wrong"] += 1
            counts[edge]["unflagged"] += not cell.is_flagged
    uppers = (*EDGES[1:], EDGES[-1])
    return tuple(
        Bin(edge, upper, counts[edge]["cells"], counts[edge]["wrong"], counts[edge]["unflagged"])
        for edge, upper in zip(EDGES, uppers, strict=True)
    )


def _pairs(table: Table, truth: Sequence[Mapping[str, str]]) -> list[tuple[int, int]]:
    keys = [key for key in (truth[0] if truth else {}) if key != LEVEL]
    want = [{key: fold(key, row.get(key) or "") for key in keys} for row in truth]
    have = [{key: fold(key, _shown(table, record, key)) for key in keys} for record in table.records]
    return align(want, have)


def _cells(
    place: str,
    table: Table,
    truth: Sequence[Mapping[str, str]],
    pairs: Sequence[tuple[int, int]],
    flagged: frozenset[tuple[int, str]],
) -> Iterator[CellOutcome]:
    keys = [key for key in (truth[0] if truth else {}) if key != LEVEL]
    wanted = {right: truth[left] for left, right in pairs}
    for index, record in enumerate(table.records):
        for key in keys:
            found, expected = _shown(table, record, key), wanted.get(index, {}).get(key) or ""
            if not fold(key, found) and not fold(key, expected):
                continue  # blank where blank belongs proves nothing
            yield CellOutcome(
                source=place.partition(":")[0],
                place=f"{place} row {index + 1} {key}",
                confidence=_confidence(record, key),
                is_right=fold(key, found) == fold(key, expected),
                is_number=is_number_column(key),
                is_flagged=(index + 1, key) in flagged,
                found=found,
                expected=expected,
            )


def _confidence(record: Record, key: str) -> float:
    lowest = min((value.confidence for value in record.values.values()), default=1.0)
    own = record.get(key).confidence
    return min(own, record.confidence) if record.confidence < lowest else own


def _shown(table: Table, record: Record, key: str) -> str:
    column = next((column for column in table.columns if column.key == key), None)
    value = record.get(key)
    if column is not None and column.kind.is_number:
        return "" if value.number is None else plain(value.number)
    return value.text


def _flagged(document: Document, table: Table) -> frozenset[tuple[int, str]]:
    return frozenset(
        (found.row, found.column)
        for found in document.findings
        if found.row is not None and table_of(found, document) is table
    )


def main() -> None:
    """Measure samples, random quirk documents and scans, and write the report."""
    parser = argparse.ArgumentParser(description="Hold the confidence of cells against the truth.")
    parser.add_argument("--quirks", type=int, default=150, help="random documents with layout quirks")
    parser.add_argument("--seed", type=int, default=4711)
    parser.add_argument(
        "--scans",
        nargs="*",
        default=["arsiran", "tanpa-spasi", "campuran"],
        metavar="SAMPLE",
        help="samples to read as scans",
    )
    parser.add_argument("--out", type=Path, default=_HERE.parent / "docs")
    arguments = parser.parse_args()
    outcomes: list[CellOutcome] = []
    lost: dict[str, Lost] = {}
    documents: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as temporary:
        for source, pdf, expected in _documents(arguments, Path(temporary)):
            cells, missed = compare(source, read_document(pdf, Settings()).document, expected)
            before = lost.get(source, Lost(0, 0))
            lost[source] = Lost(before.tables + missed.tables, before.records + missed.records)
            outcomes += cells
            documents[source] += 1
            wrong = [cell for cell in cells if not cell.is_right and cell.confidence >= SURE]
            print(f"{source:7}{pdf.stem:60.60}{len(cells):6} cells, {len(wrong)} sure and wrong", flush=True)
    sources = [source for source in ("sample", "quirk", "scan") if documents[source]]
    by_source = {source: classes(cell for cell in outcomes if cell.source == source) for source in sources}
    by_source["numbers"] = classes(cell for cell in outcomes if cell.is_number)
    by_source["all"] = classes(outcomes)
    settings = f"{arguments.quirks} quirk documents from seed {arguments.seed}"
    counts = {source: (documents[source], lost[source].tables, lost[source].records) for source in sources}
    worst = [cell for cell in outcomes if not cell.is_right and cell.confidence >= SURE]
    where = Counter(cell.place.partition(" ")[0] for cell in worst)
    write_report(arguments.out / "calibration.md", by_source, counts, settings, where, sure=SURE, promise=PROMISE)
    write_picture(arguments.out / "img" / "calibration.png", {source: by_source[source] for source in sources})
    for cell in worst[:WORST_SHOWN]:
        mark = "flagged" if cell.is_flagged else "SILENT"
        print(f"{mark} {cell.confidence:.3f} {cell.place}: '{cell.found}' for '{cell.expected}'")
    print(f"sure and wrong: {len(worst)} of {sum(cell.confidence >= SURE for cell in outcomes)}")


def _documents(arguments: argparse.Namespace, folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Yield (source, PDF, folder of expected CSVs)."""
    for pdf in sorted(_HERE.glob("*.pdf")):
        yield "sample", pdf, _HERE / "expected" / pdf.stem
    for pdf, _ in draw_documents(arguments.quirks, arguments.seed, frozenset(), folder):
        yield "quirk", pdf, folder / "expected" / pdf.stem
    for name in arguments.scans:
        scan = scan_pdf(
            _HERE / f"{name}.pdf", folder / f"{name}-{SCAN_PRESET}.pdf", PRESETS[SCAN_PRESET], arguments.seed
        )
        yield "scan", scan, _HERE / "expected" / name


if __name__ == "__main__":
    main()
