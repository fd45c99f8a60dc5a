import pickle
import tempfile

import pytest

from extract.model import BBox, Line, Word
from extract.shelf import Shelf, ShelfFullError

LINES = [Line((Word(f"kata {n}", BBox(n, 0.1, n + 1, 8.3)),), BBox(n, 0.1, n + 1, 8.3)) for n in range(100)]


def test_what_was_put_on_a_shelf_is_read_back_equal_and_in_order():
    shelf = Shelf(LINES, block=8, at_hand=2)
    assert list(shelf) == LINES
    assert [shelf[place] for place in (0, 99, -1, 41, 0)] == [LINES[place] for place in (0, 99, -1, 41, 0)]
    assert shelf[90:] == LINES[90:]
    assert shelf == tuple(LINES)
    assert shelf != LINES[:-1]


def test_a_place_beyond_the_shelf_is_an_error():
    shelf = Shelf(LINES, block=8, at_hand=2)
    with pytest.raises(IndexError):
        shelf[len(LINES)]


def test_few_blocks_are_held_and_a_short_shelf_never_touches_the_disk():
    written = []

    def pack(lines):
        written.append(lines)
        return pickle.dumps(lines)

    Shelf(LINES[:16], block=8, at_hand=2, pack=pack)
    assert written == []
    Shelf(LINES[:40], block=8, at_hand=2, pack=pack)
    assert written == [LINES[:8], LINES[8:16], LINES[16:24]]


def test_a_full_disk_is_told_with_what_to_do(monkeypatch):
    def refuse(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(ShelfFullError, match="No space left on device") as raised:
        Shelf(LINES, block=8, at_hand=2)
    assert "TMPDIR" in raised.value.remedy


def test_items_put_together_are_a_sequence_of_their_own():
    shelf = Shelf(block=8, at_hand=2)
    first, second = shelf.put(LINES[:30]), shelf.put(LINES[30:])
    assert first == LINES[:30]
    assert tuple(LINES[30:]) == second
    assert [second[place] for place in (0, -1, 41)] == [LINES[place] for place in (30, 99, 71)]
    assert second[5:-60] == LINES[35:40]
    with pytest.raises(IndexError):
        first[30]


def test_items_are_rewritten_while_they_are_gone_through():
    run = Shelf(block=8, at_hand=1).put(range(50))
    assert run.rewritten(number * 2 for number in run) == list(range(0, 100, 2))
    assert run == list(range(50))
