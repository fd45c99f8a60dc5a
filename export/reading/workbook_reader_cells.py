"""One cell of our own workbook back to a value, whatever a spreadsheet program or a hurried hand made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from export.plain_number import EXCEL_DIGITS, plain
from normalize.form import Kind
from normalize.model import BLANK, Column, Value
from normalize.numbers.quantity import read_quantity
from normalize.numbers.read import Notation, count_notations, read_number

NOT_A_NUMBER = "RJ-BACA-001"
NUMBER_AS_TEXT = "RJ-BACA-002"
NO_RESULT = "RJ-BACA-004"
TEXT_AS_DATE = "RJ-BACA-005"
CODE_AS_NUMBER = "RJ-BACA-006"

_PLAIN = re.compile(r"-?\d+(\.\d+)?")
_PER_CENT = Decimal(100)
_NIL = frozenset({"-", "–", "—"})
_ERROR = re.compile(r"#[A-Z/0-9]+[!?]?|Err:\d+")
"""``#REF!``, ``#N/A`` and LibreOffice's ``Err:502``."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a sheet's cell holds."""

    content: object
    """Number, text, date or ``None``; of a formula its stored result."""
    is_formula: bool = False
    is_percent: bool = False
    """Formatted as a percentage: 0.95 is shown as 95%."""
    printed: str = ""
    """What the document prints there, when the cell's note tells it."""


def read_cell(column: Column, shown: Shown, notation: Notation | None) -> tuple[Value, str]:
    """Return the value of a cell and the code of what is wrong with it, empty when nothing is.

    ``notation`` is the one the quantities of its column are written in. The printed text of a number is not in the
    workbook; its plain form stands for it.
    """
    content = shown.content
    if content is None and shown.is_formula:
        return Value("?", "", confidence=0.0), NO_RESULT
    if isinstance(content, str):
        content = content.replace("\r\n", "\n").replace("\r", "\n")
        content = content.strip(" \t\u00a0") or None
    if content is None:
        # A number column that stayed blank because its print could not be read keeps that print.
        return (Value(shown.printed, "") if column.kind.is_number and shown.printed else BLANK), ""
    if isinstance(content, (datetime, date, time, timedelta)):
        text = content.isoformat() if not isinstance(content, timedelta) else str(content)
        return Value(text, "" if column.kind.is_number else text), TEXT_AS_DATE
    if column.kind.is_number:
        return _number(column, content, shown)
    if isinstance(content, (bool, str)):
        return _text(column, str(content), notation)
    number = as_decimal(content)
    if column.kind is Kind.KUANTITAS:
        if shown.is_percent:
            number *= _PER_CENT
        text = plain(number).replace(".", Notation.ID.decimal) + ("%" if shown.is_percent else "")
        return Value(text, text, number, unit="%" if shown.is_percent else ""), ""
    text = plain(number)
    return Value(text, text), CODE_AS_NUMBER if column.kind is Kind.KODE else ""


def as_decimal(content: object) -> Decimal:
    """Return a cell's number with the fifteen digits a spreadsheet keeps."""
    return Decimal(str(content)) if isinstance(content, int) else Decimal(f"{content:.{EXCEL_DIGITS}g}")


def quantity_notation(texts: Iterable[str]) -> Notation | None:
    """Return the notation in which the quantities of a column are written."""
    return count_notations(texts, Kind.KUANTITAS).winner


def _number(column: Column, content: object, shown: Shown) -> tuple[Value, str]:
    if isinstance(content, bool):
        return Value(str(content), ""), NOT_A_NUMBER
    if isinstance(content, (int, float)):
        number = as_decimal(content) * (_PER_CENT if shown.is_percent and column.kind is Kind.PERSEN else 1)
        return _plain_value(number), ""
    text = str(content)
    if text in _NIL:
        return Value(text, text), ""
    if _ERROR.fullmatch(text):
        return Value("?", text, confidence=0.0), NOT_A_NUMBER
    if _PLAIN.fullmatch(text) and sum(c.isdigit() for c in text) > EXCEL_DIGITS:
        return _plain_value(Decimal(text)), ""  # more digits than a number cell keeps: we write it as text ourselves
    reading = read_number(text, column.kind, None)
    if reading.nil:
        return Value(text, text), ""
    value = Value(
        text,
        text,
        reading.value,
        rule=str(reading.rule),
        confidence=reading.confidence,
        alternatives=reading.alternatives,
    )
    return value, NOT_A_NUMBER if reading.value is None or reading.problem else NUMBER_AS_TEXT


def _plain_value(number: Decimal) -> Value:
    text = plain(number)
    return Value(text, text, number)


def _text(column: Column, text: str, notation: Notation | None) -> tuple[Value, str]:
    if column.kind is Kind.KUANTITAS:
        quantity = read_quantity(text, notation)
        return Value(text, text, quantity.value, quantity.unit), ""
    return Value(text, text), ""
