"""Read simulated scans of three small tables at every resolution and in every state, and write what became of them.

    python -m samples.scan_sweep [--only 200-degraded ...] [--out docs/scans.md]

Every page goes through the real engines, each document in a process of its own, so that memory is the document's.
A number is *silently wrong* when it is neither right nor blank and no finding points at it; *silently lost* when the
print holds it, the field is blank and no finding says so. Figures inside quantity texts count as numbers.
"""

from __future__ import annotations

import argparse
import re
import resource
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields, replace
from multiprocessing import get_context
from pathlib import Path
from random import Random

from rapidfuzz.distance import Indel

from extract.findings import Severity
from normalize.model import Document, Table
from renja.pipeline import read_document
from renja.settings import Settings
from samples.content.form_lampiran import table_lampiran
from samples.content.forms import FormOptions
from samples.content.forms_evaluasi import table_ii_1
from samples.content.forms_matrix import table_iii_1
from samples.content.model import Kind, SampleTable
from samples.content.notation import NOTATIONS
from samples.content.plan import make_plan
from samples.printers.blocks import TableBlock
from samples.printers.canvas import A4_LANDSCAPE, F4_LANDSCAPE, LEGAL_LANDSCAPE, CanvasPrinter, PageStyle
from samples.printers.layout import TableStyle
from samples.scan import PRESETS, ScanStyle, scan_pdf
from samples.scan_sweep_report import write_report
from samples.score import LEVEL, align, fold
from samples.truth import truth_of

SEED = 31
CLOSE_ENOUGH = 0.95
"""Likeness of two texts that count as close."""
MEBIBYTE = 1024
"""Kibibytes; the unit in which Linux tells the peak of a process."""
DPIS = (150, 200, 300)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class SweptForm:
    """One document of the sweep: a single table that fills about one page."""

    name: str
    table: Callable[[Random], SampleTable]
    page: PageStyle


def _e81(random: Random) -> SampleTable:
    plan = make_plan(random, "kesehatan", 2024, programs=2, kegiatan=1, sub=2)
    return table_ii_1(plan, FormOptions(NOTATIONS["id"]), random)


def _iii_1(random: Random) -> SampleTable:
    plan = make_plan(random, "pertanian", 2025, programs=2, kegiatan=1, sub=2)
    return table_iii_1(plan, FormOptions(NOTATIONS["id_sen"], code="cell"))


def _lampiran(random: Random) -> SampleTable:
    plan = make_plan(random, "satpol", 2023, programs=2, kegiatan=1, sub=2)
    return table_lampiran(plan, FormOptions(NOTATIONS["en"]))


FORMS = (
    SweptForm("E.81", _e81, PageStyle(LEGAL_LANDSCAPE, table=TableStyle(size=6.5), shade_parents=True)),
    SweptForm("III.1", _iii_1, PageStyle(A4_LANDSCAPE, table=TableStyle("Times-Roman", "Times-Bold", 8))),
    SweptForm("lampiran", _lampiran, PageStyle(F4_LANDSCAPE, table=TableStyle(size=6.5))),
)

STATES = {
    "clean": ScanStyle(),
    "degraded": ScanStyle(skew=0.7, noise=8, blur=0.7, jpeg_quality=55),
    "1-bit": ScanStyle(color="bilevel", skew=0.5, noise=8, blur=0.5),
    "sideways": ScanStyle(skew=0.5, noise=5, blur=0.5, quarter_turns=1),
}


def styles() -> dict[str, ScanStyle]:
    """Return the scans of the sweep by name: every state at every resolution, then phone and stamped paper."""
    swept = {f"{dpi}-{name}": replace(style, dpi=dpi) for dpi in DPIS for name, style in STATES.items()}
    return swept | {name: PRESETS[name] for name in ("phone", "stamped")}


@dataclass(slots=True)
class Outcome:
    """Counts over the pages of one scan; sums by ``+``, memory by the larger."""

    pages: int = 0
    seconds: float = 0.0
    """Of one CPU."""
    peak: float = 0.0
    """MiB."""
    expected_numbers: int = 0
    found_numbers: int = 0
    right_numbers: int = 0
    expected: int = 0
    found: int = 0
    close: int = 0
    records: int = 0
    whole: int = 0
    checked: int = 0
    """Printed figures whose silence was looked at."""
    warnings: int = 0
    """Findings graver than an information."""
    silent: list[str] = field(default_factory=list)
    """Places and readings of silently wrong numbers."""
    lost: list[str] = field(default_factory=list)
    """Places of silently lost numbers."""

    def __add__(self, other: Outcome) -> Outcome:
        """Add field by field."""
        total = Outcome(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(Outcome)))
        total.peak = max(self.peak, other.peak)
        return total

    @property
    def num(self) -> float:
        """F1 over number cells."""
        return 2 * self.right_numbers / max(1, self.expected_numbers + self.found_numbers)

    @property
    def close_share(self) -> float:
        """F1 over all cells, where a text may differ by a twentieth."""
        return 2 * self.close / max(1, self.expected + self.found)

    @property
    def rec(self) -> float:
        """Share of records whose every cell is exact."""
        return self.whole / max(1, self.records)


