"""What only shows when the plans of several agencies lie side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rapidfuzz import fuzz

from export.rekap.model import UNSAID, Agency, Output, RekapFinding, RekapRow, total
from export.rekap.names import fold, one_line
from export.rekap.rows import PLAN_TABLES
from export.sheets.flat_columns import Role, flat_sources
from extract.finding_codes import Place, finding
from normalize.model import Tingkat
from schemas.figures import rupiah
from schemas.row_match import dotted_code, fold_name

SAME_AGENCY_PERCENT = 90.0
"""Likeness (rapidfuzz token ratio) from which a name on the list and one in a document mean one agency."""
MISSING_AGENCY = "RJ-REKAP-002"
MAX_NAMES_SHOWN = 4
"""Different names of one code that a message spells out."""
_NAMED_LEVELS = frozenset({Tingkat.PROGRAM, Tingkat.KEGIATAN, Tingkat.SUB_KEGIATAN})


def check_agencies(agencies: Sequence[Agency], outputs: Sequence[Output]) -> Iterator[RekapFinding]:
    """Yield outputs without a plan or a name, several outputs of one agency, and plans of different years."""
    years = Counter(agency.year for agency in agencies if agency.year is not None)
    usual = min(years, key=lambda year: (-years[year], -year), default=None)
    first: dict[tuple[str, int | None], Agency] = {}
    for agency, output in zip(agencies, outputs, strict=True):
        if not agency.tables:
            yield RekapFinding(agency.name, finding("RJ-REKAP-009", agency.output))
        if not output.document.agency:
            yield RekapFinding(agency.name, finding("RJ-REKAP-007", agency.output))
        key = (fold(agency.name), agency.year)
        if key in first:
            detail = f"{first[key].output} dihitung, {agency.output} tidak"
            yield RekapFinding(agency.name, finding("RJ-REKAP-001", detail))
        first.setdefault(key, agency)
    for agency in agencies:
        if agency.year != usual:
            detail = f"{agency.output}: {agency.year or UNSAID}, kebanyakan {usual}"
            yield RekapFinding(agency.name, finding("RJ-REKAP-008", detail))


def check_list(agencies: Sequence[Agency], expected: Sequence[str] | None) -> Iterator[RekapFinding]:
    """Yield agencies of the list that gave no output, and agencies that are not on it."""
    if expected is None:
        return
    left = {agency.name for agency in agencies}
    missing = []
    for name in expected:
        exact = next((other for other in sorted(left) if fold(other) == fold(name)), None)
        if exact is None:
            missing.append(name)
        else:
            left.discard(exact)
    for name in missing:
        alike = max(sorted(left), key=lambda other: _likeness(name, other), default="")
        if alike and _likeness(name, alike) >= SAME_AGENCY_PERCENT:
            left.discard(alike)
            yield RekapFinding(alike, finding("RJ-REKAP-003", f"daftar menulis '{name}'"))
        else:
            yield RekapFinding(name, finding(MISSING_AGENCY))
    for name in sorted(left):
        yield RekapFinding(name, finding("RJ-REKAP-003"))


def check_rows(agencies: Sequence[Agency], rows: Sequence[RekapRow]) -> Iterator[RekapFinding]:
    """Yield amounts that are missing from the sums, and sums that are not the total the document prints."""
    for position, agency in enumerate(agencies):
        own = [row for row in rows if row.output == position]
        for row in own:
            if row.unreadable:
                place = Place(page=row.page, table=row.table, row=row.number)
                yield RekapFinding(agency.name, finding("RJ-REKAP-010", row.name, **place))
        if not agency.counted or agency.printed_total is None:
            continue
        counted = total(row for row in own if row.counted)
        if counted != agency.printed_total:
            detail = (
                f"baris berjumlah Rp {rupiah(counted)}, dokumen mencetak Rp {rupiah(agency.printed_total)} "
                f"(selisih {rupiah(abs(counted - agency.printed_total))})"
            )
            yield RekapFinding(agency.name, finding("RJ-REKAP-006", detail, value=_plain(counted)))


def check_codes(outputs: Sequence[Output], agencies: Sequence[Agency]) -> Iterator[RekapFinding]:
    """Yield codes that different agencies print with different names."""
    named: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for output, agency in zip(outputs, agencies, strict=True):
        for code, name in _coded(output):
            named[code][fold_name(name)].setdefault(agency.name, one_line(name))
    for code in sorted(named):
        names = named[code]
        if len(names) < 2 or len({agency for users in names.values() for agency in users}) < 2:
            continue
        by_use = sorted(names.values(), key=lambda users: (-len(users), sorted(users)))
        told = [f"'{users[min(users)]}' ({', '.join(sorted(users))})" for users in by_use[:MAX_NAMES_SHOWN]]
        rarest = min(by_use[-1])
        yield RekapFinding(rarest, finding("RJ-REKAP-004", f"{code}: {'; '.join(told)}", value=code))


def _coded(output: Output) -> Iterator[tuple[str, str]]:
    for table in output.document.tables:
        if table.key not in PLAN_TABLES:
            continue
        sources = flat_sources(table)
        codes, names = sources.get(Role.KODE, ()), sources.get(Role.URAIAN, ())
        for record in table.records:
            code = next((found for column in codes if (found := dotted_code(record.get(column.key).text))), "")
            name = next((text for column in names if (text := record.get(column.key).text)), "")
            if code and name and record.tingkat in _NAMED_LEVELS:
                yield code, name


def _likeness(one: str, other: str) -> float:
    return fuzz.token_sort_ratio(fold(one), fold(other))


def _plain(amount: Decimal) -> str:
    return f"{amount:f}"
