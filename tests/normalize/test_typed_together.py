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
