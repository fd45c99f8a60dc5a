"""The committed sample documents: content, style and purpose of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from samples.content.form_lampiran import table_lampiran
from samples.content.forms import FormOptions
from samples.content.forms_evaluasi import table_ii_1, table_ii_2, table_tc29
from samples.content.forms_matrix import table_ii_3, table_iii_1, table_iv_1
from samples.content.forms_usulan import table_ii_4a_1, table_ii_4a_2, table_ii_4b, table_iv_2
from samples.content.model import SampleTable
from samples.content.notation import NOTATIONS
from samples.content.plan import Plan, make_plan
from samples.printers.blocks import Block, Furniture, Heading, NewPage, OrgChart, Prose, TableBlock
from samples.printers.canvas import (
    A3_LANDSCAPE,
    A4_LANDSCAPE,
    A4_PORTRAIT,
    F4_LANDSCAPE,
    LEGAL_LANDSCAPE,
    CanvasPrinter,
    PageStyle,
    Rules,
)
from samples.printers.chromium import HtmlStyle, print_html
from samples.printers.layout import HeaderMode, TableStyle
from samples.printers.libreoffice import OdtStyle, print_odt

FILLER = (
    "Penyusunan Renja berpedoman pada Renstra dan RKPD serta memperhatikan hasil evaluasi tahun sebelumnya. "
    "Angka pada tabel berikut disusun oleh perangkat daerah dan menjadi dasar pembahasan dengan Bappeda. "
)

Printer = Callable[[Path, list[Block]], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample document."""

    name: str
    printer: str
    purpose: str
    build: Callable[[Random], list[Block]]
    print: Printer


def tables_of(blocks: list[Block]) -> list[SampleTable]:
    """Return the tables of a document in print order."""
    return [block.table for block in blocks if isinstance(block, TableBlock)]


def _canvas(style: PageStyle) -> Printer:
    def printer(path: Path, blocks: list[Block]) -> None:
        CanvasPrinter(path, style).print(blocks)

    return printer


def _html(style: HtmlStyle) -> Printer:
    def printer(path: Path, blocks: list[Block]) -> None:
        print_html(path, blocks, style)

    return printer


def _odt(style: OdtStyle) -> Printer:
    def printer(path: Path, blocks: list[Block]) -> None:
        print_odt(path, blocks, style)

    return printer


def _intro(plan: Plan, chapter: str, sentences: int = 4) -> list[Block]:
    return [
        Heading(chapter),
        Prose(f"{plan.perangkat_daerah} {plan.daerah} Tahun {plan.tahun}. " + FILLER * sentences),
    ]


def _contoh(random: Random) -> list[Block]:
    plan = make_plan(random, "kesehatan", 2024, programs=4, kegiatan=3, sub=3)
    options = FormOptions(NOTATIONS["id"])
    blocks = _intro(plan, "BAB I PENDAHULUAN", 8)
    blocks += [
        OrgChart(("Kepala Dinas", "Sekretariat", "Bidang Pelayanan", "Bidang SDM")),
        NewPage(),
        *_intro(plan, "BAB II EVALUASI PELAKSANAAN RENJA TAHUN LALU"),
        TableBlock(table_ii_1(plan, options, random)),
        TableBlock(table_ii_2(plan, options, random, before=4)),
        NewPage(),
        *_intro(plan, "2.3 Review terhadap Rancangan Awal RKPD", 2),
        TableBlock(table_ii_3(plan, options)),
        TableBlock(table_ii_4b(plan, options, random)),
        NewPage(),
        *_intro(plan, "BAB III TUJUAN DAN SASARAN", 2),
        TableBlock(table_iii_1(plan, replace(options, code="none"))),
        NewPage(),
        *_intro(plan, "BAB IV RENCANA KERJA DAN PENDANAAN", 2),
        TableBlock(table_iv_1(plan, options)),
        NewPage(),
        TableBlock(table_lampiran(plan, replace(options, notation=NOTATIONS["id_sen"]))),
    ]
    return blocks


