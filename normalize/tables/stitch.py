"""Grids of consecutive pages joined into logical tables, whether the header is repeated, re-wrapped or absent."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.model import Grid, Line, PageContent, PageOrigin
from extract.shelf import Shelf
from normalize.fold import fold_caption, years_in
from normalize.form import TableForm
from normalize.headers.alignment import aligned_keys, on_columns_of, same_edges
from normalize.headers.captions import (
    LABEL,
    Caption,
    MarginLines,
    caption_above,
    caption_at_foot,
    is_furniture,
    stands_first,
)
from normalize.headers.columns import LooksLike
from normalize.headers.header import Header, first_rows, is_recognised_cell, read_header, without_header
from normalize.headers.identify import Candidate, claim, form_labelled, form_titled, rank_forms
from normalize.headers.level_columns import aligned_levels, level_columns
from normalize.headers.misread_labels import reread
from normalize.headers.money_unit import unit_factor
from normalize.headers.part_columns import (
    PartColumns,
    PrintedHeader,
    TableSense,
    guessed_by_place,
    misread_columns,
    names_found_later,
    part_columns,
    printed_header,
    with_pages_agreed,
)
from normalize.headers.titled_form import read_by_title
from normalize.headers.vocabulary import header_vocabulary, misread_vocabulary
from normalize.leftover_shelf import leftover_shelf
from normalize.model import Leftover, UnknownTable
from normalize.tables.continuation import adds_up, fits
from normalize.tables.lost_table import LostTable, as_unknown, damage_of, lost_table
from normalize.tables.side_by_side import beside, right_parts
from normalize.tables.stitched import Part, Stitched, StitchedTable

SIMILAR = 2
"""Columns by which a grid may differ from the table before it and still be suspected to continue it."""
MIN_INTERRUPTED_COLUMNS = 5
"""Columns, all in place, by which a grid goes on after a box or signature block that came between."""
MAX_PAGE_GAP = 2
"""A headerless grid continues a table that ended at most this many pages before."""


@dataclass(frozen=True, slots=True)
class _Recognised:
    """The best form for a header and the logical columns it was weighed on."""

    candidate: Candidate
    shown: PrintedHeader
    illegible: bool = False
    """Whether the title and the order of the columns alone tell the form."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A grid about to be taken, with the parts of it that stand on other pages."""

    grid: Grid
    header: Header
    caption: Caption
    beyond: tuple[tuple[int, int], ...] = ()
    """As in :class:`Part`."""


def stitch(pages: Sequence[PageContent], forms: Sequence[TableForm], looks_like: LooksLike) -> Stitched:
    """Recognise the grids of all pages and join those that are one table."""
    margins = MarginLines()
    for page in pages:
        margins.add(page)
    stitcher = Stitcher(forms, looks_like, margins.furniture())
    return Stitched(tuple(stitcher.tables(pages)), tuple(stitcher.unknown), tuple(stitcher.leftovers))


