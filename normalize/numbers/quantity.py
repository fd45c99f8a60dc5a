"""Read a target such as ``21 orang/bulan``: a value and its unit when the cell holds exactly one value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from normalize.form import Kind
from normalize.numbers.affix import SPREADSHEET_ERROR, is_nil, plain_dashes
from normalize.numbers.model import Notation, NumberProblem, NumberReading
from normalize.numbers.read import NUMBER_AMONG_WORDS, read_number

_UNIT_SYNONYMS = {
    "dok": "dokumen",
    "lap": "laporan",
    "org": "orang",
    "bh": "buah",
    "lbr": "lembar",
    "rek": "rekening",
    "exemplar": "eksemplar",
    "eks": "eksemplar",
    "bln": "bulan",
    "thn": "tahun",
    "pkt": "paket",
    "keg": "kegiatan",
    "persen": "%",
    "prosen": "%",
}
_GLUED_UNITS = ("dokumen", "laporan", "orang", "paket", "unit", "bulan", "lembar", "kali", "tahun", *_UNIT_SYNONYMS)
_GLUED = re.compile(rf"(?<![^\W_])([0-9][0-9.,]*)(?=(?:{'|'.join(_GLUED_UNITS)})\b)", re.IGNORECASE)
_LETTER_FOR_FIGURE = re.compile(
    rf"[SsIilOoBbZzqg|!]{{1,3}} ?(?:{'|'.join((*_GLUED_UNITS, 'lokasi', 'jenis', 'kegiatan', 'event', '%'))})(?!\w)",
    re.IGNORECASE,
)
"""``SLaporan``, ``I Dokumen``: letters that engines read for the digits before a unit."""
_LONE_LETTER = re.compile(r"[a-z|!;:]")
_SPELT_DIGITS = (
    "nol se satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh ratus seratus ribu seribu "
    "juta miliar milyar triliun rupiah"
)
_SPELT_OUT = re.compile(rf"\(\s*(?:(?:{'|'.join(_SPELT_DIGITS.split())})\s*)+\)", re.IGNORECASE)
_GRADE = re.compile(r"(?<![\w./])(?:A{1,3}|B{1,3}|C{1,3}|D)(?:[+-](?!\w))?(?![\w./])")
_CURRENCY_END = re.compile(r"\b(?:rp|idr)\s*\.?\s*$", re.IGNORECASE)
_YEAR_LABEL_END = re.compile(r"\b(?:tahun|thn|th)\b\.?\s*$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_ORDINAL_END = re.compile(r"\b(?:nomor|no|pasal|kelas|tahap|triwulan|tw|versi|tipe|ke)\b\s*[.-]?\s*$", re.IGNORECASE)
_NO_CENTS_START = re.compile(r"^\s*[.,]\s*[-=]+")
# "23.014." goes on somewhere; ",-" closes an amount, and "12." ends a sentence.
_CUT_GROUP = re.compile(r"[0-9]+(?:[.,][0-9]+)+[.,](?!\s*[-=0-9])")
_PERCENT_START = re.compile(r"(?:%|persen\b|prosen\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a quantity cell holds."""

    value: Decimal | None
    """Given when the cell holds exactly one value and it can be read."""
    unit: str
    """As printed, white space cleaned (``orang/bulan``, ``%``, ``Rp``); empty without a value."""
    count: int
    """Values found; a grade (``A``) beside a number counts, alone it is no value."""
    confidence: float = 1.0
    alternatives: tuple[Decimal, ...] = ()
    problem: str = ""
    """A :class:`NumberProblem`; several values are no problem, the text keeps them."""


def read_quantity(text: str, notation: Notation | None) -> Quantity:
    """Read one quantity cell; never raises.

    ``21 orang/bulan`` has the value 21; ``A`` has none; ``0,10 % 20 %``, ``- 4 - 1`` and
    ``2 Angkatan (Rp. 195.000.000)`` have two and therefore no value of their own. ``notation`` is the one inferred for
    the column, or None.
    """
    folded = " ".join(_SPELT_OUT.sub(" ", plain_dashes(text)).split())
    if is_nil(folded):
        return Quantity(None, "", 0)
    if SPREADSHEET_ERROR.search(folded):
        return Quantity(None, "", 0, 0.0, problem=NumberProblem.NOT_A_NUMBER)
    folded = _GLUED.sub(r"\1 ", folded)
    tokens = list(NUMBER_AMONG_WORDS.finditer(folded))
    if not tokens:
        digits = re.search(r"(?<![^\W_])[0-9]", folded)
        return Quantity(None, "", 0, 0.0 if digits else 1.0, problem=NumberProblem.ILL_FORMED if digits else "")
    start, end = tokens[0].start(), tokens[-1].end()
    if len(tokens) > 1 and not re.fullmatch(r"[0-9.,\s]+", folded[start:end]):
        return Quantity(None, "", len(tokens))
    if len(tokens) == 1 and (cut := _CUT_GROUP.match(folded, start)):
        end = cut.end()
    before, printed, after = folded[:start], folded[start:end], folded[end:]
    if len(tokens) == 1 and _is_label(before, printed, after):
        return Quantity(None, "", 0)
    if _GRADE.search(before) or _GRADE.search(after):
        return Quantity(None, "", len(tokens) + 1)
    return _one_value(before, printed, after, len(tokens), notation)


def may_hide_figure(text: str) -> bool:
    """Say whether letters stand alone or before a unit where a recogniser may have read digits; grades are capitals."""
    return _LETTER_FOR_FIGURE.match(text) is not None or _LONE_LETTER.fullmatch(text) is not None


def canonical_unit(unit: str) -> str:
    """Fold a unit for comparison between tables: lower case, the usual short forms spelt out (``dok`` as dokumen)."""
    parts = re.split(r"(\W+)", unit.casefold().strip().rstrip("."))
    return "".join(_UNIT_SYNONYMS.get(part, part) for part in parts)


def _is_label(before: str, printed: str, after: str) -> bool:
    """Say whether the number names something (``Tahun 2024``, ``Nomor 12``) instead of counting it."""
    if _ORDINAL_END.search(before):
        return True
    return bool(_YEAR_LABEL_END.search(before) and _YEAR.fullmatch(printed) and not after.strip(" .,;)"))


def _one_value(before: str, printed: str, after: str, tokens: int, notation: Notation | None) -> Quantity:
    money = bool(_CURRENCY_END.search(before))
    tail = _NO_CENTS_START.sub("", after).strip() if money else after.strip()
    percent = bool(_PERCENT_START.match(tail))
    kind = Kind.RUPIAH if money else Kind.PERSEN if percent else Kind.KUANTITAS
    dash = "-" if before.endswith("-") else "- " if before.rstrip().endswith("-") else ""
    reading = read_number(f"{dash}{printed}{'%' if percent else ''}", kind, notation)
    if tokens > 1 and (reading.problem or reading.value is None):
        # Parts that may be two values are two values here; a table of targets has many such cells.
        return Quantity(None, "", tokens, 0.0, _rivals(reading))
    if reading.value is None or reading.problem == NumberProblem.SIGN:
        return Quantity(None, "", 1, 0.0, _rivals(reading), reading.problem)
    unit = "Rp" if money else _unit(tail)
    return Quantity(reading.value, unit, 1, reading.confidence, reading.alternatives, reading.problem)


def _rivals(reading: NumberReading) -> tuple[Decimal, ...]:
    return reading.alternatives if reading.value is None else (reading.value, *reading.alternatives)


def _unit(tail: str) -> str:
    """Return the printed unit after a number, without a remark in parentheses."""
    return tail.partition("(")[0].strip(" .,;:)")
