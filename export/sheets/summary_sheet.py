"""The sheet ``Ringkasan``: what was read, which tables were found and missing, totals, and how much to check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from export.naming import table_label
from export.page_spans import page_spans
from export.sheets.cell_writer import CellWriter, sheet_text
from export.sheets.column_widths import lines_needed, row_points
from export.sheets.marks import table_of
from export.sheets.print_setup import accept_numbers_as_text, print_landscape
from export.sheets.sheet_layout import TableLayout, quoted
from export.sheets.styles import CORRECTED_FILL, DOUBT_FILLS, HEADER_FILL, LINK, QUIET, SEVERITY_LABELS, Styles
from export.sheets.table_sheet import printed_totals
from export.wording import readable
from extract.findings import Finding, Severity
from normalize.form import TableForm
from normalize.model import Document
from schemas.outcome import RelationCount

SHEET = "Ringkasan"
_WIDTHS = (20, 62, 15, 12, 12, 12, 12, 26)
_FOUND_HEADER = ("Tabel", "Judul", "Halaman PDF", "Baris", "Jenis pasti", "Kesalahan", "Peringatan", "Keadaan")
_LAST = len(_WIDTHS) - 1


@dataclass(frozen=True, slots=True)
class Summary:
    """What the sheet tells."""

    document: Document
    findings: tuple[Finding, ...]
    layouts: tuple[TableLayout, ...]
    catalogue: tuple[TableForm, ...]
    """All known table kinds, to name the missing ones."""
    checks: tuple[RelationCount, ...]


class SummaryWriter:
    """Writes the summary from top to bottom."""

    def __init__(self, sheet: Worksheet, styles: Styles) -> None:
        """Write on ``sheet``."""
        self._sheet = sheet
        self._styles = styles
        self._cells = CellWriter(sheet, styles.boxed)
        self._row = 0

    def write(self, told: Summary, checks_sheet: str) -> None:
        """Write every part and the print set-up; ``checks_sheet`` is the sheet of the findings."""
        self._identity(told.document, told.findings, checks_sheet)
        self._found(told)
        self._totals(told.layouts)
        self._legend()
        self._unknown(told.document)
        self._checks(told)
        for column, width in enumerate(_WIDTHS):
            self._sheet.set_column(column, column, width)
        self._sheet.hide_gridlines(2)
        accept_numbers_as_text(self._sheet)
        print_landscape(self._sheet)

    def _identity(self, document: Document, findings: Sequence[Finding], checks_sheet: str) -> None:
        self._line(0, "Ringkasan tabel Renja", bold=True, font_size=14)
        kinds = Counter(page.kind for page in document.pages)
        pages = ", ".join(f"{count} {_PAGE_KINDS.get(kind, kind)}" for kind, count in sorted(kinds.items()))
        counts = Counter(finding.severity for finding in findings)
        facts = (
            ("Dokumen", document.name),
            ("Perangkat Daerah", document.agency or "tidak ditemukan di dokumen"),
            ("Tahun", str(document.year or "tidak ditemukan di dokumen")),
            ("Halaman dibaca", f"{len(document.pages)} ({pages})" if pages else str(len(document.pages))),
            ("Temuan", "; ".join(f"{SEVERITY_LABELS[s].lower()}: {counts[s]}" for s in _GRAVEST_FIRST)),
        )
        for name, fact in facts:
            self._sheet.write_string(self._row, 0, name, self._styles.get(font_color=QUIET))
            self._sheet.write_string(self._row, 1, sheet_text(fact), self._styles.get(text_wrap=True))
            self._row += 1
        link = f"internal:{quoted(checks_sheet)}!A1"
        self._sheet.write_url(self._row, 1, link, self._link(), "Buka daftar Periksa »")
        self._row += 2

    def _found(self, told: Summary) -> None:
        self._header(_FOUND_HEADER)
        tallies: Counter[tuple[int, Severity]] = Counter()
        for finding in told.findings:
            table = table_of(finding, told.document)
            if table is not None:
                tallies[id(table), finding.severity] += 1
        for layout in told.layouts:
            table = layout.table
            errors, warnings = (tallies[id(table), s] for s in (Severity.ERROR, Severity.WARNING))
            self._sheet.write_url(
                self._row, 0, layout.link(), self._styles.boxed(font_color=LINK, underline=1), layout.sheet
            )
            self._title(" ".join(table.title.split()))
            self._cells.text(self._row, 2, page_spans(table.pages, dash="–"), align="center")
            self._number(3, len(table.records))
            self._sheet.write_number(
                self._row, 4, round(table.confidence, 3), self._styles.boxed(num_format="0%", align="center")
            )
            self._number(5, errors, Severity.ERROR)
            self._number(6, warnings, Severity.WARNING)
            self._cells.text(self._row, 7, "perlu diperiksa" if errors or warnings else "tanpa temuan")
            self._row += 1
        found = {layout.table.key for layout in told.layouts}
        for form in told.catalogue:
            if form.key not in found:
                self._cells.text(self._row, 0, table_label(form.key), font_color=QUIET)
                self._title(form.title, font_color=QUIET)
                for column in range(2, _LAST):
                    self._cells.text(self._row, column, "")
                self._cells.text(self._row, _LAST, "tidak ada di dokumen", font_color=QUIET)
                self._row += 1
        self._row += 1

    def _totals(self, layouts: Sequence[TableLayout]) -> None:
        totals = [(layout, *total) for layout in layouts for total in printed_totals(layout)]
        if not totals:
            return
        self._header(("Tabel", "Jumlah menurut dokumen", "Rupiah"))
        for layout, record, column, number in totals:
            cell = xl_rowcol_to_cell(layout.first_record_row + record, layout.table.columns.index(column))
            self._sheet.write_url(
                self._row,
                0,
                layout.link(record, column.key),
                self._styles.boxed(font_color=LINK, underline=1),
                layout.sheet,
            )
            self._cells.text(
                self._row, 1, " › ".join(" ".join(part.split()) for part in column.header_path if part) or column.title
            )
            self._cells.number(self._row, 2, number, f"={quoted(layout.sheet)}!{cell}")
            self._row += 1
        self._row += 1

    def _checks(self, told: Summary) -> None:
        if not told.checks:
            return
        self._header(("Lembar", "Pemeriksaan hitungan", "Cocok", "Pembulatan", "Tidak cocok", "Tidak teruji"))
        for check in told.checks:
            key, _, rule = check.name.partition(": ")
            self._cells.text(self._row, 0, readable(key, told.document))
            self._title(readable(rule, told.document, key.split(" ")[0]))
            self._number(2, check.held)
            self._number(3, check.rounded)
            self._number(4, check.broken, Severity.ERROR)
            self._number(5, check.untestable)
            self._row += 1
        self._row += 1

    def _unknown(self, document: Document) -> None:
        if not document.unknown:
            return
        self._header(("Halaman PDF", "Tabel lain yang tidak dikenal (tidak diolah)", "Ukuran"))
        for table in document.unknown:
            self._cells.text(self._row, 0, str(table.page), align="center")
            self._cells.text(self._row, 1, " ".join(table.caption.split()) or "(tanpa judul)")
            self._cells.text(self._row, 2, f"{table.rows} x {table.columns}", align="center")
            self._row += 1
        self._row += 1

    def _legend(self) -> None:
        self._line(0, "Arti warna sel", bold=True)
        for name, fill, meaning in _LEGEND:
            self._sheet.write_string(self._row, 0, name, self._styles.boxed(bg_color=fill))
            self._sheet.write_string(self._row, 1, meaning, self._styles.get())
            self._row += 1
        self._row += 1

    def _title(self, text: str, **look: str) -> None:
        self._cells.text(self._row, 1, text, **look)
        self._sheet.set_row(self._row, row_points(lines_needed(text, _WIDTHS[1])))

    def _header(self, titles: Sequence[str]) -> None:
        look = self._styles.boxed(bold=True, bg_color=HEADER_FILL, align="center", valign="vcenter")
        for column, title in enumerate(titles):
            self._sheet.write_string(self._row, column, title, look)
        self._row += 1

    def _number(self, column: int, number: int, severity: Severity | None = None) -> None:
        look: dict[str, str] = {"bg_color": DOUBT_FILLS[severity]} if severity and number else {}
        self._sheet.write_number(
            self._row, column, number, self._styles.boxed(num_format="#,##0", align="center", **look)
        )

    def _line(self, column: int, text: str, **look: str | int | bool) -> None:
        self._sheet.write_string(self._row, column, text, self._styles.get(**look))
        self._row += 1

    def _link(self) -> object:
        return self._styles.get(font_color=LINK, underline=1)


_GRAVEST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_PAGE_KINDS = {"digital": "digital", "raster": "hasil pindai", "empty": "kosong"}
_MEANINGS = (
    (Severity.ERROR, "Nilai tidak terbaca atau bertentangan dengan nilai lain. Bandingkan dengan PDF."),
    (Severity.WARNING, "Nilai meragukan atau disimpulkan dari bukti lain. Sebaiknya diperiksa."),
    (Severity.INFO, "Untuk diketahui; arahkan tetikus ke sel untuk membaca catatannya."),
)
_LEGEND = (
    *((SEVERITY_LABELS[severity], DOUBT_FILLS[severity], meaning) for severity, meaning in _MEANINGS),
    ("Dikoreksi", CORRECTED_FILL, "Nilai diketik oleh pemeriksa; catatan sel menyebut siapa dan kapan."),
)
