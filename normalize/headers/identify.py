"""Which declared form a grid is: caption, wording of the header and numbering row weighed together.

A caption may be missing, old, repeated or misspelt, and ``Tabel 2.2`` is another form in another agency, so no single
sign decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from normalize.form import TAHUN, TableForm
from normalize.headers.captions import Caption
from normalize.headers.match import Assignment, Printed, assign_columns, missing_columns, required_columns

MIN_SCORE = 0.55
"""Below this no form is claimed, whatever the caption says."""
MIN_HEADER = 0.6
"""Below this the header wording denies every claim."""
MIN_UNNAMED_HEADER = 0.75
"""Header wording that carries a claim alone, when neither label nor title speaks for the form."""
CAPTION_BONUS = 0.15
"""For a caption that carries the form's own label."""
TITLE_BONUS = 0.15
"""For a caption that carries the words of the form's official title."""
FOREIGN_LABEL_PENALTY = 0.5
"""For a caption with the national label of a form that is not declared (``T-C.23``): those labels are never reused."""
MISPRINTED_LABEL_PENALTY = 0.15
"""For a caption with the national label of another declared form: captions are copied, so the header decides."""
FOREIGN_TITLE_PENALTY = 0.1
"""For a labelled caption that shares no wording with the form's title."""
KEYWORD_SIMILARITY = 88.0
"""Fuzzy score (0 to 100) at which a title keyword counts as printed; survives one misspelt word."""
LEAST_FUZZY_CHARACTERS = 13
"""Shorter title keywords must be printed exactly."""
LEAST_TITLE_CHARACTERS = 41
"""A shorter caption may be a bare label, which says nothing against a form."""
MIN_MATCHED = 3
"""A form is claimed on at least this many matched columns."""

MAX_MISSING = 0.3
"""Share of the columns a form must have that a print may leave out; another plan's table leaves out more."""
MAX_MISSING_LABELLED = 0.5
"""The same under the form's own national label (``T-C.30``)."""
FAITHFUL_HEADER = 0.92
"""Header wording at which even the label of an undeclared form is taken for a misprint."""

