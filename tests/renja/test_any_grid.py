"""Whatever stands in a table, it becomes outputs without an error, and no printed word of a known table disappears."""

from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from export.options import OutputOptions
from export.outputs import Conversion, render_outputs
from export.provenance import RunInfo, SourceFile
from extract.model import BBox, Cell, Grid, Line, PageContent, PageOrigin, Word
from normalize.document import build_document
from normalize.model import Document
from schemas.loader import load_schemas
from schemas.prove import prove_document

FORMS = {key: schema.form for key, schema in load_schemas(None).items()}
WIDTH, HEIGHT = 70.0, 20.0

numbers = st.from_regex(r"\A-?[0-9]{1,3}([.,][0-9]{3}){0,4}([.,][0-9]{1,2})?( ?%| orang)?\Z")
codes = st.from_regex(r"\A[0-9X]{1,2}([.][0-9X]{1,4}){0,5}\Z")
words = st.sampled_from(
    [
        "Program",
        "Kegiatan",
        "Sub Kegiatan",
        "Jumlah",
        "TOTAL",
        "Kota",
        "APBD",
        "100%",
        "-",
        "1",
        "I",
        "a.",
        "Rp",
        "2024",
    ]
)
bodies = st.one_of(st.just(""), numbers, codes, words, st.text("aiueoknrst 0123456789.,-()/%\u00ad\u200b", max_size=24))


@st.composite
def headed_tables(draw) -> tuple[str, list[list[str]], list[list[str]]]:
    """Draw a title, a head and rows: a declared form's, some columns missing, moved, doubled, misspelt or foreign."""
    key = draw(st.sampled_from(sorted(FORMS)))
    heads = [draw(st.sampled_from(column.headers))[-1].replace("{tahun}", "2024") for column in FORMS[key].columns]
    heads = draw(st.permutations(heads)) if draw(st.booleans()) else heads
    kept = [head for head in heads if draw(st.integers(0, 9))] or heads[:1]
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(kept) - 1))
        kept[at] = draw(st.one_of(bodies, st.just(kept[0]), st.just(kept[at][:-1]), st.just(kept[at].upper())))
    rows = draw(st.lists(st.lists(bodies, min_size=len(kept), max_size=len(kept)), min_size=1, max_size=6))
    numbering = [[str(number) for number in range(1, len(kept) + 1)]] if draw(st.booleans()) else []
    return FORMS[key].title, [kept, *numbering], rows


def line_of(text: str, x: float, top: float) -> Line:
    printed, at = [], x
    for part in text.split():
        printed.append(Word(part, BBox(at, top, at + 3 * len(part), top + 8), size=8))
        at += 3 * len(part) + 2
    return Line(tuple(printed), BBox(x, top, at, top + 8))


def page_of(title: str, rows: list[list[str]]) -> PageContent:
    columns = len(rows[0])
    x = tuple(40 + WIDTH * column for column in range(columns + 1))
    y = tuple(100 + HEIGHT * row for row in range(len(rows) + 1))
    cells = tuple(
        Cell(
            r,
            c,
            1,
            1,
            BBox(x[c], y[r], x[c + 1], y[r + 1]),
            (line_of(text, x[c] + 2, y[r] + 2),) if text.split() else (),
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    grid = Grid(1, BBox(x[0], y[0], x[-1], y[-1]), x, y, cells)
    return PageContent(1, x[-1] + 40, y[-1] + 40, PageOrigin.DIGITAL, 0, (grid,), (line_of(title, 40, 80),))


def told(document: Document) -> Counter[str]:
    """Count the words of the document that landed somewhere."""
    texts = [value.raw for table in document.tables for record in table.records for value in record.values.values()]
    texts += [leftover.line.text for leftover in document.leftovers]
    texts += [part for table in document.tables for column in table.columns for part in column.header_path]
    return Counter(word for text in texts for word in text.split())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(headed_tables())
def test_any_table_becomes_outputs_and_keeps_its_words(table):
    title, head, rows = table
    content = page_of(title, [*head, *rows])
    document = build_document("acak", (content,), FORMS.values())
    proof = prove_document(document, load_schemas(None), narrative="", nomenclature=None)
    source = SourceFile("acak.pdf", "0" * 64, 1)
    conversion = Conversion(proof.document, proof.document.findings, source, RunInfo({}, {}), tuple(FORMS.values()))
    files = render_outputs(replace(conversion, contents=(content,), checks=proof.counts), "acak", OutputOptions())
    assert "acak/manifest.json" in files
    if document.tables:
        here = told(proof.document)
        lost = [word for row in rows for text in row for word in text.split() if word not in here]
        assert not lost
