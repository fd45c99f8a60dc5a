"""The evaluation forms: II.1 as E.81 and as T-C.29, and II.2 (T-C.30)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from samples.content.forms import FormOptions, Level, amounts, caption, levels, number_row
from samples.content.model import Column, Head, Kind, Row, SampleTable, Slot
from samples.content.plan import Plan

QUARTERS = ("I", "II", "III", "IV")
CENT = Decimal("0.01")
E81_FORMULAS = {12: "12 = 8+9+10+11", 13: "13 = 6+12", 14: "14 = 13/5 x 100"}
E81_FORMULAS_17 = {12: "12 = 8+9+10+11", 13: "13 = 12/7x100", 14: "14 = 6+12", 15: "15 = 14/5x100"}
UNDECLARED = "x_"
"""Keys of printed columns the contract does not declare."""
TC29_FORMULAS = {
    "tingkat_realisasi": "8=(7/6)",
    "perkiraan_realisasi": "10=(5+7+9)",
    "perkiraan_tingkat_capaian": "11=(10/4)",
}


def table_ii_1(
    plan: Plan, options: FormOptions, random: Random, *, merged_sasaran: bool = True, columns: int = 15
) -> SampleTable:
    """Build the E.81 form: 25 leaf columns and the unlabelled satuan, quarters that sum to column 12.

    With 17 numbered columns a percentage of the year's own target (``13 = 12/7x100``) and a remark are printed too;
    the contract declares neither, so the truth leaves them out.
    """
    year = plan.tahun - 2

    def pair(title: str, key: str) -> Head:
        return Head(title, _k_rp(key))

    heads = (
        Head("Sasaran", slots=(Slot("sasaran", 1.5),)),
        Head("No", slots=(Slot("no", 0.6, "center"),)),
        Head("Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan", slots=(Slot("uraian", 2.6),)),
        Head("Indikator Kinerja Program (Outcome)/ Kegiatan (Output)", slots=(Slot("indikator_kinerja", 2.4),)),
        Head(
            f"Target Renstra sampai Tahun {year} (Akhir Periode Renstra)",
            (
                Head("K", slots=(Slot("target_renstra_k", 0.75), Slot("target_renstra_satuan", 1))),
                Head("Rp", slots=(Slot("target_renstra_rp", 1.75, "right"),)),
            ),
        ),
        pair(f"Realisasi Capaian Kinerja Renstra pada Renja Tahun {year - 1}", "realisasi_renstra"),
        pair(f"Target Kinerja dan Anggaran Renja Tahun {year}", "target_renja"),
        Head(
            "Realisasi Kinerja Pada Triwulan",
            tuple(Head(quarter, _k_rp(f"triwulan_{index}")) for index, quarter in enumerate(QUARTERS, 1)),
        ),
        pair(f"Realisasi Capaian Kinerja dan Anggaran Renja Yang Dievaluasi Tahun {year}", "realisasi_renja"),
        *(_own_percent(year) if columns == 17 else ()),
        pair(f"Realisasi Kinerja dan Anggaran Renstra s/d Tahun {year}", "realisasi_renstra_akhir"),
        Head(
            f"Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra s/d Tahun {year} (%)",
            (
                Head("K", slots=(Slot("tingkat_capaian_k", 0.95, "right"),)),
                Head("Rp", slots=(Slot("tingkat_capaian_rp", 0.95, "right"),)),
            ),
        ),
        Head("SKPD Penanggung Jawab", slots=(Slot("penanggung_jawab", 1.3),)),
        *((Head("Keterangan", slots=(Slot("x_keterangan", 1),)),) if columns == 17 else ()),
    )
    flat = levels(plan)
    money = {level.kode: _spent(random, level) for level in flat if level.sub}
    rows: list[Row] = []
    sasaran = f"Meningkatnya kualitas layanan {plan.perangkat_daerah}"
    numbers = _numbers(flat)
    for position, level in enumerate(flat):
        spent = _sum_money([money[leaf.kode] for leaf in flat if leaf.sub and leaf.kode.startswith(level.kode)])
        texts, values = amounts(options, **spent)
        cells = {"no": numbers[position], "uraian": _labelled(level), **texts}
        if level.sub:
            cells |= _volumes(random, level, options)
        if level.indikator:
            cells["indikator_kinerja"] = level.indikator[0].nama
        values |= _percent_truth(cells, spent, options, level)
        if columns == 17 and level.sub:
            own = _ratio(spent["realisasi_renja_rp"] or 0, spent["target_renja_rp"] or 1)
            cells |= {"x_capaian_k": "100,00", "x_capaian_rp": options.notation.percent(own)}
        merged = frozenset[str]()
        if position == 0:
            cells |= {"sasaran": sasaran, "penanggung_jawab": plan.perangkat_daerah}
        elif merged_sasaran:
            merged = frozenset(("sasaran", "penanggung_jawab"))
        rows.append(Row(level.name, cells, values, bold=level.name in ("bidang_urusan", "program"), merged_up=merged))
    return SampleTable(
        "ii_1",
        caption(
            options, "II.1", "EVALUASI TERHADAP HASIL RENCANA KERJA (RENJA) PERANGKAT DAERAH", f"TAHUN ANGGARAN {year}"
        ),
        (f"PERANGKAT DAERAH : {plan.perangkat_daerah.upper()}",),
        heads,
        _e81_numbering(options, columns),
        tuple(
            Column(slot.key, _e81_kind(slot.key))
            for head in heads
            for slot in head.leaves()
            if not slot.key.startswith(UNDECLARED)
        ),
        tuple(rows),
    )


def _k_rp(key: str) -> tuple[Head, ...]:
    return (Head("K", slots=(Slot(f"{key}_k", 0.75),)), Head("Rp", slots=(Slot(f"{key}_rp", 1.75, "right"),)))


def _e81_kind(key: str) -> Kind:
    if key.endswith("_rp") or key.startswith("tingkat_capaian"):
        return Kind.NUMBER
    return Kind.QUANTITY if key.endswith("_k") else Kind.TEXT


def _own_percent(year: int) -> tuple[Head, ...]:
    return (
        Head(
            f"Tingkat Capaian Kinerja dan Realisasi Anggaran Renja Tahun {year} (%)",
            (
                Head("K", slots=(Slot("x_capaian_k", 0.95, "right"),)),
                Head("Rp", slots=(Slot("x_capaian_rp", 0.95, "right"),)),
            ),
        ),
    )


def _e81_numbering(options: FormOptions, columns: int) -> tuple[tuple[str, int], ...]:
    if options.numbering == "none":
        return ()
    spans = (1, 1, 1, 1, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1) if columns == 15 else (1, 1, 1, 1, 3, *(2,) * 10, 1, 1)
    formulas = E81_FORMULAS if columns == 15 else E81_FORMULAS_17
    cells = []
    for ordinal, span in enumerate(spans, 1):
        text = formulas.get(ordinal, str(ordinal)) if options.numbering == "plain" else f"({ordinal})"
        cells.append((text, span))
    return tuple(cells)


def _labelled(level: Level) -> str:
    prefix = {"kegiatan": "KEGIATAN : ", "sub_kegiatan": "SUB KEGIATAN : "}.get(level.name, "")
    return f"{prefix}{level.nama}"


def _numbers(flat: list[Level]) -> list[str]:
    roman = ("I", "II", "III", "IV", "V", "VI", "VII")
    counts = {"bidang_urusan": 0, "program": 0, "kegiatan": 0, "sub_kegiatan": 0}
    numbers = []
    for level in flat:
        counts[level.name] += 1
        count = counts[level.name]
        numbers.append({"bidang_urusan": level.kode, "program": roman[min(count, 7) - 1]}.get(level.name, str(count)))
    return numbers


def _spent(random: Random, level: Level) -> dict[str, int]:
    assert level.sub is not None
    target = max(level.pagu, 1_000_000)
    quarters = [random.randint(0, target // 5) // 10 * 10 for _ in QUARTERS]
    if random.random() < 0.3:
        quarters[0] = 0
    before = target * random.randint(60, 190) // 100
    money = {
        "target_renstra_rp": target * random.randint(380, 520) // 100,
        "realisasi_renstra_rp": before,
        "target_renja_rp": target,
    }
    money |= {f"triwulan_{index}_rp": amount for index, amount in enumerate(quarters, 1)}
    money["realisasi_renja_rp"] = sum(quarters)
    money["realisasi_renstra_akhir_rp"] = before + sum(quarters)
    return money


def _sum_money(parts: list[dict[str, int]]) -> dict[str, int | None]:
    return {key: sum(part[key] for part in parts) for key in parts[0]}


def _volumes(random: Random, level: Level, options: FormOptions) -> dict[str, str]:
    assert level.sub is not None
    volume = max(level.sub.volume, 4)
    quarters = [volume // 4] * 3 + [volume - 3 * (volume // 4)]
    before = random.randint(1, 3) * volume
    cells = {
        "target_renstra_k": _whole(volume * 5, options),
        "target_renstra_satuan": level.sub.satuan,
        "realisasi_renstra_k": _whole(before, options),
        "target_renja_k": _whole(volume, options),
        "realisasi_renja_k": _whole(volume, options),
        "realisasi_renstra_akhir_k": _whole(before + volume, options),
    }
    cells |= {f"triwulan_{index}_k": _whole(count, options) for index, count in enumerate(quarters, 1)}
    cells["tingkat_capaian_k"] = options.notation.percent(_ratio(before + volume, volume * 5))
    return cells


def _percent_truth(
    cells: dict[str, str], spent: dict[str, int | None], options: FormOptions, level: Level
) -> dict[str, Decimal | None]:
    """Fill column 14 of sub kegiatan rows and return its truth."""
    if not level.sub:
        return {"tingkat_capaian_k": None, "tingkat_capaian_rp": None}
    done, target = spent["realisasi_renstra_akhir_rp"] or 0, spent["target_renstra_rp"] or 1
    ratio = _ratio(done, target)
    cells["tingkat_capaian_rp"] = options.notation.percent(ratio)
    printed = cells["tingkat_capaian_k"].replace(options.notation.decimal, ".")
    return {"tingkat_capaian_k": Decimal(printed), "tingkat_capaian_rp": ratio}


def _ratio(part: int, whole: int) -> Decimal:
    return (Decimal(100) * part / whole).quantize(CENT, ROUND_HALF_UP)


def _whole(count: int, options: FormOptions) -> str:
    return f"{count:,}".replace(",", options.notation.thousands)


def table_tc29(plan: Plan, options: FormOptions, random: Random) -> SampleTable:
    """Build T-C.29: 11 columns of quantities, formulas in the numbering row."""
    year = plan.tahun
    heads = (
        Head("Kode", slots=(Slot("kode", 1.7),)),
        Head("Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan", slots=(Slot("uraian", 2.8),)),
        Head("Indikator Kinerja Program (outcomes)/ Kegiatan (output)", slots=(Slot("indikator_kinerja", 2.6),)),
        Head(
            f"Target Kinerja Capaian Program (Renstra Perangkat Daerah) Tahun {year + 1}",
            slots=(Slot("target_renstra", 1.3),),
        ),
        Head(
            f"Realisasi Target Kinerja Hasil Program dan Keluaran Kegiatan s/d Tahun {year - 3}",
            slots=(Slot("realisasi_sd_tahun_lalu", 1.4),),
        ),
        Head(
            f"Target dan Realisasi Kinerja Program dan Kegiatan Tahun Lalu (n-2) {year - 2}",
            (
                Head(f"Target Renja Perangkat Daerah Tahun {year - 2}", slots=(Slot("target_renja", 1.2),)),
                Head(f"Realisasi Renja Perangkat Daerah Tahun {year - 2}", slots=(Slot("realisasi_renja", 1.2),)),
                Head("Tingkat Realisasi (%)", slots=(Slot("tingkat_realisasi", 1.1, "right"),)),
            ),
        ),
        Head(
            f"Target Program dan Kegiatan Renja Perangkat Daerah Tahun Berjalan {year - 1}",
            slots=(Slot("target_renja_berjalan", 1.3),),
        ),
        Head(
            f"Perkiraan Realisasi Capaian Target Renstra Perangkat Daerah s/d Tahun Berjalan {year - 1}",
            (
                Head(
                    "Realisasi Capaian Program dan Kegiatan s/d Tahun Berjalan",
                    slots=(Slot("perkiraan_realisasi", 1.4),),
                ),
                Head(
                    "Tingkat Capaian Realisasi Target Renstra (%)",
                    slots=(Slot("perkiraan_tingkat_capaian", 1.2, "right"),),
                ),
            ),
        ),
    )
    rows: list[Row] = []
    for level in levels(plan):
        cells = {"kode": level.kode, "uraian": level.nama}
        values: dict[str, Decimal | None] = {"tingkat_realisasi": None, "perkiraan_tingkat_capaian": None}
        if level.indikator:
            cells["indikator_kinerja"] = level.indikator[0].nama
        if level.sub:
            volume, unit = max(level.sub.volume, 2), level.sub.satuan
            before, done, now = random.randint(1, 2) * volume, random.randint(1, volume), volume
            counts = {
                "target_renstra": volume * 5,
                "realisasi_sd_tahun_lalu": before,
                "target_renja": volume,
                "realisasi_renja": done,
                "target_renja_berjalan": now,
                "perkiraan_realisasi": before + done + now,
            }
            cells |= {key: f"{_whole(count, options)} {unit}" for key, count in counts.items()}
            values = {
                "tingkat_realisasi": _ratio(done, volume),
                "perkiraan_tingkat_capaian": _ratio(before + done + now, volume * 5),
            }
            cells |= {key: options.notation.percent(value) for key, value in values.items()}
        rows.append(Row(level.name, cells, values, bold=level.name in ("bidang_urusan", "program")))
    columns = tuple(Column(slot.key, _tc29_kind(slot.key)) for head in heads for slot in head.leaves())
    return SampleTable(
        "ii_1_tc29",
        caption(
            options,
            "T-C.29",
            "REKAPITULASI EVALUASI HASIL PELAKSANAAN RENJA PERANGKAT DAERAH",
            f"DAN PENCAPAIAN RENSTRA PERANGKAT DAERAH S/D TAHUN {year - 1}",
            plan.daerah.upper(),
        ),
        (f"PERANGKAT DAERAH : {plan.perangkat_daerah.upper()}",),
        heads,
        number_row(options, heads, TC29_FORMULAS),
        columns,
        tuple(rows),
    )


def _tc29_kind(key: str) -> Kind:
    if key in ("kode", "uraian", "indikator_kinerja"):
        return Kind.TEXT
    return Kind.NUMBER if "tingkat" in key else Kind.QUANTITY


def table_ii_2(
    plan: Plan, options: FormOptions, random: Random, *, with_iku: bool = True, before: int = 2, forecast: int = 2
) -> SampleTable:
    """Build II.2 = T-C.30 for ``before`` past years and ``forecast`` projected ones, with or without iku and satuan."""
    past = [plan.tahun - offset for offset in range(before + 1, 0, -1)]
    ahead = [plan.tahun + offset for offset in range(forecast)]

    def years(title: str, key: str, listed: list[int]) -> Head:
        return Head(title, tuple(Head(str(year), slots=(Slot(f"{key}_{year}", 0.9, "center"),)) for year in listed))

    heads: list[Head] = [
        Head("No", slots=(Slot("no", 0.5, "center"),)),
        Head("Indikator", slots=(Slot("indikator", 2.6),)),
        Head("SPM/Standar Nasional", slots=(Slot("spm_standar_nasional", 1.1),)),
        Head("IKK (PP-6/'08)", slots=(Slot("ikk", 1),)),
    ]
    if with_iku:
        heads += [Head("IKU", slots=(Slot("iku", 2.2),)), Head("Satuan", slots=(Slot("satuan", 0.9, "center"),))]
    heads += [
        years("Target Renstra Perangkat Daerah", "target", past),
        years("Realisasi Capaian", "realisasi", past),
        years("Proyeksi", "proyeksi", ahead),
        Head("Catatan Analisis", slots=(Slot("catatan_analisis", 1.4),)),
    ]
    drawn = tuple(heads)
    rows: list[Row] = []
    for number, program in enumerate(plan.program, 1):
        goal = f"Meningkatnya hasil {program.nama.removeprefix('PROGRAM ').lower()}"
        first, *more = (program.indikator[0], *program.indikator[1:])
        values_of = _years(random, past, ahead, options)
        cells = {"no": str(number), "indikator": goal if with_iku else first.nama, **values_of, "catatan_analisis": ""}
        if number == 1:
            cells["catatan_analisis"] = "Target tercapai, dipertahankan"
        if with_iku:
            cells |= {"iku": first.nama, "satuan": "%" if number > 1 else "Nilai"}
        rows.append(Row("baris", cells))
        if with_iku:
            rows.extend(
                Row(
                    "indikator",
                    {"iku": item.nama, "satuan": "%", **_years(random, past, ahead, options)},
                    merged_up=frozenset(("no", "indikator", "spm_standar_nasional", "ikk", "catatan_analisis"))
                    if options.indicator_rows == "merged"
                    else frozenset(),
                )
                for item in more
            )
    return SampleTable(
        "ii_2",
        caption(options, "II.2", "PENCAPAIAN KINERJA PELAYANAN PERANGKAT DAERAH", plan.daerah.upper()),
        (f"PERANGKAT DAERAH : {plan.perangkat_daerah.upper()}",),
        drawn,
        number_row(options, drawn),
        tuple(
            Column(slot.key, Kind.QUANTITY if slot.key[-4:].isdigit() else Kind.TEXT)
            for head in drawn
            for slot in head.leaves()
        ),
        tuple(rows),
    )


def _years(random: Random, past: list[int], ahead: list[int], options: FormOptions) -> dict[str, str]:
    level = Decimal(random.randint(400, 9200)) / 100
    cells = {}
    for step, year in enumerate(past):
        cells[f"target_{year}"] = options.notation.percent(level + step)
        cells[f"realisasi_{year}"] = options.notation.percent(level + step + Decimal(random.randint(-150, 200)) / 100)
    for step, year in enumerate(ahead):
        cells[f"proyeksi_{year}"] = options.notation.percent(level + len(past) + step)
    return cells
