"""Figures of a document by place, and what an empty place means: nil, or ink that could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from normalize.model import Document, Table, Value

_DIGIT = re.compile(r"\d")


class Gap(Enum):
    """Why a place holds no number."""

    NIL = "nil"
    """Blank, a dash, or words only."""
    UNREADABLE = "unreadable"
    """Digits are printed, but no single number was read."""


Figure: TypeAlias = Decimal | Gap


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A field of a document by index: table, record, column key."""

    table: int
    record: int
    column: str


FigureAt: TypeAlias = Callable[[Ref], Figure]


def figure_of(value: Value) -> Figure:
    """Return the number of a field, or why there is none."""
    if value.number is not None:
        return value.number
    return Gap.UNREADABLE if _DIGIT.search(value.raw) else Gap.NIL


def value_at(document: Document, ref: Ref) -> Value:
    """Return the field at a place, blank when the record has none."""
    return document.tables[ref.table].records[ref.record].get(ref.column)


def value_at_record(table: Table, ref: Ref) -> Value:
    """Return the field at a place of one table."""
    return table.records[ref.record].get(ref.column)


def figures_of(document: Document) -> FigureAt:
    """Return the look-up of figures by place."""
    return lambda ref: figure_of(value_at(document, ref))


def reading_of(changed: Mapping[Ref, Decimal], figure_at: FigureAt) -> FigureAt:
    """Return the look-up of figures with some of them read otherwise."""
    return lambda ref: changed[ref] if ref in changed else figure_at(ref)


def rupiah(amount: Decimal) -> str:
    """Spell an amount the Indonesian way for messages: ``1.234.567,5``."""
    whole, _, fraction = f"{amount:,f}".partition(".")
    fraction = fraction.rstrip("0")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")
