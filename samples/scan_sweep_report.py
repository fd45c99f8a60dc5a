"""The scan sweep as a page for people: one row a kind of scan."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol


class Counted(Protocol):
    """What the report needs of one kind of scan."""

    pages: int
    seconds: float
    peak: float
    checked: int
    warnings: int
    silent: list[str]
    lost: list[str]

    @property
    def num(self) -> float:
        """F1 over number cells."""
        ...

    @property
    def close_share(self) -> float:
        """F1 over all cells, texts nearly equal."""
        ...

    @property
    def rec(self) -> float:
        """Share of exact records."""
        ...


INTRODUCTION = """# Scans

Written by `make scan-sweep`: three small tables (E.81 with 26 columns in 6.5 pt, III.1 in Times 8 pt, the SIPD
attachment in 6.5 pt) are printed, put through the scan simulator (`samples/scan.py`) and read with the real engines.

| column | meaning |
|---|---|
| num | F1 over number columns |
| close | F1 over all cells; a text may differ by a twentieth, a number must be exact |
| rec | share of records whose every cell is exact |
| silent | numbers wrong, not blank, and without a finding, of so many printed (figures in quantities are counted too) |
| lost | numbers left blank without a finding |
| warnings | findings graver than an information, a page |
| CPU s | CPU seconds a page, one thread, loading the model included |
| MiB | largest peak of memory of one document |

*clean* is grey JPEG without flaws, *degraded* leans up to 0.7°, is grainy, soft and JPEG 55, *1-bit* is black and
white (CCITT G4), *sideways* is turned by 90° and leans, *phone* has uneven light and perspective, *stamped* a stamp, a
fold and colour.

| scan | num | close | rec | silent | lost | warnings | CPU s | MiB |
|---|---:|---:|---:|---:|---:|---:|---:|---:|
"""

MISREAD_HEADER = "A figure told as lost may stand in an `x_` column of the output: the header above it was misread."


def write_report(path: Path, outcomes: Mapping[str, Counted]) -> None:
    """Write the page with one row a kind of scan and the places of silent faults below."""
    rows = [
        f"| {name} | {one.num:.3f} | {one.close_share:.3f} | {one.rec:.3f} | {len(one.silent)} of {one.checked} "
        f"| {len(one.lost)} | {one.warnings / max(1, one.pages):.1f} | {one.seconds / max(1, one.pages):.1f} "
        f"| {one.peak:.0f} |"
        for name, one in outcomes.items()
    ]
    silent = sum(len(one.silent) for one in outcomes.values())
    checked = sum(one.checked for one in outcomes.values())
    text = INTRODUCTION + "\n".join(rows) + f"\n\nSilently wrong in all: {silent} of {checked} numbers.\n"
    faults = [f"- {name}: `{place}`" for name, one in outcomes.items() for place in (*one.silent, *one.lost)]
    if faults:
        text += "\n## Silent faults\n\n" + MISREAD_HEADER + "\n\n" + "\n".join(faults) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
