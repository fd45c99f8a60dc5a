"""Whether the first row of a page is the rest of the last row of the page before.

No single sign is safe: printers close a cut row with a ruling or leave it open, and the first row overleaf may be a
further indicator of the same activity. The signs weighed here are those a reader uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from normalize.codes import is_code_of_list
from normalize.form import Kind, TableForm
from normalize.numbers.affix import peel, plain_dashes
from normalize.numbers.choice import acceptable
from normalize.rows.body_row import BodyRow, PlacedCell

FULL_CELL_SLACK = 1.6
"""A cell whose text stops at most this many line heights above its bottom ruling was full."""
KEPT_LINES_SLACK = 3.0
"""The same where the printer put two lines overleaf rather than one (widow control)."""
FEW_OF_FIGURES = 3
"""The rest of a cut row holds at most one figure for so many of the row's; a row of its own has them all."""

_LEVEL_PREFIX = re.compile(r"^(?:sub ?kegiatan|kegiatan|program|urusan|bidang)\b", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"(?:[,(/&-]|\b(?:dan|atau|yang|di|ke|dari|untuk|pada|dengan|dalam|oleh|serta|bagi|atas|tentang|per))$",
    re.IGNORECASE,
)
_ONE_PHRASE = re.compile(r"\bpenunjang\|urusan\b", re.IGNORECASE)
"""Where the nomenclature's ``PROGRAM PENUNJANG URUSAN ...`` is cut, the rest is no ``URUSAN`` of its own."""
_CUT_TOKEN = re.compile(r"\d[.,]$")
_TOKEN_REST = re.compile(r"\d[\d.,]*-?")
_DIGIT_END = re.compile(r"\d$")
_SEPARATED_REST = re.compile(r"[.,](?:\d[\d.,]*)?-?")
_CUT_DECIMALS = re.compile(r"\d[.,]\d$")
_CLOSING_PUNCTUATION = re.compile(r"^[)\],.;:]")


def goes_on(upper: BodyRow, lower: BodyRow, kinds: Mapping[str, Kind], form: TableForm, *, closed: bool) -> bool:
    """Say whether ``lower`` continues ``upper``; ``closed`` tells that rulings close both at the break."""
    fields = lower.fields
    if lower.spanning or not fields.keys() - upper.fields.keys() <= _moved_whole(upper, kinds, form):
        return False
    if lower.level not in (None, upper.level):
        return False
    name, named = fields.get(form.name_column, ()), upper.fields.get(form.name_column, ())
    if named and begins_level(name) and not _ONE_PHRASE.search(f"{_text(named)}|{_text(name)}"):
        return False
    tokens = [key for key in fields if key in (form.number_column, form.code_column) or kinds[key].is_number]
    pairs = [(upper.fields[key], cells) for key, cells in fields.items() if key in upper.fields]
    if tokens:
        cuts = [(_token(upper.fields[key]), _token(fields[key]), kinds[key]) for key in tokens]
        if any(_completes(*cut) for cut in cuts):
            return all(_completes(*cut) or _may_complete(*cut) for cut in cuts)
        figures = sum(kinds[key].is_number for key in upper.fields)
        worded = any(_text(after)[:1].islower() for _, after in pairs) and len(tokens) * FEW_OF_FIGURES <= figures
        return worded and all(
            _CUT_DECIMALS.search(before) and _may_complete(before, rest, kind) for before, rest, kind in cuts
        )
    if all(reads_on(_text(before), _text(after)) for before, after in pairs):
        return True
    targets = [key for key in fields if kinds[key] is Kind.KUANTITAS and key in upper.fields]
    if targets:
        return all(_rest_of_quantity(_text(upper.fields[key]), _text(fields[key])) for key in targets)
    # A name alone below a row with a code is hardly a row of its own: its lines may have been kept together overleaf.
    uncoded = fields.keys() == {form.name_column} and form.code_column in upper.fields and not _text(name).isupper()
    slack = KEPT_LINES_SLACK if uncoded else FULL_CELL_SLACK
    full = not closed or all(_was_full(before, slack) for before, _ in pairs)
    return full and (not name or not lower.bold or all(placed.cell.bold for placed in named))


