"""The agency and the plan year of a document, read from captions and the lines around tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from normalize.fold import squeeze, years_in

_AGENCY_LABEL = re.compile(
    r"^(?:nama )?(?:perangkat daerah|skpd|opd|pd|unit organisasi|organisasi|unit kerja)\s*:\s*(?P<name>\S.{3,})$",
    re.IGNORECASE,
)
_AGENCY_NAME = re.compile(
    r"\b(?P<name>(?:dinas|badan|kecamatan|inspektorat|sekretariat|satuan polisi|rsud|rumah sakit|kantor|bappeda"
    r"|bapperida|bappelitbangda|bapelitbang)\b[^:;()\d]{2,80}?)"
    r"(?=\s+(?:tahun|kota|kabupaten|provinsi|dan pencapaian)\b|$)",
    re.IGNORECASE,
)
_PLAN_YEAR = re.compile(r"\b(?:renja|rencana kerja|rencana tahun|tahun anggaran|tahun)\b", re.IGNORECASE)


def find_agency(lines: Iterable[str]) -> str:
    """Return the agency most often named, preferring an explicit ``Perangkat Daerah : ...``; blank when none is."""
    named: Counter[str] = Counter()
    mentioned: Counter[str] = Counter()
    for line in map(squeeze, lines):
        label = _AGENCY_LABEL.match(line)
        if label:
            named[label.group("name").strip(" .:").upper()] += 1
        elif mention := _AGENCY_NAME.search(line):
            mentioned[mention.group("name").strip(" .:").upper()] += 1
    ranked = named.most_common(1) or mentioned.most_common(1)
    return ranked[0][0] if ranked else ""


def find_year(lines: Iterable[str]) -> int | None:
    """Return the plan year: the one most often printed beside Renja, Rencana Kerja or Tahun Anggaran."""
    years: Counter[int] = Counter()
    for line in map(squeeze, lines):
        if _PLAN_YEAR.search(line):
            years.update(years_in(line)[:1])
    ranked = sorted(years.items(), key=lambda item: (-item[1], item[0]))
    return ranked[0][0] if ranked else None
