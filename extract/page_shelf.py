"""The contents of the pages of a long document: what fills a page waits on disk and is fetched where it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar, overload

from extract.line_codec import (
    from_bytes,
    pack_cells,
    pack_lines,
    pack_words,
    to_bytes,
    unpack_cells,
    unpack_lines,
    unpack_words,
)
from extract.model import Cell, Line, PageContent, Word
from extract.shelf import Shelf

PAGES_AT_HAND = 96
"""Pages held in memory at once: about 15 MB, and more than most tables run over."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class _Filling:
    """What fills a page."""

    cells: tuple[tuple[Cell, ...], ...]
    """Those of each of its grids."""
    loose: tuple[Line, ...]
    discarded: tuple[Word, ...]


class PageShelf:
    """Takes the contents of pages and gives them back without their weight."""

    def __init__(self, *, at_hand: int = PAGES_AT_HAND) -> None:
        """Begin with an empty shelf; the filling of ``at_hand`` pages is held in memory."""
        self._fillings: Shelf[_Filling] = Shelf(block=1, at_hand=at_hand, pack=_pack, unpack=_unpack)

    def put(self, page: PageContent) -> PageContent:
        """Return the page with cells, loose lines and discarded words that are fetched when they are read.

        Raises :class:`~extract.shelf.ShelfFullError`.
        """
        number = len(self._fillings)
        cells = tuple(tuple(grid.cells) for grid in page.grids)
        self._fillings.append(_Filling(cells, tuple(page.loose), tuple(page.discarded)))
        grids = tuple(
            replace(grid, cells=_OnShelf(self._fillings, number, partial(_cells_of, place)))
            for place, grid in enumerate(page.grids)
        )
        return replace(
            page,
            grids=grids,
            loose=_OnShelf(self._fillings, number, _loose_of),
            discarded=_OnShelf(self._fillings, number, _discarded_of),
        )


class _OnShelf(Sequence[Item]):
    """Records of one page that are fetched each time they are gone through."""

    __slots__ = ("_fillings", "_number", "_pick")

    def __init__(self, fillings: Shelf[_Filling], number: int, pick: Callable[[_Filling], tuple[Item, ...]]) -> None:
        self._fillings = fillings
        self._number = number
        self._pick = pick

    def __len__(self) -> int:
        return len(self._pick(self._fillings[self._number]))

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        return self._pick(self._fillings[self._number])[index]

    def __iter__(self) -> Iterator[Item]:
        return iter(self._pick(self._fillings[self._number]))


def _cells_of(place: int, filling: _Filling) -> tuple[Cell, ...]:
    return filling.cells[place]


def _loose_of(filling: _Filling) -> tuple[Line, ...]:
    return filling.loose


def _discarded_of(filling: _Filling) -> tuple[Word, ...]:
    return filling.discarded


def _pack(fillings: list[_Filling]) -> bytes:
    return to_bytes(
        (list(map(pack_cells, filling.cells)), pack_lines(filling.loose), pack_words(filling.discarded))
        for filling in fillings
    )


def _unpack(data: bytes) -> list[_Filling]:
    return [
        _Filling(tuple(map(unpack_cells, cells)), unpack_lines(loose), tuple(unpack_words(discarded)))
        for cells, loose, discarded in from_bytes(data)
    ]
