"""The quirk switchboard: small documents in which layout quirks are switched on, alone or together.

    pdf, truth = make_document(seed=7, quirks=frozenset({"no_row_rules", "header_once"}), out_dir=folder)

Every quirk was seen in a real planning document. The same seed and quirks give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from samples import quirk_effects as fx
from samples.content.form_lampiran import table_lampiran
from samples.content.forms import FormOptions
from samples.content.forms_evaluasi import table_ii_1, table_ii_2, table_tc29
from samples.content.forms_matrix import table_ii_3, table_iii_1, table_iv_1
from samples.content.forms_usulan import table_ii_4a_1, table_ii_4a_2, table_ii_4b, table_iv_2
from samples.content.model import SampleTable
from samples.content.notation import NOTATIONS
from samples.content.plan import AGENCIES, Plan, make_plan
from samples.printers.blocks import Block, Caption, NewPage, OrgChart, Prose, TableBlock
from samples.printers.canvas import A4_LANDSCAPE, A4_PORTRAIT, LEGAL_LANDSCAPE, CanvasPrinter, Rules
from samples.printers.layout import HeaderMode
from samples.truth import truth_of

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
    "inset_fills": Quirk("filled rects inset by the padding, one more per text line", fx.unruled(Rules.FILLS), "rules"),
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
    # Captions
    "caption_missing": Quirk("no caption at all", fx.caption(lambda _lines: ()), "caption"),
    "caption_unlabelled": Quirk("title without table number", fx.option(label=""), "caption"),
    "caption_misspelt": Quirk("typing errors in label and title", fx.caption(fx.misspelt), "caption"),
    "caption_spaced": Quirk("blanks in the label (Tabel. III. 1.)", fx.caption(fx.spaced), "caption"),
    "caption_duplicated": Quirk("every table has the same number", fx.option(form="2.2"), "caption"),
    "label_tc": Quirk("labels of Permendagri 86/2017 (Tabel T-C.33)", fx.draft_set(labels="tc"), "caption"),
    "label_arab": Quirk("labels Tabel 3.1", fx.draft_set(labels="arab"), "caption"),
    "label_upper": Quirk("labels TABEL III.1", fx.option(label="TABEL {form}"), "caption"),
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
    "english_numbers": Quirk("1,234,000", fx.notation("en"), "notation"),
    "english_cents": Quirk("1,234,000.00", fx.notation("en_sen"), "notation"),
    "cents": Quirk("1.234.000,00", fx.notation("id_sen"), "notation"),
    "rupiah_dash": Quirk("Rp 1.234.000,-", fx.notation("id_strip"), "notation"),
    "mixed_notation": Quirk("plain, ,00 and ,- in one column", fx.edit(fx.mixed_notation), "notation"),
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
            {"split_rows", "joined_rows", "indicator_merged", "merged_sasaran", "overflow_text", "narrow_columns"}
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
    (frozenset({"tc33_six_columns"}), frozenset({"overflow_text"}), "the overflowing column is not printed"),
    (frozenset({"tc33_seven_columns"}), frozenset({"overflow_text"}), "nothing stands beside the last column"),
    (frozenset({"plain_names"}), frozenset({"no_code"}), "neither code nor prefix would tell the level"),
    (frozenset({"portrait"}), WIDE_KINDS | frozenset({"narrow_columns"}), "too narrow"),
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


def make_document(seed: int, quirks: frozenset[str], out_dir: Path) -> tuple[Path, dict[str, dict[str, Any]]]:
    """Write one PDF with the quirks on; return its path and the truth of every table by key.

    Raises ``ValueError`` for unknown quirks and for quirks that cannot be on together.
    """
    unknown = quirks - QUIRKS.keys()
    if unknown:
        raise ValueError(f"unknown quirk {', '.join(sorted(unknown))}: see samples.quirks.QUIRKS")
    if reason := clash(quirks):
        raise ValueError(f"cannot combine quirks: {reason}")
    draft = _draft(Random(seed), quirks)
    blocks = _blocks(draft)
    out_dir.mkdir(parents=True, exist_ok=True)
    pdf = out_dir / f"{seed}-{'-'.join(sorted(quirks)) or 'plain'}.pdf"
    CanvasPrinter(pdf, draft.page).print(blocks)
    return pdf, {block.table.key: truth_of(block.table) for block in blocks if isinstance(block, TableBlock)}


def _draft(random: Random, quirks: frozenset[str]) -> fx.Draft:
    draft = fx.Draft(random, [], FormOptions(NOTATIONS["id"]), fx.base_style(random))
    for name in (name for name in QUIRKS if name in quirks):
        QUIRKS[name].effect(draft)
    draft.kinds = _kinds(random, quirks)
    if not draft.apart and len(draft.kinds) < 2:
        draft.kinds.append(next(kind for kind in ("ii_4b", "iii_1") if kind not in draft.kinds))
    fx.fit_wide_forms(draft)
    return draft


def _kinds(random: Random, quirks: frozenset[str]) -> list[str]:
    """Pick a table for every quirk that needs one, and any table when none does."""
    kinds: list[str] = []
    for name in sorted(quirks):
        wanted = [kind for kind in QUIRKS[name].kinds if not ("portrait" in quirks and kind in WIDE_KINDS)]
        if wanted and not any(kind in wanted for kind in kinds):
            kinds.append(random.choice(wanted))
    if not kinds:
        kinds.append(random.choice(sorted(BUILDERS)))
    return kinds


def _blocks(draft: fx.Draft) -> list[Block]:
    size = {"programs": 2, "kegiatan": 2, "sub": 2}
    if draft.long:
        size = {"programs": 3, "kegiatan": 2, "sub": 3}
    elif draft.short:
        size = {"programs": 2, "kegiatan": 1, "sub": 1}
    plan = make_plan(draft.random, draft.random.choice(sorted(AGENCIES)), draft.random.randint(2021, 2027), **size)
    blocks: list[Block] = [Prose(f"{plan.perangkat_daerah} {plan.daerah}. {fx.PARAGRAPH}"), *draft.lead]
    if draft.long:
        draft.page = replace(draft.page, size=(draft.page.size[0], min(draft.page.size[1], fx.SMALL_PAGE[1])))
    for number, kind in enumerate(draft.kinds):
        if number and (draft.apart or draft.sizes):
            blocks.append(NewPage(draft.sizes[number % len(draft.sizes)] if draft.sizes else None))
        elif number:
            blocks.append(Prose(fx.PARAGRAPH))
        elif draft.sizes:
            blocks.append(NewPage(draft.sizes[0]))
        blocks.append(_table_block(draft, plan, kind))
    return blocks


def _table_block(draft: fx.Draft, plan: Plan, kind: str) -> TableBlock:
    options = draft.options
    if form := fx.FORM_NUMBERS.get(draft.labels, {}).get(kind):
        options = replace(options, form=form)
    if kind != "ii_3":
        options = replace(options, unit=1)
    if options.total == "lokasi" and kind != "iii_1":
        options = replace(options, total="uraian")
    table = BUILDERS[kind](plan, options, draft)
    for change in draft.edits:
        table = change(table, draft.random)
    caption = draft.caption(table.caption) if draft.caption else None
    label = f"Lanjutan {table.caption[0]}" if draft.continuation else ""
    return TableBlock(table, caption, label, draft.beside if kind == "ii_4b" else "")


Builder = Callable[[Plan, FormOptions, fx.Draft], SampleTable]

BUILDERS: dict[str, Builder] = {
    "ii_1": lambda plan, options, draft: table_ii_1(
        plan, options, draft.random, merged_sasaran=draft.merged_sasaran, columns=draft.e81_columns
    ),
    "ii_1_tc29": lambda plan, options, draft: table_tc29(plan, options, draft.random),
    "ii_2": lambda plan, options, draft: table_ii_2(
        plan, options, draft.random, with_iku=draft.with_iku, before=draft.past_years
    ),
    "ii_3": lambda plan, options, _draft: table_ii_3(plan, options),
    "ii_4a_1": lambda plan, options, draft: table_ii_4a_1(plan, options, draft.random),
    "ii_4a_2": lambda plan, options, draft: table_ii_4a_2(plan, options, draft.random),
    "ii_4b": lambda plan, options, draft: table_ii_4b(plan, options, draft.random),
    "iii_1": lambda plan, options, _draft: table_iii_1(plan, options),
    "iv_1": lambda plan, options, _draft: table_iv_1(plan, options),
    "iv_2": lambda plan, options, draft: table_iv_2(plan, options, draft.random),
    "lampiran": lambda plan, options, _draft: table_lampiran(plan, options),
}
"""How to build each kind of table."""
