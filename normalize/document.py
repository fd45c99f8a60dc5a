"""Page contents to a document: recognise, stitch, join rows, type values, give levels, name doubts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.finding_codes import finding
from extract.findings import Finding
from extract.model import Cell, PageContent
from extract.page_shelf import PageShelf
from extract.shelf import Shelf
from normalize.agency import find_agency, find_year
from normalize.fold import squeeze
from normalize.form import TableForm
from normalize.headers.code_columns import with_codes_for_numbers
from normalize.headers.numbering import is_numbering_row
from normalize.levels import RowSigns, is_total_label, level_of, worded_levels
from normalize.model import Column, Document, HeaderCell, PageReport, Record, Table, Tingkat, Value
from normalize.numbers.read import Notation, NotationVotes
from normalize.record_shelf import record_shelf
from normalize.rows.body_row import BodyRow
from normalize.rows.draft_row import DraftRow, KnownWords, draft_row, printed
from normalize.rows.lost_separators import doubted_value, lost_separators
from normalize.rows.misread_ones import numbers_of_strokes
from normalize.rows.running_numbers import doubtful_numbers
from normalize.rows.table_rows import body_rows
from normalize.rows.typed_together import split_typed_together
from normalize.rows.values import (
    MENDED_WORD,
    Doubt,
    infer_notations,
    looks_like,
    misread_by_column,
    money_votes,
    notation_votes,
    read_fields,
    total_votes,
)
from normalize.structure_findings import table_findings, unit_findings, unknown_findings
from normalize.survey import Survey
from normalize.tables.column_doubts import with_sureness
from normalize.tables.stitch import Stitcher
from normalize.tables.stitched import Part, StitchedTable


def build_document(
    name: str, pages: Iterable[PageContent], forms: Sequence[TableForm], official_names: Iterable[str] = ()
) -> Document:
    """Return everything the pages hold as typed tables, with what was left over and what is in doubt.

    ``official_names`` are the names of a nomenclature: their words are known when misread words are mended.

    Pages handed over by an iterator are held by nobody else: they wait on a shelf, and each table is read while its
    pages are still at hand.
    """
    survey = Survey()
    shelf = PageShelf()
    held: list[PageContent] = []
    for page in pages:
        survey.add(page)
        held.append(shelf.put(page))
    stitcher = Stitcher(forms, looks_like, survey.furniture())
    words = survey.known_words(official_names)
    built = _built_tables(stitcher.tables(held), words)
    tables = tuple(table for table, _ in built)
    findings = [found for _, doubts in built for found in doubts]
    findings.extend(unknown_findings(stitcher.unknown))
    captions = [line for table in tables for line in table.title.splitlines()]
    return Document(
        name=name,
        tables=tables,
        unknown=tuple(stitcher.unknown),
        leftovers=stitcher.leftovers,
        findings=tuple(findings),
        pages=tuple(_report(page, tables) for page in held),
        agency=find_agency(captions) or find_agency(survey.lines),
        year=find_year(captions) or find_year(survey.lines),
    )


def _built_tables(stitched: Iterable[StitchedTable], words: KnownWords) -> list[tuple[Table, list[Finding]]]:
    """Return the tables with their findings, each built while its pages are at hand.

    A table that does not prove how it writes numbers waits for what all the others prove.
    """
    ordinals: Counter[str] = Counter()
    records = record_shelf()
    proved: list[NotationVotes] = []
    built: list[tuple[Table, list[Finding]] | None] = []
    waiting: dict[int, DraftTable] = {}
    for place, table in enumerate(stitched):
        ordinals[table.form.key] += 1
        draft = draft_table(table, ordinals[table.form.key], words)
        proved.append(draft.money)
        if draft.money.winner is None:
            waiting[place] = draft
        built.append(None if place in waiting else _put_away(build_table(draft, None), records))
    fallback = total_votes(proved).winner
    return [
        _put_away(build_table(waiting.pop(place), fallback), records) if done is None else done
        for place, done in enumerate(built)
    ]


def _put_away(built: tuple[Table, list[Finding]], records: Shelf[Record]) -> tuple[Table, list[Finding]]:
    table, findings = built
    return replace(table, records=records.put(table.records)), findings


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A table whose numbers wait for the notation of the document."""

    table: StitchedTable
    ordinal: int
    columns: tuple[Column, ...]
    """In the order of the form."""
    rows: tuple[DraftRow, ...]
    votes: Mapping[str, NotationVotes]
    """What each numeric column proves."""

    @property
    def money(self) -> NotationVotes:
        """What its money columns prove together."""
        return money_votes(self.columns, self.votes)


