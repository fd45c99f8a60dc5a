"""Grids of consecutive pages joined into logical tables, whether the header is repeated, re-wrapped or absent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from extract.model import Grid, Line, PageContent
from normalize.alignment import aligned_keys, same_edges
from normalize.captions import LABEL, Caption, caption_above, furniture_keys, is_furniture
from normalize.columns import LooksLike, unit_factor
from normalize.fold import fold_caption, years_in
from normalize.form import TableForm
from normalize.header import Header, IsHeaderText, read_header, without_header
from normalize.identify import Candidate, claim, rank_forms
from normalize.match import MIN_OUT_OF_ORDER, folded_paths, same_letters, similarity
from normalize.misread_labels import reread
from normalize.model import Column, Leftover, UnknownTable
from normalize.part_columns import (
    Guess,
    GuessedFrom,
    PartColumns,
    TableSense,
    misread_columns,
    names_found_later,
    part_columns,
    printed_header,
    with_pages_agreed,
)

SIMILAR = 2
"""Columns by which a grid may differ from the table before it and still be suspected to continue it."""
FEW_WORDS = 3
"""Words up to which a text is header only by its letters: a known label may stand inside a body text by chance."""
MIN_FITTING_SHARE = 0.5
"""Share of cells of a number column that must read as numbers, and of number columns where they do."""
MIN_INTERRUPTED_COLUMNS = 5
"""Columns, all in place, by which a grid goes on after a box or signature block that came between."""
MAX_PAGE_GAP = 2
"""A headerless grid continues a table that ended at most this many pages before."""


@dataclass(frozen=True, slots=True)
class Part:
    """The piece of a table on one page."""

    grid: Grid
    header: Header
    keys: tuple[str, ...]
    """Column key of every grid column."""
    caption: Caption
    doubt: str = ""
    """Why it may not belong to the table after all, for people; blank when nothing speaks against it."""


@dataclass(slots=True)
class StitchedTable:
    """A logical table under construction: its columns and its parts in page order."""

    claim: Candidate
    caption: Caption
    columns: list[Column] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    likeness: dict[str, float] = field(default_factory=dict)
    """Per declared column key the score of its printed header, the lowest of all parts."""
    guesses: dict[str, Guess] = field(default_factory=dict)
    """Per column key what its header was guessed from, where a recogniser misread it."""

    def rename(self, old: str, column: Column) -> None:
        """Give the column called ``old`` on the pages so far the name that a later header prints."""
        title = next(known.title for known in self.columns if known.key == old)
        self.columns = [column if known.key == old else known for known in self.columns]
        self.parts = [
            replace(part, keys=tuple(column.key if key == old else key for key in part.keys)) for part in self.parts
        ]
        self.guesses[column.key] = Guess(title, GuessedFrom.PAGES)

    @property
    def form(self) -> TableForm:
        """The declared form it was recognised as."""
        return self.claim.form

    @property
    def score(self) -> float:
        """The evidence for its form."""
        return self.claim.score


@dataclass(frozen=True, slots=True)
class Stitched:
    """What the pages hold."""

    tables: tuple[StitchedTable, ...]
    unknown: tuple[UnknownTable, ...]
    leftovers: tuple[Leftover, ...]


def header_vocabulary(forms: Sequence[TableForm]) -> IsHeaderText:
    """Return a test for wording that some form prints in its header."""
    known = frozenset(
        part for form in forms for column in form.columns for path in folded_paths(column) for part in path
    )

    @lru_cache(maxsize=4096)
    def is_header_text(folded: str) -> bool:
        if folded in known:
            return True
        likeness = max(similarity(folded, part) for part in known)
        if len(folded.split()) > FEW_WORDS:
            return likeness >= MIN_OUT_OF_ORDER
        return likeness >= MIN_OUT_OF_ORDER and any(same_letters(folded, part) for part in known)

    return is_header_text


def stitch(pages: Sequence[PageContent], forms: Sequence[TableForm], looks_like: LooksLike) -> Stitched:
    """Recognise the grids of all pages and join those that are one table."""
    return _Stitcher(forms, looks_like, furniture_keys(pages)).run(pages)


class _Stitcher:
    """The state of one pass over the pages: the table that may go on, and what was found."""

    def __init__(
        self, forms: Sequence[TableForm], looks_like: LooksLike, furniture: frozenset[tuple[str, bool]]
    ) -> None:
        self.forms = forms
        self.looks_like = looks_like
        self.furniture = furniture
        self.is_header_text = header_vocabulary(forms)
        self.open: StitchedTable | None = None
        self.aside: Grid | None = None
        """The last grid no form claimed, when it stands behind the open table."""
        self.tables: list[StitchedTable] = []
        self.unknown: list[UnknownTable] = []
        self.leftovers: list[Leftover] = []

    def run(self, pages: Iterable[PageContent]) -> Stitched:
        for page in pages:
            captions = [self._take(grid, page) for grid in page.grids]
            if page.grids:
                self._list_leftovers(page, captions)
        return Stitched(tuple(self.tables), tuple(self.unknown), tuple(self.leftovers))

    def _take(self, grid: Grid, page: PageContent) -> Caption:
        header = read_header(grid, self.is_header_text)
        outside = caption_above(grid, page, page.grids, self.furniture)
        caption = Caption((*outside.lines, *header.title))
        header = reread(header, self.is_header_text, years_in(caption.text))
        if self._repeats_header(grid, header, caption):
            return caption
        best = self._recognise(grid, header, caption) if header.labelled else None
        chosen = claim([best]) if best is not None else None
        if chosen is None or best is None:
            if not self._continue_without_header(grid, header, caption):
                self._set_aside(grid, caption, best)
        elif self.open is not None and self.open.form.key == chosen.form.key and not self._starts_anew(caption):
            self._add_part(self.open, grid, header, caption, chosen)
            self.aside = None
        else:
            table = StitchedTable(chosen, caption, evidence=[*chosen.evidence])
            self._add_part(table, grid, header, caption, chosen)
            self.tables.append(table)
            self.open, self.aside = table, None
        return caption

    def _repeats_header(self, grid: Grid, header: Header, caption: Caption) -> bool:
        """Take a page that prints the open table's header over again as its next part, without weighing every form."""
        if self.open is None or not header.labelled or self._starts_anew(caption):
            return False
        before = self.open.parts[-1]
        same = header.signature == before.header.signature and header.numbering == before.header.numbering
        if not same or header.leaves != before.header.leaves:
            return False
        self.open.parts.append(Part(grid, header, before.keys, caption))
        self.open.evidence.append(f"p{grid.page}: header repeated")
        self.aside = None
        return True

    def _recognise(self, grid: Grid, header: Header, caption: Caption) -> Candidate:
        """Weigh the forms; on a page without a label of its own the open table is believed."""
        printed = printed_header(grid, header, self.looks_like).printed
        known = caption
        if not caption.labelled and self.open is not None and header.signature == self.open.parts[-1].header.signature:
            known = self.open.caption
        return rank_forms(printed, known, self.forms)[0]

    def _add_part(self, table: StitchedTable, grid: Grid, header: Header, caption: Caption, chosen: Candidate) -> None:
        part = self._part_columns(table, grid, header, chosen)
        if table.parts:
            aligned = aligned_keys(grid, table.parts[-1].grid, table.parts[-1].keys)
            if aligned is not None and len(set(aligned)) > len(set(part.keys)):  # its K / Rp row is not repeated
                part = PartColumns((), aligned)
            elif aligned is not None:
                for old, column in names_found_later(part, aligned, table.columns).items():
                    table.rename(old, column)
                    aligned = tuple(column.key if name == old else name for name in aligned)
                part = with_pages_agreed(part, aligned, table.parts[-1].keys, table.columns)
        known = {column.key for column in table.columns}
        table.columns.extend(column for column in part.columns if column.key not in known)
        for key, score in part.likeness.items():
            table.likeness[key] = min(score, table.likeness.get(key, score))
        for key, guess in part.guesses.items():
            table.guesses.setdefault(key, guess)
        table.parts.append(Part(grid, header, part.keys, caption))
        if len(table.parts) > 1:
            table.evidence.append(f"p{grid.page}: header repeated")

    def _part_columns(self, table: StitchedTable, grid: Grid, header: Header, chosen: Candidate) -> PartColumns:
        years = years_in(table.caption.text)
        sense = TableSense(table.form, years[0] if years else None, unit_factor([table.caption.text]))
        shown = printed_header(grid, header, self.looks_like)
        if not header.recognised:
            return part_columns(shown, chosen.assignment, sense)
        bare = printed_header(grid, replace(header, readings=header.paths), self.looks_like)
        return misread_columns(shown, bare, chosen.assignment, sense, self.is_header_text)

    def _continue_without_header(self, grid: Grid, header: Header, caption: Caption) -> bool:
        table = self.open
        if table is None or (caption.labelled and not caption.continues):
            return False
        if grid.page - table.parts[-1].grid.page > MAX_PAGE_GAP:
            return False
        keys = aligned_keys(grid, table.parts[-1].grid, table.parts[-1].keys)
        if keys is None or not self._fits(grid, header, keys, table):
            return False
        if self.aside is not None and not self._resumes(grid, table.parts[-1].grid):
            return False
        header = header if not header.labelled else without_header(header)
        behind = self.aside is not None
        doubt = "ada tabel lain di antara kedua bagian" if behind else ""
        table.parts.append(Part(grid, header, keys, caption, doubt))
        table.evidence.append(f"p{grid.page}: no header, columns align{' behind another grid' if behind else ''}")
        self.aside = None
        return True

    def _fits(self, grid: Grid, header: Header, keys: Sequence[str], table: StitchedTable) -> bool:
        """Say whether the cells of a headerless grid hold what the columns it aligns with hold."""
        kinds = {column.key: column.kind for column in table.columns if column.kind.is_number}
        printed: Counter[str] = Counter()
        fitting: Counter[str] = Counter()
        for cell in grid.cells:
            key = keys[cell.column]
            if key not in kinds or not cell.lines or keys[cell.column + cell.column_span - 1] != key:
                continue
            if cell.row >= header.rows:
                printed[key] += 1
                fitting[key] += kinds[key] in self.looks_like(cell.text) or any(map(str.isdigit, cell.text))
        misfits = sum(fitting[key] < MIN_FITTING_SHARE * printed[key] for key in printed)
        return not misfits or misfits < MIN_FITTING_SHARE * len(printed)

    def _resumes(self, grid: Grid, before: Grid) -> bool:
        """Say whether a grid takes up the open table behind the grid set aside, and is not that one's own rest."""
        assert self.aside is not None
        return (
            grid.columns >= MIN_INTERRUPTED_COLUMNS
            and same_edges(grid, before)
            and not same_edges(grid, self.aside)
            and grid.page > before.page
        )

    def _starts_anew(self, caption: Caption) -> bool:
        assert self.open is not None
        if not caption.labelled or caption.continues or not self.open.caption.labelled:
            return False
        return _label_of(caption) != _label_of(self.open.caption)

    def _set_aside(self, grid: Grid, caption: Caption, best: Candidate | None) -> None:
        before = self.open.parts[-1].grid if self.open is not None else None
        follows = (
            before is not None
            and self.aside is None
            and grid.page - before.page <= 1
            and abs(grid.columns - before.columns) <= SIMILAR
        )
        follows_key = self.open.form.key if self.open is not None and follows and not caption.labelled else ""
        self.aside = grid
        if caption.labelled and not caption.continues:
            self.open = None
        for cell in grid.cells:
            self.leftovers.extend(Leftover(grid.page, line, "unknown_table") for line in cell.lines)
        self.unknown.append(
            UnknownTable(
                page=grid.page,
                bbox=grid.bbox,
                rows=grid.rows,
                columns=grid.columns,
                caption=caption.text,
                best_guess=best.form.key if best else "",
                score=best.score if best else 0.0,
                follows=follows_key,
            )
        )

    def _list_leftovers(self, page: PageContent, captions: Sequence[Caption]) -> None:
        named = {line for caption in captions for line in caption.lines}
        for line in page.loose:
            role = "caption" if line in named else "furniture" if is_furniture(line, page, self.furniture) else "text"
            self.leftovers.append(Leftover(page.number, line, role))
        for word in page.discarded:
            self.leftovers.append(Leftover(page.number, Line((word,), word.bbox), "invisible"))


def _label_of(caption: Caption) -> str:
    for line in caption.lines:
        match = LABEL.match(line.text.strip())
        if match:
            return "".join(character for character in fold_caption(match.group("label")) if character.isalnum())
    return ""
