"""Measure the converter on random documents with layout quirks, and say which quirks hurt.

    python -m samples.measure [--count 200] [--seed 77] [--quirk NAME ...] [--keep DIR]

Besides the scores it counts numbers that are wrong or missing without a finding at their cell: there must be none.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from samples.quirks import QUIRKS, clash, draw_quirks, make_document
from samples.score import Tally, read_records, score_folders, wrong_numbers
from samples.truth import truth_to_csv

RENJA = Path(sys.executable).with_name("renja")
BATCH = 50
"""Documents given to one run of the command."""
MOST_QUIRKS = 3
WORST_SHOWN = 25


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the converter made of one document."""

    pdf: Path
    quirks: frozenset[str]
    tally: Tally
    lost_tables: int
    silently_wrong: tuple[str, ...]
    """``table row column`` of wrong or missing numbers no finding points at."""

    @property
    def exact(self) -> bool:
        """Whether every record and level is right and nothing was invented."""
        tally = self.tally
        return tally.rec == tally.level == 1.0 and tally.found_records == tally.records


def draw_documents(count: int, seed: int, quirks: frozenset[str], folder: Path) -> list[tuple[Path, frozenset[str]]]:
    """Write so many random documents with their expected CSVs; ``quirks`` are on in every one."""
    random = Random(seed)
    made: list[tuple[Path, frozenset[str]]] = []
    while len(made) < count:
        drawn = draw_quirks(random, random.randint(1, MOST_QUIRKS)) | quirks
        if clash(drawn):
            continue
        pdf, truth = make_document(seed * 10_000 + len(made), drawn, folder / "pdf")
        for table in truth.values():
            truth_to_csv(table, folder / "expected" / pdf.stem)
        made.append((pdf, drawn))
    return made


def convert(pdfs: Sequence[Path], out: Path) -> None:
    """Run the installed command; files it refuses show up as lost tables."""
    for start in range(0, len(pdfs), BATCH):
        batch = [str(pdf) for pdf in pdfs[start : start + BATCH]]
        subprocess.run([RENJA, "convert", *batch, "-o", out, "--format", "csv"], check=False, capture_output=True)


def judge(pdf: Path, quirks: frozenset[str], folder: Path) -> Outcome:
    """Compare one document's outputs with its truth."""
    expected, found = folder / "expected" / pdf.stem, folder / "out" / pdf.stem
    scores = score_folders(expected, found)
    flagged = {(row["table"], row["row"], row["column"]) for row in read_records(found / "temuan.csv")}
    silent = []
    for key in scores:
        name = f"tabel_{key}.csv"
        for row, column in wrong_numbers(read_records(expected / name), read_records(found / name)):
            if (key, str(row), column) not in flagged:
                silent.append(f"{key} row {row} {column}")
    lost = sum(not (found / f"tabel_{key}.csv").exists() for key in scores)
    return Outcome(pdf, quirks, sum(scores.values(), Tally()), lost, tuple(silent))


def report(outcomes: Iterable[Outcome]) -> None:
    """Print totals, the quirks that hurt, and the worst documents."""
    outcomes = list(outcomes)
    total = sum((outcome.tally for outcome in outcomes), Tally())
    print(f"documents {len(outcomes)}, exact {sum(outcome.exact for outcome in outcomes)}")
    print(f"records {total.records}, exact {total.rec:.4f}, level {total.level:.4f}")
    print(f"cells F1 {total.f1:.4f}, numbers F1 {total.num:.4f}")
    print(f"tables not found {sum(outcome.lost_tables for outcome in outcomes)}")
    print(f"numbers wrong or missing without a finding {sum(len(outcome.silently_wrong) for outcome in outcomes)}")
    by_quirk: dict[str, Tally] = defaultdict(Tally)
    for outcome in outcomes:
        for name in outcome.quirks:
            by_quirk[name] += outcome.tally
    for name, tally in sorted(by_quirk.items(), key=lambda entry: entry[1].rec):
        if tally.rec < 1:
            print(f"  {name:24}{tally.rec:7.3f} of {tally.records} records exact")
    inexact = sorted((outcome for outcome in outcomes if not outcome.exact), key=lambda outcome: outcome.tally.rec)
    for outcome in inexact[:WORST_SHOWN]:
        tally = outcome.tally
        print(f"{outcome.pdf.name}: rec {tally.rec:.2f} num {tally.num:.2f} rows {tally.found_records}/{tally.records}")
        for place in outcome.silently_wrong:
            print(f"    wrong without a finding: {place}")


def main() -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(description="Measure renja on random documents with layout quirks.")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=77)
    parser.add_argument("--quirk", nargs="*", default=[], choices=sorted(QUIRKS), help="on in every document")
    parser.add_argument("--keep", type=Path, help="keep documents and outputs in this empty or new folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        made = draw_documents(arguments.count, arguments.seed, frozenset(arguments.quirk), folder)
        convert([pdf for pdf, _ in made], folder / "out")
        report(judge(pdf, quirks, folder) for pdf, quirks in made)


if __name__ == "__main__":
    main()
