"""The OpenDocument printer: blocks become a flat ODT file that LibreOffice exports to PDF."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from samples.content.model import HeadCell, SampleTable
from samples.printers.blocks import Block, Caption, Furniture, Heading, NewPage, OrgChart, Prose, TableBlock
from samples.printers.freeze import freeze
from samples.printers.spans import BodyCell, body_cells

EXPORT_SECONDS = 180
POINTS_PER_INCH = 72.0
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
    )
)


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """The look of the printed page; lengths in points."""

    width: float = 936.0
    height: float = 612.0
    margin: float = 45.0
    font: str = "Liberation Serif"
    size: float = 7.5
    border: float = 0.5
    head_fill: str = "#d9e2f3"
    repeat_header: bool = True
    split_rows: bool = True
    furniture: Furniture = field(default_factory=Furniture)


def print_odt(path: Path, blocks: list[Block], style: OdtStyle) -> None:
    """Export the blocks with LibreOffice; raises ``FileNotFoundError`` when it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        raise FileNotFoundError(f"no LibreOffice for {path.name}: install the Debian package libreoffice-writer")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{path.stem}.fodt"
        source.write_text(to_fodt(blocks, style), encoding="utf-8")
        subprocess.run(
            [
                office,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=EXPORT_SECONDS,
        )
        shutil.copyfile(Path(folder) / f"{path.stem}.pdf", path)
    freeze(path)


def to_fodt(blocks: list[Block], style: OdtStyle) -> str:
    """Return the whole document as flat OpenDocument text."""
    body = "".join(_block(block, number, style) for number, block in enumerate(blocks))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"{_styles(style)}<office:automatic-styles>{_automatic(blocks, style)}</office:automatic-styles>"
        f"{_master(style)}<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def _styles(style: OdtStyle) -> str:
    return (
        '<office:styles><style:default-style style:family="paragraph">'
        f"<style:text-properties style:font-name={quoteattr(style.font)} fo:font-family={quoteattr(style.font)} "
        'fo:font-size="10pt" fo:language="id" fo:country="ID"/></style:default-style></office:styles>'
    )


def _paragraph(name: str, size: float, align: str = "start", *, bold: bool = False, extra: str = "") -> str:
    weight = ' fo:font-weight="bold"' if bold else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph">'
        f'<style:paragraph-properties fo:text-align="{align}" {extra}/>'
        f'<style:text-properties fo:font-size="{size}pt"{weight}/></style:style>'
    )


def _automatic(blocks: list[Block], style: OdtStyle) -> str:
    parts = [
        _page_layout(style),
        _paragraph("prose", 10, "justify", extra='fo:margin-bottom="6pt"'),
        _paragraph("heading", 11, bold=True, extra='fo:margin-bottom="4pt"'),
        _paragraph("caption", 10, "center", bold=True, extra='fo:keep-with-next="always"'),
        _paragraph("note", 9, bold=True, extra='fo:keep-with-next="always" fo:margin-bottom="3pt"'),
        _paragraph("break", 2, extra='fo:break-before="page"'),
        _paragraph("gap", 8),
        _paragraph("foot", 9),
    ]
    for align in ("left", "center", "right"):
        odf = {"left": "start", "right": "end"}.get(align, align)
        parts.append(_paragraph(align, style.size, odf))
        parts.append(_paragraph(f"{align}-bold", style.size, odf, bold=True))
    border = f'fo:border="{style.border}pt solid #000000" fo:padding="2pt"'
    parts.append(
        '<style:style style:name="cell" style:family="table-cell">'
        f"<style:table-cell-properties {border}/></style:style>"
        f'<style:style style:name="head" style:family="table-cell"><style:table-cell-properties {border} '
        f'fo:background-color="{style.head_fill}" style:vertical-align="middle"/></style:style>'
        f'<style:style style:name="row" style:family="table-row"><style:table-row-properties '
        f'fo:keep-together="{"auto" if style.split_rows else "always"}"/></style:style>'
    )
    for number, block in enumerate(blocks):
        if isinstance(block, TableBlock):
            parts.append(_table_styles(block.table, number, style))
    return "".join(parts)


