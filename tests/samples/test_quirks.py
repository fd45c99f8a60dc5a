"""Every quirk can be switched on, alone and with others, and loses nothing of the truth."""

from collections import Counter
from random import Random

import pypdfium2
import pytest

from samples.quirks import CLASHES, QUIRKS, clash, draw_quirks, make_document

CODE_COLUMNS = ("kode", "kode_rekening")
"""Their dots are not printed when the code is spread over cells."""


def printed_characters(pdf):
    document = pypdfium2.PdfDocument(pdf)
    counts = Counter()
    for page in document:
        counts.update("".join(page.get_textpage().get_text_bounded().split()))  # nothing that ran off the page
    document.close()
    return counts


def true_characters(truth):
    counts = Counter()
    for table in truth.values():
        for row in table["rows"]:
            for key, text in row["cells"].items():
                printed = text.replace(".", "") if key in CODE_COLUMNS else text
                counts.update("".join(printed.split()))
    return counts


@pytest.mark.parametrize("name", sorted(QUIRKS))
def test_a_quirk_alone_prints_the_whole_truth(name, tmp_path):
    pdf, truth = make_document(11, frozenset({name}), tmp_path)
    assert truth
    assert not true_characters(truth) - printed_characters(pdf)


@pytest.mark.parametrize("seed", range(12))
def test_drawn_combinations_print_the_whole_truth(seed, tmp_path):
    random = Random(seed)  # noqa: S311 - a seeded document, not a secret
    quirks = draw_quirks(random, random.randint(1, 3))
    pdf, truth = make_document(seed, quirks, tmp_path)
    assert not true_characters(truth) - printed_characters(pdf)


def test_the_same_seed_and_quirks_give_the_same_bytes(tmp_path):
    quirks = frozenset({"split_rows", "code_parts", "grey_watermark"})
    first, truth = make_document(3, quirks, tmp_path / "a")
    second, again = make_document(3, quirks, tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()
    assert truth == again


def test_two_quirks_of_one_group_are_refused(tmp_path):
    with pytest.raises(ValueError, match="both of group rules"):
        make_document(1, frozenset({"hairlines", "dotted_rules"}), tmp_path)


def test_quirks_that_would_leave_nothing_to_read_are_refused():
    assert "tell the rows or cells apart" in clash(frozenset({"no_rulings", "split_rows"}))


def test_an_unknown_quirk_is_refused_with_its_name(tmp_path):
    with pytest.raises(ValueError, match="zigzag"):
        make_document(1, frozenset({"zigzag"}), tmp_path)


def test_clashes_name_quirks_that_exist():
    for some, others, _why in CLASHES:
        assert (some | others) & QUIRKS.keys()
        assert some <= QUIRKS.keys()


def test_merged_cells_are_blank_in_the_rows_they_cover(tmp_path):
    _pdf, truth = make_document(5, frozenset({"merged_sasaran"}), tmp_path)
    first, *rest = truth["ii_1"]["rows"]
    assert first["cells"]["sasaran"]
    assert not any(row["cells"]["sasaran"] for row in rest)
