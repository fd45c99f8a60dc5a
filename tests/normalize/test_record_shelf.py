"""Records that waited on a shelf are those that were put there."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from extract.model import BBox
from normalize.model import Record, Source, Tingkat, Value
from normalize.record_shelf import record_shelf, rewritten

EDGES = st.floats(0, 1000, allow_nan=False)
CONFIDENCES = st.floats(0, 1, allow_nan=False)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False)
VALUES = st.builds(
    Value,
    raw=st.text(),
    text=st.text(),
    number=st.none() | NUMBERS,
    unit=st.text(),
    rule=st.text(),
    confidence=CONFIDENCES,
    alternatives=st.lists(NUMBERS).map(tuple),
    sources=st.lists(st.builds(Source, st.integers(1, 2000), st.builds(BBox, EDGES, EDGES, EDGES, EDGES))).map(tuple),
)
RECORDS = st.builds(
    Record,
    values=st.dictionaries(st.text(), VALUES, max_size=3),
    tingkat=st.sampled_from(Tingkat),
    page=st.integers(1, 2000),
    confidence=CONFIDENCES,
    bold=st.booleans(),
)


def numbered(count: int) -> list[Record]:
    return [Record({"no": Value(str(n), str(n), Decimal(n))}, Tingkat.BARIS, n + 1, 1.0) for n in range(count)]


@given(RECORDS)
def test_a_record_is_read_back_as_it_was_put(record):
    shelf = record_shelf(at_hand=0)
    filler = numbered(200)
    assert shelf.put([record, *filler])[0] == record
    spelled = [str(value.number) for value in record.values.values()]
    assert [str(value.number) for value in shelf[0].values.values()] == spelled


def test_what_became_of_records_is_kept_as_they_are():
    records = numbered(3)
    shelf = record_shelf()
    assert rewritten(shelf.put(records), reversed(records)) == records[::-1]
    assert len(shelf) == 6
    assert rewritten(records, reversed(records)) == tuple(records[::-1])
