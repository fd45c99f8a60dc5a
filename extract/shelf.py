"""Long lists of records that wait on disk, so that the length of a document does not decide how much memory it takes.

A short list never touches the disk: only full blocks are put away, and the last ones used are at hand.
"""

from __future__ import annotations

import io
import pickle
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar, overload

Item = TypeVar("Item")


class ShelfFullError(Exception):
    """The disk that holds what does not fit in memory cannot be written."""

    remedy = "Make room in the folder for temporary files, or set TMPDIR to a folder that has some."

    def __init__(self, reason: str) -> None:
        """Name the folder and the operating system's reason."""
        super().__init__(f"{tempfile.gettempdir()}: cannot hold the pages of a long document ({reason})")


def _pickled(items: list[Item]) -> bytes:
    return pickle.dumps(items, pickle.HIGHEST_PROTOCOL)


class _Comparable(Sequence[Item]):
    """A sequence that equals every other one with the same items."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """Say whether another sequence holds the same."""
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(ours == theirs for ours, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # as for any list


class Shelf(_Comparable[Item]):
    """An append-only sequence of frozen records; all but the latest used blocks of it lie on disk.

    What is read back equals what was put in but is another object. Raises :class:`ShelfFullError`.
    """

    def __init__(
        self,
        items: Iterable[Item] = (),
        *,
        block: int,
        at_hand: int,
        pack: Callable[[list[Item]], bytes] = _pickled,
        unpack: Callable[[bytes], list[Item]] = pickle.loads,
    ) -> None:
        """Put ``items`` on the shelf; ``at_hand`` blocks of ``block`` items each are held in memory.

        ``pack`` and ``unpack`` turn a block into bytes and back; those for a kind of record are faster than pickling.
        """
        self._block = block
        self._at_hand = at_hand
        self._pack = pack
        self._unpack = unpack
        self._places: dict[int, tuple[int, int]] = {}
        self._full = 0
        self._file: io.BufferedRandom | None = None
        self._used: OrderedDict[int, list[Item]] = OrderedDict()
        self._last: list[Item] = []
        self.extend(items)

    def append(self, item: Item) -> None:
        """Put one more item at the end."""
        self._last.append(item)
        if len(self._last) == self._block:
            self._use(self._full, self._last)
            self._full += 1
            self._last = []

    def extend(self, items: Iterable[Item]) -> None:
        """Put more items at the end, one at a time."""
        for item in items:
            self.append(item)

    def put(self, items: Iterable[Item]) -> Run[Item]:
        """Put more items at the end, one at a time, and return them as a sequence of their own."""
        start = len(self)
        self.extend(items)
        return Run(self, range(start, len(self)))

    def __len__(self) -> int:
        """Return how many items there are."""
        return self._full * self._block + len(self._last)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        """Return one item, or a list of several."""
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        number, offset = divmod(place, self._block)
        return self._block_of(number)[offset]

    def __iter__(self) -> Iterator[Item]:
        """Yield the items, a block at a time."""
        for number in range(self._full + 1):
            yield from self._block_of(number)

    def _block_of(self, number: int) -> list[Item]:
        if number == self._full:
            return self._last
        found = self._used.get(number)
        if found is not None:
            self._used.move_to_end(number)
            return found
        assert self._file is not None
        start, size = self._places[number]
        self._file.seek(start)
        read = self._unpack(self._file.read(size))  # our own file, which has no name
        self._use(number, read)
        return read

    def _use(self, number: int, items: list[Item]) -> None:
        """Hold one more block, and put the one that was not used for longest on disk unless it is there."""
        self._used[number] = items
        if len(self._used) > self._at_hand:
            oldest, held = self._used.popitem(last=False)
            if oldest not in self._places:
                self._save(oldest, held)

    def _save(self, number: int, items: list[Item]) -> None:
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="renja-")  # noqa: SIM115 - lives as long as the shelf
            packed = self._pack(items)
            self._places[number] = self._file.seek(0, io.SEEK_END), len(packed)
            self._file.write(packed)
            self._file.flush()
        except OSError as error:
            raise ShelfFullError(error.strerror or str(error)) from error


class Run(_Comparable[Item]):
    """Items that were put on a shelf together, fetched from there each time they are gone through."""

    __slots__ = ("_places", "_shelf")

    def __init__(self, shelf: Shelf[Item], places: range) -> None:
        """Stand for the items at these places of the shelf."""
        self._shelf = shelf
        self._places = places

    def rewritten(self, items: Iterable[Item]) -> Run[Item]:
        """Return what these items became, on the same shelf; ``items`` may be made while these are gone through."""
        return self._shelf.put(items)

    def __len__(self) -> int:
        """Return how many items there are."""
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        """Return one item, or a sequence of several."""
        places = self._places[index]
        return Run(self._shelf, places) if isinstance(places, range) else self._shelf[places]

    def __iter__(self) -> Iterator[Item]:
        """Yield the items in order."""
        return map(self._shelf.__getitem__, self._places)
