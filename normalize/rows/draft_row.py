"""Rows whose texts are read and whose numbers wait: how a column writes numbers is known only at the table's end.

A draft needs none of the words and boxes of the page it was read from, which can be let go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from normalize.codes import parse_code
from normalize.form import Kind
from normalize.model import Column, Source, Tingkat
from normalize.rows.body_row import BodyRow, PlacedCell
from normalize.rows.recognised import disputed_words, field_confidence
from normalize.text.lexicon import Lexicon
from normalize.text.misread_words import MendedWord, mend_words
from normalize.text.rejoin import join_lines
from normalize.text.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class KnownWords:
    """The words by which texts are joined and, where a page was recognised, mended."""

    lexicon: Lexicon
    vocabulary: Vocabulary | None = None
    """None where no page was recognised."""


@dataclass(frozen=True, slots=True)
class DraftField:
    """One printed field."""

    raw: str
    """As printed, one printed line a line."""
    text: str
    """Clean text; blank for a number, whose text is its print."""
    confidence: float
    """The lowest of its words."""
    sources: tuple[Source, ...]
    recognised: bool = False
    """Whether a recogniser read it and was not certain."""
    mended: tuple[MendedWord, ...] = ()
    disputed: str = ""
    """Words of a text that engines read differently, for people."""
    cells: tuple[PlacedCell, ...] = ()
    """Its cells where a recogniser's other readings of a number are still to be weighed."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One logical row; blank fields are left out."""

    page: int
    fields: Mapping[str, DraftField]
    spanning: bool
    """Whether a cell runs over several columns, as group and total rows do."""
    level: Tingkat | None
    """The level its name's column is headed by; None where one column holds the names of all levels."""
    bold: bool
    """Whether all its text is bold."""

    def raw(self, key: str) -> str:
        """Return a field as printed, blank when the row has none."""
        field = self.fields.get(key)
        return "" if field is None else field.raw


def draft_row(row: BodyRow, columns: Sequence[Column], words: KnownWords) -> DraftRow:
    """Return a row with its texts read, in the order of ``columns``."""
    fields: dict[str, DraftField] = {}
    for column in columns:
        cells = row.fields.get(column.key, ())
        raw = printed(cells)
        if raw and not raw.isspace():
            fields[column.key] = _draft_field(cells, raw, column, words)
    return DraftRow(row.page, fields, row.spanning, row.level, row.bold)


def printed(cells: Sequence[PlacedCell]) -> str:
    """Return the field as printed, one printed line a line."""
    return "\n".join([placed.cell.text for placed in cells if placed.cell.lines])


def _draft_field(cells: tuple[PlacedCell, ...], raw: str, column: Column, words: KnownWords) -> DraftField:
    sources = tuple([Source(placed.page, placed.cell.bbox) for placed in cells])
    confidence = field_confidence(cells)
    recognised = confidence < 1
    if column.kind.is_number:
        return DraftField(raw, "", confidence, sources, recognised, cells=cells if recognised else ())
    text = join_field(cells, words.lexicon)
    if column.kind in (Kind.KODE, Kind.TEKS) and not recognised:
        text = _with_code_closed_up(text, cells)
    mended: tuple[MendedWord, ...] = ()
    if words.vocabulary is not None and column.kind is not Kind.KODE and recognised:
        read = [word for placed in cells for line in placed.cell.lines for word in line.words]
        text, mended = mend_words(text, read, column.key, words.vocabulary)
    disputed = disputed_words(cells, frozenset(word.read for word in mended)) if recognised else ""
    return DraftField(raw, text, confidence, sources, recognised, mended, disputed)


def _with_code_closed_up(text: str, cells: Sequence[PlacedCell]) -> str:
    """Return a code of which a narrow cell cut a segment (``2.01.00`` over ``06``) as one, any other text as it is."""
    read = parse_code(text)
    if (read is not None and not read.problem) or all(len(placed.cell.lines) < 2 for placed in cells):
        return text
    closed = " ".join("".join(placed.cell.text.split()) for placed in cells)
    code = parse_code(closed)
    return text if code is None or code.problem or not code.parent else code.text


def join_field(cells: Sequence[PlacedCell], lexicon: Lexicon) -> str:
    """Return the clean text of a field: sub-columns side by side joined by a space, page parts as one text."""
    runs: list[list[PlacedCell]] = []
    for placed in cells:
        last = runs[-1][-1] if runs else None
        if last is not None and last.page == placed.page and last.cell.row == placed.cell.row:
            runs.append([placed])
        elif runs:
            runs[-1].append(placed)
        else:
            runs.append([placed])
    texts = []
    for run in runs:
        lines = [line for placed in run for line in placed.cell.lines]
        texts.append(join_lines(lines, run[0].cell.bbox.x0, run[0].cell.bbox.x1, lexicon))
    return " ".join(text for text in texts if text)
