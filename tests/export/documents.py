"""Synthetic documents for the tests of the outputs, built from records alone."""

from __future__ import annotations

from decimal import Decimal

from export.outputs import Conversion
from export.provenance import RunInfo, SourceFile
from extract.findings import Finding, Severity
from extract.model import BBox, Line, Word
from normalize.form import Kind
from normalize.model import (
    Column,
    Document,
    HeaderCell,
    Leftover,
    PageReport,
    Record,
    Source,
    Table,
    Tingkat,
    UnknownTable,
    Value,
)

BOX = BBox(10.0, 20.0, 110.004, 32.5)
RENCANA = "Rencana Tahun 2024"
MAJU = "Prakiraan Maju Rencana Tahun 2025"

COLUMNS = (
    Column("no", "No", Kind.TEKS, ("No",), numbering="1"),
    Column("kode", "Kode", Kind.KODE, ("Kode",), numbering="2"),
    Column("uraian", "Program/Kegiatan", Kind.TEKS, ("Urusan/Program/Kegiatan/Sub Kegiatan",), numbering="3"),
    Column("target_capaian", "Target", Kind.KUANTITAS, (RENCANA, "Target Capaian"), numbering="4"),
    Column("pagu_indikatif", "Pagu", Kind.RUPIAH, (RENCANA, "Pagu Indikatif (Rp)"), numbering="5"),
    Column("x_keterangan_daerah", "Keterangan Daerah", Kind.TEKS, ("Keterangan Daerah",), declared=False),
    Column("prakiraan_pagu", "Prakiraan", Kind.RUPIAH, (MAJU, "Pagu (Rp)"), numbering="7 = 5x110%"),
)
HEADER = (
    HeaderCell("No", 0, 0, 2, 1),
    HeaderCell("Kode", 0, 1, 2, 1),
    HeaderCell("Urusan/Program/Kegiatan/Sub Kegiatan", 0, 2, 2, 1),
    HeaderCell(RENCANA, 0, 3, 1, 2),
    HeaderCell("Target Capaian", 1, 3, 1, 1),
    HeaderCell("Pagu Indikatif (Rp)", 1, 4, 1, 1),
    HeaderCell("Keterangan Daerah", 0, 5, 2, 1),
    HeaderCell(MAJU, 0, 6, 1, 1),
    HeaderCell("Pagu (Rp)", 1, 6, 1, 1),
)


def text(value: str) -> Value:
    return Value(value, value, sources=(Source(3, BOX),))


def money(number: str, raw: str = "") -> Value:
    return Value(raw or number, raw or number, Decimal(number), sources=(Source(3, BOX),))


def record(tingkat: Tingkat, name: str = "", page: int = 3, **values: Value) -> Record:
    fields = {"uraian": text(name), **values} if name else values
    return Record(fields, tingkat, page, min((v.confidence for v in fields.values()), default=1.0))


def plan_records() -> tuple[Record, ...]:
    """Program > kegiatan > two sub kegiatan, and a total; every parent is the sum of its children in 2024."""
    return (
        record(Tingkat.PROGRAM, "PROGRAM A", pagu_indikatif=money("300.5", "300,5"), prakiraan_pagu=money("999")),
        record(Tingkat.KEGIATAN, "Kegiatan B", pagu_indikatif=money("300.5"), prakiraan_pagu=money("330")),
        record(
            Tingkat.SUB_KEGIATAN,
            "Sub Kegiatan C",
            kode=text("2.01"),
            target_capaian=Value("21 orang", "21 orang", Decimal(21), "orang"),
            pagu_indikatif=money("100.5", "100,5"),
            prakiraan_pagu=money("110"),
            x_keterangan_daerah=text("=HYPERLINK(1)"),
        ),
        record(Tingkat.INDIKATOR, target_capaian=Value("A", "A")),
        record(
            Tingkat.SUB_KEGIATAN,
            "Sub Kegiatan D; baris\nkedua",
            page=4,
            pagu_indikatif=money("200"),
            prakiraan_pagu=money("220"),
        ),
        record(Tingkat.TOTAL, "JUMLAH", page=4, pagu_indikatif=money("300.5"), prakiraan_pagu=money("331")),
    )


def plan_table(records: tuple[Record, ...] | None = None, ordinal: int = 1, pages: tuple[int, ...] = (3, 4)) -> Table:
    return Table(
        key="iii_1",
        title="Tabel III.1\nRUMUSAN RENCANA PROGRAM DAN KEGIATAN",
        columns=COLUMNS,
        records=plan_records() if records is None else records,
        pages=pages,
        header=HEADER,
        header_rows=2,
        ordinal=ordinal,
        confidence=0.98,
        evidence=("caption",),
    )


def finding(**fields: object) -> Finding:
    settings: dict[str, object] = {
        "code": "RJ-SCHEMAS-001",
        "severity": Severity.ERROR,
        "message": "Jumlah anak tidak sama.",
        "page": 3,
        "bbox": BOX,
        "table": "iii_1",
        "row": 1,
        "column": "prakiraan_pagu",
        "printed": "999",
        "value": "999",
    }
    return Finding(**(settings | fields))  # type: ignore[arg-type]


def document(
    *tables: Table, findings: tuple[Finding, ...] = (), seconds: float = 0.25, name: str = "renja"
) -> Document:
    words = (Word("Rencana", BOX), Word("Kerja", BOX))
    return Document(
        name=name,
        tables=tables or (plan_table(),),
        unknown=(UnknownTable(5, BOX, 3, 4, "Tabel lain", "ii_2", 0.4),),
        leftovers=(Leftover(3, Line(words, BOX), "furniture"),),
        findings=findings,
        pages=tuple(PageReport(n, "digital", 0, ("iii_1",), seconds * n) for n in (3, 4, 5)),
        agency="Dinas Contoh",
        year=2024,
    )


def conversion(*tables: Table, findings: tuple[Finding, ...] = (), seconds: float = 0.25) -> Conversion:
    return Conversion(
        document(*tables, findings=findings, seconds=seconds),
        findings,
        SourceFile("renja.pdf", "0" * 64, 1234),
        RunInfo({"renja-tables": "0.1.0"}, {"ocr": "auto"}),
    )
