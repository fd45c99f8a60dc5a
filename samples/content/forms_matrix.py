"""The plan matrices: II.3 (T-C.31), III.1 (T-C.33), IV.1 and the SIPD lampiran."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from samples.content.forms import FormOptions, Level, amounts, caption, code_slots, levels, number_row, total_row
from samples.content.model import Column, Head, Kind, Row, SampleTable, Slot
from samples.content.plan import Indikator, Plan

MEASURES = {"Capaian Program": "x_capaian", "Keluaran Sub Kegiatan": "x_keluaran", "Hasil Kegiatan": "x_hasil"}
NEED_GROWTH = Fraction(110, 100)
"""Column 11 of II.3 over column 6."""


def table_ii_3(plan: Plan, options: FormOptions) -> SampleTable:
    """Build II.3 = T-C.31, the review of the draft RKPD in two mirrored halves."""
    unit = options.unit_label if options.unit != 1 else "(Rp.)"
    heads = (
        Head("No", slots=(Slot("no", 0.5, "center"),)),
        Head(
            f"Rancangan Awal RKPD Tahun {plan.tahun}",
            (
                Head("Program/Kegiatan/ Sub Kegiatan", slots=(Slot("awal_uraian", 2.4),)),
                Head("Lokasi", slots=(Slot("awal_lokasi", 1.1),)),
                Head("Indikator Kinerja", slots=(Slot("awal_indikator", 2),)),
                Head("Target Capaian", slots=(Slot("awal_target", 1),)),
                Head(f"Pagu Indikatif {unit}", slots=(Slot("awal_pagu", 1.5, "right"),)),
            ),
        ),
        Head(
            "Hasil Analisis Kebutuhan",
            (
                Head("Program/Kegiatan/ Sub Kegiatan", slots=(Slot("hasil_uraian", 2.4),)),
                Head("Lokasi", slots=(Slot("hasil_lokasi", 1.1),)),
                Head("Indikator Kinerja", slots=(Slot("hasil_indikator", 2),)),
                Head("Target Capaian", slots=(Slot("hasil_target", 1),)),
                Head(f"Kebutuhan Dana {unit}", slots=(Slot("hasil_kebutuhan_dana", 1.5, "right"),)),
            ),
        ),
        Head("Catatan Penting", slots=(Slot("catatan_penting", 0.9),)),
    )
    rows: list[Row] = []
    counters = {"bidang_urusan": 0, "program": 0, "kegiatan": 0, "sub_kegiatan": 0}
    flat = levels(plan)
    need = _needs(flat, options.unit)
    for level in flat:
        counters[level.name] += 1
        count = counters[level.name]
        number = {"bidang_urusan": chr(64 + count), "sub_kegiatan": f"{count})"}.get(level.name, str(count))
        texts, values = amounts(
            options, awal_pagu=_rounded(flat, level, options.unit), hasil_kebutuhan_dana=need[level.kode]
        )
        lokasi = level.sub.lokasi if level.sub else ""
        first = level.indikator[0] if level.indikator else Indikator("", "", "")
        name = level.label(options)
        rows.append(
            Row(
                level.name,
                {
                    "no": number,
                    "awal_uraian": name,
                    "awal_lokasi": lokasi,
                    "awal_indikator": first.nama,
                    "awal_target": first.target,
                    "hasil_uraian": name,
                    "hasil_lokasi": lokasi,
                    "hasil_indikator": first.nama,
                    "hasil_target": first.target,
                    **texts,
                },
                values,
                bold=level.name in ("bidang_urusan", "program"),
            )
        )
        rows.extend(
            Row(
                "indikator",
                {
                    "awal_indikator": more.nama,
                    "awal_target": more.target,
                    "hasil_indikator": more.nama,
                    "hasil_target": more.target,
                },
                dict.fromkeys(values),
                merged_up=_merged(
                    options,
                    "no",
                    "awal_uraian",
                    "awal_lokasi",
                    "awal_pagu",
                    "hasil_uraian",
                    "hasil_lokasi",
                    "hasil_kebutuhan_dana",
                    "catatan_penting",
                ),
            )
            for more in level.indikator[1:]
        )
    top = flat[0]
    texts, values = amounts(options, awal_pagu=_rounded(flat, top, options.unit), hasil_kebutuhan_dana=need[top.kode])
    rows.append(Row("total", {"awal_uraian": "TOTAL", "hasil_uraian": "TOTAL", **texts}, values, bold=True))
    return SampleTable(
        "ii_3",
        caption(options, "II.3", f"REVIEW TERHADAP RANCANGAN AWAL RKPD TAHUN {plan.tahun}", plan.daerah.upper()),
        (f"PERANGKAT DAERAH : {plan.perangkat_daerah.upper()}",),
        heads,
        number_row(options, heads),
        (
            Column("no"),
            Column("awal_uraian"),
            Column("awal_lokasi"),
            Column("awal_indikator"),
            Column("awal_target", Kind.QUANTITY),
            Column("awal_pagu", Kind.NUMBER),
            Column("hasil_uraian"),
            Column("hasil_lokasi"),
            Column("hasil_indikator"),
            Column("hasil_target", Kind.QUANTITY),
            Column("hasil_kebutuhan_dana", Kind.NUMBER),
            Column("catatan_penting"),
        ),
        tuple(rows),
    )


def _merged(options: FormOptions, *keys: str) -> frozenset[str]:
    return frozenset(keys) if options.indicator_rows == "merged" else frozenset()


def _leaf_sum(flat: list[Level], level: Level, amount: dict[str, int]) -> int:
    return sum(amount[leaf.kode] for leaf in flat if leaf.sub and leaf.kode.startswith(level.kode))


def _rounded(flat: list[Level], level: Level, unit: int) -> int:
    return _leaf_sum(flat, level, {leaf.kode: leaf.pagu // unit * unit for leaf in flat if leaf.sub})


def _needs(flat: list[Level], unit: int) -> dict[str, int]:
    leaves = {leaf.kode: int(leaf.pagu * NEED_GROWTH) // unit * unit for leaf in flat if leaf.sub}
    return {level.kode: _leaf_sum(flat, level, leaves) for level in flat}


def table_iii_1(plan: Plan, options: FormOptions) -> SampleTable:
    """Build III.1 = T-C.33 with 6, 7 or 10 printed columns, a code column or none."""
    next_year = plan.tahun + 1
    code = code_slots(options, "kode")
    heads: list[Head] = [Head("Kode", slots=code)] if code else [Head("No", slots=(Slot("no", 0.5, "center"),))]
    heads.append(
        Head("Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan/ Sub Kegiatan", slots=(Slot("uraian", 3),))
    )
    heads.append(Head("Indikator Kinerja Program/Kegiatan/ Sub Kegiatan", slots=(Slot("indikator_kinerja", 2.6),)))
    lokasi = Head("Lokasi", slots=(Slot("lokasi", 1.3),))
    target = Head("Target Capaian Kinerja", slots=(Slot("target_capaian", 1.1),))
    pagu = Head("Kebutuhan Dana/Pagu Indikatif (Rp.)", slots=(Slot("pagu_indikatif", 1.6, "right"),))
    dana = Head("Sumber Dana", slots=(Slot("sumber_dana", 1),))
    match options.columns:
        case 6:
            heads += [lokasi, target, pagu]
        case 7:
            heads += [lokasi, target, pagu, dana]
        case 19:
            heads[-1:] = _three_measures(plan, lokasi, pagu, dana)
        case _:
            heads += [
                Head(f"Rencana Tahun {plan.tahun}", (lokasi, target, pagu, dana)),
                Head("Catatan Penting", slots=(Slot("catatan_penting", 0.9),)),
                Head(
                    f"Prakiraan Maju Rencana Tahun {next_year}",
                    (
                        Head("Target Capaian Kinerja", slots=(Slot("prakiraan_target", 1.1),)),
                        Head("Kebutuhan Dana/Pagu Indikatif (Rp.)", slots=(Slot("prakiraan_pagu", 1.6, "right"),)),
                    ),
                ),
            ]
    drawn = tuple(heads)
    shown = {slot.key for head in drawn for slot in head.leaves()}
    rows: list[Row] = []
    flat = levels(plan)
    for level in flat:
        texts, values = amounts(options, pagu_indikatif=level.pagu, prakiraan_pagu=level.pagu_maju)
        indikator = level.indikator
        inside = options.indicator_rows == "inside"
        first = _joined(indikator) if inside else (indikator[0] if indikator else Indikator("", "", ""))
        cells = {
            "kode": level.kode,
            "uraian": level.label(options),
            "indikator_kinerja": first.nama,
            "lokasi": level.sub.lokasi if level.sub else "",
            "target_capaian": first.target,
            "sumber_dana": level.sub.sumber_dana if level.sub else "",
            "prakiraan_target": first.target_maju,
            **(_measured(level, first) if indikator else {}),
            **texts,
        }
        rows.append(_row(shown, level.name, cells, values, bold=level.name in ("bidang_urusan", "program")))
        if inside:
            continue
        rows.extend(
            _row(
                shown,
                "indikator",
                {
                    "indikator_kinerja": more.nama,
                    "target_capaian": more.target,
                    "prakiraan_target": more.target_maju,
                    **_measured(level, more),
                },
                dict.fromkeys(values),
                merged_up=_merged(
                    options,
                    "no",
                    "kode",
                    "uraian",
                    "lokasi",
                    "pagu_indikatif",
                    "sumber_dana",
                    "catatan_penting",
                    "prakiraan_pagu",
                ),
            )
            for more in indikator[1:]
        )
    texts, values = amounts(options, pagu_indikatif=plan.pagu, prakiraan_pagu=plan.pagu_maju)
    texts = {key: text for key, text in texts.items() if key in shown}
    values = {key: value for key, value in values.items() if key in shown}
    rows.append(total_row(options, drawn, "TOTAL", "uraian", texts, values))
    columns = (
        Column("no"),
        Column("kode"),
        Column("uraian"),
        Column("indikator_kinerja"),
        Column("lokasi"),
        Column("target_capaian", Kind.QUANTITY),
        Column("pagu_indikatif", Kind.NUMBER),
        Column("sumber_dana"),
        Column("catatan_penting"),
        Column("prakiraan_target", Kind.QUANTITY),
        Column("prakiraan_pagu", Kind.NUMBER),
    )
    return SampleTable(
        "iii_1",
        caption(
            options,
            "III.1",
            f"RUMUSAN RENCANA PROGRAM DAN KEGIATAN PERANGKAT DAERAH TAHUN {plan.tahun}",
            f"DAN PRAKIRAAN MAJU TAHUN {next_year}",
            plan.daerah.upper(),
        ),
        (f"PERANGKAT DAERAH : {plan.perangkat_daerah.upper()}",),
        drawn,
        number_row(options, drawn),
        tuple(column for column in columns if column.key in shown),
        tuple(rows),
    )


def _three_measures(plan: Plan, lokasi: Head, pagu: Head, dana: Head) -> list[Head]:
    """Return what stands right of the name in the 19-column T-C.33: three indicators, three targets."""
    names = ("Capaian Program", "Keluaran Sub Kegiatan", "Hasil Kegiatan")
    return [
        Head("Indikator Kinerja", tuple(Head(name, slots=(Slot(f"{MEASURES[name]}_nama", 1.6),)) for name in names)),
        Head(
            f"Rencana Tahun {plan.tahun}",
            (
                lokasi,
                Head("Target", tuple(Head(name, slots=(Slot(f"{MEASURES[name]}_target", 0.9),)) for name in names)),
                pagu,
                dana,
            ),
        ),
        Head("Catatan Penting", slots=(Slot("catatan_penting", 0.8),)),
        Head(
            f"Prakiraan Maju Rencana Tahun {plan.tahun + 1}",
            (
                Head("Tolok Ukur", slots=(Slot("x_maju_tolok_ukur", 1.5),)),
                Head("Target", slots=(Slot("prakiraan_target", 0.9),)),
                Head("Kebutuhan Dana/Pagu Indikatif (Rp.)", slots=(Slot("prakiraan_pagu", 1.5, "right"),)),
            ),
        ),
    ]


def _measured(level: Level, item: Indikator) -> dict[str, str]:
    """Return the cells of one indicator in the 19-column T-C.33; the contract declares none but the last."""
    key = {"program": "x_capaian", "kegiatan": "x_hasil"}.get(level.name, "x_keluaran")
    return {f"{key}_nama": item.nama, f"{key}_target": item.target, "x_maju_tolok_ukur": item.nama}


def _joined(indikator: tuple[Indikator, ...]) -> Indikator:
    if len(indikator) < 2:
        return indikator[0] if indikator else Indikator("", "", "")
    return Indikator(
        "\n".join(f"- {item.nama}" for item in indikator),
        "\n".join(f"- {item.target}" for item in indikator),
        "\n".join(f"- {item.target_maju}" for item in indikator),
    )


def _row(
    shown: set[str],
    level: str,
    cells: dict[str, str],
    values: dict[str, Decimal | None],
    *,
    bold: bool = False,
    merged_up: frozenset[str] = frozenset(),
) -> Row:
    """Keep what this document prints."""
    return Row(
        level,
        {key: text for key, text in cells.items() if key in shown},
        {key: value for key, value in values.items() if key in shown},
        bold=bold,
        merged_up=merged_up & shown,
    )


def table_iv_1(plan: Plan, options: FormOptions) -> SampleTable:
    """Build IV.1, the matrix with three pairs of tolok ukur and target, and the account code."""
    measure = ("Tolok Ukur", "Target")

    def pair(title: str, key: str) -> Head:
        return Head(
            title,
            (
                Head(measure[0], slots=(Slot(f"{key}_tolok_ukur", 1.6),)),
                Head(measure[1], slots=(Slot(f"{key}_target", 0.9),)),
            ),
        )

    heads = (
        Head("Kode Rekening", slots=code_slots(options, "kode_rekening") or (Slot("kode_rekening", 1.9),)),
        Head("Urusan Pemerintah Daerah Program/Kegiatan/Sub Kegiatan", slots=(Slot("uraian", 2.6),)),
        Head("Prioritas Daerah", slots=(Slot("prioritas_daerah", 1.2),)),
        Head(
            "Indikator Kinerja",
            (
                pair("Capaian Program", "capaian_program"),
                pair("Keluaran Sub Kegiatan (Output)", "keluaran"),
                pair("Hasil Kegiatan (Outcome)", "hasil"),
            ),
        ),
        Head(f"Dana Indikatif Tahun {plan.tahun} (Rp.)", slots=(Slot("dana_indikatif", 1.5, "right"),)),
        Head(f"Prakiraan Maju Tahun {plan.tahun + 1} (Rp.)", slots=(Slot("prakiraan_maju", 1.5, "right"),)),
    )
    group = {"program": "capaian_program", "kegiatan": "hasil", "sub_kegiatan": "keluaran"}
    rows: list[Row] = []
    for level in levels(plan):
        texts, values = amounts(options, dana_indikatif=level.pagu, prakiraan_maju=level.pagu_maju)
        cells = {"kode_rekening": level.kode, "uraian": level.label(options), **texts}
        if level.name == "program":
            cells["prioritas_daerah"] = "Peningkatan kualitas layanan publik"
        for index, item in enumerate(level.indikator):
            pair_cells = {f"{group[level.name]}_tolok_ukur": item.nama, f"{group[level.name]}_target": item.target}
            if index == 0:
                cells.update(pair_cells)
                rows.append(Row(level.name, cells, values, bold=level.name == "program"))
            else:
                rows.append(
                    Row(
                        "indikator",
                        pair_cells,
                        dict.fromkeys(values),
                        merged_up=_merged(
                            options, "kode_rekening", "uraian", "prioritas_daerah", "dana_indikatif", "prakiraan_maju"
                        ),
                    )
                )
        if not level.indikator:
            rows.append(Row(level.name, cells, values, bold=True))
    texts, values = amounts(options, dana_indikatif=plan.pagu, prakiraan_maju=plan.pagu_maju)
    rows.append(total_row(options, heads, "TOTAL", "uraian", texts, values))
    return SampleTable(
        "iv_1",
        caption(options, "IV.1", "RENCANA KERJA DAN PENDANAAN PERANGKAT DAERAH", f"TAHUN {plan.tahun}"),
        (f"PERANGKAT DAERAH : {plan.perangkat_daerah.upper()}",),
        heads,
        number_row(options, heads),
        (
            Column("kode_rekening"),
            Column("uraian"),
            Column("prioritas_daerah"),
            Column("capaian_program_tolok_ukur"),
            Column("capaian_program_target", Kind.QUANTITY),
            Column("keluaran_tolok_ukur"),
            Column("keluaran_target", Kind.QUANTITY),
            Column("hasil_tolok_ukur"),
            Column("hasil_target", Kind.QUANTITY),
            Column("dana_indikatif", Kind.NUMBER),
            Column("prakiraan_maju", Kind.NUMBER),
        ),
        tuple(rows),
    )
