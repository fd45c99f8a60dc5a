"""What a recapitulation adds up: amounts by agency, urusan, program and source of funds, largest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from export.rekap.model import Rekap, RekapRow, next_total, total
from export.rekap.names import fold
from normalize.model import Tingkat


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one name."""

    name: str
    amount: Decimal
    next_amount: Decimal
    agencies: int
    programs: int
    sub_kegiatan: int


def groups(rows: Sequence[RekapRow], name_of: Callable[[RekapRow], str]) -> tuple[Group, ...]:
    """Return the groups of the counted rows, the largest amount first, of equals by name."""
    gathered: dict[str, list[RekapRow]] = defaultdict(list)
    for row in rows:
        if row.counted:
            gathered[name_of(row)].append(row)
    made = [
        Group(
            name=name,
            amount=total(own),
            next_amount=next_total(own),
            agencies=len({row.agency for row in own}),
            programs=len({(row.agency, fold(row.program)) for row in own if row.program}),
            sub_kegiatan=count_sub_kegiatan(own),
        )
        for name, own in gathered.items()
    ]
    return tuple(sorted(made, key=lambda group: (-group.amount, group.name)))


def count_sub_kegiatan(rows: Sequence[RekapRow]) -> int:
    """Count the sub kegiatan of rows; further indicators, further funds and units of one agency count once."""
    return len(
        {
            (row.agency, fold(row.program), fold(row.kegiatan), row.code, fold(row.name))
            for row in rows
            if row.tingkat is Tingkat.SUB_KEGIATAN
        }
    )


def by_agency(rekap: Rekap) -> tuple[Group, ...]:
    """Return the totals of the agencies; one that gave no rows is there with zeros."""
    found = groups(rekap.rows, lambda row: row.agency)
    known = {group.name for group in found}
    empty = sorted({agency.name for agency in rekap.agencies} - known)
    return (*found, *(Group(name, Decimal(0), Decimal(0), 1, 0, 0) for name in empty))
