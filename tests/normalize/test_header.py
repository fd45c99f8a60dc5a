from normalize.headers.columns import group_columns
from normalize.headers.header import read_header
from normalize.headers.vocabulary import header_vocabulary
from schemas.loader import load_schemas

IS_HEADER = header_vocabulary([schema.form for schema in load_schemas().values()])

T_C_33 = [
    ["No", "Urusan/Program/Kegiatan", "Rencana Tahun 2024", "<", "Catatan Penting"],
    ["^", "^", "Lokasi", "Pagu Indikatif (Rp)", "^"],
]


def test_numbering_row_closes_the_header(grid_of) -> None:
    grid = grid_of([*T_C_33, ["1", "2", "3", "4", "5"], ["", "PROGRAM A", "Kota", "1.000", ""]])
    header = read_header(grid, IS_HEADER)
    assert header.rows == 3
    assert header.numbering == ("1", "2", "3", "4", "5")


def test_path_runs_from_the_outermost_cell_to_the_leaf(grid_of) -> None:
    header = read_header(grid_of([*T_C_33, ["", "PROGRAM A", "Kota", "1.000", ""]]), IS_HEADER)
    assert header.paths[3] == ("Rencana Tahun 2024", "Pagu Indikatif (Rp)")
    assert header.paths[0] == ("No",)


def test_header_without_numbering_row_ends_where_its_spanning_cells_end(grid_of) -> None:
    header = read_header(grid_of([*T_C_33, ["", "PROGRAM A", "Kota", "1.000", ""]]), IS_HEADER)
    assert header.rows == 2


def test_k_and_rp_printed_below_the_numbering_row_still_are_header(grid_of) -> None:
    grid = grid_of(
        [
            ["No", "Indikator Kinerja", "Target Renstra", "<"],
            ["1", "2", "3", "<"],
            ["", "", "K", "Rp"],
            ["1", "Jumlah dokumen", "4", "1.000.000"],
        ]
    )
    header = read_header(grid, IS_HEADER)
    assert header.rows == 3
    assert header.paths[2] == ("Target Renstra", "K")


def test_page_without_header_has_none(grid_of) -> None:
    grid = grid_of([["1", "Penyediaan Jasa Surat Menyurat", "Kota Padang", "1.000", ""]] * 3)
    assert read_header(grid, IS_HEADER).rows == 0


def test_numbering_row_alone_is_no_labelled_header(grid_of) -> None:
    grid = grid_of([["1", "2", "3", "4", "5"], ["", "Penyediaan Jasa", "Kota", "1.000", ""]])
    header = read_header(grid, IS_HEADER)
    assert (header.rows, header.labelled) == (1, False)


def test_columns_under_one_leaf_cell_are_one_logical_column(grid_of) -> None:
    grid = grid_of([["Kode", "<", "<", "Uraian", "Lokasi"], ["1", "2", "3", "4", "5"], ["2", "07", "01", "X", "Y"]])
    groups = group_columns(read_header(grid, IS_HEADER))
    assert [group.grid_columns for group in groups] == [(0, 1, 2), (3,), (4,)]


def test_blank_header_cell_under_a_label_is_transparent(grid_of) -> None:
    grid = grid_of(
        [
            ["No", "Indikator Kinerja", "Target Renstra", "<", "<"],
            ["^", "^", "K", "<", "Rp"],
            ["^", "^", "", "", "^"],
            ["1", "2", "3", "<", "<"],
            ["1", "Jumlah", "4", "Dok", "100"],
        ]
    )
    header = read_header(grid, IS_HEADER)
    assert header.paths[2] == header.paths[3] == ("Target Renstra", "K")


def test_numbered_group_row_below_a_header_without_numbering_row_is_body(grid_of) -> None:
    grid = grid_of([*T_C_33, ["I", "KECAMATAN CEMPAKA", "<", "<", "<"], ["1", "PROGRAM A", "Kota", "1.000", ""]])
    assert read_header(grid, IS_HEADER).rows == 2


def test_rest_of_a_cut_row_below_the_header_is_body_though_it_holds_a_known_label(grid_of) -> None:
    rest = ["", "RPPLH\nKabupaten/Kota", "RPPLH\nKabupaten/Kota", "", ""]
    for numbering in ([["1", "2", "3", "4", "5"]], []):
        grid = grid_of([*T_C_33, *numbering, rest, ["1", "PROGRAM A", "Kota", "1.000", ""]])
        assert read_header(grid, IS_HEADER).rows == 2 + len(numbering)


def test_year_cut_by_a_narrow_column_is_whole_and_numbers_under_each_other_are_not(grid_of) -> None:
    grid = grid_of([["No", "Target", "<"], ["^", "Tah\nun\n202\n4", "10\n12\n15"], ["1", "5", "6"]])
    assert [path[-1] for path in read_header(grid, IS_HEADER).paths[1:]] == ["Tah un 2024", "10 12 15"]
