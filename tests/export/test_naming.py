import pytest
from documents import plan_table
from hypothesis import given
from hypothesis import strategies as st

from export.naming import (
    MAX_SHEET_CHARS,
    MAX_STEM_BYTES,
    MAX_STEM_CHARS,
    csv_name,
    safe_stem,
    sheet_name,
    table_label,
    unique_name,
)


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("CON", "CON_"),
        ("nul.2024", "nul_.2024"),
        ("Renja 2024: Dinas?", "Renja 2024_ Dinas_"),
        (" . ", "dokumen"),
        ("", "dokumen"),
        ("Renja\u202egpj", "Renjagpj"),
    ],
)
def test_unsafe_stems_become_safe_names(stem, expected):
    assert safe_stem(stem) == expected


@given(st.text(max_size=400))
def test_a_safe_stem_is_one_short_path_part(stem):
    name = safe_stem(stem)
    assert 0 < len(name) <= MAX_STEM_CHARS
    assert len(name.encode()) <= MAX_STEM_BYTES
    assert not set(name) & set('<>:"/\\|?*\0')
    assert name.strip(" .") == name
    assert safe_stem(name) == name


def test_long_stems_that_differ_at_the_end_stay_different():
    assert safe_stem("a" * 300 + "1") != safe_stem("a" * 300 + "2")


def test_taken_names_get_a_number_whatever_their_case():
    assert unique_name("Renja", ["renja", "RENJA-2"]) == "Renja-3"


def test_the_second_table_of_a_kind_has_its_own_file():
    assert [csv_name(plan_table(ordinal=n)) for n in (1, 2)] == ["tabel_iii_1.csv", "tabel_iii_1_2.csv"]


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("iii_1", "III.1"),
        ("ii_4a_1", "II.4.a.1"),
        ("ii_4b", "II.4.b"),
        ("ii_1_tc29", "II.1.TC-29"),
        ("lampiran", "Lampiran"),
        ("sumber_dana", "Sumber dana"),
    ],
)
def test_table_keys_read_as_people_write_them(key, label):
    assert table_label(key) == label


@given(st.lists(st.text(max_size=60), max_size=8))
def test_sheet_names_are_ones_excel_accepts_and_never_collide(wanted):
    names: list[str] = []
    for text in wanted:
        names.append(sheet_name(text, names))
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= MAX_SHEET_CHARS
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"
