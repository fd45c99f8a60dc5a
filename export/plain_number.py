"""Decimals as plain text, and what Excel can hold of them."""

from __future__ import annotations

from decimal import Decimal

EXCEL_DIGITS = 15
"""Significant digits a spreadsheet number keeps."""


def plain(number: Decimal) -> str:
    """Return a decimal without exponent, grouping or trailing zeros after the point: ``2592486592.5``."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def significant_digits(number: Decimal) -> int:
    """Count the digits of ``number`` from its first to its last one that is not zero."""
    return len(plain(number).lstrip("-").replace(".", "").strip("0"))


def fits_excel(number: Decimal) -> bool:
    """Say whether a spreadsheet cell holds ``number`` without rounding it."""
    return significant_digits(number) <= EXCEL_DIGITS


def decimal_places(number: Decimal) -> int:
    """Count the digits after the point that are needed to show ``number``."""
    return len(plain(number).partition(".")[2])


def grouped(number: Decimal) -> str:
    """Return a decimal with thousands grouped, as a sheet shows it: ``2,592,486,592.5``."""
    return f"{number:,.{decimal_places(number)}f}"
