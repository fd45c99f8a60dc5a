"""What a table form looks like in print: the part of a declared schema that reading needs.

:mod:`schemas` builds these from YAML and hands them down, so that this room knows no files.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

TAHUN = "{tahun}"
"""Placeholder in a column key or header for a year that only the printed header knows."""


class Kind(StrEnum):
    """What the cells of a column hold."""

    RUPIAH = "rupiah"
    PERSEN = "persen"
    KUANTITAS = "kuantitas"
    KODE = "kode"
    TEKS = "teks"

    @property
    def is_number(self) -> bool:
        """Whether the CSV column is a plain decimal."""
        return self in (Kind.RUPIAH, Kind.PERSEN)


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """One declared column and the ways its header is printed."""

    key: str
    """Column key; may contain ``{tahun}``, then it repeats once per year found in the header."""
    title: str
    kind: Kind
    headers: tuple[tuple[str, ...], ...]
    """Alternative header paths, outermost first; a path may leave out levels, the last element is the leaf."""
    optional: bool = False
    """Left out of the CSV when the document does not print it."""
    fill_down: bool = False
    """Filled downwards in the flat sheet of the workbook (never in the CSV)."""
    numbering: str = ""
    """Its ordinal in the official numbering row (``12``), evidence only."""
    says: str = ""
    """Regular expression that its folded header must hold: without it no likeness makes a printed column this one."""
    unlabelled_after: str = ""
    """Key of the column whose header cell also covers this unlabelled one (E.81 satuan)."""


@dataclass(frozen=True, slots=True)
class TableForm:
    """One declared table kind and the evidence by which it is recognised."""

    key: str
    title: str
    captions: tuple[str, ...]
    """Regular expressions over the folded caption (lower case, single spaces, punctuation kept)."""
    keywords: tuple[str, ...]
    """Words of the official title that tell this kind from its neighbours."""
    columns: tuple[ColumnForm, ...]
    level_column: str = "uraian"
    """The column whose text carries level prefixes."""
    number_column: str = "no"
    code_column: str = ""
    formulas: tuple[str, ...] = ()
    """Formulas this variant prints in its numbering row, such as ``14 = 13/5x100``."""
    hierarchy: bool = True
    """Whether its rows are levels urusan › ... › sub kegiatan; False for plain lists with group rows."""

    @property
    def name_column(self) -> str:
        """The column that names a row: the level column, else the first text column that is no number or code."""
        if self.level_column:
            return self.level_column
        numbering = (self.number_column, self.code_column)
        return next((c.key for c in self.columns if c.kind is Kind.TEKS and c.key not in numbering), "")
