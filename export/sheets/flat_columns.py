"""Which column of which table kind fills which column of the flat sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from normalize.model import Column, Table


class Role(StrEnum):
    """What a flat column tells, whatever a table kind calls it."""

    SASARAN = "sasaran"
    KODE = "kode"
    URAIAN = "uraian"
    INDIKATOR = "indikator"
    LOKASI = "lokasi"
    TARGET = "target"
    SATUAN = "satuan"
    PAGU = "pagu"
    REALISASI = "realisasi"
    REALISASI_RP = "realisasi_rp"
    TARGET_MAJU = "target_maju"
    PAGU_MAJU = "pagu_maju"
    SUMBER_DANA = "sumber_dana"
    KELOMPOK_SASARAN = "kelompok_sasaran"
    PRIORITAS_NASIONAL = "prioritas_nasional"
    PRIORITAS_DAERAH = "prioritas_daerah"
    PENANGGUNG_JAWAB = "penanggung_jawab"
    CATATAN = "catatan"


_KEYS: dict[Role, tuple[str, ...]] = {
    Role.SASARAN: ("sasaran",),
    Role.KODE: ("kode", "kode_rekening"),
    Role.URAIAN: ("uraian", "hasil_uraian"),
    Role.INDIKATOR: (
        "indikator_kinerja",
        "indikator",
        "hasil_indikator",
        "keluaran_tolok_ukur",
        "hasil_tolok_ukur",
        "capaian_program_tolok_ukur",
    ),
    Role.LOKASI: ("lokasi", "hasil_lokasi"),
    Role.TARGET: (
        "target_capaian",
        "target_renja_k",
        "target_renja",
        "hasil_target",
        "keluaran_target",
        "capaian_program_target",
    ),
    Role.SATUAN: ("satuan", "target_renstra_satuan"),
    Role.PAGU: ("pagu_indikatif", "dana_indikatif", "hasil_kebutuhan_dana", "target_renja_rp"),
    Role.REALISASI: ("realisasi_renja_k", "realisasi_renja"),
    Role.REALISASI_RP: ("realisasi_renja_rp",),
    Role.TARGET_MAJU: ("prakiraan_target",),
    Role.PAGU_MAJU: ("prakiraan_pagu", "prakiraan_maju"),
    Role.SUMBER_DANA: ("sumber_dana",),
    Role.KELOMPOK_SASARAN: ("kelompok_sasaran",),
    Role.PRIORITAS_NASIONAL: ("prioritas_nasional",),
    Role.PRIORITAS_DAERAH: ("prioritas_daerah",),
    Role.PENANGGUNG_JAWAB: ("penanggung_jawab",),
    Role.CATATAN: ("catatan_penting", "catatan"),
}
"""Keys by role, the ones to prefer first. A role takes the first key a record has a value for."""

_PLAN_YEAR_TARGET = re.compile(r"target_\d{4}")
"""A target whose key carries the plan year (``target_2024`` of the SIPD print)."""


def flat_sources(table: Table) -> dict[Role, tuple[Column, ...]]:
    """Return the columns each role is filled from, the ones to prefer first; roles not printed are absent."""
    return {role: columns for role in Role if (columns := tuple(_matching(table, role)))}


def _matching(table: Table, role: Role) -> Iterator[Column]:
    by_key = {column.key: column for column in table.columns}
    yield from (by_key[key] for key in _KEYS[role] if key in by_key)
    if role is Role.TARGET:
        yield from (column for column in table.columns if _PLAN_YEAR_TARGET.fullmatch(column.key))
