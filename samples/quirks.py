"""The quirk switchboard: small documents in which layout quirks are switched on, alone or together.

    pdf, truth = make_document(seed=7, quirks=frozenset({"no_row_rules", "header_once"}), out_dir=folder)

:data:`QUIRKS` names them all, each seen in a real planning document. The same seed and quirks give the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
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
from samples.printers.blocks import Block, Caption, NewPage, Prose, TableBlock
from samples.printers.canvas import A4_PORTRAIT, CanvasPrinter
from samples.quirk_catalogue import CLASHES, QUIRKS, WIDE_KINDS, Quirk, clash, draw_quirks
from samples.truth import truth_of, truth_to_csv

__all__ = ["CLASHES", "QUIRKS", "Quirk", "clash", "draw_quirks", "make_document"]


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
    if draft.turn_tables:
        draft.sizes = draft.sizes or (draft.page.size,)
        draft.page = replace(draft.page, size=A4_PORTRAIT)
    turn = "flag" if draft.turn_tables else ""
    for number, kind in enumerate(draft.kinds):
        block = _table_block(draft, plan, kind)
        if draft.caption_far:
            blocks += [Caption((*block.caption_lines, *block.note_lines)), Prose(f"{fx.PARAGRAPH} " * 3), NewPage()]
            block = replace(block, caption=())
        elif draft.sizes:
            blocks.append(NewPage(draft.sizes[number % len(draft.sizes)], turn))
        elif number and draft.apart:
            blocks.append(NewPage())
        elif number:
            blocks.append(Prose(fx.PARAGRAPH))
        blocks.append(block)
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


def main() -> None:
    """List the quirks, or write one document with some of them on."""
    parser = argparse.ArgumentParser(description="Draw a small Renja with layout quirks switched on.")
    parser.add_argument("quirks", nargs="*", metavar="QUIRK", help="names; without any the list is printed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path())
    arguments = parser.parse_args()
    if not arguments.quirks:
        for name, quirk in QUIRKS.items():
            print(f"{name:24}{quirk.about}")
        return
    try:
        pdf, truth = make_document(arguments.seed, frozenset(arguments.quirks), arguments.out)
    except ValueError as error:
        parser.error(str(error))
    for table in truth.values():
        truth_to_csv(table, arguments.out / "expected" / pdf.stem)
    print(pdf)


if __name__ == "__main__":
    main()
