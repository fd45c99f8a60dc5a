"""``batch.csv`` and ``batch.html``: what became of every document of a run (Indonesian, for planners)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from export.csv_profile import CsvProfile, render_csv
from renja.batch.outcome import Outcome, Status
from renja.exit_codes import ExitCode
from renja.remote.address import Location
from renja.shown import shown

CSV_FILE = "batch.csv"
HTML_FILE = "batch.html"
COLUMNS = (
    "berkas", "nama", "status", "halaman", "tabel", "baris", "kesalahan", "peringatan", "detik", "kode", "pesan",
    "catatan",
)  # fmt: skip
STATUS_TEXT = {
    Status.CONVERTED: "selesai",
    Status.CURRENT: "sudah ada",
    Status.NO_TABLE: "tanpa tabel yang dikenal",
    Status.FAILED: "gagal",
}
NOT_REACHED = "belum dikerjakan"
CODE_TEXT = {
    ExitCode.INTERNAL: "Cacat program",
    ExitCode.INPUT_UNREADABLE: "Berkas tidak dapat dibuka",
    ExitCode.NOT_A_PDF: "Bukan PDF",
    ExitCode.EMPTY_FILE: "Berkas kosong",
    ExitCode.TRUNCATED_PDF: "Berkas rusak atau terpotong",
    ExitCode.ENCRYPTED_PDF: "Berkas berkata sandi",
    ExitCode.LIMIT_EXCEEDED: "Melampaui batas memori, waktu, atau ukuran",
    ExitCode.NO_KNOWN_TABLE: "Tidak ada tabel yang dikenal",
    ExitCode.OUTPUT_NOT_WRITABLE: "Folder hasil tidak dapat ditulis",
    ExitCode.OUTPUT_EDITED: "Hasil lama sudah disunting tangan",
    ExitCode.PAGES_LOST: "Ada halaman yang tidak terbaca",
    ExitCode.WORKER_DIED: "Proses pembaca mati",
}

_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#1a1a1a;background:#fff}
table{border-collapse:collapse;width:100%}th,td{padding:.35rem .6rem;border-bottom:1px solid #ccc;text-align:left;
vertical-align:top}th{position:sticky;top:0;background:#f2f2f2}td.n{text-align:right;font-variant-numeric:tabular-nums}
tr.failed td{background:#fde8e8}tr.no_table td,tr.missing td{background:#fff6dc}small{color:#555}
"""


def render_batch_csv(paths: Sequence[Location], outcomes: Sequence[Outcome | None], profile: CsvProfile) -> bytes:
    """Return a row a document, in the order of the inputs; ``None`` for one the run did not reach."""
    rows = (_row(path, outcome) for path, outcome in zip(paths, outcomes, strict=True))
    return render_csv(COLUMNS, rows, profile)


def render_batch_html(paths: Sequence[Location], outcomes: Sequence[Outcome | None], *, workbooks: bool) -> bytes:
    """Return the same as a page that links to the outputs beside it, ``workbooks`` among them."""
    counts = Counter(STATUS_TEXT[outcome.status] if outcome else NOT_REACHED for outcome in outcomes)
    told = ", ".join(f"{number} {text}" for text, number in counts.items())
    rows = "\n".join(
        _html_row(path, outcome, workbooks=workbooks) for path, outcome in zip(paths, outcomes, strict=True)
    )
    head = "".join(
        f'<th scope="col">{text}</th>'
        for text in ("Berkas", "Status", "Halaman", "Tabel", "Baris", "Kesalahan", "Peringatan", "Detik", "Keterangan")
    )
    page = (
        '<!doctype html>\n<html lang="id">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>Laporan konversi Renja</title>\n<style>{_STYLE}</style>\n<h1>Laporan konversi Renja</h1>\n"
        f"<p>{len(paths)} dokumen: {escape(told)}.</p>\n"
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</html>\n"
    )
    return page.encode()


def _row(path: Location, outcome: Outcome | None) -> list[str]:
    if outcome is None:
        return [shown(path), "", NOT_REACHED, *[""] * (len(COLUMNS) - 3)]
    return [
        shown(path),
        outcome.name,
        STATUS_TEXT[outcome.status],
        *_figures(outcome),
        str(int(outcome.code)),
        " ".join(_explained(outcome)),
        "; ".join(outcome.notes),
    ]


def _figures(outcome: Outcome) -> list[str]:
    counts = outcome.counts
    figures = (counts.pages, counts.tables, counts.records, counts.errors, counts.warnings)
    return [*(str(figure) for figure in figures), f"{outcome.seconds:.1f}"]


def _explained(outcome: Outcome) -> Iterator[str]:
    if outcome.code:
        yield f"{CODE_TEXT.get(outcome.code, 'Gagal')}."
        yield f"({outcome.message})"


def _html_row(path: Location, outcome: Outcome | None, *, workbooks: bool) -> str:
    name = escape(shown(path))
    if outcome is None:
        return f'<tr class="missing"><td>{name}</td><td>{NOT_REACHED}</td>{"<td></td>" * 7}</tr>'
    if outcome.name and outcome.counts.tables and workbooks:
        name = f'<a href="{quote(outcome.name)}.xlsx">{name}</a>'
    if outcome.name:
        name += f' <small><a href="{quote(outcome.name)}/">CSV</a></small>'
    figures = "".join(f'<td class="n">{figure}</td>' for figure in _figures(outcome))
    remarks = "<br>".join(escape(text) for text in (*_explained(outcome), *outcome.notes))
    kind = outcome.status.value
    return f'<tr class="{kind}"><td>{name}</td><td>{STATUS_TEXT[outcome.status]}</td>{figures}<td>{remarks}</td></tr>'