def _terbelah(random: Random) -> list[Block]:
    plan = make_plan(random, "pendidikan", 2025, programs=3, kegiatan=3, sub=3)
    options = FormOptions(
        NOTATIONS["id_sen"], label="Tabel {form}", code="cell", prefixes=False, indicator_rows="merged", total="first"
    )
    return [
        *_intro(plan, "BAB III", 6),
        TableBlock(table_iii_1(plan, replace(options, form="T-C.33", numbering="brackets"))),
        Prose(FILLER * 2),
        TableBlock(table_tc29(plan, options, random)),
        TableBlock(table_lampiran(plan, options)),
    ]


def _tanpa_spasi(random: Random) -> list[Block]:
    plan = make_plan(random, "satpol", 2023, programs=3, kegiatan=3, sub=2)
    options = FormOptions(NOTATIONS["en"], label="Tabel. {form}", code="parts", numbering="brackets")
    return [
        *_intro(plan, "BAB II", 3),
        TableBlock(table_ii_3(plan, replace(options, form="T-C. 31."))),
        TableBlock(table_ii_4a_1(plan, replace(options, form="2.4"), random)),
        TableBlock(table_ii_4a_2(plan, replace(options, form="2.5"), random)),
        TableBlock(table_iii_1(plan, replace(options, form="T-C. 33."))),
        TableBlock(table_iv_1(plan, replace(options, form="4.1"))),
    ]


def _arsiran(random: Random) -> list[Block]:
    plan = make_plan(random, "lingkungan", 2024, programs=3, kegiatan=2, sub=2)
    options = FormOptions(NOTATIONS["id_rp"], label="", numbering="none", code="cell", columns=7)
    return [
        *_intro(plan, "Program dan Kegiatan", 2),
        TableBlock(table_iii_1(plan, options)),
        TableBlock(table_ii_4b(plan, replace(options, label="TABEL {form}", form="T-C.32"), random)),
    ]


def _kecamatan(random: Random) -> list[Block]:
    plan = make_plan(random, "kecamatan", 2024, programs=4, kegiatan=2, sub=3)
    options = FormOptions(NOTATIONS["en"], code="cell", indicator_rows="inside", total="first")
    return [
        *_intro(plan, "BAB II HASIL EVALUASI", 3),
        TableBlock(table_ii_1(plan, replace(options, label="Formulir {form}", form="E.81"), random)),
        TableBlock(table_ii_4a_1(plan, options, random)),
        TableBlock(table_ii_4a_2(plan, options, random)),
        Prose(FILLER),
        TableBlock(table_iii_1(plan, replace(options, columns=6))),
        TableBlock(table_iv_2(plan, options, random)),
    ]


def _bappeda(random: Random) -> list[Block]:
    plan = make_plan(random, "bappeda", 2026, programs=3, kegiatan=3, sub=3)
    options = FormOptions(NOTATIONS["id_strip"], label="Tabel {form}", code="spaced", indicator_rows="merged")
    return [
        *_intro(plan, "BAB II", 3),
        TableBlock(table_ii_2(plan, replace(options, form="2.2"), random, before=3, with_iku=False)),
        TableBlock(table_tc29(plan, replace(options, form="2.1"), random)),
        TableBlock(table_ii_3(plan, replace(options, form="2.3", unit=1000, notation=NOTATIONS["id"]))),
        TableBlock(table_iii_1(plan, replace(options, form="3.1"))),
        TableBlock(table_iv_1(plan, replace(options, form="4.1"))),
    ]


