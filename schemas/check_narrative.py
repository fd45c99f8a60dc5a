"""Figures quoted in the prose of a Renja against its tables.

Chapter II tells of each sub kegiatan ``alokasi anggaran sebesar Rp. X dan terealisasi sebesar Rp. Y atau Z%``; chapter
III says how many programs there are and what they cost. Both are the best independent witness of the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from extract.finding_codes import finding
from extract.findings import Finding
from normalize.model import Document, Table, Tingkat
from schemas.equality_relations import first_table
from schemas.figures import figure_of, rupiah
from schemas.model import Schema
from schemas.money_text import read_money, read_percent
from schemas.outcome import Check
from schemas.relations import PERCENT, Outcome
from schemas.tree import build_tree

NARRATIVE_PERCENT_TOLERANCE = Decimal("0.01")
"""Percentage points by which a quoted ratio may be off: two decimals, cut or rounded."""

_AMOUNT = r"Rp\s*\.?\s*(\d[\d.,]*\d|\d)"
_SPENT = re.compile(
    rf"alokasi (?:dana |anggaran )*sebesar\s*{_AMOUNT}(?:(?!alokasi).){{0,80}}?"
    rf"realisasi\w*\s*(?:anggaran |dana )?(?:sebesar)?\s*{_AMOUNT}(?:(?!alokasi).){{0,30}}?(\d[\d.,]*)\s*%",
    re.IGNORECASE,
)
_SPELT = r"\s*(?:\([^)]*\)\s*)?"
_COUNTS = re.compile(
    rf"(\d+){_SPELT}Program\b[\s,]*(?:dan )?(\d+){_SPELT}Kegiatan\b[\s,]*(?:dan )?(\d+){_SPELT}Sub ?-?Kegiatan\b"
    rf"(?:(?:(?!\btotal\b).){{0,400}}?\btotal (?:(?!Rp).){{0,60}}?sebesar\s*{_AMOUNT})?",
    re.IGNORECASE,
)
_COUNTED = (
    (Tingkat.PROGRAM, "program"),
    (Tingkat.KEGIATAN, "kegiatan"),
    (Tingkat.SUB_KEGIATAN, "sub kegiatan"),
)


def check_narrative(document: Document, schemas: Mapping[str, Schema], narrative: str) -> Iterator[Check]:
    """Yield the checks of the prose against every table whose schema declares what prose quotes."""
    text = " ".join(narrative.split())
    for key, schema in schemas.items():
        index = first_table(document, key)
        rule = schema.rules.narrative
        if index is None:
            continue
        table = document.tables[index]
        if rule.allocation and rule.realisation:
            yield _check_spending(text, table, rule.allocation, rule.realisation)
        if rule.counts:
            yield _check_counts(text, table, rule.total)


def _check_spending(text: str, table: Table, allocation: str, realisation: str) -> Check:
    """Look up every quoted pair of amounts; one amount alone found in a row accuses the other."""
    rows = [(figure_of(record.get(allocation)), figure_of(record.get(realisation))) for record in table.records]
    findings: list[Finding] = []
    outcomes: list[tuple[str, Outcome]] = []
    for match in _SPENT.finditer(text):
        given, spent, percent = read_money(match[1]), read_money(match[2]), read_percent(match[3])
        if given is None or spent is None:
            continue
        quoted = f"alokasi {rupiah(given)}, realisasi {rupiah(spent)}"
        outcome = Outcome.HELD if (given, spent) in rows else Outcome.BROKEN
        outcomes.append((f"narasi = {table.key}: alokasi dan realisasi", outcome))
        if outcome is Outcome.BROKEN:
            near = [(number, row) for number, row in enumerate(rows, start=1) if given == row[0] or spent == row[1]]
            told = f"; baris {near[0][0]}: {_pair(near[0][1])}" if len(near) == 1 else ""
            findings.append(
                finding("RJ-CEK-011", quoted + told, table=table.key, row=near[0][0] if len(near) == 1 else None)
            )
        if percent is not None and given:
            ratio = PERCENT * spent / given
            right = abs(ratio - percent) <= NARRATIVE_PERCENT_TOLERANCE
            outcomes.append(("narasi: persentase realisasi", Outcome.HELD if right else Outcome.BROKEN))
            if not right:
                detail = f"{quoted}: tertulis {rupiah(percent)}%, hitungannya {rupiah(round(ratio, 2))}%"
                findings.append(finding("RJ-CEK-012", detail, table=table.key))
    return Check(tuple(findings), tuple(outcomes))


def _pair(row: tuple[object, object]) -> str:
    return ", ".join(rupiah(figure) if isinstance(figure, Decimal) else "kosong" for figure in row)


def _check_counts(text: str, table: Table, total: str) -> Check:
    levels = [branch.tingkat for branch in build_tree(table.records).walk()]
    totals = [
        figure
        for record in table.records
        if record.tingkat is Tingkat.TOTAL and isinstance(figure := figure_of(record.get(total)), Decimal)
    ]
    findings: list[Finding] = []
    outcomes: list[tuple[str, Outcome]] = []
    for match in _COUNTS.finditer(text):
        for (tingkat, label), told in zip(_COUNTED, match.groups()[:3], strict=True):
            found = levels.count(tingkat)
            outcome = Outcome.HELD if found == int(told) else Outcome.BROKEN
            outcomes.append((f"narasi = {table.key}: banyaknya", outcome))
            if outcome is Outcome.BROKEN:
                detail = f"narasi menyebut {told} {label}, tabel {table.key} memuat {found}"
                findings.append(finding("RJ-CEK-013", detail, table=table.key))
        quoted = read_money(match[4]) if match[4] else None
        if quoted is not None and totals:
            outcome = Outcome.HELD if quoted == totals[-1] else Outcome.BROKEN
            outcomes.append((f"narasi = {table.key}: total", outcome))
            if outcome is Outcome.BROKEN:
                detail = f"narasi menyebut total {rupiah(quoted)}, tabel {table.key} {rupiah(totals[-1])}"
                findings.append(finding("RJ-CEK-011", detail, table=table.key))
    return Check(tuple(findings), tuple(outcomes))
