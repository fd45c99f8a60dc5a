"""What all forms share: how an agency prints them, the flattened hierarchy, captions, numbering rows and totals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from samples.content.model import SPACED, Head, Row, Slot
from samples.content.notation import Notation
from samples.content.plan import Indikator, Kegiatan, Plan, Program, SubKegiatan


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
    """``none``, ``cell``, ``spaced``, ``parts`` (five columns) or ``parts6``."""
    prefixes: bool = True
    """Names carry ``Kegiatan`` and ``Sub Kegiatan``."""
    indicator_rows: str = "blank"
    """Further indicators of a program: rows with ``blank`` cells, with ``merged`` cells, or ``inside`` one cell."""
    total: str = "uraian"
    """Where the label of the total row stands: ``uraian``, ``first`` (merged from the first column) or a column key."""
    columns: int = 10
    """III.1: 6, 7, 10 or 19 (which needs ``code="parts"``)."""
    unit: int = 1
    """1000 prints amounts of II.3 in thousands of rupiah and says so in the header."""
    unit_label: str = "(Rp.000)"
    """How the header of II.3 says so."""


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
            return tuple(Slot(key, weight, "center", part) for part, weight in enumerate((0.35, 0.45, 0.45, 0.6, 0.7)))
        case "parts6":
            weights = (0.35, 0.45, 0.45, 0.35, 0.45, 0.7)
            return tuple(Slot(key, weight, "center", part, 6) for part, weight in enumerate(weights))
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
