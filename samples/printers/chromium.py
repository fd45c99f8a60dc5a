"""The HTML printer: blocks become a page of HTML that headless Chromium prints."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from samples.content.model import SampleTable
from samples.printers.blocks import Block, Caption, Furniture, Heading, NewPage, OrgChart, Prose, TableBlock
from samples.printers.freeze import freeze
from samples.printers.spans import body_cells

PRINT_SECONDS = 120
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class HtmlStyle:
    """The look of the printed page; lengths are CSS."""

    page: str = "297mm 210mm"
    margin: str = "15mm"
    font: str = "Carlito, Liberation Sans, sans-serif"
    size: str = "7.5pt"
    border: str = "0.7pt solid black"
    head_fill: str = "#d9d9d9"
    repeat_header: bool = True
    split_rows: bool = True
    furniture: Furniture = field(default_factory=Furniture)


def print_html(path: Path, blocks: list[Block], style: HtmlStyle) -> None:
    """Print the blocks with Chromium; raises ``FileNotFoundError`` when no browser is installed."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise FileNotFoundError(f"no Chromium for {path.name}: install the Debian package chromium")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "renja.html"
        source.write_text(to_html(blocks, style), encoding="utf-8")
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-pdf-header-footer",
                "--disable-pdf-tagging",  # tag numbers differ from run to run
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={path}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=PRINT_SECONDS,
        )
    freeze(path)


def to_html(blocks: list[Block], style: HtmlStyle) -> str:
    """Return the whole document as HTML."""
    body = "\n".join(_block(block) for block in blocks)
    return (
        f'<!doctype html><html lang="id"><meta charset="utf-8"><style>{_css(style)}</style><body>{body}</body></html>'
    )


def _css(style: HtmlStyle) -> str:
    furniture = style.furniture
    number = "counter(page)" if furniture.page_numbers else '""'
    return f"""
@page {{ size: {style.page}; margin: {style.margin};
  @top-left {{ content: "{furniture.head}"; font: 8pt serif }}
  @bottom-left {{ content: "{furniture.foot}"; font: 9pt serif }}
  @bottom-right {{ content: {number}; font: 9pt serif }} }}
body {{ font-family: {style.font}; font-size: 10pt; margin: 0 }}
h2 {{ font-size: 11pt }} p {{ text-align: justify }}
.caption {{ text-align: center; font-weight: bold; break-after: avoid }}
.note {{ font-weight: bold; margin: 6pt 0 3pt; break-after: avoid }}
.page {{ break-before: page }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; font-size: {style.size}; margin-bottom: 14pt }}
thead {{ display: {"table-header-group" if style.repeat_header else "table-row-group"} }}
tr {{ break-inside: {"auto" if style.split_rows else "avoid"} }}
th, td {{ border: {style.border}; padding: 1.5pt 2pt; vertical-align: top; overflow-wrap: anywhere }}
th {{ background: {style.head_fill}; vertical-align: middle; text-align: center }}
tr.number th {{ font-weight: normal; font-style: italic }}
.right {{ text-align: right }} .center {{ text-align: center }} .bold {{ font-weight: bold }}
.chart {{ display: flex; gap: 12pt; margin: 10pt 0 }} .chart div {{ border: 0.7pt solid black; padding: 6pt }}
"""


def _block(block: Block) -> str:
    match block:
        case Prose(text):
            return f"<p>{escape(text)}</p>"
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Caption(caption):
            return "".join(f'<div class="caption">{escape(line)}</div>' for line in caption)
        case NewPage():
            return '<div class="page"></div>'
        case OrgChart(boxes):
            return '<div class="chart">' + "".join(f"<div>{escape(box)}</div>" for box in boxes) + "</div>"
        case TableBlock():
            lines = [f'<div class="caption">{escape(line)}</div>' for line in block.caption_lines]
            lines += [f'<div class="note">{escape(line)}</div>' for line in block.note_lines]
            return "\n".join([*lines, _table(block.table)])


def _table(table: SampleTable) -> str:
    total = sum(slot.weight for slot in table.slots)
    parts = ["<table><colgroup>"]
    parts += [f'<col style="width:{100 * slot.weight / total:.3f}%">' for slot in table.slots]
    parts.append("</colgroup><thead>")
    heads = table.head_cells()
    for row in range(1 + max((cell.row + cell.row_span - 1 for cell in heads), default=-1)):
        kind = ' class="number"' if row >= table.head_rows else ""
        cells = "".join(
            f'<th rowspan="{cell.row_span}" colspan="{cell.column_span}">{escape(cell.text)}</th>'
            for cell in heads
            if cell.row == row
        )
        parts.append(f"<tr{kind}>{cells}</tr>")
    parts.append("</thead><tbody>")
    for index in range(len(table.rows)):
        cells = "".join(
            f'<td rowspan="{cell.row_span}" colspan="{cell.column_span}" class="{cell.align}{" bold" * cell.bold}">'
            f"{escape(cell.text).replace(chr(10), '<br>')}</td>"
            for cell in body_cells(table, index)
        )
        parts.append(f"<tr>{cells}</tr>")
    parts.append("</tbody></table>")
    return "".join(parts)
