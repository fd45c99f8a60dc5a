"""Score a converter's CSVs against the expected CSVs of a sample.

    python samples/score.py EXPECTED_DIR OUT_DIR [--tables iii_1,iv_1]

EXPECTED_DIR holds ``tabel_<key>.csv`` as written by ``samples.generate``; OUT_DIR is a folder the ``renja``
command wrote. Rows are aligned in order by how many cells agree. White space and letter case are folded, numbers
compared as decimals, and ``-`` counts as blank.

P, R and F1 are over non-blank cells, ``num`` is F1 over number columns, ``rec`` the share of expected records whose
every cell is right, ``level`` the share of expected records whose ``tingkat`` is right.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path

LEVEL = "tingkat"
WORTH_PAIRING = 0.15
"""Rows that agree on a smaller share of their cells are not the same record."""
NUMBER_SUFFIXES = ("_rp", "_pagu", "pagu_indikatif", "kebutuhan_dana", "dana_indikatif", "prakiraan_maju")
PERCENT_KEYS = ("tingkat_capaian_k", "tingkat_capaian_rp", "tingkat_realisasi", "perkiraan_tingkat_capaian")

Record = Mapping[str, str]


@dataclass(slots=True)
class Tally:
    """Counts of cells and records; sums over tables by ``+``."""

    right: int = 0
    found: int = 0
    expected: int = 0
    right_numbers: int = 0
    found_numbers: int = 0
    expected_numbers: int = 0
    whole_records: int = 0
    right_levels: int = 0
    records: int = 0
    found_records: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Add field by field."""
        return Tally(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(Tally)))

    @property
    def precision(self) -> float:
        """Right cells over found cells."""
        return _share(self.right, self.found)

    @property
    def recall(self) -> float:
        """Right cells over expected cells."""
        return _share(self.right, self.expected)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.right, self.found + self.expected)

    @property
    def num(self) -> float:
        """F1 over number columns alone."""
        return _share(2 * self.right_numbers, self.found_numbers + self.expected_numbers)

    @property
    def rec(self) -> float:
        """Share of expected records that are wholly right."""
        return _share(self.whole_records, self.records)

    @property
    def level(self) -> float:
        """Share of expected records whose level is right."""
        return _share(self.right_levels, self.records)


def is_number_column(key: str) -> bool:
    """Say whether the contract declares the column as a plain number."""
    return key in PERCENT_KEYS or key.endswith(NUMBER_SUFFIXES)


def fold(key: str, text: str) -> str:
    """Return a cell in the form in which it is compared; blank and ``-`` are the empty string."""
    folded = re.sub(r"\s+", "", text).casefold().replace("–", "-").replace("−", "-")
    if folded in ("", "-") or not is_number_column(key):
        return "" if folded == "-" else folded
    try:
        return str(Decimal(folded).normalize())
    except InvalidOperation:
        return f"bad:{folded}"


def score_table(expected: Sequence[Record], found: Sequence[Record]) -> Tally:
    """Align two lists of records and count what agrees; columns the expected side lacks are ignored."""
    keys = [key for key in (expected[0] if expected else {}) if key != LEVEL]
    want = [{key: fold(key, row.get(key) or "") for key in keys} for row in expected]
    have = [{key: fold(key, row.get(key) or "") for key in keys} for row in found]
    numbers = [key for key in keys if is_number_column(key)]
    tally = Tally(records=len(want), found_records=len(have))
    tally.expected, tally.expected_numbers = _filled(want, keys), _filled(want, numbers)
    tally.found, tally.found_numbers = _filled(have, keys), _filled(have, numbers)
    for left, right in align(want, have):
        same = [key for key in keys if want[left][key] == have[right][key]]
        tally.right += sum(bool(want[left][key]) for key in same)
        tally.right_numbers += sum(bool(want[left][key]) for key in same if key in numbers)
        tally.whole_records += len(same) == len(keys)
        tally.right_levels += expected[left].get(LEVEL) == found[right].get(LEVEL)
    return tally


