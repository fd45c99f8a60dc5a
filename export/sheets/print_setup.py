"""How our sheets print, and the green triangles they do without."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

PAPER_F4 = 14
"""Excel's "Folio" (8.5 x 13 in), the paper Indonesian offices call F4."""
PAPER_A4 = 9
PAPER_A3 = 8
FOOTER = "&L&8&A&R&8Halaman &P dari &N"
"""Name of the sheet at the left, page number at the right, both in 8 points."""
ALL_CELLS = "A1:XFD1048576"


def print_landscape(sheet: Worksheet, header: tuple[int, int] | None = None, *, paper: int = PAPER_F4) -> None:
    """Print the sheet one page wide, with the rows of ``header`` (first, last; 0-based) on top of every page."""
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(FOOTER)
    if header is not None:
        sheet.repeat_rows(*header)


def accept_numbers_as_text(sheet: Worksheet) -> None:
    """Spare codes and numberings, which are texts on purpose, the warning "number stored as text"."""
    sheet.ignore_errors({"number_stored_as_text": ALL_CELLS})
