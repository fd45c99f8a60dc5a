"""Page contents to a document: recognise, stitch, join rows, type values, give levels, name doubts."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extract.finding_codes import finding
from extract.findings import Finding
from extract.model import Cell, Line, PageContent, PageOrigin
from normalize.agency import find_agency, find_year
from normalize.body_row import BodyRow
from normalize.fold import squeeze
from normalize.form import TableForm
from normalize.levels import RowSigns, is_total_label, level_of, worded_levels
from normalize.lexicon import document_lexicon
from normalize.model import Column, Document, HeaderCell, PageReport, Record, Table, Tingkat, Value
from normalize.numbering import is_numbering_row
from normalize.numbers import Notation
from normalize.rows import body_rows
from normalize.stitch import stitch
from normalize.stitched import Part, StitchedTable
from normalize.structure_findings import table_findings, unit_findings, unknown_findings
from normalize.typed_together import split_typed_together
from normalize.values import KnownWords, document_notation, infer_notations, looks_like, printed, read_fields
from normalize.vocabulary import document_vocabulary


def build_document(
    name: str, pages: Iterable[PageContent], forms: Sequence[TableForm], official_names: Iterable[str] = ()
) -> Document:
    """Return everything the pages hold as typed tables, with what was left over and what is in doubt.

    ``official_names`` are the names of a nomenclature: their words are known when misread words are mended.

    Each table's grids and rows are let go as soon as it is built, so that they and the document of a long PDF are not
    held together; pages handed over by an iterator are held by nobody else.
    """
    held = list(pages)
    stitched = stitch(held, forms, looks_like)
    unknown, leftovers, waiting = stitched.unknown, stitched.leftovers, deque(stitched.tables)
    words = _known_words(held, official_names)
    lines = [line.text for page in held for line in page.loose]
    bare = [replace(page, grids=(), loose=(), discarded=()) for page in held]
    del held, stitched
    rows = deque(separate_rows(table) for table in waiting)
    columns = [sorted(table.columns, key=lambda column: column.order) for table in waiting]
    notation = document_notation(zip(columns, rows, strict=True))
    tables: list[Table] = []
    findings: list[Finding] = []
    for table_columns in columns:
        table, table_rows = waiting.popleft(), rows.popleft()
        ordinal = 1 + sum(done.key == table.form.key for done in tables)
        built, doubts = build_table(table, table_columns, table_rows, ordinal, notation, words)
        tables.append(built)
        findings.extend(table_findings(table, table_columns, table_rows))
        findings.extend(unit_findings(table, table_columns, built.records))
        findings.extend(doubts)
    findings.extend(unknown_findings(unknown))
    captions = [line for table in tables for line in table.title.splitlines()]
    return Document(
        name=name,
        tables=tuple(tables),
        unknown=unknown,
        leftovers=leftovers,
        findings=tuple(findings),
        pages=tuple(_report(page, tables) for page in bare),
        agency=find_agency(captions) or find_agency(lines),
        year=find_year(captions) or find_year(lines),
    )


def _known_words(pages: Sequence[PageContent], official_names: Iterable[str]) -> KnownWords:
    recognised = any(page.origin is PageOrigin.RASTER for page in pages)
    return KnownWords(
        document_lexicon(lines_of(pages)),
        document_vocabulary(lines_of(pages), official_names) if recognised else None,
    )


def separate_rows(table: StitchedTable) -> list[BodyRow]:
    """Return the logical rows of a table, those typed together in one printed row told apart.

    A numbering row without a rule below it comes out of that as a row of its own and is left out.
    """
    kinds = {column.key: column.kind for column in table.columns}
    parts = [part for row in body_rows(table) for part in split_typed_together(row, kinds, table.form)]
    return [part for part in parts if not is_numbering_row([printed(cells) for cells in part.fields.values()])]


def build_table(
    table: StitchedTable,
    columns: Sequence[Column],
    rows: Sequence[BodyRow],
    ordinal: int,
    notation: Notation | None,
    words: KnownWords,
) -> tuple[Table, list[Finding]]:
    """Return one logical table with typed records, and a finding for each value in doubt."""
    notations = infer_notations(columns, rows, notation)
    records: list[Record] = []
    findings: list[Finding] = []
    levels: list[Tingkat] = []
    worded = worded_levels(printed(row.fields.get(table.form.name_column, ())) for row in rows)
    for row in rows:
        values, doubts = read_fields(row, columns, notations, words)
        level = level_of(replace(_signs(row, values, columns, table.form), worded=worded), levels, table.form)
        levels.append(level if row.level is None or level is Tingkat.TOTAL else row.level)
        confidence = min((value.confidence for value in values.values()), default=1.0)
        records.append(Record(values, levels[-1], row.page, confidence, bold=row.bold))
        for doubt in doubts:
            value = values[doubt.column]
            findings.append(
                finding(
                    doubt.code,
                    doubt.detail,
                    page=value.sources[0].page,
                    bbox=value.sources[0].bbox,
                    table=table.form.key,
                    row=len(records),
                    column=doubt.column,
                    printed=value.raw,
                    value=value.text if doubt.detail else "" if value.number is None else str(value.number),
                )
            )
    header, header_rows = printed_header(table.parts[0], columns)
    return (
        Table(
            key=table.form.key,
            title=table.caption.text or table.form.title,
            columns=tuple(columns),
            records=tuple(records),
            pages=tuple(sorted({page for part in table.parts for page in part.pages})),
            header=header,
            header_rows=header_rows,
            ordinal=ordinal,
            confidence=min(1.0, table.score),
            evidence=tuple(table.evidence),
        ),
        findings,
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


def lines_of(pages: Iterable[PageContent]) -> Iterator[Line]:
    """Yield every line of the pages, cell by cell and then the loose ones."""
    for page in pages:
        for grid in page.grids:
            for cell in grid.cells:
                yield from cell.lines
        yield from page.loose


def _signs(row: BodyRow, values: Mapping[str, Value], columns: Sequence[Column], form: TableForm) -> RowSigns:
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
