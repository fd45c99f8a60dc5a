import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.page_spans import page_spans
from renja.page_ranges import parse_page_ranges


def test_ranges_and_single_pages_are_merged_in_order():
    assert parse_page_ranges("8, 1-3,2-4") == (1, 2, 3, 4, 8)


@pytest.mark.parametrize("text", ["", "0", "3-1", "a", "1-", "1,,2", "1-2-3", "-1"])
def test_what_names_no_pages_is_refused(text):
    with pytest.raises(ValueError, match="page"):
        parse_page_ranges(text)


@given(st.sets(st.integers(1, 999), min_size=1))
def test_any_set_of_pages_can_be_written_and_read_back(pages):
    assert parse_page_ranges(page_spans(pages)) == tuple(sorted(pages))
