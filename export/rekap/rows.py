"""The rows of one output that a recapitulation stacks: the sub kegiatan of its plan, once, with their funds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from export.naming import table_name
from export.rekap.model import Output, RekapRow
from export.rekap.names import one_line, readable_name, urusan_name
from export.sheets.flat_columns import Role, flat_sources
from export.sheets.flat_rows import FlatRow, flat_rows
from normalize.model import BLANK, Document, Table, Tingkat
from schemas.figures import Gap, figure_of
from schemas.money_text import MONEY, read_money
from schemas.row_match import dotted_code, fold_name

PLAN_TABLES = ("iii_1", "lampiran", "iv_1")
"""Tables that print the same plan, the ones to prefer first: III.1 has funds and places, IV.1 has neither."""
SIPD_TABLE = "lampiran"
Codes = dict[tuple[Tingkat, str], dict[str, set[str]]]
_REMARK = re.compile(r"\([^)]*\)")
_AROUND_NAME = re.compile(r"^(?:[\s\-•.,;:+&]|dan\b|\d+[.)])+|[\s:;,=+&-]+$", re.IGNORECASE)


def plan_tables(document: Document, preferred: Sequence[str] = PLAN_TABLES) -> tuple[Table, ...]:
    """Return the tables of the first kind of ``preferred`` that a document prints with rows; none when it has none."""
    for key in preferred:
        found = tuple(table for table in document.tables if table.key == key and table.records)
        if found:
            return found
    return ()


def agency_name(output: Output) -> str:
    """Return how the agency is called, after its output when the document does not say."""
    return readable_name(output.document.agency) or output.name


def rekap_rows(position: int, output: Output, tables: Sequence[Table]) -> Iterator[RekapRow]:
    """Yield the rows of an output's plan; a row paid from several funds, told in its text, gives one row for each."""
    plan = replace(output.document, tables=tuple(tables))
    codes = _printed_codes(output.document)
    for flat in flat_rows(plan):
        yield from _with_funds(_with_code(_row(position, output, tables[flat.table], flat), codes))


def printed_total(tables: Sequence[Table]) -> Decimal | None:
    """Return the total a plan prints: the last total row with an amount, added up over its tables."""
    totals: list[Decimal] = []
    for table in tables:
        columns = flat_sources(table).get(Role.PAGU, ())
        for record in reversed(table.records):
            number = next((n for c in columns if (n := record.get(c.key).number) is not None), None)
            if record.tingkat is Tingkat.TOTAL and number is not None:
                totals.append(number)
                break
    return sum(totals, Decimal(0)) if totals else None


def _row(position: int, output: Output, table: Table, flat: FlatRow) -> RekapRow:
    fields = flat.fields

    def text(role: Role) -> str:
        return one_line(fields.get(role, BLANK).text)

    parents = flat.parents
    unit = parents.get(Tingkat.KELOMPOK, "")
    pagu = fields.get(Role.PAGU, BLANK)
    return RekapRow(
        output=position,
        agency=agency_name(output),
        table=table_name(table),
        unit=readable_name(unit),
        urusan=urusan_name(parents.get(Tingkat.BIDANG_URUSAN) or parents.get(Tingkat.URUSAN, "")),
        program=readable_name(parents.get(Tingkat.PROGRAM, "")),
        kegiatan=one_line(parents.get(Tingkat.KEGIATAN, "")),
        code=dotted_code(text(Role.KODE)) or text(Role.KODE),
        code_from="",
        name=text(Role.URAIAN),
        tingkat=flat.tingkat,
        indicator=text(Role.INDIKATOR),
        target=text(Role.TARGET),
        amount=pagu.number,
        next_amount=fields.get(Role.PAGU_MAJU, BLANK).number,
        fund=fields.get(Role.SUMBER_DANA, BLANK).text,
        place=text(Role.LOKASI),
        number=flat.number,
        page=flat.page,
        unreadable=figure_of(pagu) is Gap.UNREADABLE,
    )


def _printed_codes(document: Document) -> Codes:
    """Return, for each level and folded name, the codes each plan table prints for it."""
    codes: Codes = {}
    for table in document.tables:
        if table.key not in PLAN_TABLES:
            continue
        sources = flat_sources(table)
        for record in table.records:
            code = next((c for column in sources.get(Role.KODE, ()) if (c := record.get(column.key).text)), "")
            name = next((n for column in sources.get(Role.URAIAN, ()) if (n := record.get(column.key).text)), "")
            if dotted_code(code) and name:
                told = codes.setdefault((record.tingkat, fold_name(name)), {})
                told.setdefault(table_name(table), set()).add(dotted_code(code))
    return codes


def _with_code(row: RekapRow, codes: Codes) -> RekapRow:
    """Give a row without a code the one that another table of its document prints for its name, if it is the only one.

    The SIPD print is asked first: its codes are of the current edition.
    """
    told = {} if row.code else codes.get((row.tingkat, fold_name(row.name)), {})
    for table in sorted(told, key=lambda name: (not name.startswith(SIPD_TABLE), name)):
        if len(told[table]) == 1:
            return replace(row, code=min(told[table]), code_from=table)
    return row


def _with_funds(row: RekapRow) -> Iterator[RekapRow]:
    parts = _fund_parts(row)
    if not parts:
        yield replace(row, fund=one_line(row.fund))
        return
    for index, (name, amount) in enumerate(parts):
        yield replace(
            row,
            fund=name,
            amount=amount,
            target=row.target if index == 0 else "",
            next_amount=row.next_amount if index == 0 else None,
        )


def _fund_parts(row: RekapRow) -> tuple[tuple[str, Decimal], ...]:
    """Return the funds a row's text splits its amount into; none unless they add up to it exactly."""
    parts: list[tuple[str, Decimal]] = []
    start = 0
    for match in MONEY.finditer(row.fund):
        name, amount = _fund_name(row.fund[start : match.start()]), read_money(match[1])
        if amount is None or not name:
            return ()
        parts.append((name, amount))
        start = match.end()
    fits = len(parts) > 1 and sum((amount for _, amount in parts), Decimal(0)) == row.amount
    return tuple(parts) if fits and not _fund_name(row.fund[start:]) else ()


def _fund_name(text: str) -> str:
    """Return the name in the text between two amounts: no remark in brackets, bullet, number or colon."""
    return _AROUND_NAME.sub("", one_line(_REMARK.sub(" ", text)))
