"""A blank amount is told where its figure was read in a cell beside it: a wall of the scan may be lost."""

from __future__ import annotations

import pytest

from extract.model import BBox
from normalize.form import Kind
from normalize.model import Column, Source
from normalize.rows.draft_row import DraftField, DraftRow
from normalize.rows.values import read_fields

COLUMNS = tuple(
    Column(key, key, kind, (key,))
    for key, kind in (
        ("uraian", Kind.TEKS),
        ("target", Kind.KUANTITAS),
        ("pagu", Kind.RUPIAH),
        ("lokasi", Kind.TEKS),
        ("prakiraan", Kind.RUPIAH),
    )
)


def doubted(*, recognised: bool = True, **printed: str) -> set[str]:
    source = (Source(1, BBox(0, 0, 1, 1)),)
    fields = {key: DraftField(text, text, 0.95, source, recognised) for key, text in printed.items()}
    row = DraftRow(1, fields, spanning=False, level=None, bold=False)
    return {doubt.column for doubt in read_fields(row, COLUMNS, {}, {})[1]}


@pytest.mark.parametrize("read", ["12 I 127581707", "1 91,583,772", "1 1 23.0063,3901"])
def test_a_blank_amount_beside_a_quantity_with_an_amount_is_told_with_it(read: str) -> None:
    assert {"target", "pagu"} <= doubted(uraian="Sub Kegiatan", target=read, lokasi="Desa")


def test_only_blank_columns_next_to_the_amount_are_told() -> None:
    assert doubted(target="12", lokasi="Desa 133.985.400") == {"lokasi", "pagu", "prakiraan"}
    assert "prakiraan" not in doubted(target="12 127.581.707", lokasi="Desa")


def test_an_amount_that_belongs_to_its_text_leaves_blank_amounts_alone() -> None:
    assert doubted(target="2 Angkatan (Rp. 195.000.000)", lokasi="Desa") == set()
    assert "pagu" not in doubted(uraian="dengan dana Rp.87.000.000")


@pytest.mark.parametrize("text", ["1.02.01.2.01.0001 Penyusunan", "Kelurahan 1.250", "Tahun 2024"])
def test_codes_and_small_figures_are_no_amounts(text: str) -> None:
    assert doubted(uraian=text) == set()


def test_typed_rows_are_as_typed() -> None:
    assert doubted(recognised=False, uraian="Luas 12.750.000") == set()