def draft_table(table: StitchedTable, ordinal: int, words: KnownWords) -> DraftTable:
    """Return a table with the texts of its rows read, page after page."""
    columns = tuple(with_sureness(table, sorted(table.columns, key=lambda column: column.order)))
    rows = tuple(draft_row(row, columns, words) for row in separate_rows(table))
    number = table.form.number_column
    columns = with_codes_for_numbers(
        columns, table.form, (row.fields[number].text for row in rows if number in row.fields)
    )
    return DraftTable(table, ordinal, columns, rows, notation_votes(columns, rows))


def separate_rows(table: StitchedTable) -> Iterator[BodyRow]:
    """Yield the logical rows of a table, those typed together in one printed row told apart.

    A numbering row without a rule below it comes out of that as a row of its own and is left out.
    """
    kinds = {column.key: column.kind for column in table.columns}
    for row in body_rows(table):
        for part in split_typed_together(row, kinds, table.form):
            if not is_numbering_row([printed(cells) for cells in part.fields.values()]):
                yield part


def build_table(draft: DraftTable, fallback: Notation | None) -> tuple[Table, list[Finding]]:
    """Return one logical table with typed records, and a finding for each doubt about it.

    ``fallback`` is the notation of numbers where the table proves none.
    """
    table, columns = draft.table, draft.columns
    notations = infer_notations(columns, draft.votes, fallback)
    records: list[Record] = []
    doubted: list[Finding] = []
    levels: list[Tingkat] = []
    misread = misread_by_column(columns, draft.rows)
    worded = worded_levels(
        (row.raw(table.form.name_column) for row in draft.rows),
        (row.raw(table.form.number_column) for row in draft.rows),
    )
    for row in draft.rows:
        values, doubts = read_fields(row, columns, notations, misread)
        level = level_of(_signs(row, values, columns, table.form, worded), levels, table.form)
        levels.append(level if row.level is None or level is Tingkat.TOTAL else row.level)
        confidence = min((value.confidence for value in values.values()), default=1.0)
        records.append(Record(values, levels[-1], row.page, confidence, bold=row.bold))
        doubted.extend(
            _about_value(doubt, values[doubt.read_in or doubt.column], len(records), table.form) for doubt in doubts
        )
    for index, number in [*numbers_of_strokes(table.form.number_column, draft.rows, records)]:
        records[index] = with_value(records[index], table.form.number_column, number)
        doubt = Doubt(table.form.number_column, MENDED_WORD, f"'{number.raw}' menjadi '{number.text}'")
        doubted.append(_about_value(doubt, number, index + 1, table.form))
    told = {(found.row, found.column) for found in doubted}
    numbered = doubtful_numbers(table.form.number_column, draft.rows, records)
    for index, doubt in [*lost_separators(columns, draft.rows, records), *numbered]:
        if (index + 1, doubt.column) not in told:
            value = doubted_value(records[index].get(doubt.column))
            records[index] = with_value(records[index], doubt.column, value)
            doubted.append(_about_value(doubt, value, index + 1, table.form))
    header, header_rows = printed_header(table.parts[0], columns)
    built = Table(
        key=table.form.key,
        title=table.caption.text or table.form.title,
        columns=columns,
        records=tuple(records),
        pages=tuple(sorted({page for part in table.parts for page in part.pages})),
        header=header,
        header_rows=header_rows,
        ordinal=draft.ordinal,
        confidence=min(1.0, table.score),
        evidence=tuple(table.evidence),
    )
    findings = [*table_findings(table, columns, draft.rows), *unit_findings(table, columns, records), *doubted]
    return built, findings


