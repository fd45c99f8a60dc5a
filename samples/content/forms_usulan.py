"""The proposal tables: II.4.a.1, II.4.a.2, II.4.b (T-C.32) and IV.2."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from samples.content.forms import FormOptions, amounts, caption, number_row
from samples.content.model import Column, Head, Kind, Row, SampleTable, Slot
from samples.content.plan import DISTRICTS, VILLAGES, Kegiatan, Plan, SubKegiatan

WISHES = (
    "Rehabilitasi gedung pelayanan",
    "Pelatihan kader di tingkat kelurahan",
    "Pengadaan perlengkapan kegiatan warga",
    "Sosialisasi dan pendampingan kelompok masyarakat",
    "Bimbingan teknis pengelola",
)
REASONS = (
    "Sarana yang ada sudah tidak memadai",
    "Kurangnya keterampilan warga, terutama ibu rumah tangga dan pemuda yang belum bekerja",
    "Perlu pendampingan berkelanjutan agar usaha kelompok dapat berkembang",
    "Belum ada kegiatan serupa dalam tiga tahun terakhir",
)
ANSWERS = (
    "Telah diakomodir dalam pagu perangkat daerah",
    "Ditolak, karena bukan kewenangan perangkat daerah",
    "Diakomodir sebagian, sebanyak 1 paket (16 orang), dengan plafon dana sebesar Rp. 87.000.000,-",
)


def table_ii_4a_1(plan: Plan, options: FormOptions, random: Random, *, groups: int = 2, wishes: int = 3) -> SampleTable:
    """Build II.4.a.1: wishes of the musrenbang, grouped by kecamatan."""
    heads = _comparison_heads(
        plan, f"Hasil Musrenbang Kecamatan Tahun {plan.tahun - 1}", "lokasi", "Lokasi (Kelurahan)"
    )
    rows: list[Row] = []
    number = 0
    for group, district in enumerate(random.sample(DISTRICTS, groups)):
        roman = ("I", "II", "III", "IV", "V")[group]
        rows.append(
            Row(
                "kelompok",
                {"no": roman, "kegiatan_prioritas": f"Kecamatan {district}"},
                {"pagu_indikatif": None},
                bold=True,
            )
        )
        for _ in range(wishes):
            number += 1
            rows.append(_wish(random, plan, options, number, {"lokasi": random.choice(VILLAGES)}))
    return _comparison(
        "ii_4a_1",
        caption(
            options,
            "II.4.a.1",
            f"PERSANDINGAN DAFTAR KEGIATAN PRIORITAS HASIL MUSRENBANG KECAMATAN TAHUN {plan.tahun - 1}",
            f"DENGAN RANCANGAN RENJA PERANGKAT DAERAH TAHUN {plan.tahun}",
        ),
        plan,
        options,
        heads,
        rows,
    )


def table_ii_4a_2(plan: Plan, options: FormOptions, random: Random, *, wishes: int = 4) -> SampleTable:
    """Build II.4.a.2: wishes of members of the council (pokok pikiran)."""
    heads = _comparison_heads(
        plan, f"Daftar Kegiatan E-Pokir Tahun {plan.tahun - 1}", "pengusul_lokasi", "Pengusul dan Lokasi"
    )
    rows = [
        _wish(random, plan, options, number, {"pengusul_lokasi": f"Anggota DPRD {chr(64 + number)}"})
        for number in range(1, wishes + 1)
    ]
    return _comparison(
        "ii_4a_2",
        caption(
            options,
            "II.4.a.2",
            f"PERSANDINGAN DAFTAR KEGIATAN DAN E-POKIR TAHUN {plan.tahun - 1}",
            f"DENGAN RANCANGAN RENJA PERANGKAT DAERAH TAHUN {plan.tahun}",
        ),
        plan,
        options,
        heads,
        rows,
    )


def _comparison_heads(plan: Plan, left: str, place_key: str, place: str) -> tuple[Head, ...]:
    return (
        Head("No", slots=(Slot("no", 0.5, "center"),)),
        Head(
            left,
            (
                Head("Kegiatan Prioritas", slots=(Slot("kegiatan_prioritas", 2),)),
                Head(place, slots=(Slot(place_key, 1.3),)),
                Head("Indikator Kinerja", slots=(Slot("indikator_kinerja", 2.4),)),
                Head("Volume", slots=(Slot("volume", 1.2),)),
            ),
        ),
        Head(
            f"Kegiatan Sesuai Renja Perangkat Daerah Tahun {plan.tahun}",
            (
                Head(f"Kegiatan / Sub Kegiatan Rancangan Renja Tahun {plan.tahun}", slots=(Slot("kegiatan_renja", 3),)),
                Head(f"Pagu Indikatif Tahun {plan.tahun}", slots=(Slot("pagu_indikatif", 1.5, "right"),)),
                Head("Catatan Penting", slots=(Slot("catatan_penting", 2.4),)),
            ),
        ),
    )


def _wish(random: Random, plan: Plan, options: FormOptions, number: int, place: dict[str, str]) -> Row:
    kegiatan, sub = random.choice(_pairs(plan))
    answer = random.choice(ANSWERS)
    accepted = not answer.startswith("Ditolak")
    texts, values = amounts(options, pagu_indikatif=sub.pagu if accepted else None)
    people = random.choice((16, 20, 25, 50))
    volume = random.choice(("", f"{people} orang", f"{people} orang (Rp. {people}.000.000,-)", "2 paket"))
    cells = {
        "no": str(number),
        "kegiatan_prioritas": random.choice(WISHES),
        "indikator_kinerja": random.choice(REASONS),
        "volume": volume,
        "kegiatan_renja": f"Kegiatan {kegiatan.nama}\nSub Kegiatan {sub.nama}" if accepted else "",
        "catatan_penting": answer,
        **place,
        **texts,
    }
    return Row("baris", cells, values)


def _pairs(plan: Plan) -> list[tuple[Kegiatan, SubKegiatan]]:
    return [(kegiatan, sub) for program in plan.program for kegiatan in program.kegiatan for sub in kegiatan.sub]


def _comparison(
    key: str, lines: tuple[str, ...], plan: Plan, options: FormOptions, heads: tuple[Head, ...], rows: list[Row]
) -> SampleTable:
    kinds = {"volume": Kind.QUANTITY, "pagu_indikatif": Kind.NUMBER}
    return SampleTable(
        key,
        lines,
        (f"PERANGKAT DAERAH : {plan.perangkat_daerah.upper()}",),
        heads,
        number_row(options, heads),
        tuple(Column(slot.key, kinds.get(slot.key, Kind.TEXT)) for head in heads for slot in head.leaves()),
        tuple(rows),
    )


def table_ii_4b(plan: Plan, options: FormOptions, random: Random) -> SampleTable:
    """Build II.4.b = T-C.32: letters for programs, numbers for kegiatan, small letters for sub kegiatan."""
    heads = (
        Head("No", slots=(Slot("no", 0.5, "center"),)),
        Head("Program/Kegiatan", slots=(Slot("uraian", 3),)),
        Head("Lokasi", slots=(Slot("lokasi", 1.5),)),
        Head("Indikator Kinerja", slots=(Slot("indikator_kinerja", 2.6),)),
        Head("Besaran/Volume", slots=(Slot("besaran_volume", 1.2),)),
        Head("Catatan", slots=(Slot("catatan", 2.4),)),
    )
    rows: list[Row] = []
    for index, program in enumerate(plan.program[-2:]):
        rows.append(Row("program", {"no": "ABCD"[index], "uraian": _titled("Program ", program.nama)}, bold=True))
        for count, kegiatan in enumerate(program.kegiatan, 1):
            rows.append(Row("kegiatan", {"no": str(count), "uraian": f"Kegiatan {kegiatan.nama}"}, bold=True))
            rows.extend(
                Row(
                    "sub_kegiatan",
                    {
                        "no": "abcdefgh"[position],
                        "uraian": f"Sub Kegiatan {sub.nama}",
                        "lokasi": sub.lokasi,
                        "indikator_kinerja": sub.indikator.nama,
                        "besaran_volume": sub.indikator.target,
                        "catatan": random.choice(ANSWERS),
                    },
                )
                for position, sub in enumerate(kegiatan.sub)
            )
    return SampleTable(
        "ii_4b",
        caption(
            options,
            "II.4.b",
            f"USULAN PROGRAM DAN KEGIATAN DARI PARA PEMANGKU KEPENTINGAN TAHUN {plan.tahun}",
            plan.daerah.upper(),
        ),
        (f"PERANGKAT DAERAH : {plan.perangkat_daerah.upper()}",),
        heads,
        number_row(options, heads),
        tuple(
            Column(slot.key, Kind.QUANTITY if slot.key == "besaran_volume" else Kind.TEXT)
            for head in heads
            for slot in head.leaves()
        ),
        tuple(rows),
    )


def _titled(prefix: str, name: str) -> str:
    return f"{prefix}{name.removeprefix('PROGRAM ').title()}"


def table_iv_2(plan: Plan, options: FormOptions, random: Random, *, wishes: int = 4) -> SampleTable:
    """Build IV.2, the proposals for the national budget (APBN)."""
    heads = (
        Head("No", slots=(Slot("no", 0.5, "center"),)),
        Head("Prioritas Nasional", slots=(Slot("prioritas_nasional", 1.9),)),
        Head("Proyek Prioritas Nasional", slots=(Slot("proyek_prioritas", 1.9),)),
        Head("Output Proyek K/L", slots=(Slot("output_kl", 1.9),)),
        Head("Program K/L", slots=(Slot("program_kl", 1.8),)),
        Head("Kegiatan K/L", slots=(Slot("kegiatan_kl", 1.8),)),
        Head("Target", slots=(Slot("target", 1.2),)),
        Head("Usulan Pagu (Rp)", slots=(Slot("usulan_pagu", 1.5, "right"),)),
        Head(
            "Lokasi",
            (Head("Provinsi", slots=(Slot("provinsi", 1.1),)), Head("Kab/Kota", slots=(Slot("kab_kota", 1.1),))),
        ),
        Head("Keterangan", slots=(Slot("keterangan", 1.7),)),
    )
    pairs = _pairs(plan)
    rows = [
        Row(
            "kelompok",
            {"no": "I", "prioritas_nasional": plan.perangkat_daerah.upper()},
            {"usulan_pagu": None},
            bold=True,
        )
    ]
    for number in range(1, wishes + 1):
        kegiatan, sub = random.choice(pairs)
        asked = random.randint(2, 24) * 62_500_000
        texts, values = amounts(options, usulan_pagu=asked)
        rows.append(
            Row(
                "baris",
                {
                    "no": str(number),
                    "prioritas_nasional": "Pembangunan manusia melalui peningkatan pelayanan dasar",
                    "proyek_prioritas": "Perluasan cakupan layanan di daerah",
                    "output_kl": sub.indikator.nama,
                    "program_kl": _titled("Program ", plan.program[-1].nama),
                    "kegiatan_kl": kegiatan.nama,
                    "target": sub.indikator.target,
                    "provinsi": "Nusa Selaras",
                    "kab_kota": plan.daerah,
                    "keterangan": random.choice(REASONS),
                    **texts,
                },
                values,
            )
        )
    total: dict[str, Decimal | None]
    amount = sum((row.values["usulan_pagu"] or Decimal(0) for row in rows), Decimal(0))
    texts, total = amounts(options, usulan_pagu=int(amount))
    rows.append(Row("total", {"prioritas_nasional": "JUMLAH", **texts}, total, bold=True))
    kinds = {"usulan_pagu": Kind.NUMBER}
    return SampleTable(
        "iv_2",
        caption(
            options,
            "IV.2",
            "USULAN PROGRAM/KEGIATAN YANG MENDUKUNG PRIORITAS NASIONAL",
            "SUMBER DANA APBN",
            f"TAHUN ANGGARAN {plan.tahun}",
        ),
        (f"PD : {plan.perangkat_daerah.upper()}",),
        heads,
        number_row(options, heads),
        tuple(Column(slot.key, kinds.get(slot.key, Kind.TEXT)) for head in heads for slot in head.leaves()),
        tuple(rows),
    )