def read_scan(pdf: Path, truth: Mapping[str, object]) -> Outcome:
    """Convert one scan and compare its one table with the truth."""
    before = _cpu_seconds()
    reading = read_document(pdf, Settings())
    outcome = compare(reading.document, truth)
    outcome.seconds = _cpu_seconds() - before
    outcome.pages = len(reading.contents)
    outcome.peak = _peak_kibibytes() / MEBIBYTE
    return outcome


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _peak_kibibytes() -> int:
    """Return the peak of this process; getrusage would tell its parent's where that was higher (Linux)."""
    status = Path("/proc/self/status")
    if status.is_file():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        return int(lines["VmHWM"].split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def compare(document: Document, truth: Mapping[str, object]) -> Outcome:
    """Count what agrees with a truth as :func:`samples.truth.truth_of` gives it."""
    columns: Sequence[Mapping[str, str]] = truth["columns"]  # type: ignore[assignment]
    rows: Sequence[Mapping[str, Mapping[str, str | None]]] = truth["rows"]  # type: ignore[assignment]
    kinds = {column["key"]: column["kind"] for column in columns}
    want = [{key: _wanted(row, key, kinds[key]) for key in kinds} for row in rows]
    table = next((table for table in document.tables if table.key == truth["table"]), None)
    outcome = Outcome(records=len(want), expected=_filled(want, kinds))
    numeric = [key for key, kind in kinds.items() if kind != Kind.TEXT]
    plain_numbers = [key for key, kind in kinds.items() if kind == Kind.NUMBER]
    outcome.expected_numbers = _filled(want, plain_numbers)
    outcome.warnings = sum(found.severity is not Severity.INFO for found in document.findings)
    if table is None:
        return outcome
    have = [{key: _shown(table, index, key) for key in kinds} for index in range(len(table.records))]
    outcome.found, outcome.found_numbers = _filled(have, kinds), _filled(have, plain_numbers)
    flagged = {(found.row, found.column) for found in document.findings if found.table == table.key}
    for left, right in align([_folded(row) for row in want], [_folded(row) for row in have]):
        one, other = want[left], have[right]
        same = [key for key in kinds if fold(key, one[key]) == fold(key, other[key])]
        outcome.whole += len(same) == len(kinds)
        outcome.right_numbers += sum(bool(fold(key, one[key])) for key in same if key in plain_numbers)
        outcome.close += sum(bool(one[key]) and _close(one[key], other[key]) for key in kinds if key not in numeric)
        outcome.close += sum(bool(fold(key, one[key])) for key in same if key in numeric)
        for key in numeric:
            outcome.checked += bool(_figures(one[key]))
            if key in same or _figures(one[key]) == _figures(other[key]) or (right + 1, key) in flagged:
                continue
            place = f"{truth['table']} row {right + 1} {key}: {other[key]!r} for {one[key]!r}"
            (outcome.silent if _figures(other[key]) else outcome.lost).append(place)
    return outcome


def _wanted(row: Mapping[str, Mapping[str, str | None]], key: str, kind: str) -> str:
    text = (row["values"] if kind == Kind.NUMBER else row["cells"]).get(key) or ""
    return "" if text == "-" else text


def _shown(table: Table, index: int, key: str) -> str:
    column = next((column for column in table.columns if column.key == key), None)
    value = table.records[index].get(key)
    if column is not None and column.kind.is_number:
        return "" if value.number is None else f"{value.number:f}"
    return "" if value.text == "-" else value.text


def _folded(row: Mapping[str, str]) -> dict[str, str]:
    return {key: fold(key, text) for key, text in row.items() if key != LEVEL}


def _filled(rows: Iterable[Mapping[str, str]], keys: Iterable[str]) -> int:
    keys = list(keys)
    return sum(bool(fold(key, row[key])) for row in rows for key in keys)


def _close(one: str, other: str) -> bool:
    return Indel.normalized_similarity(fold("", one), fold("", other)) >= CLOSE_ENOUGH


def _figures(text: str) -> list[str]:
    return _FIGURE.findall(text)


def sweep(names: Sequence[str], folder: Path) -> dict[str, Outcome]:
    """Print the forms, scan them in every named style and read the scans; progress goes to standard output."""
    printed: list[tuple[SweptForm, Path, Mapping[str, object]]] = []
    for form in FORMS:
        table = form.table(Random(SEED))
        path = folder / f"{form.name}.pdf"
        CanvasPrinter(path, form.page).print([TableBlock(table)])
        printed.append((form, path, truth_of(table)))
    outcomes: dict[str, Outcome] = {}
    for name in names:
        outcomes[name] = Outcome()
        for seed, (form, path, truth) in enumerate(printed):
            scan = scan_pdf(path, folder / f"{form.name}-{name}.pdf", styles()[name], SEED + seed)
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                outcome = alone.submit(read_scan, scan, truth).result()
            outcomes[name] += outcome
            print(
                f"{name:14}{form.name:10}num {outcome.num:.3f} close {outcome.close_share:.3f} rec {outcome.rec:.3f} "
                f"silent {len(outcome.silent)} lost {len(outcome.lost)} warnings {outcome.warnings} "
                f"pages {outcome.pages} CPU s {outcome.seconds:.1f} MiB {outcome.peak:.0f}",
                flush=True,
            )
            for place in (*outcome.silent, *outcome.lost):
                print(f"    {place}", flush=True)
    return outcomes


def main() -> None:
    """Parse the command line, sweep and write the report."""
    parser = argparse.ArgumentParser(description="Read simulated scans in every state and at every resolution.")
    parser.add_argument("--only", nargs="*", choices=sorted(styles()), help="scans to read; no report is written")
    parser.add_argument("--out", type=Path, default=_HERE.parent / "docs" / "scans.md")
    parser.add_argument("--keep", type=Path, help="keep the printed and scanned PDFs in this folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        outcomes = sweep(arguments.only or list(styles()), folder)
    if not arguments.only:
        write_report(arguments.out, outcomes)


if __name__ == "__main__":
    main()
