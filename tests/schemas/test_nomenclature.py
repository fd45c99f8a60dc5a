"""Nomenclature workbooks of both layouts, and codes held against them."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from extract.findings import Severity
from normalize.model import Document, Table
from schemas.check import check_document
from schemas.errors import NomenclatureError
from schemas.model import Schema
from schemas.nomenclature import CodeStatus, Nomenclature, read_nomenclature

PARTS = [
    ["Lampiran", None, None, None, None, None],
    ["URUSAN/UNSUR", "BIDANG URUSAN/BIDANG UNSUR", "PROGRAM", "KEGIATAN", "SUB KEGIATAN", "NOMENKLATUR URUSAN"],
    ["X", "XX", 1, None, None, "PROGRAM  PENUNJANG URUSAN   PEMERINTAHAN"],
    ["X", "XX", 1, "2.01", None, "Perencanaan, Penganggaran"],
    ["X", "XX", 1, 2.01, 1, "Penyusunan\nDokumen   Perencanaan"],
    [2, 7, None, None, None, "URUSAN PEMERINTAHAN BIDANG TENAGA KERJA"],
    [2, 7, 2, None, None, "PROGRAM PERENCANAAN TENAGA KERJA"],
    [2, 7, 2, 2.1, None, "Kegiatan nomor sepuluh"],
    [2, 7, 2, 2.01, None, "Penyusunan Rencana Tenaga Kerja (RTK)"],
    [2, 7, 2, 2.01, 3, "Fasilitasi Penyusunan Rencana Tenaga Kerja Mikro"],
    [None, None, None, None, None, "catatan kaki"],
]
TEXTS = [
    ["JENIS PEMDA", "BIDANG", "PROGRAM", "KEGIATAN", "SUBKEGIATAN", "KINERJA", "SUBKEGIATAN SEBELUMNYA"],
    [
        "KABKOT",
        "2.07 URUSAN PEMERINTAHAN BIDANG TENAGA KERJA",
        "2.07.03 PROGRAM PELATIHAN KERJA",
        "2.07.03.2.01 Pelaksanaan Pelatihan",
        "2.07.03.2.01.0009 Proses Pelaksanaan Pendidikan",
        "…",
        "2.07.03.2.01.0004 Proses Pelaksanaan",
    ],
]


def workbook(folder: Path, name: str, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


@pytest.fixture
def kepmen(tmp_path: Path) -> Nomenclature:
    return read_nomenclature(workbook(tmp_path, "kepmen-2023.xlsx", PARTS))


def test_code_parts_stored_as_numbers_get_their_zeros_back(kepmen: Nomenclature) -> None:
    assert set(kepmen.names) == {
        "X.XX.01",
        "X.XX.01.2.01",
        "X.XX.01.2.01.0001",
        "2.07",
        "2.07.02",
        "2.07.02.2.10",
        "2.07.02.2.01",
        "2.07.02.2.01.0003",
    }
    assert kepmen.names["X.XX.01.2.01.0001"] == "Penyusunan Dokumen Perencanaan"
    assert kepmen.year == 2023


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("2.07.02.2.01.0003", CodeStatus.FOUND),
        ("2.07.02.2.01.03", CodeStatus.FOUND),
        ("2 07 02 2.01 03", CodeStatus.FOUND),
        ("2.07.01.2.01.0001", CodeStatus.FOUND),
        ("3.31.01", CodeStatus.FOUND),
        ("2.07.02.2.01.02", CodeStatus.OLD_EDITION),
        ("2.07.02.2.01.0002", CodeStatus.UNKNOWN),
        ("1.02.02.2.01.0002", CodeStatus.UNKNOWN),
    ],
)
def test_a_code_is_found_of_another_edition_or_unknown(kepmen: Nomenclature, printed: str, status: CodeStatus) -> None:
    entry = kepmen.look_up(printed, 2024)
    assert entry is not None
    assert entry.status is status


def test_a_list_for_a_later_year_does_not_call_a_code_wrong(kepmen: Nomenclature) -> None:
    entry = kepmen.look_up("2.07.02.2.01.0002", 2022)
    assert entry is not None
    assert entry.status is CodeStatus.OLD_EDITION


def test_the_sipd_layout_tells_the_successor_of_an_old_code(tmp_path: Path) -> None:
    listed = read_nomenclature(workbook(tmp_path, "pemutakhiran_2027_1.xlsx", TEXTS))
    assert listed.names["2.07.03.2.01"] == "Pelaksanaan Pelatihan"
    entry = listed.look_up("2.07.03.2.01.0004")
    assert entry is not None
    assert (entry.status, entry.successor) == (CodeStatus.OLD_EDITION, "2.07.03.2.01.0009")
    assert listed.year == 2027


@pytest.mark.parametrize("text", ["", "abc", "2", "4.01.3.00.0.00.01.0000"])
def test_other_texts_are_not_looked_up(kepmen: Nomenclature, text: str) -> None:
    entry = kepmen.look_up(text)
    assert entry is None or entry.status is CodeStatus.UNKNOWN


def test_a_workbook_without_a_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NomenclatureError, match=r"kosong\.xlsx: no nomenclature list found"):
        read_nomenclature(workbook(tmp_path, "kosong.xlsx", [["apa", "saja"]]))


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bukan.xlsx").write_text("bukan")
    with pytest.raises(NomenclatureError, match=r"bukan\.xlsx: not a readable"):
        read_nomenclature(tmp_path / "bukan.xlsx")


def test_the_checker_tells_old_codes_from_wrong_ones_and_other_names(
    kepmen: Nomenclature,
    schemas: dict[str, Schema],
    make_table: Callable[..., Table],
    make_document: Callable[..., Document],
) -> None:
    rows = [
        ("program", {"kode_rekening": "2.07.02", "uraian": "PROGRAM PERENCANAAN TENAGA KERJA"}),
        ("kegiatan", {"kode_rekening": "2.07.02.2.01", "uraian": "Kegiatan Penyusunan Rencana Tenaga Kerja (RKT)"}),
        ("sub_kegiatan", {"kode_rekening": "2.07.02.2.01.02", "uraian": "Sub Kegiatan Mikro"}),
        ("sub_kegiatan", {"kode_rekening": "2.07.02.2.01.0003", "uraian": "Sub Kegiatan Pengadaan Mebel"}),
        ("program", {"kode_rekening": "2.07.99", "uraian": "PROGRAM KARANGAN"}),
    ]
    document = make_document(make_table("iv_1", rows))
    found = check_document(document, schemas, nomenclature=kepmen).findings
    assert [(f.row, f.code, f.severity) for f in found] == [
        (2, "RJ-CODE-006", Severity.INFO),
        (3, "RJ-CODE-005", Severity.WARNING),
        (4, "RJ-CODE-006", Severity.WARNING),
        (5, "RJ-CODE-004", Severity.ERROR),
    ]


@pytest.fixture(scope="module")
def reference() -> Path:
    folder = Path(__file__).parents[3] / "shared" / "reference"
    if not folder.exists():
        pytest.skip("the optional folder with official nomenclature lists is absent")
    return folder


def test_the_official_kepmendagri_list_knows_all_but_two_codes_of_the_corpus(
    reference: Path, truth: Document, schemas: dict[str, Schema]
) -> None:
    listed = read_nomenclature(reference / "kepmendagri-1317-2023-sub-kegiatan.xlsx")
    result = check_document(truth, schemas, nomenclature=listed)
    assert (result.count("iv_1: kode sub_kegiatan").held, result.count("iv_1: kode sub_kegiatan").broken) == (32, 2)
    assert result.count("lampiran: kode sub_kegiatan").held == 29
    assert [f.code for f in result.findings if f.code.startswith("RJ-CODE-00") and "kode" in f.column] == [
        "RJ-CODE-005",
        "RJ-CODE-005",
    ]


def test_the_official_2027_list_calls_no_code_of_a_2024_plan_wrong(
    reference: Path, truth: Document, schemas: dict[str, Schema]
) -> None:
    listed = read_nomenclature(reference / "nomenklatur-subkegiatan-2027.xlsx")
    found = check_document(truth, schemas, nomenclature=listed).findings
    assert [f.printed for f in found if f.code == "RJ-CODE-004"] == []
    assert "2.07.03.2.01.0001" in {f.printed for f in found if f.code == "RJ-CODE-005"}
