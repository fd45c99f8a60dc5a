"""Which first rows of a page are the rest of a row cut by the page break."""

from dataclasses import replace

import pytest

from normalize.form import Kind, TableForm
from normalize.rows.body_row import BodyRow, PlacedCell
from normalize.rows.page_break import goes_on

KINDS = {
    "no": Kind.TEKS,
    "kode": Kind.KODE,
    "uraian": Kind.TEKS,
    "indikator": Kind.TEKS,
    "target": Kind.KUANTITAS,
    "pagu": Kind.RUPIAH,
}
FORM = TableForm("t", "T", (), (), (), level_column="uraian", number_column="no", code_column="kode")
FULL_ROW = {"no": "1", "kode": "2.07.01", "uraian": "Pelaksanaan Kebijakan", "indikator": "Jumlah dokumen hasil",
            "target": "2 dokumen", "pagu": "1.000"}  # fmt: skip


@pytest.fixture
def row(grid_of):
    def make(texts: dict[str, str], *, page: int = 1, roomy: bool = False, bold: bool = False) -> BodyRow:
        padding = "\n" if roomy else ""
        grid = grid_of([list(texts.values())], page=page, bold_rows=[0] if bold else [])
        fields = {}
        for key, cell in zip(texts, grid.cells, strict=True):
            box = cell.bbox if not padding else type(cell.bbox)(*(cell.bbox.x0, cell.bbox.top, cell.bbox.x1, 300.0))
            fields[key] = (PlacedCell(page, type(cell)(0, cell.column, 1, 1, box, cell.lines)),)
        return BodyRow(page, fields, spanning=False)

    return make


def test_text_that_begins_in_lower_case_goes_on(row) -> None:
    assert goes_on(row(FULL_ROW), row({"indikator": "dan evaluasi"}, page=2), KINDS, FORM, closed=True)


def test_name_and_indicator_go_on_when_the_break_is_open(row) -> None:
    lower = row({"uraian": "Pengembangan Wilayah", "indikator": "Pengembangan Wilayah"}, page=2)
    assert goes_on(row(FULL_ROW, roomy=True), lower, KINDS, FORM, closed=False)


def test_text_under_a_full_cell_goes_on_although_rulings_close_the_break(row) -> None:
    assert goes_on(row(FULL_ROW), row({"uraian": "Bupati Walikota"}, page=2), KINDS, FORM, closed=True)


def test_text_under_a_roomy_closed_cell_is_a_row_of_its_own(row) -> None:
    upper = row(FULL_ROW, roomy=True)
    assert not goes_on(upper, row({"uraian": "Bupati Walikota"}, page=2), KINDS, FORM, closed=True)


def test_a_name_alone_goes_on_with_a_coded_row_where_two_lines_may_have_been_kept_together(row) -> None:
    def upper(lines_left: float) -> BodyRow:
        fields = dict(row(FULL_ROW).fields)
        (placed,) = fields["uraian"]
        last = placed.cell.lines[-1].bbox
        box = replace(placed.cell.bbox, bottom=last.bottom + lines_left * last.height)
        fields["uraian"] = (replace(placed, cell=replace(placed.cell, bbox=box)),)
        return BodyRow(1, fields, spanning=False)

    def goes(upper: BodyRow, name: str, **others: str) -> bool:
        return goes_on(upper, row({"uraian": name, **others}, page=2), KINDS, FORM, closed=True)

    assert goes(upper(2.1), "Keanggotaannya dalam Daerah")
    assert not goes(upper(2.1), "SEKRETARIAT")
    assert not goes(upper(2.1), "Keanggotaannya dalam Daerah", indikator="Jumlah peserta")
    assert not goes(upper(4.0), "Keanggotaannya dalam Daerah")


@pytest.mark.parametrize(
    "lower",
    [
        {"no": "2", "uraian": "Penyediaan Jasa"},
        {"kode": "2.07.01.2.01", "uraian": "Perencanaan"},
        {"uraian": "Sub Kegiatan Penyediaan Jasa"},
        {"uraian": "Penyediaan Jasa", "pagu": "5.000"},
        {"indikator": "Nilai IKM", "target": "91"},
    ],
)
def test_row_with_an_identity_figures_or_a_target_of_its_own_is_new(row, lower) -> None:
    assert not goes_on(row(FULL_ROW), row(lower, page=2), KINDS, FORM, closed=False)


def test_bold_heading_does_not_continue_a_plain_row(row) -> None:
    assert not goes_on(row(FULL_ROW), row({"uraian": "SEKRETARIAT"}, page=2, bold=True), KINDS, FORM, closed=False)


def test_text_in_a_column_the_row_above_left_blank_is_new(row) -> None:
    upper = row({"no": "1", "uraian": "Pelatihan"})
    assert not goes_on(upper, row({"indikator": "peserta"}, page=2), KINDS, FORM, closed=False)


@pytest.mark.parametrize(("printed", "rest"), [("3", "dokumen"), ("4 lembaga", "kemasyarakatan"), ("3", "Dokumen")])
def test_unit_overleaf_belongs_to_the_target_before_it(row, printed, rest) -> None:
    lower = row({"indikator": "Kemasyarakatan", "target": rest}, page=2)
    assert goes_on(row({**FULL_ROW, "target": printed}), lower, KINDS, FORM, closed=True)


def test_grade_overleaf_is_a_target_of_its_own(row) -> None:
    lower = row({"indikator": "Nilai SAKIP", "target": "Baik"}, page=2)
    assert not goes_on(row({**FULL_ROW, "target": "3 dokumen"}), lower, KINDS, FORM, closed=True)


