from dataclasses import replace

HEADER = [
    ["Kode", "Program/Kegiatan", "Indikator Kinerja", "Rencana Tahun 2025", "<", "<", "<"],
    ["^", "^", "^", "Lokasi", "Target Capaian Kinerja", "Pagu Indikatif (Rp)", "Sumber Dana"],
]
CODES = "1.05.01.2.01.0001\n1.05.01.2.01.0002"
AMOUNTS = "10.000.000\n20.000.000"


def test_records_typed_line_by_line_in_one_row_are_told_apart(read) -> None:
    row = [CODES, "Sub X\nSub Y", "I\nJ", "Kota\nKota", "1 dok\n2 dok", AMOUNTS, "DAU\nPAD"]
    table = read([*HEADER, row]).tables[0]
    assert [(r.get("uraian").text, r.get("pagu_indikatif").number) for r in table.records] == [
        ("Sub X", 10_000_000),
        ("Sub Y", 20_000_000),
    ]


def test_records_that_do_not_split_evenly_stay_one_and_every_doubtful_cell_is_flagged(read) -> None:
    row = [CODES, "Sub X yang\npanjang\nSub Y", "I\nJ", "Kota", "1 dok\n2 dok", AMOUNTS, "DAU"]
    document = read([*HEADER, row])
    assert len(document.tables[0].records) == 1
    assert {("RJ-CODE-007", "kode"), ("RJ-NUM-002", "pagu_indikatif")} <= {
        (finding.code, finding.column) for finding in document.findings
    }


def test_wrapped_code_is_not_taken_for_two(read) -> None:
    row = ["1.05.01.2.01.\n0001", "Sub X\nlagi", "I\nJ", "Kota\nKota", "1\ndok", "10.000.\n000", "DAU\nPAD"]
    table = read([*HEADER, row]).tables[0]
    assert [(r.get("kode").text, r.get("pagu_indikatif").number) for r in table.records] == [
        ("1.05.01.2.01.0001", 10_000_000)
    ]


def test_code_and_amount_cut_by_a_page_break_are_one_record(read, grid_of, page_of) -> None:
    upper = ["1.05.01.2.01.", "Penyusunan Dokumen", "I", "Kota", "1 dok", "10.000.", "DAU"]
    lower = ["0001", "Perencanaan", "", "", "", "000", ""]
    document = read(page_of(grid_of([*HEADER, upper])), page_of(grid_of([lower], page=2), number=2))
    (record,) = document.tables[0].records
    assert (record.get("kode").text, record.get("uraian").text) == (
        "1.05.01.2.01.0001",
        "Penyusunan Dokumen Perencanaan",
    )
    assert record.get("pagu_indikatif").number == 10_000_000


def test_records_without_a_rule_between_them_are_told_apart_by_their_gap(read, grid_of, page_of, line_of) -> None:
    grid = grid_of([*HEADER, ["x"] * 7])
    printed = {
        0: [("1.05.01.2.01.0001", 0), ("1.05.01.2.01.0002", 24)],
        1: [("Penyusunan", 0), ("Dokumen", 9), ("Evaluasi", 24), ("Kinerja", 33)],
        4: [("1 dok", 0), ("2 dok", 24)],
        5: [("10.000.000", 0), ("20.000.000", 24)],
    }

    def fill(cell):
        lines = [line_of(text, cell.bbox.x0 + 2, cell.bbox.top + down) for text, down in printed.get(cell.column, [])]
        return replace(cell, lines=tuple(lines))

    cells = tuple(fill(cell) if cell.row == 2 else cell for cell in grid.cells)
    table = read(page_of(replace(grid, cells=cells))).tables[0]
    assert [(r.get("uraian").text, r.get("pagu_indikatif").number) for r in table.records] == [
        ("Penyusunan Dokumen", 10_000_000),
        ("Evaluasi Kinerja", 20_000_000),
    ]


def test_code_cut_between_program_and_kegiatan_is_one_code(read) -> None:
    row = ["1.05.01\n2.01", "Perencanaan\ndan Evaluasi", "Jumlah\ndokumen", "Kota", "80\n2 dok", "1.500", "DAU"]
    table = read([*HEADER, row]).tables[0]
    assert [r.get("kode").text for r in table.records] == ["1.05.01.2.01"]


def test_numbering_row_without_a_rule_below_it_is_no_record(read, grid_of, page_of, line_of) -> None:
    header = [["No", *HEADER[0][1:]], HEADER[1]]
    grid = grid_of([*header, ["x"] * 7, ["2)", "Rapat", "Kali", "Kota", "2 kali", "2.000", "DAU"]])
    first = ["1)", "Penyusunan", "Dokumen", "Kota", "1 dok", "10.000.000", "DAU"]

    def fill(cell):
        pair = ((str(cell.column + 1), 0), (first[cell.column], 12))
        lines = [line_of(text, cell.bbox.x0 + 2, cell.bbox.top + down) for text, down in pair]
        return replace(cell, lines=tuple(lines))

    cells = tuple(fill(cell) if cell.row == 2 else cell for cell in grid.cells)
    table = read(page_of(replace(grid, cells=cells))).tables[0]
    assert [record.get("uraian").text for record in table.records] == ["Penyusunan", "Rapat"]
