"""What a schema declares must hold between figures: the ``checks`` part of a YAML file as records."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from extract.findings import Severity
from normalize.model import Tingkat
from schemas.formula import Formula

RUPIAH_PER_TERM = Decimal(1)
"""How far a sum may be off for each figure in it: agencies round every child to whole rupiah."""
PERCENT_TOLERANCE = Decimal("0.02")
"""How far a printed percentage may be off, in percentage points (two decimals, cut or rounded)."""


@dataclass(frozen=True, slots=True)
class FormulaRule:
    """A column is computed from other columns of its row."""

    formula: Formula
    severity: Severity
    tolerance: Decimal
    """Of the whole row: unlike children, the terms stand rounded beside their sum."""


@dataclass(frozen=True, slots=True)
class SumRule:
    """A parent row is the sum of the rows directly below it, and a total row of the top rows."""

    columns: tuple[str, ...]
    severity: Severity
    tolerance: Decimal
    """Per child."""


@dataclass(frozen=True, slots=True)
class EqualityRule:
    """Rows of the same name or code hold the same in another table."""

    other: str
    """Key of the other table."""
    columns: tuple[tuple[str, str], ...]
    """Pairs of number columns, ours first."""
    severity: Severity
    tolerance: Decimal


@dataclass(frozen=True, slots=True)
class TextEqualityRule:
    """Rows of the same name hold the same quantity text in another table, on the given levels."""

    other: str
    columns: tuple[tuple[str, str], ...]
    levels: tuple[Tingkat, ...]
    severity: Severity


@dataclass(frozen=True, slots=True)
class MirrorRule:
    """Two text columns of one row say the same."""

    left: str
    right: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class SplitRule:
    """Amounts and quantities inside a text (``DAU : Rp. 1,- (2 orang)``) add up to number columns of the row."""

    text: str
    amount: str
    quantity: str


@dataclass(frozen=True, slots=True)
class ReferenceRule:
    """A text names a sub kegiatan of another table; the amount beside it is that sub kegiatan's."""

    text: str
    amount: str
    other: str
    other_amount: str


@dataclass(frozen=True, slots=True)
class NarrativeRule:
    """Columns that the prose of the document quotes; empty for what it does not."""

    allocation: str = ""
    realisation: str = ""
    total: str = ""
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything one schema declares."""

    formulas: tuple[FormulaRule, ...] = ()
    sums: tuple[SumRule, ...] = ()
    equalities: tuple[EqualityRule, ...] = ()
    text_equalities: tuple[TextEqualityRule, ...] = ()
    mirrors: tuple[MirrorRule, ...] = ()
    splits: tuple[SplitRule, ...] = ()
    references: tuple[ReferenceRule, ...] = ()
    narrative: NarrativeRule = field(default_factory=NarrativeRule)
