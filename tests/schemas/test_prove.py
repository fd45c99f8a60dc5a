"""Repair, checks and the findings of reading joined into one list."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from extract.finding_codes import finding
from normalize.model import Document, Table
from schemas.loader import load_schemas
from schemas.model import Schema
from schemas.prove import prove_document

Make = Callable[..., Table]
MakeDocument = Callable[..., Document]


def doubted(make_table: Make, make_document: MakeDocument, parent: str) -> Document:
    rows = [
        ("kegiatan", {"uraian": "Kegiatan", "pagu_indikatif": parent}),
        ("sub_kegiatan", {"uraian": "Sub", "pagu_indikatif": "102.150"}),
    ]
    table = make_table("iii_1", rows)
    record = table.records[1]
    value = replace(record.get("pagu_indikatif"), alternatives=(Decimal(102150),), confidence=0.6)
    record = replace(record, values={**record.values, "pagu_indikatif": value})
    doubt = finding("RJ-NUM-006", page=1, table="iii_1", row=2, column="pagu_indikatif", printed="102.150")
    return replace(make_document(replace(table, records=(table.records[0], record))), findings=(doubt,))


@pytest.mark.parametrize(
    ("parent", "codes"),
    [
        ("102150", ["RJ-FIX-001"]),
        ("102.15", ["RJ-FIX-002"]),
        ("5000", ["RJ-NUM-006", "RJ-CEK-002"]),
    ],
)
def test_a_doubt_is_told_once_by_what_is_known_of_it_last(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument, parent: str, codes: list[str]
) -> None:
    proof = prove_document(doubted(make_table, make_document, parent), schemas)
    assert [entry.code for entry in proof.document.findings] == codes


def test_findings_of_reading_that_are_no_number_doubts_are_kept(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    document = doubted(make_table, make_document, "102150")
    page = finding("RJ-PDF-001", page=7)
    proof = prove_document(replace(document, findings=(page, *document.findings)), schemas)
    assert [entry.code for entry in proof.document.findings] == ["RJ-PDF-001", "RJ-FIX-001"]


def test_a_kind_added_by_yaml_is_checked_by_the_rules_it_declares(
    tmp_path: Path, make_document: MakeDocument, table_of: Make
) -> None:
    (tmp_path / "kas.yaml").write_text(
        """
name: kas
title: Kas
level_column: uraian
fields:
  - {name: uraian, title: Uraian, kind: teks, headers: [Uraian]}
  - {name: masuk, title: Masuk, kind: rupiah, headers: [Masuk]}
  - {name: keluar, title: Keluar, kind: rupiah, headers: [Keluar]}
  - {name: saldo, title: Saldo, kind: rupiah, headers: [Saldo]}
checks:
  formulas:
    - formula: saldo = masuk - keluar
  sums:
    - columns: [saldo]
""",
        encoding="utf-8",
    )
    schemas = load_schemas(tmp_path)
    rows = [
        ("program", {"uraian": "P", "saldo": "12"}),
        ("kegiatan", {"uraian": "K", "masuk": "10", "keluar": "4", "saldo": "6"}),
        ("kegiatan", {"uraian": "L", "masuk": "9", "keluar": "4", "saldo": "9"}),
    ]
    table = table_of(schemas["kas"], rows)
    found = prove_document(make_document(table), schemas).document.findings
    assert [(entry.code, entry.row) for entry in found] == [("RJ-CEK-001", 3), ("RJ-CEK-002", 1)]
