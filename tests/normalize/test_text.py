from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import BBox, Line, Word
from normalize.text.lexicon import PrintedWords, shipped_lexicon
from normalize.text.rejoin import clean_text, join_lines

GLYPH = 5.0
PADDING = 2.0


def printed(text, top=0.0, x0=PADDING):
    """Set a line in a font whose glyphs are all GLYPH points wide."""
    words, x = [], x0
    for token in text.split(" "):
        words.append(Word(token, BBox(x, top, x + GLYPH * len(token), top + 8)))
        x += GLYPH * (len(token) + 1)
    return Line(tuple(words), BBox(x0, top, words[-1].bbox.x1, top + 8))


def joined(*lines, columns=None, lexicon=None):
    """Join lines of a cell that is ``columns`` glyphs wide; by default as wide as its longest line."""
    width = GLYPH * (columns or max(len(line) for line in lines)) + 2 * PADDING
    return join_lines([printed(text, 10.0 * i) for i, text in enumerate(lines)], 0, width, lexicon or shipped_lexicon())


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("siskamlin", "g"),
        ("Peningkata", "n"),
        ("Meningkatk", "an"),
        ("masyaraka", "t"),
        ("Targe", "t"),
        ("KABUPATEN/KOT", "A"),
        ("Disnakerpe", "rin"),
    ],
)
def test_a_word_cut_by_wrapping_is_mended(upper, lower):
    assert joined(upper, lower) == upper + lower


def test_words_behind_a_mended_one_keep_their_space():
    assert joined("Penanggun", "g Jawab") == "Penanggung Jawab"
    assert joined("Peningkata", "n Perekono", "mian") == "Peningkatan Perekonomian"


def test_a_word_mended_over_two_lines_ends_before_the_next():
    assert joined("Mening", "katnya", "kualita", "s") == "Meningkatnya kualitas"
    assert joined("tnya", "kua", "lita", "s", columns=4) == "tnya kualitas"


def test_a_code_cut_inside_a_segment_is_mended():
    assert joined("2.11.01.2.01.0", "001") == "2.11.01.2.01.0001"
    assert joined("2.11.01.2.01", ".0001") == "2.11.01.2.01.0001"
    assert joined("2.11.01.", "2.01.000", "1") == "2.11.01.2.01.0001"
    assert joined("2.11.01", "2.11.02") == "2.11.01 2.11.02"


@pytest.mark.parametrize(
    "lines",
    [
        ("Pelaksanaan", "Kebijakan"),
        ("Pelayanan", "yang"),
        ("Kota", "Baru"),
        ("PRAKIRAAN", "CAPAIAN"),
        ("Dinas", "Xyzzy"),
        ("Pelatihan", "di"),
        ("Jumlah", "dokumen", "yang", "disusun"),
    ],
)
def test_words_on_lines_of_their_own_keep_a_space(lines):
    assert joined(*lines) == " ".join(lines)


def test_a_line_with_room_for_a_glyph_was_not_cut():
    assert joined("Peningkata", "n", columns=12) == "Peningkata n"


def test_a_word_known_whole_is_mended_where_a_wide_glyph_did_not_fit():
    assert joined("Penganggar", "an", columns=11.2) == "Penganggaran"
    assert joined("Xyzzy", "qq", columns=6.2) == "Xyzzy qq"


def test_a_word_the_document_prints_elsewhere_is_known():
    lexicon = PrintedWords([printed("di Posbindu Kota")]).lexicon()
    assert joined("Posbin", "du") == "Posbindu"
    assert joined("ke Posbin", "du", lexicon=lexicon) == "ke Posbindu"
    assert joined("ke Posbin", "du") == "ke Posbin du"


def test_the_ends_of_lines_teach_no_words():
    assert not PrintedWords([printed("Peningkata di Perekono")]).lexicon().knows("perekono")


def test_a_slash_joins_without_a_space():
    assert joined("PROGRAM/", "KEGIATAN") == "PROGRAM/KEGIATAN"
    assert joined("rutin /", "berkala") == "rutin / berkala"


