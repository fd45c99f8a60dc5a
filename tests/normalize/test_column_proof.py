"""A figure of a recognised table stands in its column, or the column says that it may be another one."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.document import build_document
from normalize.headers.year_proof import unproven_years
from normalize.tables.column_doubts import UNPROVEN, with_doubted_columns
from schemas.loader import load_schemas
from tests.normalize.conftest import as_scanned, draw_grid, draw_page, line

FORMS = {key: schema.form for key, schema in load_schemas().items()}
E_81_CAPTION = "Formulir E.81 Evaluasi Terhadap Hasil Renja Perangkat Daerah Tahun 2024"
T_C_30_CAPTION = "Tabel T-C.30 Pencapaian Kinerja Pelayanan Perangkat Daerah Tahun 2024"
QUARTERS = ("I", "II", "III", "IV")
MISREADINGS = {
    "I": ("l", "1", "|", "II", "T", ""),
    "II": ("Il", "ll", "11", "I", "III", "", "H"),
    "III": ("lll", "II", "Ill", "111", "IV", ""),
    "IV": ("N", "lV", "V", "I", "III", ""),
}


def e_81(quarters) -> list[list[str]]:
    """Return the header of E.81 with its quarters labelled so, without numbering row."""
    before = ["Target Renstra Perangkat Daerah", "Realisasi Capaian Kinerja Renstra s/d Tahun Lalu"]
    before.append("Target Kinerja dan Anggaran Renja Tahun 2024")
    behind = ["Realisasi Capaian Kinerja dan Anggaran Renja yang Dievaluasi Tahun 2024"]
    behind += [
        "Realisasi Kinerja dan Anggaran Renstra s/d Tahun 2024",
        "Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra s/d Tahun 2024 (%)",
    ]
    names = ["Sasaran", "No", "Urusan/Bidang Urusan/Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja"]
    over = [[text for title in titles for text in (title, "<")] for titles in (before, behind)]
    top = [*names, *over[0], "Realisasi Kinerja Pada Triwulan", *["<"] * 7, *over[1], "Penanggung Jawab"]
    middle = [*["^"] * 10, *[text for label in quarters for text in (label, "<")], *["^"] * 7]
    low = [*["^"] * 4, *["K", "Rp"] * 10, "^"]
    return [top, [("<" if top[n] == "<" else text) if text == "^" else text for n, text in enumerate(middle)], low]


def body(columns: int) -> list[str]:
    """Return a row in which the figure of each column tells which column it is."""
    texts = ["Terwujudnya pelayanan", "1", "Sub Kegiatan Penyusunan", "Jumlah dokumen"]
    texts += [f"{11 + n} dok" if n % 2 == 0 else f"1.0{11 + n}.500" for n in range(20)]
    return [*texts, "Dinas"][:columns]


def read(rows, caption, *, scanned: bool = True):
    grid = draw_grid(rows)
    page = draw_page(as_scanned(grid) if scanned else grid, loose=[line(caption, 60, 86)])
    return build_document("uji", [page], list(FORMS.values()))


def placed(document) -> dict[str, str]:
    """Return the declared column that each printed figure landed in."""
    return {
        value.raw: column.key
        for table in document.tables
        for record in table.records
        for column in table.columns
        if column.declared and (value := record.get(column.key)).raw
    }


def told(document) -> set[str]:
    return {finding.column for finding in document.findings if finding.code.startswith("RJ-TAB-")}


SOUND = placed(read([*e_81(QUARTERS), body(25)], E_81_CAPTION))


def test_sound_header_places_every_figure_and_says_nothing() -> None:
    for scanned in (True, False):
        document = read([*e_81(QUARTERS), body(25)], E_81_CAPTION, scanned=scanned)
        assert placed(document)["1.020.500"] == "triwulan_2_rp"
        assert len(placed(document)) == 25
        assert told(document) == set()


@settings(max_examples=25)
@given(st.data())
def test_quarter_misread_moves_no_figure_in_silence(data) -> None:
    quarters = [data.draw(st.sampled_from((label, label, *MISREADINGS[label]))) for label in QUARTERS]
    document = read([*e_81(quarters), body(25)], E_81_CAPTION)
    wrong = {key for raw, key in placed(document).items() if SOUND[raw] != key}
    assert wrong <= told(document)


@pytest.mark.parametrize("quarters", [("I", "III", "III", "IV"), ("I", "II", "III", "III"), ("I", "III", "II", "IV")])
def test_quarters_that_contradict_their_order_are_doubted(quarters) -> None:
    document = read([*e_81(quarters), body(25)], E_81_CAPTION)
    doubted = {f"triwulan_{n}_{part}" for n in (2, 3) for part in ("k", "rp")}
    assert {finding.column for finding in document.findings if finding.code == "RJ-TAB-012"} & doubted


def test_quarters_printed_in_another_order_are_read_as_printed() -> None:
    figures = placed(read([*e_81(("IV", "III", "II", "I")), body(25)], E_81_CAPTION, scanned=False))
    assert [figures[f"1.0{18 + 2 * n}.500"] for n in range(4)] == [f"triwulan_{n}_rp" for n in (4, 3, 2, 1)]


def test_misread_quarter_makes_its_cells_unsure_whatever_the_sums_say() -> None:
    document = with_doubted_columns(read([*e_81(("I", "III", "III", "IV")), body(25)], E_81_CAPTION))
    (record,) = document.tables[0].records
    assert record.get("triwulan_3_rp").confidence == UNPROVEN
    assert record.confidence <= UNPROVEN
    assert record.get("target_renja_rp").confidence > UNPROVEN


def t_c_30(*years: str) -> list[list[str]]:
    top = ["No", "Indikator", "SPM/Standar Nasional", "IKK", "Target Renstra Perangkat Daerah", "<", "<"]
    top += ["Realisasi Capaian", "<", "<", "Proyeksi", "<", "Catatan Analisis"]
    return [top, [*["^"] * 4, *years, "^"]]


@pytest.mark.parametrize("place", range(8))
@pytest.mark.parametrize("digit", ["8", "0", ""])
def test_year_misread_moves_no_figure_in_silence(place, digit) -> None:
    years = ["2022", "2023", "2024", "2022", "2023", "2024", "2025", "2026"]
    row = ["1", "Angka kematian", "-", "ya", *[f"{n},5" for n in range(11, 19)], "baik"]
    sound = placed(read([*t_c_30(*years), row], T_C_30_CAPTION))
    assert len(sound) == 13
    years[place] = years[place][:3] + digit
    document = read([*t_c_30(*years), row], T_C_30_CAPTION)
    assert {key for raw, key in placed(document).items() if sound[raw] != key} <= told(document)


def test_year_read_by_its_neighbours_bears_out_no_other_year() -> None:
    form = FORMS["ii_2"]
    keys = ["realisasi_2028", "realisasi_2029"]
    assert set(unproven_years(keys, form, (2024,), mended={"realisasi_2029"})) == set(keys)
    assert unproven_years(keys, form, (2024,)) == {}


def test_column_that_two_pages_read_differently_is_doubted() -> None:
    first, second = (
        as_scanned(draw_grid([*e_81(quarters), body(25)], page=number))
        for number, quarters in ((1, QUARTERS), (2, ("II", "II", "III", "IV")))
    )
    pages = [draw_page(first, loose=[line(E_81_CAPTION, 60, 86)]), draw_page(second, number=2)]
    document = build_document("uji", pages, list(FORMS.values()))
    wrong = {
        column.key
        for table in document.tables
        for record in table.records
        for column in table.columns
        if (raw := record.get(column.key).raw) and column.declared and SOUND[raw] != column.key
    }
    assert wrong <= told(document)


def test_digital_header_is_never_doubted() -> None:
    document = read([*e_81(("I", "III", "III", "IV")), body(25)], E_81_CAPTION, scanned=False)
    assert {finding.code for finding in document.findings} & {"RJ-TAB-012"} == set()
    assert all(column.sureness == 1 for column in document.tables[0].columns)
    assert with_doubted_columns(document) == replace(document)
