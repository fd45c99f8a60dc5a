"""The planning level of a record: from its code, the wording of its name, its numbering, and its type weight.

Source of the hierarchy: Permendagri 90/2019, urusan › bidang urusan › program › kegiatan › sub kegiatan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from normalize.codes import parse_code
from normalize.fold import squeeze
from normalize.form import TableForm
from normalize.model import Tingkat

_TOTAL = re.compile(
    r"^(?:grand |sub )?(?:total|jumlah)(?: (?:total|keseluruhan|seluruhnya|pagu|anggaran|dana|belanja|umum|akhir"
    r"|[ivx]+|[a-z]|\(.*\)|program|kegiatan|tahun|indikatif|kebutuhan|dan|\d+(?:[+\-\d ]*)))*\s*[:=]?$",
    re.IGNORECASE,
)
_BEGINS_TOTAL = re.compile(r"^(?:grand |sub ?)?(?:total|jumlah)\b", re.IGNORECASE)
# A narrow column cuts labels too (``KEGIA TAN :``), hence the optional spaces.
_PREFIXES: tuple[tuple[re.Pattern[str], Tingkat], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), tingkat)
    for pattern, tingkat in (
        (r"^sub ?-? ?keg(?:ia ?tan)?\b", Tingkat.SUB_KEGIATAN),
        (r"^kegia ?tan\b", Tingkat.KEGIATAN),
        (r"^prog ?ram\b", Tingkat.PROGRAM),
        (r"^bidang urusan\b|^urusan (?:pemerintahan )?bidang\b", Tingkat.BIDANG_URUSAN),
        (r"^urusan (?:pemerintahan )?(?:wajib|pilihan|penunjang|pendukung|konkuren|umum)\b", Tingkat.URUSAN),
        (r"^unsur (?:pendukung|penunjang|pengawasan|kewilayahan|pemerintahan|kekhususan)\b", Tingkat.URUSAN),
        (r"^non urusan\b", Tingkat.URUSAN),
        (r"^urusan\b|^unsur\b", Tingkat.BIDANG_URUSAN),
    )
)
_ROMAN = re.compile(r"^[IVXL]+\.?$")
_CAPITAL = re.compile(r"^[A-HJ-UW-Z]\.?$")
_ARABIC = re.compile(r"^\d{1,3}\.?$")
_CODE = re.compile(r"^\d\.\d{2}(?:\.|$)")
_DOTTED = re.compile(r"^\d{1,3}\.\d{1,3}\.?$")
_SUB_ORDINAL = re.compile(r"^(?:\d{1,3}\)|[a-z][.)]?|\(\d{1,3}\)|\d{1,3}\.\d{1,3}\.?)$")


@dataclass(frozen=True, slots=True)
class RowSigns:
    """What the level of a row is read from."""

    name: str
    """Text of the level column, on one line."""
    number: str
    code: str
    others: bool
    """Whether a text column besides name, number and code is filled."""
    figures: bool
    """Whether a money or percent column is filled."""
    first_text: str
    """The row's first text, wherever it stands: total labels may stand in any column."""
    bold: bool
    spanning: bool
    worded: frozenset[Tingkat] = frozenset()
    """Levels that rows of the table carry in words or in their ordinals (:func:`worded_levels`)."""


def level_of(signs: RowSigns, before: Sequence[Tingkat], form: TableForm) -> Tingkat:
    """Return the level of a row, given the levels of the rows before it."""
    name = squeeze(signs.name)
    if _is_total(signs, name):
        return Tingkat.TOTAL
    if not signs.name and not signs.number and not signs.code:
        return Tingkat.INDIKATOR if before else Tingkat.BARIS
    code = parse_code(signs.code) if signs.code else None
    if form.hierarchy and code is not None and code.level is not None:
        return code.level
    if form.hierarchy:
        for pattern, tingkat in _PREFIXES:
            if pattern.match(name):
                return tingkat
        return _from_numbering(signs, name, before, form)
    return _of_list(signs, name)