def with_value(record: Record, key: str, value: Value) -> Record:
    """Return the record with another value in a field, no surer than that value."""
    return replace(record, values={**record.values, key: value}, confidence=min(record.confidence, value.confidence))


def _about_value(doubt: Doubt, value: Value, row: int, form: TableForm) -> Finding:
    return finding(
        doubt.code,
        doubt.detail,
        page=value.sources[0].page,
        bbox=value.sources[0].bbox,
        table=form.key,
        row=row,
        column=doubt.column,
        printed=value.raw,
        value=value.text if doubt.detail else "" if value.number is None else str(value.number),
    )


def printed_header(part: Part, columns: Sequence[Column]) -> tuple[tuple[HeaderCell, ...], int]:
    """Return the header of a part in indices of ``columns``, sub-columns of one field collapsed, and its height."""
    index = {column.key: number for number, column in enumerate(columns)}
    cells: list[HeaderCell] = []
    taken: set[tuple[int, int]] = set()
    for cell in part.grid.cells:
        if cell.row >= part.header.rows:
            break
        covered = sorted({index[key] for key in part.keys[cell.column : cell.column + cell.column_span]})
        span = covered[-1] - covered[0] + 1
        rows = min(cell.row_span, part.header.rows - cell.row)
        positions = {(cell.row + down, covered[0] + right) for down in range(rows) for right in range(span)}
        if cell.column in part.levels and positions <= taken:
            cells = [_beside(known, cell, covered[0]) for known in cells]
        if span != len(covered) or positions & taken:
            continue
        taken |= positions
        cells.append(HeaderCell(" ".join(cell.text.split()), cell.row, covered[0], rows, span))
    return tuple(cells), part.header.rows


def _beside(known: HeaderCell, cell: Cell, column: int) -> HeaderCell:
    """Return a header cell with the wording of one that shares its logical column (``Program``, ``Kegiatan``)."""
    if (known.row, known.column, known.column_span) != (cell.row, column, 1):
        return known
    return replace(known, text=f"{known.text} / {' '.join(cell.text.split())}")


def _signs(
    row: DraftRow,
    values: Mapping[str, Value],
    columns: Sequence[Column],
    form: TableForm,
    worded: frozenset[Tingkat],
) -> RowSigns:
    identity = {form.name_column, form.number_column, form.code_column}
    texts = [values[c.key].text for c in columns if c.key in values and not c.kind.is_number]
    spread = squeeze(" ".join(texts))  # J U M L A H may run over the columns of a table without rulings
    name = values[form.name_column].text if form.name_column in values else ""
    identity |= {c.key for c in columns if name and c.key in values and values[c.key].text == name}
    return RowSigns(
        name=name,
        number=values[form.number_column].text if form.number_column in values else "",
        code=values[form.code_column].text if form.code_column in values else "",
        others=any(c.key in values and c.key not in identity and not c.kind.is_number for c in columns),
        figures=any(c.key in values and c.kind.is_number for c in columns),
        first_text=spread if " " not in spread and is_total_label(spread) else "".join(texts[:1]),
        bold=row.bold,
        spanning=row.spanning,
        worded=worded,
    )


def _report(page: PageContent, tables: Sequence[Table]) -> PageReport:
    return PageReport(
        number=page.number,
        kind=str(page.origin),
        turned=page.turned,
        tables=tuple(dict.fromkeys(table.key for table in tables if page.number in table.pages)),
        seconds=page.seconds,
        evidence=page.evidence,
    )