@pytest.mark.parametrize(
    ("begun", "rest"),
    [
        ("49.578.709.61", "4,00"),
        ("49.151.167.796,0", "0"),
        ("1.234.5", "67"),
        ("169.36\n7.261,", "-"),
        ("169.367.261", ",-"),
        ("1.715.\n192.72", "2,-"),
    ],
)
def test_amount_cut_inside_its_digits_goes_on(row, begun, rest) -> None:
    lower = row({"pagu": rest}, page=2)
    assert goes_on(row({**FULL_ROW, "pagu": begun}), lower, KINDS, FORM, closed=True)


@pytest.mark.parametrize(("begun", "rest"), [("1.000", "5.000"), ("49.578.709", "4"), ("1.234.5", "6")])
def test_amount_that_is_whole_or_stays_ill_formed_does_not_go_on(row, begun, rest) -> None:
    lower = row({"pagu": rest}, page=2)
    assert not goes_on(row({**FULL_ROW, "pagu": begun}), lower, KINDS, FORM, closed=False)


def test_code_cut_inside_a_segment_goes_on(row) -> None:
    upper = row({**FULL_ROW, "kode": "2.11.02.2.02.0"})
    assert goes_on(upper, row({"kode": "001", "indikator": "tunjangan"}, page=2), KINDS, FORM, closed=True)


@pytest.mark.parametrize(("begun", "rest"), [("2.07.01", "02"), ("2.11.02.2.02.0001", "001"), ("2.11.02.2.02.0", "1x")])
def test_code_that_is_whole_or_stays_ill_formed_does_not_go_on(row, begun, rest) -> None:
    upper = row({**FULL_ROW, "kode": begun})
    assert not goes_on(upper, row({"kode": rest}, page=2), KINDS, FORM, closed=True)


PAIRS = {**KINDS, "pagu_1": Kind.RUPIAH, "persen": Kind.PERSEN}


def test_last_decimal_overleaf_goes_on_beside_words_that_do(row) -> None:
    upper = row({**FULL_ROW, "pagu_1": "2.000", "persen": "45,8"})
    assert goes_on(upper, row({"uraian": "dan tunjangan", "persen": "3"}, page=2), PAIRS, FORM, closed=True)


def test_any_digits_go_on_beside_a_code_that_surely_does(row) -> None:
    upper = row({**FULL_ROW, "kode": "2.11.01.2.", "target": "4", "pagu": "520.710,03", "persen": "2"})
    rest = {"kode": "01.0002", "uraian": "Serta Masyarakat", "target": "7", "persen": "9,79"}
    assert goes_on(upper, row(rest, page=2), PAIRS, FORM, closed=True)
    assert not goes_on(upper, row({**rest, "pagu": "1.500.000"}, page=2), PAIRS, FORM, closed=True)


@pytest.mark.parametrize(
    "lower", [{"uraian": "Pelatihan", "persen": "3"}, {"indikator": "peserta", "pagu_1": "5", "persen": "3"}]
)
def test_figure_overleaf_without_words_that_go_on_or_beside_another_is_new(row, lower) -> None:
    upper = row({**FULL_ROW, "pagu_1": "2.000", "persen": "45,8"})
    assert not goes_on(upper, row(lower, page=2), PAIRS, FORM, closed=True)


def test_bold_name_goes_on_with_the_bold_name_of_a_row_whose_figures_are_not_bold(row) -> None:
    figures, name = row(FULL_ROW), row({"uraian": "Pengelolaan Sistem Irigasi"}, bold=True)
    upper = BodyRow(1, {**figures.fields, **name.fields}, spanning=False)
    assert goes_on(upper, row({"uraian": "Primer dan Sekunder"}, page=2, bold=True), KINDS, FORM, closed=True)


@pytest.mark.parametrize(
    ("moved", "stays"),
    [
        (("uraian", "indikator"), ("no", "kode", "target", "pagu")),
        (("uraian", "indikator", "target"), ("no", "kode", "pagu")),
        (("indikator",), ("no", "kode", "uraian", "target", "pagu")),
    ],
)
def test_paragraphs_put_overleaf_whole_rejoin_the_half_of_their_row(row, moved, stays) -> None:
    whole = {**FULL_ROW, "uraian": "Sub Kegiatan Pengelolaan Data"}
    upper, lower = row({key: whole[key] for key in stays}), row({key: whole[key] for key in moved}, page=2)
    assert goes_on(upper, lower, KINDS, FORM, closed=True)


@pytest.mark.parametrize(
    ("left_out", "lower"),
    [
        ((), {"uraian": "Sub Kegiatan Pengelolaan Data", "indikator": "Jumlah data"}),
        (("indikator",), {"indikator": "Jumlah data", "target": "3 dokumen"}),
        (("indikator", "target"), {"indikator": "Jumlah data"}),
        (("uraian",), {"kode": "2.07.02", "uraian": "Sub Kegiatan Pengelolaan Data"}),
    ],
)
def test_row_with_name_and_indicator_is_no_half_of_one(row, left_out, lower) -> None:
    upper = row({key: text for key, text in FULL_ROW.items() if key not in left_out}, roomy=True)
    assert not goes_on(upper, row(lower, page=2), KINDS, FORM, closed=True)


def test_program_penunjang_cut_before_its_urusan_is_one_name(row) -> None:
    upper = row({**FULL_ROW, "uraian": "PROGRAM PENUNJANG"})
    assert goes_on(upper, row({"uraian": "URUSAN PEMERINTAHAN DAERAH"}, page=2), KINDS, FORM, closed=True)
    other = row({**FULL_ROW, "uraian": "PROGRAM PENYELENGGARAAN JALAN"})
    assert not goes_on(other, row({"uraian": "URUSAN PEMERINTAHAN DAERAH"}, page=2), KINDS, FORM, closed=True)
