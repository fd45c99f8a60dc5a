import csv
import io

from documents import BOX

from export.csv_profile import PLAIN
from export.raw_tables import render_raw_tables
from extract.model import BBox, Cell, Grid, Line, PageContent, PageOrigin, Word
from normalize.model import UnknownTable


def cell(row: int, column: int, text: str, column_span: int = 1) -> Cell:
    return Cell(row, column, 1, column_span, BOX, (Line((Word(text, BOX),), BOX),) if text else ())


def test_an_unknown_table_is_written_cell_by_cell_and_known_ones_are_not():
    cells = (cell(0, 0, "Uraian", 2), cell(1, 0, "a"), cell(1, 1, "b"))
    unknown, known = (Grid(7, BBox(0, top, 9, top + 9), (0, 4, 9), (0, 4, 9), cells) for top in (0, 20))
    page = PageContent(7, 100, 100, PageOrigin.DIGITAL, 0, (unknown, known), ())
    files = render_raw_tables((UnknownTable(7, unknown.bbox, 2, 2, "", "", 0.0),), (page,), PLAIN)
    assert list(files) == ["mentah_h7_1.csv"]
    rows = list(csv.reader(io.StringIO(files["mentah_h7_1.csv"].decode())))
    assert rows == [["kolom_1", "kolom_2"], ["Uraian", ""], ["a", "b"]]
