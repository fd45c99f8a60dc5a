"""What each layout quirk changes in a draft document before it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from samples.content.forms import FormOptions
from samples.content.model import Kind, Row, SampleTable
from samples.content.notation import NOTATIONS
from samples.printers.blocks import Block, Furniture
from samples.printers.canvas import A3_LANDSCAPE, A4_LANDSCAPE, F4_LANDSCAPE, LEGAL_LANDSCAPE, PageStyle, Rules
from samples.printers.layout import TableStyle

TableEdit = Callable[[SampleTable, Random], SampleTable]

FORM_NUMBERS: Mapping[str, Mapping[str, str]] = {
    "tc": {
        "ii_1": "E.81",
        "ii_1_tc29": "T-C.29",
        "ii_2": "T-C.30",
        "ii_3": "T-C.31",
        "ii_4b": "T-C.32",
        "iii_1": "T-C.33",
    },
    "old": {"ii_1_tc29": "T-VI.C.1", "ii_2": "T-VI.C.3", "ii_3": "T-VI.C.7", "ii_4b": "T-VI.C.11"},
    "arab": {
        "ii_1": "2.1",
        "ii_1_tc29": "2.1",
        "ii_2": "2.2",
        "ii_3": "2.3",
        "ii_4a_1": "2.4",
        "ii_4a_2": "2.5",
        "ii_4b": "2.6",
        "iii_1": "3.1",
        "iv_1": "4.1",
        "iv_2": "4.2",
    },
}
"""Numbers of the forms in other labelling habits; a form without one keeps its own."""

NARROW_SHARE = 0.62
"""Width left to a money column that cuts its numbers."""
BULLET_WEIGHT = 1.1
SMALL_PAGE = (842.0, 420.0)
"""A page (points) on which even a short table needs several pages."""
WIDEST = frozenset({"ii_1", "lampiran"})
WIDE_SIZE = 5.4
"""Font size (points) at which the widest forms fit."""
LONG_FUND = "DAK Fisik Penugasan"
PARAGRAPH = "Angka pada tabel disusun oleh perangkat daerah dan menjadi dasar pembahasan dengan Bappeda."
ODD_VALUES = ("N/A", "0%", "V", "-")
MIXED = ("id", "id_sen", "id_strip", "id_rp")


@dataclass(slots=True)
class Draft:
    """A document being planned: content options, style, and what stands around the tables."""

    random: Random
    kinds: list[str]
    options: FormOptions
    page: PageStyle
    labels: str = ""
    """``tc``, ``arab`` or nothing for II.1, III.1, ..."""
    caption: Callable[[tuple[str, ...]], tuple[str, ...]] | None = None
    continuation: bool = False
    """Print ``Lanjutan Tabel ...`` above the table on every further page."""
    beside: str = ""
    lead: list[Block] = field(default_factory=list)
    sizes: tuple[tuple[float, float], ...] = ()
    """Page sizes the tables take in turn, each on a page of its own."""
    apart: bool = True
    """Every table starts a page."""
    long: bool = False
    """Content and page such that tables run over several pages."""
    short: bool = False
    """Content so short that two tables share a page."""
    merged_sasaran: bool = False
    e81_columns: int = 15
    with_iku: bool = True
    past_years: int = 2
    caption_far: bool = False
    """The caption stands before running text, a page ahead of its table."""
    turn_tables: bool = False
    """Running text on upright portrait pages, tables on pages turned by /Rotate."""
    edits: list[TableEdit] = field(default_factory=list)


Effect = Callable[[Draft], None]


def style(**changes: object) -> Effect:
    """Change the page style."""

    def effect(draft: Draft) -> None:
        draft.page = replace(draft.page, **changes)  # type: ignore[arg-type]

    return effect


def table_style(*, long: bool = False, **changes: object) -> Effect:
    """Change the table style; ``long`` also asks for page breaks to show it at."""

    def effect(draft: Draft) -> None:
        draft.page = replace(draft.page, table=replace(draft.page.table, **changes))  # type: ignore[arg-type]
        draft.long = draft.long or long

    return effect


def option(**changes: object) -> Effect:
    """Change how the forms are printed."""

    def effect(draft: Draft) -> None:
        draft.options = replace(draft.options, **changes)  # type: ignore[arg-type]

    return effect


def notation(name: str) -> Effect:
    """Use another spelling of numbers."""
    return option(notation=NOTATIONS[name])


def draft_set(**changes: object) -> Effect:
    """Set fields of the draft itself."""

    def effect(draft: Draft) -> None:
        for name, value in changes.items():
            setattr(draft, name, value)

    return effect


def furniture(**changes: object) -> Effect:
    """Change what stands on every page."""

    def effect(draft: Draft) -> None:
        draft.page = replace(draft.page, furniture=replace(draft.page.furniture, **changes))  # type: ignore[arg-type]

    return effect


def lead(*blocks: Block) -> Effect:
    """Put blocks before the first table."""

    def effect(draft: Draft) -> None:
        draft.lead.extend(blocks)

    return effect


def caption(change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Effect:
    """Rewrite the caption lines of every table."""

    def effect(draft: Draft) -> None:
        draft.caption = change

    return effect


def edit(change: TableEdit) -> Effect:
    """Rewrite every table once it is built."""

    def effect(draft: Draft) -> None:
        draft.edits.append(change)

    return effect


def both(*effects: Effect) -> Effect:
    """Apply several effects in order."""

    def effect(draft: Draft) -> None:
        for one in effects:
            one(draft)

    return effect


def unruled(rules: Rules) -> Effect:
    """Drop rulings, with the wider gaps such tables are set with."""

    def effect(draft: Draft) -> None:
        table = replace(draft.page.table, pad_y=4.0, pad_x=4.0)
        draft.page = replace(draft.page, rules=rules, table=table)

    return effect


def misspelt(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Spell the label as typists do: a missing dot, a lower-case letter too many."""
    label = lines[0].replace("Tabel", "Tabell").replace(".", " ", 1) if lines[0].startswith("Tabel") else lines[0]
    return (label, *(line.replace("PERANGKAT", "PERANGAKT") for line in lines[1:]))


