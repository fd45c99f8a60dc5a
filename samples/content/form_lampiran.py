"""The SIPD print-out "Penetapan Renja": 17 columns, a sub kegiatan on two physical rows."""

from __future__ import annotations

from decimal import Decimal

from samples.content.forms import FormOptions, Level, amounts, levels, number_row
from samples.content.model import Column, Head, Kind, Row, SampleTable, Slot
from samples.content.plan import Plan

NATIONAL = "Meningkatkan Sumber Daya Manusia Yang Berkualitas Dan Berdaya Saing"
REGIONAL = "Peningkatan kualitas layanan dasar yang merata"


def table_lampiran(plan: Plan, options: FormOptions) -> SampleTable:
    """Build the annex; every sub kegiatan gives two records, the second with level ``indikator``."""
    year = plan.tahun
    heads = (
        Head("NO", slots=(Slot("no", 0.5),)),
        Head("KODE", slots=(Slot("kode", 1.9),)),
        Head("URUSAN / BIDANG URUSAN / PROGRAM / KEGIATAN / SUB KEGIATAN", slots=(Slot("uraian", 2.2),)),
        Head("INDIKATOR PROGRAM / KEGIATAN / SUB KEGIATAN", slots=(Slot("indikator", 2),)),
        Head("TARGET AKHIR PERIODE RENSTRA OPD", slots=(Slot("target_akhir_renstra", 1),)),
        Head(f"REALISASI CAPAIAN RENJA OPD TAHUN {year - 2}", slots=(Slot(f"realisasi_{year - 2}", 1.1),)),
        Head(f"PRAKIRAAN CAPAIAN TARGET RENJA OPD TAHUN {year - 1}", slots=(Slot(f"prakiraan_{year - 1}", 1.2),)),
        Head(
            "CAPAIAN KINERJA DAN KERANGKA PENDANAAN",
            (
                Head(f"TARGET {year}", slots=(Slot(f"target_{year}", 1),)),
                Head("PAGU INDIKATIF (Rp)", slots=(Slot("pagu_indikatif", 1.9, "right"),)),
                Head("LOKASI", slots=(Slot("lokasi", 1.4),)),
                Head("SUMBER DANA", slots=(Slot("sumber_dana", 1.3),)),
                Head(
                    "PRIORITAS",
                    (
                        Head("NASIONAL", slots=(Slot("prioritas_nasional", 1.3),)),
                        Head("DAERAH", slots=(Slot("prioritas_daerah", 1.3),)),
                    ),
                ),
            ),
        ),
        Head("KELOMPOK SASARAN", slots=(Slot("kelompok_sasaran", 1.2),)),
        Head(
            f"PRAKIRAAN MAJU RENCANA TAHUN {year + 1}",
            (
                Head("TARGET", slots=(Slot("prakiraan_target", 1),)),
                Head("PAGU INDIKATIF (Rp)", slots=(Slot("prakiraan_pagu", 1.9, "right"),)),
            ),
        ),
        Head("PERANGKAT DAERAH PENANGGUNG JAWAB", slots=(Slot("penanggung_jawab", 1.4),)),
    )
    rows = [
        _money_row("kelompok", plan, options, uraian=plan.perangkat_daerah.upper()),
        _money_row("urusan", plan, options, kode=plan.kode_urusan, uraian=plan.nama_urusan),
    ]
    programs = 0
    for level in levels(plan):
        if level.name == "bidang_urusan":
            rows.append(_money_row("bidang_urusan", plan, options, kode=level.kode, uraian=level.nama))
            continue
        programs += level.name == "program"
        rows.extend(_level_rows(level, plan, options, f"{programs}."))
    rows.append(_money_row("total", plan, options, uraian="J U M L A H"))
    return SampleTable(
        "lampiran",
        (
            "PENETAPAN RENCANA KERJA ORGANISASI PERANGKAT DAERAH (RENJA OPD)",
            f"{plan.perangkat_daerah} {plan.daerah}".upper(),
            f"TAHUN {year}",
        ),
        (),
        heads,
        number_row(options, heads),
        tuple(Column(slot.key, _kind(slot)) for head in heads for slot in head.leaves()),
        tuple(rows),
    )


def _kind(slot: Slot) -> Kind:
    if slot.key.endswith("pagu") or slot.key == "pagu_indikatif":
        return Kind.NUMBER
    return Kind.QUANTITY if slot.key == "prakiraan_target" or slot.key.startswith("target_2") else Kind.TEXT


def _money_row(level: str, plan: Plan, options: FormOptions, **cells: str) -> Row:
    texts, values = amounts(options, pagu_indikatif=plan.pagu, prakiraan_pagu=plan.pagu_maju)
    return Row(level, {**cells, **texts}, values, bold=True)


def _level_rows(level: Level, plan: Plan, options: FormOptions, number: str) -> list[Row]:
    texts, values = amounts(options, pagu_indikatif=level.pagu, prakiraan_pagu=level.pagu_maju)
    blank: dict[str, Decimal | None] = dict.fromkeys(values)
    agency = plan.perangkat_daerah
    context = {
        "prioritas_nasional": NATIONAL,
        "prioritas_daerah": REGIONAL,
        "kelompok_sasaran": agency,
        "penanggung_jawab": agency.upper(),
    }
    indicator = {
        "indikator": "\n".join(item.nama for item in level.indikator),
        f"target_{plan.tahun}": "\n".join(item.target for item in level.indikator),
    }
    if level.name == "program":
        return [
            Row(
                "program",
                {
                    "no": number,
                    "kode": level.kode,
                    "uraian": level.nama,
                    **indicator,
                    **texts,
                    "target_akhir_renstra": "-",
                    "prakiraan_target": "-",
                },
                values,
                bold=True,
            )
        ]
    if level.name == "kegiatan":
        return [
            Row(
                "kegiatan",
                {
                    "kode": level.kode,
                    "uraian": level.nama,
                    **indicator,
                    **texts,
                    **context,
                    "target_akhir_renstra": "-",
                    "prakiraan_target": "-",
                },
                values,
            )
        ]
    assert level.sub is not None
    fund = {"lokasi": f"{plan.daerah}, Semua Kecamatan, Semua Kel/Desa", "sumber_dana": level.sub.sumber_dana.upper()}
    return [
        Row("sub_kegiatan", {"kode": level.kode, "uraian": level.nama}, blank),
        Row(
            "indikator",
            {**indicator, **texts, **fund, **context, "prakiraan_target": level.indikator[0].target_maju},
            values,
        ),
    ]
