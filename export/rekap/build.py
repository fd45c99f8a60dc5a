"""Outputs of many agencies to one recapitulation: rows stacked, names spelt alike, nothing counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from export.rekap.checks import check_agencies, check_codes, check_list, check_rows
from export.rekap.model import Agency, Output, Rekap, RekapFinding, RekapRow, total
from export.rekap.names import fold, spellings, spelt
from export.rekap.rows import PLAN_TABLES, agency_name, plan_tables, printed_total, rekap_rows
from extract.finding_codes import finding
from schemas.figures import rupiah

LEAST_BLOCK_ROWS = 2
"""Rows a block must have for its repetition to be no chance."""

Line = tuple[str, str, Decimal | None, Decimal | None]
"""Name, indicator, amount and next year's amount of a row: what is equal when a row is printed twice."""


@dataclass(frozen=True, slots=True)
class _Block:
    """The rows of one unit in one table."""

    output: int
    year: int | None
    agency: str
    table: str
    unit: str
    rows: tuple[int, ...]
    """Positions in the stack."""
    lines: tuple[Line, ...]


def build_rekap(
    outputs: Sequence[Output], *, preferred: Sequence[str] = PLAN_TABLES, expected: Sequence[str] | None = None
) -> Rekap:
    """Return the recapitulation of outputs, in the order given.

    Of several outputs of one agency the first counts; a block of rows printed a second time does not. ``expected`` is
    the list of agencies there should be.
    """
    agencies: list[Agency] = []
    rows: list[RekapRow] = []
    seen: set[tuple[str, int | None]] = set()
    for position, output in enumerate(outputs):
        tables = plan_tables(output.document, preferred)
        name = agency_name(output)
        counted = (fold(name), output.document.year) not in seen
        seen.add((fold(name), output.document.year))
        rows += (replace(row, counted=counted) for row in rekap_rows(position, output, tables))
        agencies.append(
            Agency(
                name,
                output.name,
                output.document.year,
                tuple(dict.fromkeys(row.table for row in rows if row.output == position)),
                printed_total(tables),
                output.open_errors,
                counted and bool(tables),
            )
        )
    rows, repeated = _without_repetitions(rows, [output.document.year for output in outputs])
    rows = _spelt(rows)
    known = spellings(agency.name for agency in agencies)
    agencies = [replace(agency, name=spelt(agency.name, known)) for agency in agencies]
    findings = [
        *check_agencies(agencies, outputs),
        *check_list(agencies, expected),
        *repeated,
        *check_rows(agencies, rows),
        *check_codes(outputs, agencies),
    ]
    return Rekap(tuple(agencies), tuple(rows), tuple(findings), None if expected is None else len(expected))


def _without_repetitions(
    rows: Sequence[RekapRow], years: Sequence[int | None]
) -> tuple[list[RekapRow], list[RekapFinding]]:
    """Mark the rows of blocks that were printed before as not counted, and tell so."""
    marked = list(rows)
    findings: list[RekapFinding] = []
    first: list[_Block] = []
    for block in _blocks(rows, years):
        original = next((earlier for earlier in first if _repeats(block, earlier)), None)
        if original is None:
            first.append(block)
            continue
        for position in block.rows:
            marked[position] = replace(marked[position], counted=False)
        amount = rupiah(total(rows[position] for position in block.rows))
        where = original.agency if original.output != block.output else f"tabel {original.table}"
        detail = f"{block.unit or block.agency}, {len(block.rows)} baris, Rp {amount}; sudah ada pada {where}"
        place = rows[block.rows[0]]
        findings.append(
            RekapFinding(
                block.agency,
                finding("RJ-REKAP-005", detail, page=place.page, table=place.table, row=place.number, value=amount),
            )
        )
    return marked, findings


def _blocks(rows: Sequence[RekapRow], years: Sequence[int | None]) -> Iterable[_Block]:
    grouped: dict[tuple[int, str, str, int], list[int]] = {}
    run, before = 0, ("", "", -1)
    for position, row in enumerate(rows):
        if not row.counted:
            continue
        here = (row.table, row.unit, row.output)
        run += here != before
        before = here
        grouped.setdefault((row.output, row.table, row.unit, run), []).append(position)
    for (output, table, unit, _), positions in grouped.items():
        if len(positions) >= LEAST_BLOCK_ROWS and total(rows[p] for p in positions):
            lines = tuple(sorted((_line(rows[p]) for p in positions), key=str))
            yield _Block(output, years[output], rows[positions[0]].agency, table, unit, tuple(positions), lines)


def _line(row: RekapRow) -> Line:
    return fold(row.name), fold(row.indicator), row.amount, row.next_amount


def _repeats(block: _Block, earlier: _Block) -> bool:
    if block.lines != earlier.lines or block.year != earlier.year:
        return False
    if block.output == earlier.output:
        return True
    # Two agencies may plan the same by chance; a unit printed by its agency and by itself has one name.
    one, other = {fold(block.unit), fold(block.agency)}, {fold(earlier.unit), fold(earlier.agency)}
    return bool((one & other) - {""})


def _spelt(rows: Sequence[RekapRow]) -> list[RekapRow]:
    """Give every name that is grouped by its most common spelling."""
    known: Mapping[str, Mapping[str, str]] = {
        key: spellings(getattr(row, key) for row in rows) for key in ("agency", "urusan", "program", "fund")
    }
    return [
        replace(
            row,
            agency=spelt(row.agency, known["agency"]),
            urusan=spelt(row.urusan, known["urusan"]),
            program=spelt(row.program, known["program"]),
            fund=spelt(row.fund, known["fund"]),
        )
        for row in rows
    ]