class Stitcher:
    """One pass over the pages: the table that may go on, and what was found besides tables."""

    def __init__(
        self, forms: Sequence[TableForm], looks_like: LooksLike, furniture: frozenset[tuple[str, bool]]
    ) -> None:
        """Look for tables of these forms; ``furniture`` are the keys of margin lines that recur over the pages."""
        self.forms = forms
        self.looks_like = looks_like
        self.furniture = furniture
        self.is_header_text = header_vocabulary(forms)
        self.is_like_header = misread_vocabulary(forms)
        self.open: StitchedTable | None = None
        self.aside: Grid | None = None
        """The last grid no form claimed, when it stands behind the open table."""
        self.found: deque[StitchedTable] = deque()
        """The tables that were not handed out yet."""
        self.unknown: list[UnknownTable] = []
        """The grids that no form claimed."""
        self.leftovers: Shelf[Leftover] = leftover_shelf()
        """The lines of table pages that landed in no cell of a table, in reading order."""
        self.pages: Sequence[PageContent] = ()
        self.foot = Caption(())
        """The caption that the page before ends with, without its table."""
        self.beside: list[Grid] = []
        """Grids that are the right part of a sheet whose left part was taken."""

    def tables(self, pages: Sequence[PageContent]) -> Iterator[StitchedTable]:
        """Yield the tables in printed order, each as soon as nothing can be added to it any more."""
        self.pages = pages
        for page in pages:
            own = [grid for grid in page.grids if not any(grid is taken for taken in self.beside)]
            captions = [self._take(grid, page) for grid in own]
            self.foot = caption_at_foot(page, self.furniture)
            lost = lost_table(page)
            # A digital page shows its rulings: only the title of a form says that a table is amiss there.
            if lost is not None and page.origin is not PageOrigin.RASTER and not self._is_titled(lost):
                lost = None
            if lost is not None:
                captions.append(Caption(lost.caption))
                before = None if page.grids or lost.caption or self.open is None else self.open
                follows = before.form.key if before and page.number - before.parts[-1].grid.page <= 1 else ""
                self.unknown.append(as_unknown(lost, page.number, follows, self.forms))
            if page.grids or lost is not None:
                self._list_leftovers(page, captions, lost)
            while self.found and self.found[0] is not self.open:
                yield self.found.popleft()
        yield from self.found

    def _is_titled(self, lost: LostTable) -> bool:
        return bool(form_titled(Caption(lost.caption), self.forms))

    def _take(self, grid: Grid, page: PageContent) -> Caption:
        header = read_header(
            grid, self.is_header_text, self.is_like_header if page.origin is PageOrigin.RASTER else None
        )
        outside = caption_above(grid, page, page.grids, self.furniture)
        if self.foot.lines and stands_first(grid, page, self.furniture):
            outside = self.foot
        caption = Caption((*outside.lines, *header.title))
        header = reread(self._as_before(grid, header), self.is_header_text, years_in(caption.text))
        sheet = self._with_known_parts(_Sheet(grid, header, caption))
        if self._repeats_header(sheet):
            return caption
        best = self._recognise(sheet) if sheet.header.labelled else None
        if best is not None and best.candidate.missing and not sheet.beyond:
            sheet, best = self._with_right_parts(sheet, best)
        chosen = claim([best.candidate]) if best is not None else None
        if chosen is None and (titled := self._read_by_title(sheet)) is not None:
            sheet, best = titled
            chosen = best.candidate
        if chosen is None or best is None:
            if not self._continue_without_header(sheet):
                self._set_aside(grid, caption, best.candidate if best is not None else None)
        elif self.open is not None and self.open.form.key == chosen.form.key and not self._starts_anew(caption):
            self._add_part(self.open, sheet, best)
            self.aside = None
        else:
            table = StitchedTable(chosen, caption, evidence=[*chosen.evidence])
            table.spread = tuple(other - grid.page for _, other in sheet.beyond)
            self._add_part(table, sheet, best)
            self.found.append(table)
            self.open, self.aside = table, None
        return caption

    def _as_before(self, grid: Grid, header: Header) -> Header:
        """Return a header without the rows below that the open table's has not: rests of a row cut by the page break.

        ``daerah`` in a row of its own could be header wording.
        """
        before = self.open.parts[-1].header if self.open is not None else None
        if before is None or not before.labelled or header.rows <= before.rows or header.title:
            return header
        shorter = first_rows(grid, before.rows)
        return shorter if shorter.signature == before.signature else header

    def _with_known_parts(self, sheet: _Sheet) -> _Sheet:
        """Return the sheet with its right parts where the open table had them on its pages before."""
        for distance in self.open.spread if self.open is not None else ():
            right = next(
                (right for right in right_parts(sheet.grid, self.pages) if right.page == sheet.grid.page + distance),
                None,
            )
            if right is None:
                break
            sheet = self._widened(sheet, right)
            self.beside.append(right)
        return sheet

    def _with_right_parts(self, sheet: _Sheet, best: _Recognised) -> tuple[_Sheet, _Recognised]:
        """Return the sheet with the grids overleaf that print columns the form misses, and what it is with them."""
        for right in right_parts(sheet.grid, self.pages):
            if read_header(right, self.is_header_text).signature == sheet.header.signature:
                continue
            wider = self._widened(sheet, right)
            found = self._recognise(wider)
            if claim([found.candidate]) and found.candidate.missing < best.candidate.missing:
                sheet, best = wider, found
                self.beside.append(right)
        return sheet, best

    def _widened(self, sheet: _Sheet, right: Grid) -> _Sheet:
        header_rows = max(sheet.header.rows, read_header(right, self.is_header_text).rows)
        grid = beside(sheet.grid, right, header_rows)
        beyond = (*sheet.beyond, (sheet.grid.columns, right.page))
        header = reread(read_header(grid, self.is_header_text), self.is_header_text, years_in(sheet.caption.text))
        return _Sheet(grid, header, sheet.caption, beyond)

    def _repeats_header(self, sheet: _Sheet) -> bool:
        """Take a page that prints the open table's header over again as its next part, without weighing every form."""
        grid, header, caption = sheet.grid, sheet.header, sheet.caption
        if self.open is None or not header.labelled or self._starts_anew(caption):
            return False
        before = self.open.parts[-1]
        same = header.signature == before.header.signature and header.numbering == before.header.numbering
        if not same or header.leaves != before.header.leaves:
            return False
        header = before.header if header == before.header else header  # one of many pages, held once
        self.open.parts.append(Part(grid, header, before.keys, caption, before.levels, sheet.beyond))
        self.open.evidence.append(f"p{grid.page}: header repeated")
        self.aside = None
        return True

    def _recognise(self, sheet: _Sheet) -> _Recognised:
        """Weigh the forms; on a page without a label of its own the open table is believed."""
        grid, header, caption = sheet.grid, sheet.header, sheet.caption
        plain = printed_header(grid, header, self.looks_like)
        known = caption
        if not caption.labelled and self.open is not None and header.signature == self.open.parts[-1].header.signature:
            known = self.open.caption
        levels = level_columns(plain.groups)
        if levels:
            shown = printed_header(grid, header, self.looks_like, levels=levels)
            best = rank_forms(shown.printed, known, self.forms)[0]
            place = next(n for n, group in enumerate(shown.groups) if min(levels) in group.grid_columns)
            names = best.assignment.columns[place]
            if claim([best]) and best.form.hierarchy and names and names.key == best.form.level_column:
                return _Recognised(best, shown)
        return _Recognised(rank_forms(plain.printed, known, self.forms)[0], plain)

    def _read_by_title(self, sheet: _Sheet) -> tuple[_Sheet, _Recognised] | None:
        """Return a scanned grid under the title of a form as that form where its own header is illegible."""
        titled = form_titled(sheet.caption, self.forms) if sheet.caption.labelled and not sheet.beyond else ""
        form = next((form for form in self.forms if form.key == titled), None)
        if form is None or not any(map(is_recognised_cell, sheet.grid.cells)):
            return None
        if (read := read_by_title(sheet.grid, form, self.looks_like)) is None:
            return None
        header, candidate = read
        shown = printed_header(sheet.grid, header, self.looks_like)
        return replace(sheet, header=header), _Recognised(candidate, shown, illegible=True)

    def _add_part(self, table: StitchedTable, sheet: _Sheet, recognised: _Recognised) -> None:
        grid, header, caption = sheet.grid, sheet.header, sheet.caption
        part = self._part_columns(table, sheet, recognised)
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
        table.doubts.update(part.doubts)
        table.parts.append(Part(grid, header, part.keys, caption, recognised.shown.levels, sheet.beyond))
        if len(table.parts) > 1:
            table.evidence.append(f"p{grid.page}: header repeated")

    def _part_columns(self, table: StitchedTable, sheet: _Sheet, recognised: _Recognised) -> PartColumns:
        years = years_in(table.caption.text)
        sense = TableSense(table.form, years[0] if years else None, unit_factor([table.caption.text]))
        shown, assignment = recognised.shown, recognised.candidate.assignment
        if recognised.illegible:
            return guessed_by_place(part_columns(shown, assignment, sense))
        if not sheet.header.recognised:
            return part_columns(shown, assignment, sense)
        as_read = replace(sheet.header, readings=sheet.header.paths)
        bare = printed_header(sheet.grid, as_read, self.looks_like, levels=shown.levels)
        return misread_columns(shown, bare, assignment, sense, self.is_header_text)

    def _continue_without_header(self, sheet: _Sheet) -> bool:
        grid, header, caption = sheet.grid, sheet.header, sheet.caption
        table = self.open
        if table is None or (caption.labelled and not caption.continues):
            return False
        if grid.page - table.parts[-1].grid.page > MAX_PAGE_GAP:
            return False
        before = table.parts[-1]
        keys = aligned_keys(grid, before.grid, before.keys)
        if keys is None and (whole := on_columns_of(before.grid, grid)) and adds_up(whole, before.keys, table):
            grid, header, keys = whole, read_header(whole, self.is_header_text), before.keys
        if keys is None or not fits(grid, header, keys, table, self.looks_like):
            return False
        if self.aside is not None and not self._resumes(grid, before.grid):
            return False
        header = header if not header.labelled else without_header(header)
        behind = self.aside is not None
        doubt = "ada tabel lain di antara kedua bagian" if behind else ""
        levels = aligned_levels(grid, before.grid, before.levels)
        table.parts.append(Part(grid, header, keys, caption, levels, sheet.beyond, doubt))
        table.evidence.append(f"p{grid.page}: no header, columns align{' behind another grid' if behind else ''}")
        self.aside = None
        return True

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
            and (abs(grid.columns - before.columns) <= SIMILAR or _may_be_misread_rest(grid, before))
        )
        follows_key = self.open.form.key if self.open is not None and follows and not caption.labelled else ""
        self.aside = grid
        if caption.labelled and not caption.continues:
            self.open = None
        recognised = any(map(is_recognised_cell, grid.cells))
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
                titled=(form_titled if recognised else form_labelled)(caption, self.forms),
                damage=damage_of(grid) if recognised else "",
            )
        )

    def _list_leftovers(self, page: PageContent, captions: Sequence[Caption], lost: LostTable | None) -> None:
        named = {line for caption in captions for line in caption.lines}
        for line in page.loose:
            role = "caption" if line in named else "furniture" if is_furniture(line, page, self.furniture) else "text"
            if role == "text" and lost is not None and lost.bbox.holds(line.bbox.center_x, line.bbox.center_y):
                role = "unknown_table"
            self.leftovers.append(Leftover(page.number, line, role))
        for word in page.discarded:
            self.leftovers.append(Leftover(page.number, Line((word,), word.bbox), "invisible"))


def _label_of(caption: Caption) -> str:
    for line in caption.lines:
        match = LABEL.match(line.text.strip())
        if match:
            return "".join(character for character in fold_caption(match.group("label")) if character.isalnum())
    return ""


def _may_be_misread_rest(grid: Grid, before: Grid) -> bool:
    """Say whether a grid opens the page behind a table in a scan, where lost rulings change its columns."""
    return (
        grid.page > before.page
        and grid.columns >= MIN_INTERRUPTED_COLUMNS
        and any(is_recognised_cell(cell) for cell in grid.cells)
    )
