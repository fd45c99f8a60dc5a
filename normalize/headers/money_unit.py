"""The unit a header or caption prints for its money: ``(Rp.000)``, ``(ribu rupiah)``, ``dalam jutaan``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

MILLION = Decimal(1_000_000)
"""Unit from which decimals are printed as a matter of course: ``47,25`` million is no amount cut off."""

_RUPIAH = r"(?:rp\b\.?|rupiah\b)"
_AS_ZEROS: tuple[tuple[re.Pattern[str], Decimal], ...] = (
    (re.compile(r"\(\s*(?:rp\.?)?\s*[.,]?\s*000[.,]000[\s,.\-]*\)"), MILLION),
    (
        re.compile(
            r"\(\s*(?:rp\.?)?\s*[x'’.,]{0,2}\s*1?[.,]?\s*000(?:,00)?[\s,.\-]*(?:rp\.?)?\s*\)"
            r"|\bx\s*(?:rp\.?\s*)?1[.,]?000(?![.,]?\d)"
        ),
        Decimal(1000),
    ),
)


def _spelt(word: str) -> re.Pattern[str]:
    """Return the pattern of a unit as headers spell it; ``50 juta rupiah`` is an amount, no unit."""
    bare, collective = rf"{word}\b", rf"{word}an\b"
    return re.compile(
        rf"\b{collective}|\(\s*{bare}\.?\s*\)"
        rf"|{_RUPIAH}\s*{bare}|(?<!\d )(?<!\d)\b{bare}\.?\s*{_RUPIAH}|\bdalam\s+(?:{_RUPIAH}\s*)?{bare}"
    )


_AS_WORDS: tuple[tuple[re.Pattern[str], Decimal], ...] = (
    (_spelt(r"mil[iy]ar"), Decimal(1_000_000_000)),
    (_spelt("juta"), MILLION),
    (_spelt("jt"), MILLION),
    (_spelt("ribu"), Decimal(1000)),
)


def unit_factor(path: Sequence[str]) -> Decimal:
    """Return the factor a header prints for its money: 1000 for ``(Rp.000)`` or ``dalam ribuan``, else 1."""
    text = " ".join(" ".join(path).casefold().split())
    return next((factor for pattern, factor in (*_AS_ZEROS, *_AS_WORDS) if pattern.search(text)), Decimal(1))
