"""What stands in the workbook is what was read: every field of every record comes back."""

import io
from decimal import Decimal

from documents import COLUMNS, document, plan_records, plan_table
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from export.plain_number import fits_excel, plain
from export.sheets.sheet_layout import layout_tables
from export.sheets.workbook import workbook_chunks
from normalize.model import Document, Record, Tingkat, Value

amounts = st.decimals(-(10**16), 10**16, places=2, allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30).map(str.strip)
fields = st.one_of(amounts.map(lambda n: Value(str(n), str(n), n)), texts.map(lambda t: Value(t, t)))


def workbook_of(*told):
    """Return a workbook as bytes."""
    return b"".join(workbook_chunks(*told))


def shown_cells(source: Document) -> dict[tuple[int, str], object]:
    sheet = load_workbook(io.BytesIO(workbook_of(source, (), ())), data_only=True)["III.1"]
    (layout,) = layout_tables(source, {0: "III.1"}, ())
    return {
        (index, column.key): sheet.cell(layout.first_record_row + index + 1, position + 1).value
        for index in range(len(layout.table.records))
        for position, column in enumerate(layout.table.columns)
    }


def expected(value: Value, *, number_column: bool) -> object:
    if value.number is None:
        return None if number_column and value.text not in ("-", "–", "—") else value.text or None
    return value.number if fits_excel(value.number) else plain(value.number)


def same(shown: object, wanted: object) -> bool:
    if isinstance(wanted, Decimal):
        return isinstance(shown, (int, float)) and Decimal(repr(shown)) == wanted
    return shown == wanted


def test_every_field_of_the_synthetic_plan_stands_in_its_cell():
    source = document(plan_table())
    shown = shown_cells(source)
    for index, record in enumerate(plan_records()):
        for column in COLUMNS:
            value = record.get(column.key)
            if column.kind.is_number:
                assert same(shown[index, column.key], expected(value, number_column=True))
            else:
                assert shown[index, column.key] == (value.text or None)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(Tingkat)), fields, texts), min_size=1, max_size=6))
def test_any_amount_and_any_text_come_back_whole(rows):
    records = tuple(
        Record({"pagu_indikatif": amount, "uraian": Value(name, name)}, tingkat, 3, 1.0)
        for tingkat, amount, name in rows
    )
    shown = shown_cells(document(plan_table(records)))
    for index, record in enumerate(records):
        assert same(shown[index, "pagu_indikatif"], expected(record.get("pagu_indikatif"), number_column=True))
        name = record.get("uraian").text
        assert shown[index, "uraian"] == (name or None)
