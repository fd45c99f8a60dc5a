"""The catalogue of layout quirks: what each changes, where it shows, and which cannot stand together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from samples import quirk_columns as columns
from samples import quirk_effects as fx
from samples.content.notation import NOTATIONS
from samples.printers.blocks import Caption, OrgChart, Prose
from samples.printers.canvas import A4_LANDSCAPE, A4_PORTRAIT, LEGAL_LANDSCAPE, Rules
from samples.printers.layout import HeaderMode

WIDE_KINDS = frozenset({"ii_1", "lampiran", "ii_3", "iv_1", "iv_2", "ii_4a_1", "ii_4a_2", "ii_1_tc29", "ii_2"})
"""Tables that no portrait page or narrow column can hold."""


@dataclass(frozen=True, slots=True)
class Quirk:
    """One switch: what it changes, and what it needs or cannot stand beside."""

    about: str
    effect: fx.Effect
    group: str = ""
    """At most one quirk of a group can be on."""
    kinds: tuple[str, ...] = ()
    """The document gets one of these tables, where the quirk shows."""


QUIRKS: dict[str, Quirk] = {
    # Grids as they are drawn
    "inset_fills": Quirk(
        "filled rects inset by the padding, one more per text line",
        fx.both(fx.unruled(Rules.FILLS), fx.style(head_fill="grey")),
        "rules",
    ),
    "thin_rects": Quirk("rulings are thin filled rects", fx.style(rules=Rules.RECTS), "rules"),
    "cell_boxes": Quirk("one stroked box per cell, rulings twice", fx.style(rules=Rules.BOXES), "rules"),
    "hairlines": Quirk("rulings 0.1 pt thick", fx.style(rules=Rules.HAIRLINES), "rules"),
    "dotted_rules": Quirk("dotted rulings", fx.style(rules=Rules.DOTTED), "rules"),
    "no_row_rules": Quirk("vertical rulings only in the body", fx.unruled(Rules.COLUMNS), "rules"),
    "no_column_rules": Quirk("horizontal rulings only", fx.unruled(Rules.ROWS), "rules"),
    "no_rulings": Quirk("no rulings at all", fx.unruled(Rules.NONE), "rules"),
    "no_outer_border": Quirk("left and right border missing", fx.style(outer=False)),
    "open_breaks": Quirk(
        "no rule at the top and bottom where a page break cuts the table",
        fx.both(fx.style(open_breaks=True), fx.table_style(long=True)),
    ),
    "dark_head": Quirk("white text on a dark header", fx.style(head_fill="dark")),
    "shaded_parents": Quirk("shaded bold parent rows", fx.style(shade_parents=True)),
    "zebra": Quirk("every other row shaded", fx.style(zebra=True)),
    "beyond_margin": Quirk("table runs past the right margin", fx.style(overrun=20.0)),
    "middle_cells": Quirk("body cells centred vertically", fx.table_style(middle=True)),
    # Headers and numbering rows
    "header_once": Quirk(
        "no header on continuation pages", fx.table_style(long=True, header=HeaderMode.ONCE), "header"
    ),
    "header_rewrapped": Quirk(
        "header re-wrapped on continuation pages", fx.table_style(long=True, header=HeaderMode.REWRAP), "header"
    ),
    "no_numbering": Quirk("no numbering row", fx.option(numbering="none"), "numbering"),
    "bracket_numbering": Quirk("numbering row (1) (2) ...", fx.option(numbering="brackets"), "numbering"),
    "numbering_skips": Quirk(
        "numbering row skips an ordinal", fx.edit(fx.skipped_number), "numbering", ("iv_1", "iii_1")
    ),
    "numbering_from_two": Quirk(
        "numbering row starts at 2", fx.edit(fx.numbered_from_two), "numbering", ("iii_1", "ii_3")
    ),
    "lettered_numbering": Quirk(
        "numbering row a b c", fx.edit(columns.lettered_numbering), "numbering", ("iii_1", "iv_1")
    ),
    "money_first": Quirk("amount before the target", fx.edit(columns.money_first), "order", ("iii_1", "ii_3")),
    "level_columns": Quirk(
        "Program, Kegiatan, Sub Kegiatan in columns of their own",
        fx.edit(columns.level_columns),
        "prefix",
        ("iii_1", "iv_1"),
    ),
    # Captions
    "caption_missing": Quirk("no caption at all", fx.caption(lambda _lines: ()), "caption"),
    "caption_unlabelled": Quirk("title without table number", fx.option(label=""), "caption"),
    "caption_misspelt": Quirk("typing errors in label and title", fx.caption(fx.misspelt), "caption"),
    "caption_spaced": Quirk("blanks in the label (Tabel. III. 1.)", fx.caption(fx.spaced), "caption"),
    "caption_duplicated": Quirk("every table has the same number", fx.option(form="2.2"), "caption"),
    "label_tc": Quirk("labels of Permendagri 86/2017 (Tabel T-C.33)", fx.draft_set(labels="tc"), "caption"),
    "label_arab": Quirk("labels Tabel 3.1", fx.draft_set(labels="arab"), "caption"),
    "label_upper": Quirk("labels TABEL III.1", fx.option(label="TABEL {form}"), "caption"),
    "label_old": Quirk("labels of Permendagri 54/2010 (Tabel T-VI.C.7)", fx.draft_set(labels="old"), "caption"),
    "caption_far": Quirk("caption before running text, the table overleaf", fx.draft_set(caption_far=True), "caption"),
    "caption_without_table": Quirk(
        "a caption with only text under it",
        fx.lead(
            Caption(("Tabel II.5", "RINGKASAN CAPAIAN PROGRAM")), Prose("Disajikan pada lampiran. " + fx.PARAGRAPH)
        ),
    ),
    "continuation_mark": Quirk(
        "Lanjutan Tabel ... on continuation pages", fx.draft_set(continuation=True, long=True), "", ()
    ),
    # Numbers
    "unit_thousand": Quirk("(Rp.000) in the header", fx.option(unit=1000), "notation", ("ii_3",)),
    "unit_ribu": Quirk(
        "(ribu rupiah) in the header", fx.option(unit=1000, unit_label="(ribu rupiah)"), "notation", ("ii_3",)
    ),
    "unit_juta": Quirk(
        "(Rp. juta) in the header", fx.option(unit=1_000_000, unit_label="(Rp. juta)"), "notation", ("ii_3",)
    ),
    "english_numbers": Quirk("1,234,000", fx.notation("en"), "notation"),
    "english_cents": Quirk("1,234,000.00", fx.notation("en_sen"), "notation"),
    "cents": Quirk("1.234.000,00", fx.notation("id_sen"), "notation"),
    "rupiah_dash": Quirk("Rp 1.234.000,-", fx.notation("id_strip"), "notation"),
    "mixed_notation": Quirk("plain, ,00 and ,- in one column", fx.edit(fx.mixed_notation), "notation"),
    "mixed_percent": Quirk("100.00 beside 100,00", fx.edit(fx.mixed_percent), "notation", ("ii_1", "ii_1_tc29")),
    "odd_values": Quirk("N/A, 0%, V and - as targets", fx.edit(fx.odd_values), "", ("iii_1", "iv_1", "ii_2")),
    "nil_zero": Quirk("0 for nil", fx.option(notation=replace(NOTATIONS["id"], nil="0")), "notation"),
    "narrow_columns": Quirk("columns so narrow that numbers break", fx.narrow, "width"),
    # Codes
    "code_parts": Quirk("kode over five sub-columns", fx.option(code="parts"), "code", ("iii_1", "iv_1")),
    "code_parts6": Quirk("kode over six sub-columns", fx.option(code="parts6"), "code", ("iii_1", "iv_1")),
    "code_spaced": Quirk("kode with blanks in one cell", fx.option(code="spaced"), "code", ("iii_1", "iv_1")),
    "code_shifted": Quirk(
        "kode sub-columns, program rows shifted right",
        fx.both(fx.option(code="parts"), fx.edit(fx.shifted_code)),
        "code",
        ("iii_1", "iv_1"),
    ),
    "no_code": Quirk("no kode column, level by prefix", fx.option(code="none"), "code", ("iii_1",)),
    # Forms
    "tc33_six_columns": Quirk("T-C.33 with 6 columns", fx.option(columns=6), "form", ("iii_1",)),
    "tc33_seven_columns": Quirk("T-C.33 with 7 columns", fx.option(columns=7), "form", ("iii_1",)),
    "tc33_nineteen_columns": Quirk(
        "T-C.33 with 19 columns (three kinds of indicator)",
        fx.option(columns=19, code="parts"),
        "form",
        ("iii_1",),
    ),
    "e81_seventeen": Quirk("E.81 with 17 numbered columns", fx.draft_set(e81_columns=17), "form", ("ii_1",)),
    "tc30_without_iku": Quirk("T-C.30 without iku and satuan", fx.draft_set(with_iku=False), "form", ("ii_2",)),
    "tc30_more_years": Quirk("T-C.30 with four past years", fx.draft_set(past_years=4), "form", ("ii_2",)),
    # Rows
    "split_rows": Quirk("page breaks cut rows", fx.table_style(long=True, split_rows=True), "split"),
    "indicator_merged": Quirk(
        "further indicators under merged cells",
        fx.option(indicator_rows="merged"),
        "indicator",
        ("iii_1", "iv_1", "ii_3"),
    ),
    "indicator_mixed": Quirk(
        "further indicators merged in one place, blank in another",
        fx.both(fx.option(indicator_rows="merged"), fx.edit(fx.mixed_merging)),
        "indicator",
        ("iii_1", "iv_1", "ii_3"),
    ),
    "indicator_bullets": Quirk(
        "further indicators as bullets in one cell", fx.option(indicator_rows="inside"), "indicator", ("iii_1",)
    ),
    "bullet_volumes": Quirk("- 4 over - 1 in K columns", fx.bullet_volumes, "", ("ii_1",)),
    "group_rows": Quirk("group rows over the whole width", fx.edit(fx.group_rows), "", ("iii_1",)),
    "group_rows_numbered": Quirk("I | Kecamatan ... merged", fx.edit(fx.wide_kecamatan), "", ("ii_4a_1",)),
    "total_first": Quirk(
        "total label merged from the first column", fx.option(total="first"), "total", ("iii_1", "iv_1")
    ),
    "total_elsewhere": Quirk("total label in the lokasi column", fx.option(total="lokasi"), "total", ("iii_1",)),
    "joined_rows": Quirk("no rule between two records", fx.edit(fx.joined_rows), "", ("iii_1", "iv_1", "ii_3")),
    "merged_sasaran": Quirk(
        "sasaran merged over all rows", fx.draft_set(merged_sasaran=True, long=True), "", ("ii_1",)
    ),
    "plain_names": Quirk("no Kegiatan/Sub Kegiatan prefixes", fx.option(prefixes=False), "prefix", ("iii_1", "iv_1")),
    # Pages
    "two_tables": Quirk(
        "two tables on a page, text between", fx.both(fx.draft_set(apart=False, short=True), fx.table_style(size=6.0))
    ),
    "table_beside_text": Quirk(
        "text to the right of the table", fx.draft_set(beside=f"{fx.PARAGRAPH} " * 4), "width", ("ii_4b",)
    ),
    "org_chart": Quirk(
        "boxes of an organisation chart", fx.lead(OrgChart(("Kepala", "Sekretariat", "Bidang I", "Bidang II")))
    ),
    "furniture_table": Quirk("footer drawn as a table", fx.furniture(as_table=True, foot="Renja Perangkat Daerah")),
    "invisible_watermark": Quirk("invisible text (render mode 3)", fx.furniture(watermark="invisible"), "watermark"),
    "grey_watermark": Quirk("light grey diagonal text", fx.furniture(watermark="grey"), "watermark"),
    "rotate_flag": Quirk("sideways content turned by /Rotate 90", fx.style(rotate="flag"), "turn"),
    "sideways": Quirk("sideways content without /Rotate", fx.style(rotate="bare"), "turn"),
    "turned_tables": Quirk("upright text pages, table pages by /Rotate", fx.draft_set(turn_tables=True), "turn"),
    "mixed_sizes": Quirk(
        "pages of several sizes", fx.draft_set(sizes=(A4_LANDSCAPE, LEGAL_LANDSCAPE), apart=True), "size"
    ),
    "portrait": Quirk("a portrait page", fx.style(size=A4_PORTRAIT), "size", ("iii_1", "ii_4b")),
    "overflow_text": Quirk("text runs over the next cell", fx.overflow, "width", ("iii_1",)),
    "no_space_glyphs": Quirk("no space glyphs in the text layer", fx.style(glyph_spaces=False)),
}
"""Every switch by name."""

CLASHES: tuple[tuple[frozenset[str], frozenset[str], str], ...] = (
    (
        frozenset({"no_rulings", "inset_fills", "no_row_rules", "no_column_rules"}),
        frozenset(
            {
                "split_rows",
                "joined_rows",
                "indicator_merged",
                "indicator_mixed",
                "merged_sasaran",
                "overflow_text",
                "narrow_columns",
            }
        ),
        "nothing printed would tell the rows or cells apart",
    ),
    (
        frozenset({"no_rulings", "inset_fills"}),
        frozenset({"no_outer_border", "open_breaks"}),
        "there is no border to leave out",
    ),
    (frozenset({"cell_boxes"}), frozenset({"no_outer_border", "open_breaks", "joined_rows"}), "boxes are closed"),
    (
        frozenset({"middle_cells"}),
        frozenset({"split_rows", "joined_rows", "no_rulings", "no_row_rules"}),
        "rows would not line up",
    ),
    (
        frozenset({"level_columns"}),
        frozenset(
            {"portrait", "no_rulings", "inset_fills", "narrow_columns", "overflow_text", "tc33_nineteen_columns"}
            | {"group_rows", "split_rows", "joined_rows"}
        ),
        "four narrow columns of names",
    ),
    (frozenset({"tc33_six_columns"}), frozenset({"overflow_text"}), "the overflowing column is not printed"),
    (frozenset({"tc33_seven_columns"}), frozenset({"overflow_text"}), "nothing stands beside the last column"),
    (frozenset({"plain_names"}), frozenset({"no_code"}), "neither code nor prefix would tell the level"),
    (frozenset({"portrait"}), WIDE_KINDS | frozenset({"narrow_columns"}), "too narrow"),
    (
        frozenset({"caption_far"}),
        frozenset({"two_tables", "mixed_sizes", "turned_tables"}),
        "pages are already laid out",
    ),
    (frozenset({"turned_tables"}), frozenset({"portrait", "two_tables"}), "one page cannot be both"),
    (
        frozenset({"tc33_nineteen_columns"}),
        frozenset(
            {"portrait", "total_elsewhere", "group_rows", "overflow_text", "no_rulings", "inset_fills"}
            | {name for name, quirk in QUIRKS.items() if quirk.group == "code"}
        ),
        "too wide, or it brings its own code columns",
    ),
    (frozenset({"two_tables"}), frozenset({"mixed_sizes"}), "one asks for one page, the other for several"),
    (frozenset({"caption_missing"}), frozenset({"continuation_mark"}), "there is no label to continue"),
    (frozenset({"caption_unlabelled"}), frozenset({"continuation_mark"}), "there is no label to continue"),
)


def clash(quirks: frozenset[str]) -> str:
    """Say why these quirks cannot be on together; empty when they can."""
    groups: dict[str, str] = {}
    for name in sorted(quirks):
        group = QUIRKS[name].group
        if group and group in groups:
            return f"{groups[group]} and {name} are both of group {group}"
        groups[group] = name
    for some, others, why in CLASHES:
        if quirks & some and quirks & others:
            return f"{', '.join(sorted(quirks & some))} with {', '.join(sorted(quirks & others))}: {why}"
    if "portrait" in quirks and any(_needed(name) <= WIDE_KINDS for name in quirks if QUIRKS[name].kinds):
        return "portrait: the table is too wide"
    return ""


def _needed(name: str) -> frozenset[str]:
    return frozenset(QUIRKS[name].kinds)


def draw_quirks(random: Random, count: int) -> frozenset[str]:
    """Draw so many quirks that go together."""
    names = sorted(QUIRKS)
    while True:
        quirks = frozenset(random.sample(names, count))
        if not clash(quirks):
            return quirks