_NATIONAL_LABEL = re.compile(r"\b(?:t ?[-–.]? ?c|e) ?[-–.]{0,2} ?\d{2}\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One form with the evidence for it."""

    form: TableForm
    assignment: Assignment
    score: float
    wording: float
    """The part of the score that the header alone gives."""
    named: bool
    """Whether the caption's label or title speaks for the form."""
    national: bool
    """Whether the caption carries the form's own national label."""
    foreign_label: bool
    """Whether the caption carries the national label of another form."""
    missing: float
    """Share of the form's obligatory columns that no printed column is."""
    evidence: tuple[str, ...]


def rank_forms(printed: Sequence[Printed], caption: Caption, forms: Sequence[TableForm]) -> tuple[Candidate, ...]:
    """Return every form with its score, best first."""
    folded = caption.folded
    declared = any(re.search(pattern, folded) for form in forms for pattern in form.captions)
    misprint = MISPRINTED_LABEL_PENALTY if declared else FOREIGN_LABEL_PENALTY
    ranked = [_weigh(printed, caption, form, misprint) for form in forms]
    return tuple(sorted(ranked, key=lambda candidate: (-candidate.score, candidate.form.key)))


def form_titled(caption: Caption, forms: Sequence[TableForm]) -> str:
    """Return the key of the form that the caption names, blank when it names none.

    A printed number (``Tabel T-C.33``, ``Tabel IV.2``) names it before a title, which forms share in part; a title
    chooses among forms that share a number (``Tabel II.1``).
    """
    folded = caption.folded
    numbered = [form for form in forms if any(re.search(pattern, folded) for pattern in form.captions)]
    national = [form for form in numbered if _has_national_label(form, folded)]
    titled = [form for form in forms if any(_printed(word, folded) for word in form.keywords)]
    titled.sort(key=lambda form: -max((len(word) for word in form.keywords if word in folded), default=0))
    for named in (national, numbered):
        if named:
            return next((form.key for form in named if form in titled), named[0].key)
    return titled[0].key if titled else ""


def form_labelled(caption: Caption, forms: Sequence[TableForm]) -> str:
    """Return the key of the form whose national label (``T-C.33``, ``E.81``) the caption carries, blank for none."""
    return next((form.key for form in forms if _has_national_label(form, caption.folded)), "")


def _has_national_label(form: TableForm, folded: str) -> bool:
    found = (re.search(pattern, folded) for pattern in form.captions)
    return any(match is not None and _NATIONAL_LABEL.search(match.group()) is not None for match in found)


def claim(ranked: Sequence[Candidate]) -> Candidate | None:
    """Return the best candidate when the evidence carries it, else None."""
    best = ranked[0] if ranked else None
    if best is None or best.score < MIN_SCORE or best.assignment.matched < MIN_MATCHED:
        return None
    if best.wording < MIN_HEADER or best.missing > (MAX_MISSING_LABELLED if best.national else MAX_MISSING):
        return None
    if not best.named and best.wording < MIN_UNNAMED_HEADER:
        return None
    return best


def _weigh(printed: Sequence[Printed], caption: Caption, form: TableForm, foreign_penalty: float) -> Candidate:
    folded = caption.folded
    assignment = assign_columns(printed, form)
    wording = _header_score(printed, assignment, form)
    score, evidence = wording, [f"header words {min(wording, 1.0):.0%}"]
    own_label = next((match for pattern in form.captions if (match := re.search(pattern, folded))), None)
    missing = _missing_share(assignment, form)
    if own_label:
        score += CAPTION_BONUS
        evidence.append("caption label")
    elif caption.labelled and _NATIONAL_LABEL.search(folded):
        faithful = wording >= FAITHFUL_HEADER and missing <= MAX_MISSING
        score -= MISPRINTED_LABEL_PENALTY if faithful else foreign_penalty
        evidence.append("label of another form")
    hits = [word for word in form.keywords if _printed(word, folded)]
    if hits:
        score += TITLE_BONUS
        evidence.append(f"title '{max(hits, key=len)}'")
    elif caption.labelled and form.keywords and len(folded) >= LEAST_TITLE_CHARACTERS:
        score -= FOREIGN_TITLE_PENALTY
    return Candidate(
        form=form,
        assignment=assignment,
        score=score,
        wording=wording,
        named=len(evidence) > 1 and score > wording,
        national=own_label is not None and _NATIONAL_LABEL.search(own_label.group()) is not None,
        foreign_label=own_label is None and caption.labelled and _NATIONAL_LABEL.search(folded) is not None,
        missing=missing,
        evidence=tuple(evidence),
    )


def _missing_share(assignment: Assignment, form: TableForm) -> float:
    """Return the share of obligatory columns that were not found.

    Where columns by year are the substance of a form, a missing half (realisasi, proyeksi) makes it another table.
    """
    missing, required = missing_columns(assignment, form), required_columns(form)
    share = len(missing) / max(1, len(required))
    by_year = sum(TAHUN in column.key for column in required)
    if any(TAHUN in column.key for column in missing) and 2 * by_year >= len(required):
        return max(MAX_MISSING_LABELLED, share)
    return share


def _header_score(printed: Sequence[Printed], assignment: Assignment, form: TableForm) -> float:
    """Return the share of printed and of required declared columns that explain each other, weighed by likeness."""
    labelled = sum(bool(column.path) for column in printed)
    if not labelled:
        return 0.0
    found = {column.key for column in assignment.columns if column is not None}
    required = {column.key for column in required_columns(form)}
    repeats = sum(1 for column in assignment.columns if column is not None and TAHUN in column.key)
    repeats -= len({key for key in found if TAHUN in key})
    expected = len(required | found) + repeats
    return assignment.total / (0.5 * (labelled + expected))


def _printed(keyword: str, folded: str) -> bool:
    return keyword in folded or (
        len(keyword) >= LEAST_FUZZY_CHARACTERS and fuzz.partial_ratio(keyword, folded) >= KEYWORD_SIMILARITY
    )