@pytest.mark.parametrize(
    ("upper", "lower", "whole"),
    [
        ("Pem-", "bangunan", "Pembangunan"),
        ("non-", "formal", "non-formal"),
        ("anak-", "anak", "anak-anak"),
        ("undang-", "undangan", "undang-undangan"),
        ("Sentra -", "industri", "Sentra - industri"),
    ],
)
def test_a_hyphen_goes_only_where_it_divided_a_word(upper, lower, whole):
    assert joined(upper, lower) == whole


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("52,215,959,77", "1"), "52,215,959,771"),
        (("23.014.137.", "000"), "23.014.137.000"),
        (("2.07.01.", "2.01.0001"), "2.07.01.2.01.0001"),
        (("01", "."), "01."),
        (("500.000", "250.000"), "500.000 250.000"),
        (("2023", "2024"), "2023 2024"),
        (("tahun 2023", "2024 dan"), "tahun 2023 2024 dan"),
    ],
)
def test_a_number_cut_by_wrapping_is_mended_when_the_whole_is_well_formed(lines, whole):
    assert joined(*lines) == whole


def test_a_number_in_a_column_of_one_digit_is_mended():
    assert joined("3", "1", columns=1) == "31"
    assert joined("3", "1", columns=3) == "3 1"


def test_a_percentage_cut_by_wrapping_is_mended():
    assert joined("80,7", "3%") == "80,73%"
    assert joined("80%", "90%") == "80% 90%"


def test_numbers_of_equal_length_under_each_other_are_two():
    assert joined("45", "12", columns=2) == "45 12"


def test_punctuation_keeps_to_its_word():
    assert joined("8=(5+7+9", ")") == "8=(5+7+9)"
    assert joined("orang (", "Rp. 25.000)") == "orang (Rp. 25.000)"


def test_dashed_items_stand_on_lines_of_their_own():
    assert joined("- Jumlah dokumen", "yang disusun", "- Jumlah koordinasi") == (
        "- Jumlah dokumen yang disusun\n- Jumlah koordinasi"
    )


def test_dashes_inside_a_line_open_items_when_the_cell_begins_with_one():
    assert joined("- Lbr -", "Buku") == "- Lbr\n- Buku"
    assert joined("- 4 - 7") == "- 4\n- 7"
    assert joined("-4 -7") == "-4\n-7"
    assert joined("- Dok - kali") == "- Dok\n- kali"


def test_a_single_dash_or_a_dash_in_a_sentence_is_no_list():
    assert joined("- Jumlah dokumen", "yang disusun") == "- Jumlah dokumen yang disusun"
    assert joined("Sentra - sentra", "industri") == "Sentra - sentra industri"
    assert joined("- Sentra - sentra", "- Pasar") == "- Sentra - sentra\n- Pasar"
    assert joined("-13,8%") == "-13,8%"


@pytest.mark.parametrize("marks", [("1.", "2."), ("a.", "b."), ("1)", "2)"), ("•", "•"), ("*", "*")])
def test_marked_lines_are_items(marks):
    lines = [f"{marks[0]} Rapat koordinasi", f"{marks[1]} Monitoring"]
    assert joined(*lines) == "\n".join(lines)


def test_ordinals_inside_a_sentence_stay_inline():
    assert joined("1. Rapat 2. Survei", "3. Laporan") == "1. Rapat 2. Survei 3. Laporan"
    assert joined("Kegiatan 1. Rapat", "2. Survei") == "Kegiatan 1. Rapat 2. Survei"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Rp\u00a045", "Rp 45"),
        ("pem\u00adbangunan", "pembangunan"),
        ("\ufb01sik  dan\tnon\ufb01skal", "fisik dan nonfiskal"),
        ("a\u200bb\x07c", "abc"),
        ("e\u0301", "é"),
        (" a \n b ", "a\nb"),
    ],
)
def test_glyph_troubles_are_mended(text, clean):
    assert clean_text(text) == clean


def test_a_cell_without_text_is_empty():
    assert join_lines([], 0, 10, shipped_lexicon()) == ""
    assert join_lines([printed("\u200b")], 0, 10, shipped_lexicon()) == ""


@given(st.lists(st.text("abcKOT ./-,()0123•", min_size=1, max_size=12), min_size=1, max_size=5))
def test_no_printed_character_is_lost_but_a_dividing_hyphen(lines):
    lines = [" ".join(line.split()) or "x" for line in lines]
    want = "".join("".join(lines).split())
    got = "".join(joined(*lines).split())
    assert got.replace("-", "") == want.replace("-", "")


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text):
    assert clean_text(clean_text(text)) == clean_text(text)
