"""Words of a scan are mended only where they cannot be words and one known word can have been meant; each is told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import BBox, Line, PageOrigin, Word
from normalize.text.misread_words import mend_words
from normalize.text.vocabulary import LISTED_OFTEN, REPEATED, SurelyRead, shipped_vocabulary

VOCABULARY = shipped_vocabulary()
BOX = BBox(0, 0, 10, 10)
HEADER = [
    ["Kode", "Program/Kegiatan", "Indikator Kinerja", "Rencana Tahun 2025", "<", "<", "<"],
    ["^", "^", "^", "Lokasi", "Target Capaian Kinerja", "Pagu Indikatif (Rp)", "Sumber Dana"],
]
CAPTION = "Tabel T-C.33 Rumusan Rencana Program dan Kegiatan Perangkat Daerah"


def doubted(text: str, confidence: float = 0.6) -> list[Word]:
    return [Word(part, BOX, confidence=confidence) for part in text.split()]


def mended(text: str, column: str = "uraian", confidence: float = 0.6) -> str:
    return mend_words(text, doubted(text, confidence), column, VOCABULARY)[0]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("DAERAH KABUPATEN KOTA", "DAERAH KABUPATEN/KOTA"),
        ("Kewenangan Kabupaten Kota yang Disusun", "Kewenangan Kabupaten/Kota yang Disusun"),
        ("rencana (rpplh) kabupaten kota", "rencana (rpplh) kabupaten/kota"),
        ("Kabupaten Kota Baru", "Kabupaten Kota Baru"),
        ("KABUPATEN KOTA BARU", "KABUPATEN KOTA BARU"),
        ("Suh Kegiatan Penyediaan Gaji", "Sub Kegiatan Penyediaan Gaji"),
        ("SUH KEGIATAN", "SUB KEGIATAN"),
        ("Ditolak. karena bukan kewenangan", "Ditolak, karena bukan kewenangan"),
        ("perencanaan. penganggaran,. dan evaluasi", "perencanaan, penganggaran, dan evaluasi"),
        ("Kab. dan kel. yang dll. tetap", "Kab. dan kel. yang dll. tetap"),
        ("Terlaksana. Target tercapai", "Terlaksana. Target tercapai"),
    ],
)
def test_what_only_the_next_word_makes_plain_is_mended_however_sure_the_words_were(read: str, meant: str) -> None:
    assert mended(read, confidence=0.999) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("penyedraan", "penyediaan"),
        ("jurnlah", "jumlah"),
        ("fasiltas", "fasilitas"),
        ("penyediaanjasa", "penyediaan jasa"),
        ("kabupatenkota", "kabupaten/kota"),
        ("pengendallan", "pengendalian"),
    ],
)
def test_confusion_of_letters_that_look_alike_is_undone(read, meant) -> None:
    assert VOCABULARY.meant(read) == meant


@pytest.mark.parametrize(
    "read",
    [
        "peningkat",  # peningkatan cut by a line break, or peringkat
        "pencemran",  # pencemaran lost a letter that is never lost alone; pencemar is not meant
        "pandanaran",  # a name
        "penyeliaan",  # a word of its own
        "tandar",  # the rest of standar
        "dana",
        "61km",
    ],
)
def test_word_that_may_be_another_or_exists_is_left(read) -> None:
    assert VOCABULARY.meant(read) == ""


@given(st.sampled_from(sorted(VOCABULARY.known)))
def test_no_known_word_is_ever_mended(word) -> None:
    assert VOCABULARY.meant(word) == ""


@given(st.text("abdeiklmnprstu", min_size=4, max_size=16))
def test_what_is_meant_consists_of_known_words(word) -> None:
    meant = VOCABULARY.meant(word)
    assert all(part in VOCABULARY.targets for part in meant.replace("/", " ").split())


@given(st.text("Penydraan jsiltK/.0123\n-", max_size=40))
def test_text_the_recogniser_is_sure_of_is_left(text) -> None:
    assert mended(text, confidence=1.0) == text


@pytest.mark.parametrize(
    ("read", "shown"),
    [
        ("Penyedraan Bahan Logistik", "Penyediaan Bahan Logistik"),
        ("JURNLAH LAPORAN", "JUMLAH LAPORAN"),
        ("lndeks kepuasan", "Indeks kepuasan"),
        ("Pe1ayanan publik", "Pelayanan publik"),
        ("PenyediaanJasa Kantor", "Penyediaan Jasa Kantor"),
        ("- Jurnlah dokumen\n- Jurnlah laporan", "- Jumlah dokumen\n- Jumlah laporan"),
    ],
)
def test_capitals_and_lines_stay_as_they_were(read, shown) -> None:
    assert mended(read) == shown


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Penyedraan", "lokasi"),
        ("Penyedraan", "awal_lokasi"),
        ("pembinaan bersama Dekrenasda di kota", "indikator_kinerja"),
        ("Rehabilitasi Jalan Koto Tongah", "uraian"),
        ("pembinaan bersama PENYEDRAAN di daerah", "uraian"),
        ("5.02.01.2.01 P3R penyed4aan 61km", "uraian"),
    ],
)
def test_names_abbreviations_codes_and_columns_of_names_are_left(text, column) -> None:
    assert mended(text, column) == text


def test_halves_of_a_word_read_surely_are_left() -> None:
    assert mend_words("pengendallan", doubted("pengen dallan", 1.0), "uraian", VOCABULARY)[0] == "pengendallan"


def line_of_words(text: str, confidence: float) -> Line:
    return Line(tuple(doubted(text, confidence)), BOX)


def test_word_a_document_prints_again_and_again_exists() -> None:
    sure, unsure = (line_of_words("penyedraan " * REPEATED, confidence) for confidence in (0.99, 0.7))
    assert SurelyRead([sure]).vocabulary().meant("penyedraan") == ""
    assert SurelyRead([unsure]).vocabulary().meant("penyedraan") == "penyediaan"


def test_words_an_official_list_often_holds_are_mended_to() -> None:
    names = ["Pengelolaan Zirkonium"] * LISTED_OFTEN
    assert SurelyRead().vocabulary(names).meant("zirkonlum") == "zirkonium"
    assert SurelyRead().vocabulary(names[1:]).meant("zirkonlum") == ""


def test_mended_word_of_a_scan_is_told_and_its_reading_kept(read, page_of, grid_of, scanned, line_of) -> None:
    row = ["1.05.01", "Penyedraan Renja", "Jumlah", "Kota", "10 dokurnen", "1.500", "APBD"]
    page = page_of(grid_of([*HEADER, row]), loose=[line_of(CAPTION, 60, 86)])
    scan = replace(page, origin=PageOrigin.RASTER, grids=tuple(map(scanned, page.grids)))
    (record,) = read(scan).tables[0].records
    assert (record.get("uraian").text, record.get("uraian").raw) == ("Penyediaan Renja", "Penyedraan Renja")
    assert (record.get("target_capaian").number, record.get("target_capaian").unit) == (10, "dokumen")
    told = [finding for finding in read(scan).findings if finding.code == "RJ-TXT-003"]
    assert [(finding.row, finding.column, finding.printed) for finding in told] == [
        (1, "uraian", "Penyedraan Renja"),
        (1, "target_capaian", "10 dokurnen"),
    ]
    assert "'Penyedraan' menjadi 'Penyediaan'" in told[0].message
    (record,) = read(page).tables[0].records
    assert record.get("uraian").text == "Penyedraan Renja"


def test_capital_inside_a_word_shows_a_lost_space_however_sure_the_recogniser_was() -> None:
    words = doubted("PenyediaanJasa Kantor", 0.999)
    text, told = mend_words("PenyediaanJasa Kantor", words, "uraian", VOCABULARY)
    assert text == "Penyediaan Jasa Kantor"
    assert [(word.read, word.meant) for word in told] == [("PenyediaanJasa", "Penyediaan Jasa")]
    assert mended("PenyediaanXyzq", confidence=0.999) == "PenyediaanXyzq"
    assert mended("PenyediaanJasa", "lokasi", 0.999) == "PenyediaanJasa"
