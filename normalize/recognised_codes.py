"""Codes of recognised (scanned) print: lost and misread separators put back where the scheme has them.

A recogniser keeps the digits of a code and confuses its full stops with commas, or drops them. How many digits each
segment of a code has is law, so the digits alone tell where the separators stand, as long as only one scheme fits.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

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
_SEPARATOR = re.compile(r"\s*[.,:;·•'\s]\s*")
_STRAY_END = re.compile(r"^[^\dXx]+|[^\dXx]+$")
_MEANT_AS_CODE = re.compile(r"(?:\d+[.,:;·•'\s]+)+\d+")


def read_recognised_code(text: str) -> Code | None:
    """Return the one code whose segments the digits of a misread code fill, else None.

    Every separator that was read has to stand where the scheme has one; the finding is
    :attr:`~normalize.codes.CodeProblem.MISREAD_SEPARATORS`. None also when the text parses as it stands.
    """
    bare = _STRAY_END.sub("", text.strip())
    if parse_code(text) is not None or not _MEANT_AS_CODE.fullmatch(bare):
        return None
    groups = [len(group) for group in _SEPARATOR.split(bare)]
    digits = re.sub(r"\D", "", bare)
    read_at = set(itertools.accumulate(groups[:-1]))
    fitting = [
        shape for shape in SHAPES if sum(shape) == len(digits) and read_at <= set(itertools.accumulate(shape[:-1]))
    ]
    if len(fitting) != 1:
        return None
    code = parse_code(".".join(_segments(digits, fitting[0])))
    return None if code is None else Code(code.text, code.level, code.scheme, CodeProblem.MISREAD_SEPARATORS)


def _segments(digits: str, shape: tuple[int, ...]) -> Iterator[str]:
    ends = itertools.accumulate(shape, initial=0)
    return (digits[start:end] for start, end in itertools.pairwise(ends))
