"""The checker on a whole real Renja reproduces what was measured by hand on that document."""

from collections.abc import Callable

import pytest

from extract.findings import Severity
from normalize.model import Document
from schemas.check import check_document
from schemas.model import Schema
from schemas.outcome import CheckResult


@pytest.fixture(scope="module")
def result(truth: Document, schemas: dict[str, Schema]) -> CheckResult:
    return check_document(truth, schemas)


@pytest.fixture(scope="module")
def narrated(truth: Document, narrative: str, schemas: dict[str, Schema]) -> CheckResult:
    return check_document(truth, schemas, narrative=narrative)


def measured(result: CheckResult, name: str) -> tuple[int, int, int]:
    count = result.count(name)
    return count.held, count.rounded, count.broken


def test_one_row_of_e_81_breaks_its_two_rupiah_formulas(result: CheckResult) -> None:
    broken = [f for f in result.findings if f.code == "RJ-CEK-001"]
    assert {(f.table, f.row) for f in broken} == {("ii_1", 107)}
    assert {f.column for f in broken} == {"realisasi_renja_rp", "realisasi_renstra_akhir_rp"}
    assert "selisih 10.679.310" in broken[0].message
    assert "selisih 110.505.270" in broken[1].message


def test_every_printed_percentage_of_e_81_holds(result: CheckResult) -> None:
    _, _, broken = measured(result, "ii_1: tingkat_capaian_rp = realisasi_renstra_akhir_rp / target_renstra_rp")
    assert broken == 0


def test_k_columns_that_are_not_additive_only_inform(result: CheckResult) -> None:
    assert (
        result.count("ii_1: realisasi_renja_k = triwulan_1_k + triwulan_2_k + triwulan_3_k + triwulan_4_k").broken == 7
    )
    assert all(f.severity is Severity.INFO for f in result.findings if f.column.endswith("_k"))


def test_the_sums_of_e_81_fail_only_for_the_row_left_out_of_its_division(result: CheckResult) -> None:
    broken = [f for f in result.findings if f.code == "RJ-CEK-002"]
    assert {(f.table, f.row) for f in broken} == {("ii_1", 87)}
    assert all("cocok bila baris 107 " in f.message for f in broken)
    assert measured(result, "ii_1: target_renstra_rp, induk = jumlah rincian")[2] == 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ii_3: awal_pagu, induk = jumlah rincian", (26, 0, 0)),
        ("ii_3: awal_pagu, total", (1, 0, 0)),
        ("ii_3: hasil_kebutuhan_dana, induk = jumlah rincian", (24, 2, 0)),
        ("ii_3: hasil_kebutuhan_dana, total", (1, 0, 0)),
        ("iii_1: pagu_indikatif, induk = jumlah rincian", (26, 0, 0)),
        ("iii_1: pagu_indikatif, total", (1, 0, 0)),
        ("iii_1: prakiraan_pagu, induk = jumlah rincian", (23, 3, 0)),
        ("iii_1: prakiraan_pagu, total", (1, 0, 0)),
        ("iv_1: dana_indikatif, induk = jumlah rincian", (26, 0, 0)),
        ("iv_1: prakiraan_maju, induk = jumlah rincian", (24, 2, 0)),
        ("lampiran: pagu_indikatif, induk = jumlah rincian", (33, 0, 0)),
        ("lampiran: prakiraan_pagu, induk = jumlah rincian", (33, 0, 0)),
        ("lampiran: pagu_indikatif, total", (1, 0, 0)),
        ("iii_1 = iv_1: pagu_indikatif, baris", (60, 0, 0)),
        ("iii_1 = iv_1: prakiraan_pagu, baris", (59, 1, 0)),
        ("iii_1 = lampiran: pagu_indikatif, total", (1, 0, 0)),
        ("iii_1 = lampiran: prakiraan_pagu, total", (0, 0, 1)),
        ("iii_1: pagu_indikatif = rincian sumber_dana", (3, 0, 0)),
        ("iii_1: target_capaian = rincian target", (0, 0, 1)),
    ],
)
def test_a_relation_holds_and_breaks_as_often_as_measured(
    result: CheckResult, name: str, expected: tuple[int, int, int]
) -> None:
    assert measured(result, name) == expected


def test_the_gap_to_the_lampiran_is_named_with_the_five_rows_that_make_it(result: CheckResult) -> None:
    (total,) = [f for f in result.findings if f.code == "RJ-CEK-005"]
    assert "selisih 148.545.569" in total.message
    assert "5 baris yang hanya ada di tabel iii_1 berjumlah 148.545.569" in total.message
    assert [f.row for f in result.findings if f.code == "RJ-CEK-006"] == [11, 20, 21, 28, 32]


@pytest.mark.parametrize(
    ("code", "table", "row", "told"),
    [
        ("RJ-CEK-007", "iii_1", 17, "8 laporan di tabel iii_1, 1 laporan di tabel iv_1"),
        ("RJ-CEK-007", "iii_1", 43, "250 orang di tabel iii_1, 3 orang di tabel iv_1"),
        ("RJ-CEK-008", "ii_3", 21, "Pengadaan Mebel"),
        ("RJ-CEK-010", "iii_1", 36, "244 orang, targetnya 248 orang"),
        ("RJ-CEK-018", "ii_4a_1", 9, "61.899.300"),
    ],
)
def test_a_broken_fact_of_the_document_is_named(
    result: CheckResult, code: str, table: str, row: int | None, told: str
) -> None:
    assert any(f.code == code and f.table == table and f.row == row and told in f.message for f in result.findings)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("narasi = ii_1: alokasi dan realisasi", (26, 0, 0)),
        ("narasi: persentase realisasi", (26, 0, 0)),
        ("narasi = iii_1: banyaknya", (2, 0, 1)),
        ("narasi = iii_1: total", (1, 0, 0)),
    ],
)
def test_prose_agrees_with_the_tables_as_often_as_measured(
    narrated: CheckResult, name: str, expected: tuple[int, int, int]
) -> None:
    assert measured(narrated, name) == expected


def test_the_miscounted_sub_kegiatan_of_the_prose_are_named(narrated: CheckResult) -> None:
    (found,) = [f for f in narrated.findings if f.code == "RJ-CEK-013"]
    assert "narasi menyebut 35 sub kegiatan, tabel iii_1 memuat 34" in found.message


@pytest.mark.parametrize(
    "sample", ["bappeda-libreoffice", "baris-terbelah", "kecamatan-chromium", "renja-contoh", "tanpa-spasi"]
)
def test_a_sample_that_adds_up_raises_no_false_alarm(
    read_sample: Callable[[str], Document], schemas: dict[str, Schema], sample: str
) -> None:
    found = check_document(read_sample(sample), schemas).findings
    assert [f for f in found if f.severity is not Severity.INFO] == []


def test_no_other_error_is_claimed(result: CheckResult) -> None:
    errors = {(f.table, f.row) for f in result.findings if f.severity is Severity.ERROR}
    assert errors == {("ii_1", 107), ("ii_1", 87), ("iii_1", 63)}
