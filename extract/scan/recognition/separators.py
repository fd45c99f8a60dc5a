"""The separators of a number: those the engine read twice, those it missed, and which are commas.

A full stop of one pixel is easily overlooked, and ``86,5`` without its comma is a number too. But digits are evenly
spaced: where one stands off, something was printed between.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from extract.model import Alternative
from extract.scan.cell_text import LineCrop
from extract.scan.engine import DISPUTED, Glyph
from extract.scan.glyph_geometry import (
    BILEVEL_TEMPER,
    TEMPER,
    DigitBand,
    comma_probability,
    digit_band,
    white_between,
)

SEPARATORS = ",."
ODDS_FLOOR = 0.005
"""Probability given to a separator the engine did not mention."""
EVEN_CHANCE = 0.5
LEAST_RIVAL = 0.1
"""Confidence from which a reading that is no separator stays an alternative of one."""
HINTED_GAP = 0.3
"""Digit heights between two digits from which a separator that an engine half saw is believed; without one 0.3 is the
widest gap of 99 in 100 digits, with one 95 in 100 are wider."""
VANISHED_GAP = 0.36
"""Digit heights from which something may have been printed though no engine saw it."""
VANISHED_GAP_AT_ONE = 0.62
"""The same beside a 1, which has white at its sides."""


def single_separators(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Read two separators in a row between digits as one: the engine saw both readings of the same ink."""
    result: list[Glyph] = []
    for index, glyph in enumerate(glyphs):
        if (
            result
            and glyph.text in SEPARATORS
            and result[-1].text in SEPARATORS
            and len(result) > 1
            and result[-2].text[-1:].isdigit()
            and index + 1 < len(glyphs)
            and glyphs[index + 1].text[:1].isdigit()
        ):
            last = result[-1]
            stronger, weaker = (last, glyph) if last.confidence >= glyph.confidence else (glyph, last)
            result[-1] = Glyph(
                stronger.text,
                last.start,
                glyph.end,
                min(stronger.confidence, DISPUTED),
                (Alternative(weaker.text, round(weaker.confidence / 2, 4)),),
            )
            continue
        result.append(glyph)
    return result


def with_lost_separators(glyphs: Sequence[Glyph], crop: LineCrop) -> list[Glyph]:
    """Put a doubted separator between digits that stand apart where an engine half saw one.

    Where they stand apart and no engine saw anything, the separator is only offered; the digits are doubted.
    """
    pairs = [at for at in range(1, len(glyphs)) if glyphs[at - 1].text.isdigit() and glyphs[at].text.isdigit()]
    band = digit_band(crop, [_center(glyph) for glyph in glyphs if glyph.text in SEPARATORS]) if pairs else None
    if band is None:
        return list(glyphs)
    result: list[Glyph] = []
    for at, glyph in enumerate(glyphs):
        if at in pairs:
            result[-1:] = _parted(result[-1], glyph, band)
        result.append(glyph)
    return result


def _parted(before: Glyph, after: Glyph, band: DigitBand) -> list[Glyph]:
    """Return the first of two digits, with a separator behind it or the offer of one where their distance tells."""
    hints = {other.text[1:]: other.confidence for other in before.alternatives if _is_hint(before, other)}
    start, end = white_between(band, _center(before), _center(after))
    gap = (end - start) / band.height
    rest = tuple(other for other in before.alternatives if not _is_hint(before, other))
    if hints and gap >= HINTED_GAP:
        odds = {text: hints.get(text, ODDS_FLOOR) for text in SEPARATORS}
        likely, other = sorted(SEPARATORS, key=lambda text: -odds[text])
        others = (Alternative(other, DISPUTED * odds[other] / odds[likely]), Alternative("", 1 - DISPUTED))
        return [replace(before, alternatives=rest), Glyph(likely, start, end, DISPUTED, others)]
    if gap < (VANISHED_GAP_AT_ONE if "1" in (before.text, after.text) else VANISHED_GAP):
        return [before]
    offered = tuple(Alternative(before.text + text, (1 - DISPUTED) / 2) for text in SEPARATORS)
    return [replace(before, confidence=min(before.confidence, DISPUTED), alternatives=(*offered, *rest))]


def _is_hint(digit: Glyph, other: Alternative) -> bool:
    """Say whether an alternative of a digit is that digit with a separator behind it."""
    return len(other.text) == 2 and other.text[0] == digit.text and other.text[1] in SEPARATORS


def _center(glyph: Glyph) -> float:
    return (glyph.start + glyph.end) / 2


def with_separators_weighed(glyphs: Sequence[Glyph], crop: LineCrop) -> list[Glyph]:
    """Decide comma or full stop between digits by ink and engine together, the other kept as an alternative."""
    between = [
        index
        for index in range(1, len(glyphs) - 1)
        if glyphs[index].text in SEPARATORS
        and glyphs[index - 1].text[-1:].isdigit()
        and glyphs[index + 1].text[:1].isdigit()
    ]
    if not between:
        return list(glyphs)
    centers = [_center(glyphs[index]) for index in between]
    band = digit_band(crop, centers)
    temper = BILEVEL_TEMPER if crop.bilevel else TEMPER
    result = list(glyphs)
    for index, center in zip(between, centers, strict=True):
        glyph = glyphs[index]
        comma = comma_probability(band, center, _engine_odds(glyph), temper=temper)
        sure, text, other = (comma, ",", ".") if comma >= EVEN_CHANCE else (1 - comma, ".", ",")
        rest = tuple(
            a for a in glyph.alternatives if a.text not in (text, other, *SEPARATORS) and a.confidence > LEAST_RIVAL
        )
        result[index] = replace(
            glyph,
            text=text,
            confidence=round(sure * (1 - sum(a.confidence for a in rest)), 4),
            alternatives=(Alternative(other, round(1 - sure, 4)), *rest),
        )
    return result


def _engine_odds(glyph: Glyph) -> float:
    """Return the engine's log odds of comma over full stop."""
    seen = {alternative.text: alternative.confidence for alternative in glyph.alternatives}
    seen[glyph.text] = glyph.confidence
    return math.log(max(ODDS_FLOOR, seen.get(",", 0.0)) / max(ODDS_FLOOR, seen.get(".", 0.0)))
