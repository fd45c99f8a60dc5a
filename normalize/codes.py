"""Codes of the planning nomenclature, in every spelling documents print, as one dotted text.

``U`` urusan, ``BB`` bidang, ``PP`` program, ``K.NN`` kegiatan (one level, two segments), ``SS`` or ``SSSS`` sub
kegiatan: Permendagri 90/2019 and the Kepmendagri after it (two digits in 050-3708/2020 and 050-5889/2021, four since
900.1.15.5-1317/2023). The older scheme of Permendagri 13/2006 and agency codes are recognised, never converted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from normalize.model import Tingkat


class CodeScheme(StrEnum):
    """Which rules a code follows."""

    NOMENCLATURE = "nomenklatur"
    OLD = "permendagri_13"
    """Permendagri 13/2006: bidang, agency, program, kegiatan."""
    AGENCY = "perangkat_daerah"
    """Code of the agency itself, ``4.01.3.00.0.00.01.0000``."""


class CodeProblem(StrEnum):
    """Finding codes of codes that were not printed as the nomenclature writes them."""

    PADDED_KEGIATAN = "RJ-CODE-001"
    """``02.01`` printed for kegiatan ``2.01``."""
    BROKEN_SEGMENT = "RJ-CODE-002"
    """A segment was printed in two parts and joined."""
    LOST_ZEROS = "RJ-CODE-003"
    """Leading zeros were missing (``2.7.1.2.01.1``), as spreadsheets drop them, and restored."""
    MISREAD_SEPARATORS = "RJ-CODE-009"
    """Separators, ones and zeros that a recogniser lost or misread were put back where the scheme has them."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code as dotted text."""

    text: str
    level: Tingkat | None
    """None where the segments alone do not tell (old scheme, agencies)."""
    scheme: CodeScheme = CodeScheme.NOMENCLATURE
    problem: str = ""
    """A :class:`CodeProblem`, or empty."""

    @property
    def parent(self) -> str:
        """The code one level up, empty for an urusan or when the level is unknown."""
        if self.scheme is not CodeScheme.NOMENCLATURE or self.level is Tingkat.URUSAN:
            return ""
        dropped = 2 if self.level is Tingkat.KEGIATAN else 1
        return ".".join(self.text.split(".")[:-dropped])


_LEVELS = {
    1: Tingkat.URUSAN,
    2: Tingkat.BIDANG_URUSAN,
    3: Tingkat.PROGRAM,
    5: Tingkat.KEGIATAN,
    6: Tingkat.SUB_KEGIATAN,
}
"""Level by the number of segments; four do not occur, a kegiatan adds two."""

_STRICT = re.compile(
    r"(?:[1-9](?:\.\d{2})?|X\.XX|[1-9]\.XX)|(?:[1-9]\.(?:\d{2}|XX)|X\.XX)\.\d{2}(?:\.\d\.\d{2}(?:\.(?:\d{2}|\d{4}))?)?"
)
_PADDED_KEGIATAN = re.compile(r"((?:[1-9]\.\d{2}|X\.XX)\.\d{2})\.0(\d\.\d{2}(?:\.(?:\d{2}|\d{4}))?)")
_LOST_ZEROS = re.compile(r"([1-9])\.(\d{1,2})\.(\d{1,2})\.(\d)\.(\d{1,2})(?:\.(\d{1,4}))?")
_OLD_KEGIATAN = re.compile(r"[1-9]\.\d{2}\.[1-9]\.\d{2}\.\d{2}\.\d{2}\.\d{2}")
_OLD_PROGRAM = re.compile(r"[1-9]\.\d{2}\.[1-9]\.\d{2}\.\d{2}\.\d{2}")
_OLD_UNSURE = re.compile(r"[1-9]\.\d{2}\.[1-9]\.\d{2}\.\d{2}|[1-9]\.\d{2}(?:\.\d{2}){2,4}")
_AGENCY = re.compile(r"\d\.\d{2}\.\d\.\d{2}\.\d\.\d{2}\.\d{2}(?:\.\d{4})?")
_CODE_CHARACTERS = re.compile(r"[0-9X.\s]+")


def parse_code(text: str) -> Code | None:
    """Read a code in any of its spellings; None when it is not well formed (the caller keeps the printed text).

    ``text`` is one cell, or the cells of a code spread over grid columns joined by spaces. ``2 07 01 2.01 01``,
    ``2.07.01.2.01.01``, tabs between segments and ``2.07.01.2.01.0001`` are the same code in different editions.
    """
    folded = text.strip().upper()
    if not folded or not _CODE_CHARACTERS.fullmatch(folded):
        return None
    dotted = re.sub(r"\s*\.\s*|\s+", ".", folded).strip(".")
    if (code := _read(dotted)) is not None:
        return code
    joined = re.sub(r"\s+", "", folded).strip(".")
    if joined == dotted or _STRICT.fullmatch(joined) is None:
        return None
    return Code(joined, _level(joined), problem=CodeProblem.BROKEN_SEGMENT)


def is_code_of_list(text: str) -> bool:
    """Say whether a text is a code just as the nomenclature writes it; no list holds a sub kegiatan ``00``."""
    return _STRICT.fullmatch(text) is not None and not text.endswith(".00")


def _read(dotted: str) -> Code | None:
    if _STRICT.fullmatch(dotted):
        return Code(dotted, _level(dotted))
    if match := _PADDED_KEGIATAN.fullmatch(dotted):
        text = f"{match.group(1)}.{match.group(2)}"
        return Code(text, _level(text), problem=CodeProblem.PADDED_KEGIATAN)
    if match := _LOST_ZEROS.fullmatch(dotted):
        return _restore_zeros(match)
    if _AGENCY.fullmatch(dotted):
        return Code(dotted, None, CodeScheme.AGENCY)
    if _OLD_KEGIATAN.fullmatch(dotted):
        return Code(dotted, Tingkat.KEGIATAN, CodeScheme.OLD)
    if _OLD_PROGRAM.fullmatch(dotted):
        return Code(dotted, Tingkat.PROGRAM, CodeScheme.OLD)
    if _OLD_UNSURE.fullmatch(dotted):
        return Code(dotted, None, CodeScheme.OLD)
    return None


def _restore_zeros(match: re.Match[str]) -> Code:
    urusan, bidang, program, layer, kegiatan, sub = match.groups()
    text = f"{urusan}.{bidang:0>2}.{program:0>2}.{layer}.{kegiatan:0>2}"
    if sub is not None:
        width = 2 if len(sub) <= 2 else 4
        text += f".{sub.rjust(width, '0')}"
    return Code(text, _level(text), problem=CodeProblem.LOST_ZEROS)


def _level(text: str) -> Tingkat:
    return _LEVELS[text.count(".") + 1]