def _campuran(random: Random) -> list[Block]:
    plan = make_plan(random, "pertanian", 2024, programs=3, kegiatan=2, sub=2)
    options = FormOptions(NOTATIONS["id"], label="TABEL {form}", code="parts6", indicator_rows="blank", total="lokasi")
    return [
        *_intro(plan, "BAB II", 3),
        OrgChart(("Kepala Dinas", "Sekretariat", "Bidang Tanaman Pangan")),
        TableBlock(table_ii_4b(plan, options, random), beside=FILLER * 2),
        NewPage(A3_LANDSCAPE),
        TableBlock(table_ii_1(plan, options, random, columns=17), continuation="Lanjutan TABEL II.1"),
        NewPage(F4_LANDSCAPE, "flag"),
        TableBlock(table_iii_1(plan, options), continuation="Lanjutan TABEL III.1"),
        NewPage(F4_LANDSCAPE, "bare"),
        TableBlock(table_iv_2(plan, options, random)),
    ]


SAMPLES = (
    Sample(
        "renja-contoh",
        "ReportLab",
        "README sample: a whole small Renja (II.1, II.2, II.3, II.4.b, III.1, IV.1, lampiran), header on every page",
        _contoh,
        _canvas(
            PageStyle(
                LEGAL_LANDSCAPE,
                table=TableStyle(size=6.5),
                shade_parents=True,
                furniture=Furniture(foot="Rencana Kerja Tahun 2024"),
            )
        ),
    ),
    Sample(
        "baris-terbelah",
        "ReportLab",
        "rows cut by page breaks, header printed once, open edges at breaks, merged indicator rows, 1.234,00",
        _terbelah,
        _canvas(
            PageStyle(
                A4_LANDSCAPE,
                table=TableStyle("Times-Roman", "Times-Bold", 7, split_rows=True, header=HeaderMode.ONCE),
                open_breaks=True,
                head_fill="none",
                furniture=Furniture(head="Renja Dinas Pendidikan 2025", foot="Bab III"),
            )
        ),
    ),
    Sample(
        "tanpa-spasi",
        "ReportLab",
        "no space glyphs, thin rects for rulings, kode over five sub-columns, T-C labels, 1,234,000",
        _tanpa_spasi,
        _canvas(
            PageStyle(
                F4_LANDSCAPE,
                table=TableStyle(size=7, header=HeaderMode.REWRAP),
                rules=Rules.RECTS,
                glyph_spaces=False,
                furniture=Furniture(foot="Satuan Polisi Pamong Praja", as_table=True),
            )
        ),
    ),
    Sample(
        "arsiran",
        "ReportLab",
        "no rulings: cells are inset filled rects, white text on dark heads, no label, T-C.33 with 7 columns",
        _arsiran,
        _canvas(PageStyle(A4_PORTRAIT, table=TableStyle(size=7, pad_y=3), rules=Rules.FILLS, head_fill="dark")),
    ),
    Sample(
        "kecamatan-chromium",
        "Chromium",
        "Formulir E.81 and the musrenbang tables from HTML: header repeated, rows cut by page breaks, 1,234,000",
        _kecamatan,
        _html(HtmlStyle("330mm 210mm", "14mm", size="6.5pt", furniture=Furniture(foot="Renja Kecamatan Cempaka"))),
    ),
    Sample(
        "bappeda-libreoffice",
        "LibreOffice",
        "Tabel 2.x labels, kode with spaces, (Rp.000) unit, merged indicator rows, header printed once, Rp 1.234,-",
        _bappeda,
        _odt(OdtStyle(repeat_header=False, furniture=Furniture(head="Rancangan Akhir Renja", foot="Bappeda"))),
    ),
    Sample(
        "campuran",
        "ReportLab",
        "pages of four sizes, /Rotate 90, sideways without /Rotate, E.81 with 17 columns, table beside text, watermark",
        _campuran,
        _canvas(
            PageStyle(
                A4_PORTRAIT,
                table=TableStyle(size=7, split_rows=True, weights=(("pagu_indikatif", 1.0), ("prakiraan_pagu", 1.0))),
                rules=Rules.HAIRLINES,
                outer=False,
                furniture=Furniture(head="Dinas Pertanian", watermark="grey"),
            )
        ),
    ),
)
