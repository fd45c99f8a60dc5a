"""Codes of recognised (scanned) print: lost and misread separators put back where the scheme has them.

A recogniser keeps the digits of a code and confuses its full stops with commas, or drops them; a lone 1 it may read as
``I``. How many digits each segment of a code has is law, so the digits alone tell where the separators stand, as long
as only one scheme fits.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from normalize.codes import Code, CodeProblem, parse_code

SHAPES = (
    (1, 2),
    (1, 2, 2),
    (1, 2, 2, 1, 2),
    (1, 2, 2, 1, 2, 2),
    (1, 2, 2, 1, 2, 4),
    (1, 2, 1, 2, 2, 2),
    (1, 2, 1, 2, 2, 2, 2),
    (1, 2, 1, 2, 1, 2, 2),
    (1, 2, 1, 2, 1, 2, 2, 4),
)
"""Digits of each segment: the nomenclature's levels, the older scheme's, an agency's own code."""
BRANCHES = (2, 3)
"""Segments that name a bidang urusan, and a program."""
_SEPARATOR = re.compile(r"\s*[.,:;·•'\s]\s*")
_DIGIT_FOR = str.maketrans("IilL|!OoQD", "1111110000")
_STRAY_END = re.compile(r"^[^\dXx]+|[^\dXx]+$")
_MEANT_AS_CODE = re.compile(r"(?:\d+[.,:;·•'\s]+)+\d+")
_MEANT_BESIDE_CODES = re.compile(rf"\d{{3,}}|{_MEANT_AS_CODE.pattern}")
"""Where the column holds codes, digits alone are one whose separators were all lost."""


def misread_codes(texts: Iterable[str]) -> dict[str, Code]:
    """Return what the misread texts of a column of codes mean, by text; what cannot be told is left out.

    A text that more than one scheme fits, or that lost all its separators, is a code only where the column holds
    others of the same bidang urusan, or of the same program.
    """
    found: dict[str, Code] = {}
    branches: set[str] = set()
    unclear: list[str] = []
    for text in dict.fromkeys(texts):
        if (printed := parse_code(text)) is not None:
            branches.update(_branches(printed))
        elif (code := read_recognised_code(text)) is not None:
            found[text] = code
            branches.update(_branches(code))
        else:
            unclear.append(text)
    for text in unclear:
        fitting = _fitting_codes(text, _MEANT_BESIDE_CODES)
        shared = [len(branches & _branches(code)) for code in fitting]
        if any(shared) and shared.count(max(shared)) == 1:
            found[text] = fitting[shared.index(max(shared))]
    return found


def read_recognised_code(text: str) -> Code | None:
    """Return the one code whose segments the digits of a misread code fill, else None.

    Every separator that was read has to stand where the scheme has one; the finding is
    :attr:`~normalize.codes.CodeProblem.MISREAD_SEPARATORS`. None also when the text parses as it stands.
    """
    fitting = [] if parse_code(text) is not None else _fitting_codes(text, _MEANT_AS_CODE)
    return fitting[0] if len(fitting) == 1 else None


def spelled(text: str) -> str:
    """Return a text with the letters that a recogniser reads for 0 and 1 as these digits, where it has no others."""
    digits = text.translate(_DIGIT_FOR)
    return text if any(character.isalpha() and character not in "Xx" for character in digits) else digits


def _fitting_codes(text: str, meant_as_code: re.Pattern[str]) -> list[Code]:
    """Return the codes a text fits; only from a program's on are letters taken for digits: ``I 02`` may be a label."""
    as_read = _fitting(text, meant_as_code)
    return as_read or [code for code in _fitting(spelled(text), meant_as_code) if code.text.count(".") >= 2]


def _fitting(text: str, meant_as_code: re.Pattern[str]) -> list[Code]:
    bare = _STRAY_END.sub("", text.strip())
    if not meant_as_code.fullmatch(bare):
        return []
    groups = [len(group) for group in _SEPARATOR.split(bare)]
    digits = re.sub(r"\D", "", bare)
    read_at = set(itertools.accumulate(groups[:-1]))
    fitting = [
        parse_code(".".join(_segments(digits, shape)))
        for shape in SHAPES
        if sum(shape) == len(digits) and read_at <= set(itertools.accumulate(shape[:-1]))
    ]
    return [replace(code, problem=CodeProblem.MISREAD_SEPARATORS) for code in fitting if code is not None]


def _branches(code: Code) -> set[str]:
    """Return the bidang urusan and the program a code stands under, itself included."""
    segments = code.text.split(".")
    return {".".join(segments[:length]) for length in BRANCHES if length <= len(segments)}


def _segments(digits: str, shape: tuple[int, ...]) -> Iterator[str]:
    ends = itertools.accumulate(shape, initial=0)
    return (digits[start:end] for start, end in itertools.pairwise(ends))
