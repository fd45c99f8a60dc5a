"""Fields of a row to typed values: text re-joined, numbers and quantities read in the notation of their column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalize.body_row import BodyRow, PlacedCell
from normalize.codes import parse_code
from normalize.form import Kind
from normalize.lexicon import Lexicon
from normalize.misread_words import MendedWord, mend_words
from normalize.model import BLANK, Column, Source, Value
from normalize.money_unit import MILLION
from normalize.numbers import Notation, NotationVotes, count_notations, read_number
from normalize.numbers_model import NumberProblem
from normalize.quantity import read_quantity
from normalize.recognised import (
    DOUBTED_BELOW,
    RecognitionDoubt,
    disputed_words,
    field_confidence,
    is_recognised,
    is_unsure_quantity,
    read_recognised,
)
from normalize.recognised_codes import read_recognised_code
from normalize.text import join_lines
from normalize.vocabulary import Vocabulary

MALFORMED_CODE = "RJ-CODE-007"
MENDED_WORD = "RJ-TXT-003"
_CODE_LIKE = re.compile(r"[\dXx]+(?:[.,\s]+[\dXx]+)+[.,]?")
"""Several groups of digits: meant as a code; a short ``002`` or a letter is the agency's own numbering."""
_DIGITS = re.compile(r"\d[\d.,]*")
NUMERIC_KINDS = (Kind.RUPIAH, Kind.PERSEN, Kind.KUANTITAS)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value that needs a finding: the code of what is wrong with it."""

    column: str
    code: str
    detail: str = ""
    """What is particular to this value, Indonesian."""


@dataclass(frozen=True, slots=True)
class KnownWords:
    """The words by which texts are joined and, where a page was recognised, mended."""

    lexicon: Lexicon
    vocabulary: Vocabulary | None = None
    """None where no page was recognised."""


def looks_like(text: str) -> frozenset[Kind]:
    """Return the number kinds a cell text could be; a nil mark could be either."""
    return frozenset(
        kind
        for kind in (Kind.RUPIAH, Kind.PERSEN)
        if (reading := read_number(text, kind, None)).nil or reading.value is not None
    )


def number_kind(column: Column, text: str = "") -> Kind:
    """Return the rules by which a number of the column is read; millions of rupiah have decimals, as counts do."""
    in_millions = column.kind is Kind.RUPIAH and column.unit_factor >= MILLION
    return Kind.KUANTITAS if in_millions and "%" not in text else column.kind


def infer_notations(
    columns: Sequence[Column], rows: Sequence[BodyRow], fallback: Notation | None
) -> dict[str, Notation | None]:
    """Return the notation of each numeric column: its own proofs, else those of all columns, else ``fallback``."""
    votes: dict[str, NotationVotes] = {
        column.key: count_notations((printed(row.fields.get(column.key, ())) for row in rows), number_kind(column))
        for column in columns
        if column.kind in NUMERIC_KINDS
    }
    money = [votes[column.key] for column in columns if column.kind is Kind.RUPIAH]
    table = (
        NotationVotes(sum(vote.indonesian for vote in money), sum(vote.english for vote in money)).winner or fallback
    )
    return {key: vote.winner or table for key, vote in votes.items()}


def document_notation(tables: Iterable[tuple[Sequence[Column], Sequence[BodyRow]]]) -> Notation | None:
    """Return the notation most money cells of the document prove."""
    indonesian = english = 0
    for columns, rows in tables:
        for column in columns:
            if column.kind is Kind.RUPIAH:
                vote = count_notations((printed(row.fields.get(column.key, ())) for row in rows), number_kind(column))
                indonesian, english = indonesian + vote.indonesian, english + vote.english
    return NotationVotes(indonesian, english).winner


def read_fields(
    row: BodyRow, columns: Sequence[Column], notations: Mapping[str, Notation | None], words: KnownWords
) -> tuple[dict[str, Value], tuple[Doubt, ...]]:
    """Return the typed values of a row and the doubts about them; blank fields are left out."""
    values: dict[str, Value] = {}
    doubts: list[Doubt] = []
    for column in columns:
        cells = row.fields.get(column.key, ())
        if not cells:
            continue
        text, mended = _field_text(cells, column, words)
        value, code = _read(cells, text, column, notations.get(column.key))
        if value is BLANK:
            continue
        values[column.key] = value
        if code:
            doubts.append(Doubt(column.key, code))
        doubts += [Doubt(column.key, MENDED_WORD, f"'{word.read}' menjadi '{word.meant}'") for word in mended]
        settled = frozenset(word.read for word in mended)
        if not code and not column.kind.is_number and (rivals := disputed_words(cells, settled)):
            doubts.append(Doubt(column.key, str(RecognitionDoubt.UNSURE), rivals))
    return values, tuple(doubts)


def printed(cells: Sequence[PlacedCell]) -> str:
    """Return the field as printed, one printed line a line."""
    return "\n".join(placed.cell.text for placed in cells if placed.cell.lines)


def _field_text(cells: Sequence[PlacedCell], column: Column, words: KnownWords) -> tuple[str, tuple[MendedWord, ...]]:
    """Return the clean text of a field that is no number, misread words of recognised print mended."""
    if column.kind.is_number:
        return "", ()
    text = join_field(cells, words.lexicon)
    if words.vocabulary is None or column.kind is Kind.KODE or not is_recognised(cells):
        return text, ()
    read = [word for placed in cells for line in placed.cell.lines for word in line.words]
    return mend_words(text, read, column.key, words.vocabulary)


def _read(cells: Sequence[PlacedCell], text: str, column: Column, notation: Notation | None) -> tuple[Value, str]:
    raw = printed(cells)
    if not raw.strip():
        return BLANK, ""
    confidence = field_confidence(cells)
    sources = tuple(Source(placed.page, placed.cell.bbox) for placed in cells)
    if column.kind.is_number:
        kind = number_kind(column, raw)
        reading = read_recognised(cells, kind, notation) if is_recognised(cells) else read_number(raw, kind, notation)
        unsure = confidence < DOUBTED_BELOW and not reading.nil
        number = reading.value if reading.value is None else reading.value * column.unit_factor
        return (
            Value(
                raw=raw,
                text=" ".join(raw.split()),
                number=number,
                rule=str(reading.rule),
                confidence=min(confidence, reading.confidence),
                alternatives=tuple(other * column.unit_factor for other in reading.alternatives),
                sources=sources,
            ),
            str(reading.problem or (RecognitionDoubt.UNSURE if unsure else "")),
        )
    if column.kind is Kind.KODE:
        code = parse_code(text) or (read_recognised_code(text) if is_recognised(cells) else None)
        problem = str(code.problem) if code else MALFORMED_CODE if _CODE_LIKE.fullmatch(text) else ""
        return Value(raw, code.text if code else text, confidence=confidence, sources=sources), problem
    if column.kind is Kind.KUANTITAS:
        quantity = read_quantity(text, notation)
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


def _is_rejoined(value: Decimal | None, text: str, raw: str) -> bool:
    """Say whether a value's digits stand on two printed lines: they may be two values under each other."""
    if value is None or "\n" not in raw:
        return False
    printed_numbers = _DIGITS.findall(text)
    return any(number not in raw for number in printed_numbers)


def join_field(cells: Sequence[PlacedCell], lexicon: Lexicon) -> str:
    """Return the clean text of a field: sub-columns side by side joined by a space, page parts as one text."""
    runs: list[list[PlacedCell]] = []
    for placed in cells:
        last = runs[-1][-1] if runs else None
        if last is not None and last.page == placed.page and last.cell.row == placed.cell.row:
            runs.append([placed])
        elif runs:
            runs[-1].append(placed)
        else:
            runs.append([placed])
    texts = []
    for run in runs:
        lines = [line for placed in run for line in placed.cell.lines]
        texts.append(join_lines(lines, run[0].cell.bbox.x0, run[0].cell.bbox.x1, lexicon))
    return " ".join(text for text in texts if text)
