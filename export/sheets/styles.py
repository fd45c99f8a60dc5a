"""The look of the workbook: one palette, one font, and formats made once each."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from extract.findings import Severity
from normalize.model import Tingkat

FONT = "Calibri"
FONT_SIZE = 10
HEADER_FILL = "#D6DCE4"
NUMBERING_FILL = "#EDEFF2"
QUIET = "#7F7F7F"
"""Grey of what is ours and not the document's."""
LINK = "#1F4E79"
BORDER = "#808080"

LEVEL_FILLS = {
    Tingkat.TOTAL: "#D9E1F2",
    Tingkat.KELOMPOK: "#E7ECF5",
    Tingkat.URUSAN: "#E7ECF5",
    Tingkat.BIDANG_URUSAN: "#EEF2F9",
    Tingkat.PROGRAM: "#F5F7FB",
}
"""Faint tints that let the eye find the parents without competing with the doubts."""

DOUBT_FILLS = {Severity.ERROR: "#FFC7CE", Severity.WARNING: "#FFEB9C", Severity.INFO: "#DDEBF7"}

CORRECTED_FILL = "#E2EFDA"
"""A value a person typed; its note tells who and when."""

SEVERITY_LABELS = {Severity.ERROR: "Kesalahan", Severity.WARNING: "Peringatan", Severity.INFO: "Info"}


class Styles:
    """Hands out the workbook's cell formats; equal properties give the same format."""

    def __init__(self, workbook: Workbook) -> None:
        """Make formats in ``workbook``."""
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._asked: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **properties: Any) -> Format:  # noqa: ANN401 - XlsxWriter's property values
        """Return the format with these XlsxWriter properties over our font, aligned to the top."""
        asked = tuple(properties.items())  # the few ways of asking for a look spare sorting it for every cell
        if asked not in self._asked:
            merged = {"font_name": FONT, "font_size": FONT_SIZE, "valign": "top", **properties}
            key = tuple(sorted(merged.items()))
            if key not in self._made:
                self._made[key] = self._workbook.add_format(merged)
            self._asked[asked] = self._made[key]
        return self._asked[asked]

    def boxed(self, **properties: Any) -> Format:  # noqa: ANN401 - as above
        """Return a wrapped format inside thin borders."""
        return self.get(border=1, border_color=BORDER, text_wrap=True, **properties)

    def list_header(self) -> Format:
        """Return the look of the header of our own lists."""
        return self.get(
            bold=True, bg_color=HEADER_FILL, text_wrap=True, valign="vcenter", bottom=1, border_color=BORDER
        )

    def conditional(self, **properties: Any) -> Format:  # noqa: ANN401 - as above
        """Return a format for a condition, which may change colours but no font."""
        return self._workbook.add_format(properties)
