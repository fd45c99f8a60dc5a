"""Put one value into one cell so that Excel shows what was meant: text stays text, numbers stay exact."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from export.limits import fit_text
from export.plain_number import decimal_places, fits_excel, plain
from export.plain_text import clean_text, leads_formula

MAX_SHOWN_PLACES = 6
"""Digits after the point that a number format shows."""


def sheet_text(text: str) -> str:
    """Return ``text`` as a sheet can hold it."""
    return fit_text(clean_text(text))


def number_format(number: Decimal) -> str:
    """Return ``#,##0`` with as many decimals as the number has."""
    places = min(decimal_places(number), MAX_SHOWN_PLACES)
    return "#,##0" + (f".{'0' * places}" if places else "")


def sheet_number(number: Decimal) -> int | float:
    """Return the number as the sheet stores it; exact for up to fifteen digits."""
    return int(number) if number == number.to_integral_value() else float(number)


class CellWriter:
    """Writes typed cells on one sheet."""

    def __init__(self, sheet: Worksheet, make_format: Callable[..., Format]) -> None:
        """Write on ``sheet``; ``make_format`` turns XlsxWriter properties into a format (``styles.boxed``)."""
        self._sheet = sheet
        self._make_format = make_format

    def text(self, row: int, column: int, text: str, **look: Any) -> None:  # noqa: ANN401 - XlsxWriter's properties
        """Write text; never a formula, a link or a number, not even after it is edited."""
        shown = sheet_text(text)
        if not shown:
            self._sheet.write_blank(row, column, None, self._make_format(**look))
            return
        if leads_formula(shown):
            look["quote_prefix"] = True
        self._sheet.write_string(row, column, shown, self._make_format(**look))

    def code(self, row: int, column: int, text: str, **look: Any) -> None:  # noqa: ANN401 - as above
        """Write a code or a numbering as text that Excel does not turn into a number or a date."""
        self.text(row, column, text, num_format="@", **look)

    def number(self, row: int, column: int, number: Decimal, formula: str = "", **look: Any) -> None:  # noqa: ANN401
        """Write a number, as the result of ``formula`` when one is given; as text when Excel would round it.

        Its format shows as many decimals as it has, unless ``look`` names another ``num_format``.
        """
        if not fits_excel(number):
            self.text(row, column, plain(number), align="right", **look)
            return
        style = self._make_format(**{"num_format": number_format(number), "align": "right", **look})
        if formula:
            self._sheet.write_formula(row, column, formula, style, sheet_number(number))
        else:
            self._sheet.write_number(row, column, sheet_number(number), style)