def _page_layout(style: OdtStyle) -> str:
    return (
        f'<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="{style.width}pt" '
        f'fo:page-height="{style.height}pt" style:print-orientation="landscape" fo:margin="{style.margin}pt"/>'
        "<style:header-style/><style:footer-style/></style:page-layout>"
    )


def _table_styles(table: SampleTable, number: int, style: OdtStyle) -> str:
    width = style.width - 2 * style.margin
    total = sum(slot.weight for slot in table.slots)
    columns = "".join(
        f'<style:style style:name="t{number}c{index}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width * slot.weight / total / POINTS_PER_INCH:.4f}in"/></style:style>'
        for index, slot in enumerate(table.slots)
    )
    return (
        f'<style:style style:name="t{number}" style:family="table"><style:table-properties '
        f'style:width="{width / POINTS_PER_INCH:.4f}in" table:align="left" table:border-model="collapsing" '
        f'style:may-break-between-rows="true"/></style:style>{columns}'
    )


def _master(style: OdtStyle) -> str:
    furniture = style.furniture
    number = " <text:tab/><text:page-number/>" if furniture.page_numbers else ""
    head = f'<style:header><text:p text:style-name="foot">{escape(furniture.head)}</text:p></style:header>'
    foot = f'<style:footer><text:p text:style-name="foot">{escape(furniture.foot)}{number}</text:p></style:footer>'
    return (
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page">'
        f"{head if furniture.head else ''}{foot}</style:master-page></office:master-styles>"
    )


def _block(block: Block, number: int, style: OdtStyle) -> str:
    match block:
        case Prose(text):
            return _p("prose", text)
        case Heading(text):
            return _p("heading", text)
        case Caption(caption):
            return "".join(_p("caption", line) for line in caption)
        case NewPage():
            return _p("break", "")
        case OrgChart(boxes):
            return _p("prose", " - ".join(boxes))
        case TableBlock():
            lines = "".join(_p("caption", line) for line in block.caption_lines)
            lines += "".join(_p("note", line) for line in block.note_lines)
            return lines + _table(block.table, number, style) + _p("gap", "")


def _p(style: str, text: str) -> str:
    return "".join(f'<text:p text:style-name="{style}">{escape(line)}</text:p>' for line in text.split("\n"))


def _table(table: SampleTable, number: int, style: OdtStyle) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="t{number}c{index}"/>' for index in range(len(table.slots))
    )
    heads = table.head_cells()
    count = 1 + max((cell.row + cell.row_span - 1 for cell in heads), default=-1)
    head_rows = "".join(
        _row(len(table.slots), [_head_cell(table, cell) for cell in heads if cell.row == row], "head")
        for row in range(count)
    )
    wrapped = f"<table:table-header-rows>{head_rows}</table:table-header-rows>" if style.repeat_header else head_rows
    body = "".join(_row(len(table.slots), body_cells(table, index), "cell") for index in range(len(table.rows)))
    return f'<table:table table:name="t{number}" table:style-name="t{number}">{columns}{wrapped}{body}</table:table>'


def _head_cell(table: SampleTable, cell: HeadCell) -> BodyCell:
    bold = cell.row < table.head_rows
    return BodyCell(cell.text, cell.column, cell.row_span, cell.column_span, "center", bold)


def _row(width: int, cells: list[BodyCell], style: str) -> str:
    """Return one row; positions under a span are written as covered cells."""
    starts = {cell.column: cell for cell in cells}
    parts = ['<table:table-row table:style-name="row">']
    for column in range(width):
        cell = starts.get(column)
        if cell is None:
            parts.append("<table:covered-table-cell/>")
            continue
        paragraph = f"{cell.align}{'-bold' * cell.bold}"
        parts.append(
            f'<table:table-cell table:style-name="{style}" table:number-columns-spanned="{cell.column_span}" '
            f'table:number-rows-spanned="{cell.row_span}">{_p(paragraph, cell.text)}</table:table-cell>'
        )
    parts.append("</table:table-row>")
    return "".join(parts)
