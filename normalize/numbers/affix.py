"""Take off what is printed around a number: currency, percent sign, ``,-``, parentheses, sign, footnote mark."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_DASH_TABLE = dict.fromkeys(map(ord, DASHES), "-")
_SUPERSCRIPTS = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079\u2460-\u2473"

# A cell of its own for the currency may be too narrow even for ``Rp``, hence the space.
_CURRENCY_BEFORE = re.compile(r"(?:r\s?p|idr)\s*[.:]?\s*(?=[^a-z]|$)", re.IGNORECASE)
_CURRENCY_AFTER = re.compile(r"(?<=[\d\s.,=-])\s*(?:rupiah|rp\.?|idr)$", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(?:%|\bpersen|\bprosen)\s*$", re.IGNORECASE)
_PERCENT_GLUED = re.compile(r"(?<=\d)\s*(?:persen|prosen)\s*$", re.IGNORECASE)
# ",-" ".-" ",--" ",=" : no cents. The separator is part of the mark.
_NO_CENTS = re.compile(r"\s*([.,])\s*[-=]+\s*$")
_MARK = re.compile(rf"\s*(?:\*+\)?|[{_SUPERSCRIPTS}]+\)?)\s*$")
_DIGIT_MARK = re.compile(r"(?<=[\d-])\s+\d{1,2}\)\s*$")
SPREADSHEET_ERROR = re.compile(r"#(?:REF!|DIV/0!|VALUE!|N/A|NAME\?|NULL!|NUM!)|\bErr:[0-9]{3}\b|#{2,}", re.IGNORECASE)
"""What a spreadsheet prints where it has no number, or no room for it; the 0 of ``#DIV/0!`` is no value."""
_NIL_WORD = re.compile(r"n\s*/\s*a|n\.a\.?|nihil", re.IGNORECASE)
_LEADER_DOTS = re.compile(r"[.\u2026]{2,}")


@dataclass(frozen=True, slots=True)
class Peeled:
    """The bare middle of a printed number and what stood around it."""

    core: str
    """What is left; white space inside is kept."""
    negative: bool = False
    sign_is_certain: bool = True
    """False when the dash is set off by a space or trails, as bullets and nil marks do."""
    accounting: bool = False
    """Negative by parentheses."""
    money: bool = False
    percent: bool = False
    cents_mark: str = ""
    """The separator of a closing ``,-``."""
    footnote: bool = False
    """A mark that cannot be part of the number stood behind it."""
    footnote_digit: bool = False
    """A ``1)`` stood behind it."""


def plain_dashes(text: str) -> str:
    """Fold all dashes and minus signs to ``-``, compatibility forms to plain ones, and drop invisible characters.

    Superscript, circled and fraction digits are left alone: NFKC would make a footnote mark a digit of the number.
    """
    if text.isascii():
        return text
    folded = "".join(ch if unicodedata.category(ch) == "No" else unicodedata.normalize("NFKC", ch) for ch in text)
    visible = "".join(ch for ch in folded if unicodedata.category(ch) != "Cf")
    return visible.translate(_DASH_TABLE)


def is_nil(text: str) -> bool:
    """Say whether ``text`` (dashes folded) prints "nothing here": blank, dashes, ``Rp -``, ``,-``, dots, ``n/a``."""
    rest = text.strip()
    if not rest or _NIL_WORD.fullmatch(rest) or _LEADER_DOTS.fullmatch(rest):
        return True
    if "-" not in rest and "=" not in rest:
        return False
    rest = _CURRENCY_BEFORE.sub("", rest, count=1)
    rest = _PERCENT.sub("", rest)
    return not re.sub(r"[\s.,=()-]+", "", rest)


def peel(text: str) -> Peeled:
    """Take the affixes off ``text``, whose dashes are folded (:func:`plain_dashes`)."""
    rest = text.strip()
    footnote = footnote_digit = False
    if match := _DIGIT_MARK.search(rest):
        if "(" not in rest:
            rest, footnote_digit = rest[: match.start()], True
    elif match := _MARK.search(rest):
        rest, footnote = rest[: match.start()], True
    rest, money = _without_currency(rest.strip())
    rest, accounting = _without_parentheses(rest)
    if accounting and not money:
        rest, money = _without_currency(rest)
    percent = False
    if match := _PERCENT.search(rest) or _PERCENT_GLUED.search(rest):
        rest, percent = rest[: match.start()], True
    cents_mark = ""
    if match := _NO_CENTS.search(rest):
        rest, cents_mark = rest[: match.start()], match.group(1)
    negative, certain = accounting, True
    if rest.startswith("-"):
        negative, certain = True, not accounting and rest[1:2] not in {" ", "\n", "\t", "-"}
        rest = rest.lstrip("-").strip()
        if not money:
            rest, money = _without_currency(rest)
    elif rest.endswith("-"):
        negative, certain = True, False
        rest = rest.rstrip("-").strip()
    return Peeled(
        core=rest.strip(),
        negative=negative,
        sign_is_certain=certain,
        accounting=accounting,
        money=money,
        percent=percent,
        cents_mark=cents_mark,
        footnote=footnote,
        footnote_digit=footnote_digit,
    )


def _without_currency(text: str) -> tuple[str, bool]:
    if match := _CURRENCY_BEFORE.match(text):
        return text[match.end() :].strip(), True
    if match := _CURRENCY_AFTER.search(text):
        return text[: match.start()].strip(), True
    return text, False


def _without_parentheses(text: str) -> tuple[str, bool]:
    if text.startswith("(") and text.endswith(")") and text.count("(") == text.count(")") == 1:
        return text[1:-1].strip(), True
    return text, False