def spaced(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Put blanks into the label (``Tabel . III. 1``)."""
    if not lines[0].startswith("Tabel "):
        return lines
    return (lines[0].replace("Tabel ", "Tabel. ").replace(".", ". ").replace(".  ", ". ") + ".", *lines[1:])


def narrow(draft: Draft) -> None:
    """Squeeze the money columns until numbers break in two."""
    slots = (
        ("pagu_indikatif", 1.6),
        ("prakiraan_pagu", 1.6),
        ("dana_indikatif", 1.5),
        ("prakiraan_maju", 1.5),
        ("awal_pagu", 1.5),
        ("hasil_kebutuhan_dana", 1.5),
        ("usulan_pagu", 1.5),
        ("indikator_kinerja", 1.2),
    )
    weights = tuple((name, weight * NARROW_SHARE) for name, weight in slots)
    draft.page = replace(draft.page, table=replace(draft.page.table, weights=draft.page.table.weights + weights))


def overflow(draft: Draft) -> None:
    """Let long texts of the fund column run over the blank column beside it."""
    draft.page = replace(draft.page, table=replace(draft.page.table, overflow=frozenset({"sumber_dana"})))

    def longer(table: SampleTable, random: Random) -> SampleTable:
        def change(row: Row) -> Row:
            if row.level != "sub_kegiatan" or "sumber_dana" not in row.cells or random.random() < 0.5:
                return row
            return replace(row, cells={**row.cells, "sumber_dana": LONG_FUND})

        return replace(table, rows=tuple(change(row) for row in table.rows))

    draft.edits.append(longer)


def mixed_notation(table: SampleTable, random: Random) -> SampleTable:
    """Print some amounts with ``,00``, ``,-`` or ``Rp.`` beside plain ones in one column."""
    money = [column.key for column in table.columns if column.kind is Kind.NUMBER and "tingkat" not in column.key]

    def change(row: Row) -> Row:
        if random.random() < 0.5:
            return row
        style_of = NOTATIONS[random.choice(MIXED)]
        texts = {key: style_of.money(int(amount)) for key in money if (amount := row.values.get(key))}
        return replace(row, cells={**row.cells, **texts})

    return replace(table, rows=tuple(change(row) for row in table.rows))


def bullets_in_volumes(table: SampleTable, random: Random) -> SampleTable:
    """Give some E.81 rows two indicators as bullets, with ``- 4`` over ``- 1`` in the K columns."""
    if table.key != "ii_1":
        return table

    def change(row: Row) -> Row:
        if row.level != "sub_kegiatan" or random.random() < 0.4:
            return row
        cells = dict(row.cells)
        cells["indikator_kinerja"] = f"- {cells['indikator_kinerja']}\n- Jumlah koordinasi yang dilaksanakan"
        cells["target_renstra_satuan"] = f"- {cells['target_renstra_satuan']}\n- kali"
        for key in [name for name in cells if name.endswith("_k") and not name.startswith(("tingkat", "x_"))]:
            cells[key] = f"- {cells[key]}\n- {random.randint(1, 12)}"
        cells["tingkat_capaian_k"] = ""
        return replace(row, cells=cells, values={**row.values, "tingkat_capaian_k": None})

    return replace(table, rows=tuple(change(row) for row in table.rows))


def bullet_volumes(draft: Draft) -> None:
    """Print two indicators a row, in K columns wide enough for a bullet and its number."""
    slots = ("target_renstra", "realisasi_renstra", "target_renja", "realisasi_renja", "realisasi_renstra_akhir")
    quarters = tuple(f"triwulan_{quarter}" for quarter in range(1, 5))
    weights = tuple((f"{name}_k", BULLET_WEIGHT) for name in (*slots, *quarters))
    draft.page = replace(draft.page, table=replace(draft.page.table, weights=draft.page.table.weights + weights))
    draft.edits.append(bullets_in_volumes)


def group_rows(table: SampleTable, _random: Random) -> SampleTable:
    """Put group headings over the whole width above the programs (``BIDANG SEKRETARIAT``)."""
    names = iter(("SEKRETARIAT", "BIDANG PELAYANAN", "BIDANG PEMBINAAN", "BIDANG PENGEMBANGAN"))
    if table.key != "iii_1":
        return table
    rows: list[Row] = []
    first = table.slots[0].name
    for row in table.rows:
        if row.level == "program":
            blank: dict[str, Decimal | None] = dict.fromkeys(row.values)
            rows.append(Row("kelompok", {"uraian": next(names)}, blank, bold=True, wide={first: len(table.slots)}))
        rows.append(row)
    return replace(table, rows=tuple(rows))


def joined_rows(table: SampleTable, random: Random) -> SampleTable:
    """Draw no rule between some neighbouring sub kegiatan: two records typed in one row."""

    def change(index: int, row: Row) -> Row:
        above = table.rows[index - 1].level if index else ""
        glue = row.level == above == "sub_kegiatan" and random.random() < 0.7
        return replace(row, glued=glue)

    return replace(table, rows=tuple(change(index, row) for index, row in enumerate(table.rows)))


def shifted_code(table: SampleTable, _random: Random) -> SampleTable:
    """Start the code of program rows further right in its sub-columns."""

    def change(row: Row) -> Row:
        return replace(row, code_shift=1) if row.level == "program" else row

    return replace(table, rows=tuple(change(row) for row in table.rows))


def skipped_number(table: SampleTable, _random: Random) -> SampleTable:
    """Skip an ordinal near the end of the numbering row (1 ... 10 12)."""
    if not table.numbering or table.key == "ii_1":
        return table
    *most, (_, span) = table.numbering
    return replace(table, numbering=(*most, (str(len(table.numbering) + 1), span)))


def wide_kecamatan(table: SampleTable, _random: Random) -> SampleTable:
    """Merge the group rows of the musrenbang table over all columns but the number."""

    def change(row: Row) -> Row:
        if row.level != "kelompok" or table.key != "ii_4a_1":
            return row
        return replace(row, wide={"kegiatan_prioritas": len(table.slots) - 1})

    return replace(table, rows=tuple(change(row) for row in table.rows))


def numbered_from_two(table: SampleTable, _random: Random) -> SampleTable:
    """Start the numbering row at 2."""
    if table.key in ("ii_1", "ii_1_tc29"):
        return table
    shifted = tuple((str(int(text) + 1) if text.isdigit() else text, span) for text, span in table.numbering)
    return replace(table, numbering=shifted)


def mixed_percent(table: SampleTable, random: Random) -> SampleTable:
    """Print ``100.00`` beside ``100,00`` in percentage columns."""
    keys = [column.key for column in table.columns if column.kind is Kind.NUMBER and "tingkat" in column.key]

    def change(row: Row) -> Row:
        dotted = {key: row.cells[key].replace(",", ".") for key in keys if key in row.cells and random.random() < 0.5}
        return replace(row, cells={**row.cells, **dotted})

    return replace(table, rows=tuple(change(row) for row in table.rows))


def odd_values(table: SampleTable, random: Random) -> SampleTable:
    """Put ``N/A``, ``0%``, ``V`` and ``-`` into some target cells."""
    keys = [column.key for column in table.columns if column.kind is Kind.QUANTITY]

    def change(row: Row) -> Row:
        odd = {key: random.choice(ODD_VALUES) for key in keys if row.cells.get(key) and random.random() < 0.3}
        return replace(row, cells={**row.cells, **odd})

    return replace(table, rows=tuple(change(row) for row in table.rows))


def mixed_merging(table: SampleTable, random: Random) -> SampleTable:
    """Merge the cells beside further indicators in one place and leave them blank in another."""

    def change(row: Row) -> Row:
        return replace(row, merged_up=frozenset()) if row.level == "indikator" and random.random() < 0.5 else row

    return replace(table, rows=tuple(change(row) for row in table.rows))


def fit_wide_forms(draft: Draft) -> None:
    """Set documents with an E.81 form or a SIPD annex small and on legal paper, as agencies do."""
    if WIDEST.isdisjoint(draft.kinds):
        return
    table = replace(draft.page.table, size=min(draft.page.table.size, WIDE_SIZE), pad_x=1.5)
    draft.page = replace(draft.page, size=LEGAL_LANDSCAPE, margin=25.0, table=table)
    if draft.sizes:
        draft.sizes = (LEGAL_LANDSCAPE, A3_LANDSCAPE)


def base_style(random: Random) -> PageStyle:
    """Draw a tame style: lines, a header on every page, whole rows."""
    font = random.choice((("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold")))
    table = TableStyle(*font, size=random.choice((6.5, 7.0, 7.5)), pad_y=random.choice((1.5, 2.0, 3.0)))
    return PageStyle(
        size=random.choice((A4_LANDSCAPE, F4_LANDSCAPE, LEGAL_LANDSCAPE)),
        table=table,
        head_fill=random.choice(("none", "grey")),
        furniture=Furniture(foot=random.choice(("", "Rencana Kerja Perangkat Daerah"))),
    )
