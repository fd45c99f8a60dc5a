"""Years in recognised headers of columns repeated by year: which are borne out by the years beside them.

One digit misread (2028 for 2023) moves a column of figures to another year, and no sum would find it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from normalize.form import TAHUN, ColumnForm, TableForm

_SUFFIX = re.compile(r"(\d{4})(?:_\d+)?")
_RELATIVE = re.compile(r"n_(?:min|plus)_\d")
_NO_YEAR = "tahunnya tidak terbaca"

_Run = list[tuple[str, int]]
"""Column keys with the year of each, 0 where none was read, left to right."""


def unproven_years(
    keys: Sequence[str], form: TableForm, caption_years: Collection[int], mended: Collection[str] = ()
) -> dict[str, str]:
    """Return, per key of a column repeated by year, why the year in it is not proven (Indonesian).

    ``mended`` are the keys whose year was itself understood by the years beside it: they bear out no other.

    Years of one kind follow one another, each once. A year alone of its kind follows the year before it, is followed
    by the one behind it, or stands at the start of another kind too; the only year of a header is one of
    ``caption_years``.
    """
    if any(_RELATIVE.search(key) for key in keys):
        return {}
    runs = [run for column in form.columns if TAHUN in column.key and (run := _run_of(keys, column))]
    if all(len(run) == 1 for run in runs):
        runs = [[pair for run in runs for pair in run]] if runs else []
    doubts: dict[str, str] = {}
    for place, run in enumerate(runs):
        if len(run) > 1:
            doubts |= _out_of_step(run, mended)
        elif len(runs) == 1 and run[0][1] not in caption_years:
            doubts[run[0][0]] = f"tahun {run[0][1]} tidak terbukti oleh tahun lain"
        elif len(runs) > 1 and not _is_beside(run[0][1], runs[:place], runs[place + 1 :]):
            doubts[run[0][0]] = f"tahun {run[0][1]} tidak berurutan dengan tahun kolom lain"
    doubts |= {key: _NO_YEAR for run in runs for key, year in run if not year}
    return doubts


def _run_of(keys: Sequence[str], column: ColumnForm) -> _Run:
    stem = column.key.partition(TAHUN)[0]
    suffixes = [(key, key.removeprefix(stem)) for key in keys if key.startswith(stem)]
    return [
        (key, int(match.group(1)) if (match := _SUFFIX.fullmatch(suffix)) else 0)
        for key, suffix in suffixes
        if _SUFFIX.fullmatch(suffix) or re.fullmatch(r"n(?:_\d+)?", suffix)
    ]


def _out_of_step(run: _Run, mended: Collection[str]) -> dict[str, str]:
    starts = Counter(year - place for place, (key, year) in enumerate(run) if year and key not in mended)
    times = Counter(year for _, year in run)
    start, in_step = starts.most_common(1)[0] if starts else (0, 0)
    settled = in_step > 1 and 2 * in_step > starts.total()
    return {
        key: f"tahun {year} tidak berurutan dengan tahun di sebelahnya"
        for place, (key, year) in enumerate(run)
        if not settled or year != start + place or times[year] > 1
    }


def _is_beside(year: int, before: Sequence[_Run], behind: Sequence[_Run]) -> bool:
    follows = bool(before) and year == before[-1][-1][1] + 1
    leads = bool(behind) and year == behind[0][0][1] - 1
    return bool(year) and (follows or leads or any(run[0][1] == year for run in (*before, *behind)))
