"""The plan matrices: II.3 (T-C.31), III.1 (T-C.33), IV.1 and the SIPD lampiran."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from samples.content.model import SPACED, Column, Head, Kind, Row, SampleTable, Slot
from samples.content.notation import Notation
from samples.content.plan import Indikator, Kegiatan, Plan, Program, SubKegiatan

CODE_PARTS = 5
NEED_GROWTH = Fraction(110, 100)
"""Column 11 of II.3 over column 6."""


@dataclass(frozen=True, slots=True)
class FormOptions:
    """How one agency prints its forms."""

    notation: Notation
    label: str = "Tabel {form}"
    """First caption line; ``{form}`` is the number of the form."""
    form: str = ""
    """Overrides the number of the form (``T-C.33``, ``3.1``)."""
    numbering: str = "plain"
    """``plain``, ``brackets`` or ``none``; formulas are printed with ``plain`` where the form has them."""
    code: str = "cell"
    """``none``, ``cell``, ``spaced`` or ``parts``."""
    prefixes: bool = True
    """Names carry ``Kegiatan`` and ``Sub Kegiatan``."""
    indicator_rows: str = "blank"
    """Further indicators of a program: rows with ``blank`` cells, with ``merged`` cells, or ``inside`` one cell."""
    total: str = "uraian"
    """Where the label of the total row stands: ``uraian``, ``first`` (merged from the first column) or a column key."""
    columns: int = 10
    """III.1: 6, 7 or 10."""
    unit: int = 1
    """1000 prints amounts of II.3 in thousands of rupiah and says so in the header."""


@dataclass(frozen=True, slots=True)
class Level:
    """One line of the hierarchy, whatever the form."""

    name: str
    kode: str
    nama: str
    indikator: tuple[Indikator, ...]
    pagu: int
    pagu_maju: int
    sub: SubKegiatan | None = None

    def label(self, options: FormOptions) -> str:
        """Return the name with the prefix its level carries."""
        prefix = {"kegiatan": "Kegiatan ", "sub_kegiatan": "Sub Kegiatan "}.get(self.name, "")
        return f"{prefix}{self.nama}" if options.prefixes else self.nama


def levels(plan: Plan) -> list[Level]:
    """Flatten a plan: bidang urusan, programs, kegiatan, sub kegiatan in print order."""
    flat = [Level("bidang_urusan", plan.kode_bidang, plan.nama_bidang, (), plan.pagu, plan.pagu_maju)]
    for program in plan.program:
        flat.append(_program_level(program))
        for kegiatan in program.kegiatan:
            flat.append(_kegiatan_level(kegiatan))
            flat.extend(
                Level("sub_kegiatan", sub.kode, sub.nama, (sub.indikator,), sub.pagu, sub.pagu_maju, sub)
                for sub in kegiatan.sub
            )
    return flat


def _program_level(program: Program) -> Level:
    return Level("program", program.kode, program.nama, program.indikator, program.pagu, program.pagu_maju)


def _kegiatan_level(kegiatan: Kegiatan) -> Level:
    return Level("kegiatan", kegiatan.kode, kegiatan.nama, (kegiatan.indikator,), kegiatan.pagu, kegiatan.pagu_maju)


def caption(options: FormOptions, form: str, *title: str) -> tuple[str, ...]:
    """Return the caption lines; no label at all when the options say so."""
    if not options.label:
        return title
    return (options.label.format(form=options.form or form), *title)


def number_row(
    options: FormOptions, heads: tuple[Head, ...], texts: dict[str, str] | None = None
) -> tuple[tuple[str, int], ...]:
    """Return ordinals 1, 2, ... of the columns (a spread code counts once); ``texts`` overrides by first slot name."""
    if options.numbering == "none":
        return ()
    cells: list[tuple[str, int]] = []
    ordinal = 0
    for slot in (slot for head in heads for slot in head.leaves()):
        if slot.part > 0:
            text, span = cells[-1]
            cells[-1] = (text, span + 1)
            continue
        ordinal += 1
        text = (texts or {}).get(slot.key, str(ordinal))
        cells.append((f"({text})" if options.numbering == "brackets" else text, 1))
    return tuple(cells)


def amounts(options: FormOptions, **rupiah: int | None) -> tuple[dict[str, str], dict[str, Decimal | None]]:
    """Print amounts and give their truth: nil and blank are ``None``."""
    texts: dict[str, str] = {}
    values: dict[str, Decimal | None] = {}
    for key, amount in rupiah.items():
        texts[key] = options.notation.money(None if amount is None else amount // options.unit)
        values[key] = Decimal(amount) if amount or (amount == 0 and texts[key] == "0") else None
    return texts, values


def code_slots(options: FormOptions, key: str) -> tuple[Slot, ...]:
    """Return the physical columns of a code column, none when the document prints no codes."""
    match options.code:
        case "none":
            return ()
        case "parts":
            weights = (0.35, 0.45, 0.45, 0.6, 0.7)
            return tuple(Slot(key, weights[part], "center", part) for part in range(CODE_PARTS))
        case "spaced":
            return (Slot(key, 1.9, part=SPACED),)
        case _:
            return (Slot(key, 1.9),)


def total_row(
    options: FormOptions,
    heads: tuple[Head, ...],
    label: str,
    uraian: str,
    texts: dict[str, str],
    values: dict[str, Decimal | None],
) -> Row:
    """Build the total row with its label where the options put it."""
    slots = [slot for head in heads for slot in head.leaves()]
    if options.total == "first":
        upto = next(index for index, slot in enumerate(slots) if slot.key in texts)
        return Row("total", {uraian: label, **texts}, values, bold=True, wide={slots[0].name: upto})
    key = uraian if options.total == "uraian" else options.total
    return Row("total", {key: label, **texts}, values, bold=True)


def table_ii_3(plan: Plan, options: FormOptions) -> SampleTable:
    """Build II.3 = T-C.31, the review of the draft RKPD in two mirrored halves."""
    unit = "(Rp.000)" if options.unit == 1000 else "(Rp.)"
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
            **texts,
        }
        rows.append(_row(shown, level.name, cells, values, bold=level.name in ("bidang_urusan", "program")))
        if inside:
            continue
        rows.extend(
            _row(
                shown,
                "indikator",
                {"indikator_kinerja": more.nama, "target_capaian": more.target, "prakiraan_target": more.target_maju},
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