def worded_levels(names: Iterable[str], numbers: Iterable[str] = ()) -> frozenset[Tingkat]:
    """Return the levels that names spell out (``Kegiatan: ...``) or that have ordinals of their own.

    ``1.1`` is a kegiatan where ``1`` is a program, and a sub kegiatan elsewhere; ``names`` and ``numbers`` are those of
    the same rows. An official name may begin with the word too (``Kegiatan Pemberdayaan Kelurahan``) in a table that
    words no level.
    """
    worded = [next((tingkat for pattern, tingkat in _PREFIXES if pattern.match(squeeze(name))), None) for name in names]
    ordinals = [number.strip() for number in numbers]
    found = set(worded)
    programs = {
        ordinal.rstrip(".")
        for tingkat, ordinal in zip(worded, ordinals, strict=False)
        if tingkat is Tingkat.PROGRAM and _ARABIC.match(ordinal)
    }
    for ordinal in ordinals:
        if _SUB_ORDINAL.match(ordinal):
            below_program = _DOTTED.match(ordinal) and ordinal.partition(".")[0] in programs
            found.add(Tingkat.KEGIATAN if below_program else Tingkat.SUB_KEGIATAN)
    return frozenset(tingkat for tingkat in found if tingkat is not None)


def is_total_label(text: str) -> bool:
    """Say whether a cell labels a total row (``J U M L A H``, ``Sub Total Program ...``)."""
    return bool(_BEGINS_TOTAL.match(squeeze(text)))


def _is_total(signs: RowSigns, name: str) -> bool:
    label = name or squeeze(signs.number) or squeeze(signs.first_text)
    coded = bool(signs.code) and not _TOTAL.match(squeeze(signs.code))
    whole = bool(_TOTAL.match(name)) and signs.figures and not signs.number
    if coded or (signs.others and signs.name and not whole):
        return False
    named = bool(_BEGINS_TOTAL.match(label)) and signs.figures and not signs.others and signs.number in ("", label)
    return named or bool(_TOTAL.match(label))


def _from_numbering(signs: RowSigns, name: str, before: Sequence[Tingkat], form: TableForm) -> Tingkat:
    """Return the level of an unprefixed row from its ordinal's style and its neighbours."""
    number = signs.number.strip()
    if not name:
        return Tingkat.INDIKATOR
    code = parse_code(number) if _CODE.match(number) else None
    if code is not None and code.level is not None:
        return code.level
    if _SUB_ORDINAL.match(number):
        kegiatan = _DOTTED.match(number) and signs.worded & _BELOW_KEGIATAN == {Tingkat.KEGIATAN}
        return Tingkat.KEGIATAN if kegiatan else Tingkat.SUB_KEGIATAN
    if _CAPITAL.match(number):
        return Tingkat.KELOMPOK
    if _ROMAN.match(number):
        return Tingkat.PROGRAM
    if _ARABIC.match(number):
        if signs.worded & _BELOW_KEGIATAN == {Tingkat.KEGIATAN} and Tingkat.KEGIATAN in before:
            return Tingkat.SUB_KEGIATAN  # a kegiatan would say so, as the others do
        return Tingkat.KEGIATAN if Tingkat.PROGRAM in before or Tingkat.KEGIATAN in before else Tingkat.BARIS
    return _below(before) if number else _unnumbered(signs, name, before, form)


def _unnumbered(signs: RowSigns, name: str, before: Sequence[Tingkat], form: TableForm) -> Tingkat:
    """Return the level of a row that neither its wording nor a number tells."""
    capitals = name == name.upper()
    if not signs.others and (signs.spanning or capitals):
        return Tingkat.KELOMPOK
    if form.code_column and Tingkat.KELOMPOK not in before and capitals:
        return Tingkat.KELOMPOK
    if signs.bold and signs.figures and not signs.others and Tingkat.PROGRAM in before:
        return Tingkat.KEGIATAN  # a bold name with its amount only heads the rows below it
    return _below(before)


def _below(before: Sequence[Tingkat]) -> Tingkat:
    return Tingkat.SUB_KEGIATAN if before and before[-1] in _BELOW_KEGIATAN else Tingkat.BARIS


_BELOW_KEGIATAN = frozenset((Tingkat.KEGIATAN, Tingkat.SUB_KEGIATAN))


def _of_list(signs: RowSigns, name: str) -> Tingkat:
    """Return the level of a row of a plain list: a group heading or a line."""
    number = signs.number.strip()
    if (
        name
        and not signs.others
        and not signs.figures
        and (_ROMAN.match(number) or _CAPITAL.match(number) or signs.spanning)
    ):
        return Tingkat.KELOMPOK
    if not name and not number:
        return Tingkat.INDIKATOR
    if name and not signs.others and not signs.figures and signs.bold:
        return Tingkat.KELOMPOK
    return Tingkat.BARIS