def _moved_whole(upper: BodyRow, kinds: Mapping[str, Kind], form: TableForm) -> set[str]:
    """Return the columns whose cells a printer may have put overleaf whole, a paragraph not being torn (widow control).

    Half a row stays behind: a number or code without its name, a target without its indicator.
    """
    targeted = any(kinds[key] is Kind.KUANTITAS for key in upper.fields)
    identity = {form.number_column, form.code_column}
    unnamed = form.name_column not in upper.fields and not identity.isdisjoint(upper.fields)
    moved = {Kind.TEKS: targeted or unnamed, Kind.KUANTITAS: unnamed}
    kept = identity if unnamed else {*identity, form.name_column}
    return {key for key, kind in kinds.items() if moved.get(kind) and key not in kept}


def begins_level(name: Sequence[PlacedCell]) -> bool:
    """Say whether a name opens a level of its own (``Sub Kegiatan ...``)."""
    text = _text(name)
    return bool(_LEVEL_PREFIX.match(text)) and text[:1].isupper()


def _rest_of_quantity(before: str, after: str) -> bool:
    """Say whether a target's unit was carried over the break: words without a figure are no target of their own."""
    if any(map(str.isdigit, after)) or not any(map(str.isdigit, before)):
        return False
    return after[:1].islower() or not any(map(str.isalpha, before))


def _completes(before: str, after: str, kind: Kind) -> bool:
    """Say whether a code or number that the break cut goes on: at a separator, or inside a group of digits.

    Both parts are closed up, as :func:`_token` returns them.
    """
    if _CUT_TOKEN.search(before) and (_TOKEN_REST.fullmatch(after) or (kind.is_number and after == "-")):
        return True
    if _DIGIT_END.search(before) and _SEPARATED_REST.fullmatch(after):
        return True
    if not _TOKEN_REST.fullmatch(after):
        return False
    return _is_cut_amount(before, after, kind) if kind.is_number else _is_cut_code(before, after)


def _is_cut_code(before: str, after: str) -> bool:
    """Say whether a code is ill-formed alone and well-formed with the digits overleaf (``2.11.02.2.02.0 | 001``)."""
    return is_code_of_list(before + after) and not is_code_of_list(before)


def _is_cut_amount(before: str, after: str, kind: Kind) -> bool:
    """Say whether an amount is ill-formed alone and well-formed with the digits overleaf (``49.578.709.61 | 4``)."""
    begun = peel(plain_dashes(before)).core
    whole = begun + peel(plain_dashes(after)).core
    return not acceptable(begun, kind) and acceptable(whole, kind)


def _may_complete(before: str, after: str, kind: Kind) -> bool:
    """Say whether digits may go on with a number that is well-formed without them (``45,8 | 3``, ``2 | 9,79``)."""
    return kind.is_number and _TOKEN_REST.fullmatch(after) is not None and acceptable(before + after, kind)


def reads_on(before: str, after: str) -> bool:
    """Say whether the wording itself runs over the break."""
    first = after[:1]
    return bool(first.islower() or _UNFINISHED.search(before) or _CLOSING_PUNCTUATION.match(after))


def _was_full(cells: Sequence[PlacedCell], slack: float) -> bool:
    """Say whether the text filled its cell down to the page break, but for ``slack`` line heights."""
    cell = cells[-1].cell
    if not cell.lines:
        return False
    last = cell.lines[-1].bbox
    return cell.bbox.bottom - last.bottom <= slack * max(last.height, 1.0)


def _token(cells: Sequence[PlacedCell]) -> str:
    """Return a code or number on one line: what a narrow column cut is closed up."""
    return "".join(_text(cells).split())


def _text(cells: Sequence[PlacedCell]) -> str:
    return " ".join(" ".join(placed.cell.text.split()) for placed in cells)
