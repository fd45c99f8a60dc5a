"""Fields of a row to typed values: text re-joined, numbers and quantities read in the notation of their column."""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalize.codes import Code, parse_code
from normalize.form import Kind
from normalize.headers.money_unit import MILLION
from normalize.model import Column, Value
from normalize.numbers.model import NumberProblem
from normalize.numbers.quantity import read_quantity
from normalize.numbers.read import Notation, NotationVotes, count_notations, read_number
from normalize.recognised_codes import misread_codes, spelled
from normalize.rows.draft_row import DraftField, DraftRow
from normalize.rows.misread_ones import ONES_SURE, quantity_of_strokes
from normalize.rows.recognised import (
    DOUBTED_BELOW,
    RecognitionDoubt,
    grouped_digits,
    is_unsure_quantity,
    read_recognised,
)

MALFORMED_CODE = "RJ-CODE-007"
MENDED_WORD = "RJ-TXT-003"
_CODE_LIKE = re.compile(r"[\dXx]+(?:[.,\s]+[\dXx]+)+[.,]?")
"""Several groups of digits: meant as a code; a short ``002`` or a letter is the agency's own numbering."""
_DIGITS = re.compile(r"\d[\d.,]*")
_AMOUNT = re.compile(r"(?:(?P<currency>\bRp\s*\.?\s*)|(?<![\d.,]))(?:\d{1,3}(?:[.,]\d{3,4}){2,}|\d{7,})", re.IGNORECASE)
"""Millions, perhaps with their separators misread or lost."""
NUMERIC_KINDS = (Kind.RUPIAH, Kind.PERSEN, Kind.KUANTITAS)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value that needs a finding: the code of what is wrong with it."""

    column: str
    code: str
    detail: str = ""
    """What is particular to this value, Indonesian."""
    read_in: str = ""
    """The column whose print shows it, where it is not the doubted one: that is blank."""


def looks_like(text: str) -> frozenset[Kind]:
    """Return the number kinds a cell text could be; a nil mark could be either.

    An amount stays one where a recogniser took some of its full stops for commas.
    """
    return frozenset(
        kind
        for kind in (Kind.RUPIAH, Kind.PERSEN)
        if (reading := read_number(text, kind, None)).nil
        or reading.value is not None
        or (kind is Kind.RUPIAH and grouped_digits(text) is not None)
    )


def number_kind(column: Column, text: str = "") -> Kind:
    """Return the rules by which a number of the column is read; millions of rupiah have decimals, as counts do."""
    in_millions = column.kind is Kind.RUPIAH and column.unit_factor >= MILLION
    return Kind.KUANTITAS if in_millions and "%" not in text else column.kind


def infer_notations(
    columns: Sequence[Column], votes: Mapping[str, NotationVotes], fallback: Notation | None
) -> dict[str, Notation | None]:
    """Return the notation of each numeric column: its own proofs, else those of all columns, else ``fallback``."""
    table = money_votes(columns, votes).winner or fallback
    return {key: vote.winner or table for key, vote in votes.items()}


def notation_votes(columns: Sequence[Column], rows: Sequence[DraftRow]) -> dict[str, NotationVotes]:
    """Return for each numeric column how many of its cells prove which notation."""
    return {
        column.key: count_notations((row.raw(column.key) for row in rows), number_kind(column))
        for column in columns
        if column.kind in NUMERIC_KINDS
    }


def money_votes(columns: Sequence[Column], votes: Mapping[str, NotationVotes]) -> NotationVotes:
    """Return the votes of the money columns together."""
    return total_votes(votes[column.key] for column in columns if column.kind is Kind.RUPIAH)


def total_votes(votes: Iterable[NotationVotes]) -> NotationVotes:
    """Return votes added up."""
    indonesian = english = 0
    for vote in votes:
        indonesian, english = indonesian + vote.indonesian, english + vote.english
    return NotationVotes(indonesian, english)


def misread_by_column(columns: Sequence[Column], rows: Sequence[DraftRow]) -> dict[str, dict[str, Code]]:
    """Return for each column of codes what the texts a recogniser misread mean."""
    return {
        column.key: misread_codes(
            field.text for row in rows if (field := row.fields.get(column.key)) is not None and field.recognised
        )
        for column in columns
        if column.kind is Kind.KODE
    }


def read_fields(
    row: DraftRow,
    columns: Sequence[Column],
    notations: Mapping[str, Notation | None],
    misread: Mapping[str, Mapping[str, Code]],
) -> tuple[dict[str, Value], tuple[Doubt, ...]]:
    """Return the typed values of a row and the doubts about them; blank fields are left out.

    ``misread`` holds for each column of codes what its misread texts mean.
    """
    values: dict[str, Value] = {}
    doubts: list[Doubt] = []
    for column in columns:
        field = row.fields.get(column.key)
        if field is None:
            continue
        if column.kind is Kind.KODE:
            value, code = _read_code(field, misread[column.key])
        else:
            value, code = _read(field, column, notations.get(column.key))
        values[column.key] = value
        if code:
            doubts.append(Doubt(column.key, code))
        doubts += [Doubt(column.key, MENDED_WORD, f"'{word.read}' menjadi '{word.meant}'") for word in field.mended]
        if not code and not column.kind.is_number and field.disputed:
            doubts.append(Doubt(column.key, str(RecognitionDoubt.UNSURE), field.disputed))
    doubts += _strayed_amounts(row, columns)
    return values, tuple(doubts)


def _strayed_amounts(row: DraftRow, columns: Sequence[Column]) -> Iterator[Doubt]:
    """Yield a doubt for each recognised text or quantity with an amount in a row with a blank column of money.

    A wall may be lost, and the amount is that column's: blank columns of money beside it are doubted as well, but not
    where ``Rp`` shows that the amount is part of the text.
    """
    blank = {column.key for column in columns if column.kind is Kind.RUPIAH and column.key not in row.fields}
    unsure = str(RecognitionDoubt.UNSURE)
    for index, column in enumerate(columns):
        field = row.fields.get(column.key)
        if not blank or field is None or not field.recognised or column.kind not in (Kind.TEKS, Kind.KUANTITAS):
            continue
        amounts = list(_AMOUNT.finditer(field.text))
        strayed = any(not amount["currency"] for amount in amounts)
        if strayed or (amounts and column.kind is Kind.TEKS):
            yield Doubt(column.key, unsure, "angkanya mungkin milik kolom di sebelahnya")
        for side in (columns[index + 1 :], columns[:index][::-1]) if strayed else ():
            for other in itertools.takewhile(lambda other: other.key not in row.fields, side):
                if other.key in blank:
                    blank.discard(other.key)
                    yield Doubt(other.key, unsure, f"kosong, angkanya mungkin terbaca di {column.key}", column.key)


def _read(field: DraftField, column: Column, notation: Notation | None) -> tuple[Value, str]:
    raw, text, confidence, sources = field.raw, field.text, field.confidence, field.sources
    if column.kind.is_number:
        kind = number_kind(column, raw)
        reading = read_recognised(field.cells, kind, notation) if field.recognised else read_number(raw, kind, notation)
        unsure = confidence < DOUBTED_BELOW
        number = reading.value if reading.value is None else reading.value * column.unit_factor
        clean = " ".join(raw.split())
        return (
            Value(
                raw=raw,
                text=raw if clean == raw else clean,
                number=number,
                rule=sys.intern(str(reading.rule)),
                confidence=min(confidence, reading.confidence),
                alternatives=tuple(other * column.unit_factor for other in reading.alternatives),
                sources=sources,
            ),
            str(reading.problem or (RecognitionDoubt.UNSURE if unsure else "")),
        )
    if text == raw:
        text = raw  # one string for both
    if column.kind is Kind.KUANTITAS:
        quantity = read_quantity(text, notation)
        strokes = quantity_of_strokes(text) if field.recognised and not quantity.count else ""
        if strokes:
            text, confidence, quantity = strokes, min(confidence, ONES_SURE), read_quantity(strokes, notation)
        return (
            Value(
                raw=raw,
                text=text,
                number=quantity.value,
                unit=quantity.unit,
                confidence=min(confidence, quantity.confidence),
                alternatives=quantity.alternatives,
                sources=sources,
            ),
            str(
                quantity.problem
                or (NumberProblem.WRAPPED if _is_rejoined(quantity.value, text, raw) else "")
                or (RecognitionDoubt.UNSURE if is_unsure_quantity(text, quantity.count, confidence) else "")
            ),
        )
    return Value(raw, text, confidence=confidence, sources=sources), ""


def _read_code(field: DraftField, misread: Mapping[str, Code]) -> tuple[Value, str]:
    code = parse_code(field.text) or (misread.get(field.text) if field.recognised else None)
    code_like = _CODE_LIKE.fullmatch(field.text) or (field.recognised and _CODE_LIKE.fullmatch(spelled(field.text)))
    problem = str(code.problem) if code else MALFORMED_CODE if code_like else ""
    text = code.text if code else field.text
    text = field.raw if text == field.raw else text  # one string for both
    return Value(field.raw, text, confidence=field.confidence, sources=field.sources), problem


def _is_rejoined(value: Decimal | None, text: str, raw: str) -> bool:
    """Say whether a value's digits stand on two printed lines: they may be two values under each other."""
    if value is None or "\n" not in raw:
        return False
    printed_numbers = _DIGITS.findall(text)
    return any(number not in raw for number in printed_numbers)