def wrong_numbers(expected: Sequence[Record], found: Sequence[Record]) -> list[tuple[int, str]]:
    """Return (1-based row of ``found``, column) of numbers wrong, missing or invented in paired records."""
    keys = [key for key in (expected[0] if expected else {}) if key != LEVEL]
    want = [{key: fold(key, row.get(key) or "") for key in keys} for row in expected]
    have = [{key: fold(key, row.get(key) or "") for key in keys} for row in found]
    return [
        (right + 1, key)
        for left, right in align(want, have)
        for key in keys
        if is_number_column(key) and have[right][key] != want[left][key]
    ]


def align(want: Sequence[Record], have: Sequence[Record]) -> list[tuple[int, int]]:
    """Pair records in order so that the sum of their agreement is greatest."""
    best = [[0.0] * (len(have) + 1) for _ in range(len(want) + 1)]
    for left, one in enumerate(want, 1):
        for right, other in enumerate(have, 1):
            agreement = _agreement(one, other)
            paired = best[left - 1][right - 1] + agreement if agreement > WORTH_PAIRING else 0.0
            best[left][right] = max(best[left - 1][right], best[left][right - 1], paired)
    pairs: list[tuple[int, int]] = []
    left, right = len(want), len(have)
    while left and right:
        if best[left][right] == best[left - 1][right]:
            left -= 1
        elif best[left][right] == best[left][right - 1]:
            right -= 1
        else:
            left, right = left - 1, right - 1
            pairs.append((left, right))
    return pairs[::-1]


def _agreement(one: Record, other: Record) -> float:
    used = [key for key in one if one[key] or other[key]]
    if not used:
        return 0.0
    return sum(1.0 if one[key] == other[key] else _likeness(one[key], other[key]) for key in used) / len(used)


def _likeness(one: str, other: str) -> float:
    """Return most of a point for nearly equal texts, so that damaged rows still find each other."""
    grams = [{text[index : index + 3] for index in range(max(1, len(text) - 2))} for text in (one, other) if text]
    return 0.8 * len(grams[0] & grams[1]) / len(grams[0] | grams[1]) if len(grams) == 2 else 0.0


def read_records(path: Path) -> list[dict[str, str]]:
    """Read a CSV; a missing file holds no records."""
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def score_folders(expected: Path, found: Path, tables: Iterable[str] = ()) -> dict[str, Tally]:
    """Score every expected table, or only the named ones; raises ``FileNotFoundError`` when nothing is expected."""
    wanted = set(tables)
    scores: dict[str, Tally] = {}
    for path in sorted(expected.glob("tabel_*.csv")):
        key = path.stem.removeprefix("tabel_")
        if not wanted or key in wanted:
            scores[key] = score_table(read_records(path), read_records(found / path.name))
    if not scores:
        raise FileNotFoundError(f"no tabel_*.csv to compare with in {expected}")
    return scores


def _filled(rows: Sequence[Record], keys: Sequence[str]) -> int:
    return sum(bool(row[key]) for row in rows for key in keys)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def main() -> None:
    """Print the scores of two folders."""
    parser = argparse.ArgumentParser(description="Score converted CSVs against a sample's expected CSVs.")
    parser.add_argument("expected", type=Path)
    parser.add_argument("found", type=Path)
    parser.add_argument("--tables", default="", help="comma-separated keys")
    arguments = parser.parse_args()
    scores = score_folders(arguments.expected, arguments.found, [key for key in arguments.tables.split(",") if key])
    print(f"{'table':10} rows found   F1     P      R      num    rec    level")
    for name, tally in [*scores.items(), ("ALL", sum(scores.values(), Tally()))]:
        shares = (tally.f1, tally.precision, tally.recall, tally.num, tally.rec, tally.level)
        print(f"{name:10} {tally.records:4} {tally.found_records:5} " + " ".join(f"{share:6.3f}" for share in shares))


if __name__ == "__main__":
    main()
