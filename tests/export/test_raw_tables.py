import csv
import io
import json

from documents import BOX
from openpyxl import load_workbook

from export.csv_profile import PLAIN
from export.raw_tables import render_raw_tables
from extract.model import BBox, Cell, Grid, Line, PageContent, PageOrigin, Word


def cell(row: int, column: int, text: str, column_span: int = 1) -> Cell:
    return Cell(row, column, 1, column_span, BOX, (Line((Word(text, BOX),), BOX),) if text else ())


def page_with_a_spanning_cell() -> PageContent:
    cells = (cell(0, 0, "Uraian", 2), cell(1, 0, "a"), cell(1, 1, "=b"))
    grids = tuple(Grid(7, BBox(0, top, 9, top + 9), (0, 4, 9), (0, 4, 9), cells) for top in (0, 20))
    return PageContent(7, 100, 100, PageOrigin.DIGITAL, 0, grids, ())


def test_every_grid_is_a_csv_cell_by_cell():
    files = render_raw_tables([page_with_a_spanning_cell()], PLAIN)
    assert sorted(files) == ["mentah.json", "mentah.xlsx", "mentah_h7_1.csv", "mentah_h7_2.csv"]
    rows = list(csv.reader(io.StringIO(files["mentah_h7_1.csv"].decode())))
    assert rows == [["kolom_1", "kolom_2"], ["Uraian", ""], ["a", "=b"]]


def test_the_json_tells_page_box_position_spans_and_text():
    grid = json.loads(render_raw_tables([page_with_a_spanning_cell()], PLAIN)["mentah.json"])["pages"][0]["grids"][1]
    first = grid["cells"][0]
    assert (grid["page"], grid["bbox"]) == (7, [0, 20, 9, 29])
    assert {key: first[key] for key in ("row", "column", "row_span", "column_span", "text")} == {
        "row": 0, "column": 0, "row_span": 1, "column_span": 2, "text": "Uraian",
    }  # fmt: skip


def test_the_workbook_merges_spans_and_never_makes_a_formula():
    data = render_raw_tables([page_with_a_spanning_cell()], PLAIN)["mentah.xlsx"]
    sheet = load_workbook(io.BytesIO(data))["h7_1"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:B1"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=b", "s")
