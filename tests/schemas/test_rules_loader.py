"""What the loader says about ``checks`` it cannot use."""

from pathlib import Path

import pytest

from extract.findings import Severity
from schemas.errors import SchemaError
from schemas.loader import load_schema

HEAD = """
name: kas
title: Kas
fields:
  - {name: masuk, title: Masuk, kind: rupiah, headers: [Masuk]}
  - {name: keluar, title: Keluar, kind: rupiah, headers: [Keluar]}
  - {name: saldo, title: Saldo, kind: rupiah, headers: [Saldo]}
checks:
"""


def written(folder: Path, checks: str) -> Path:
    source = folder / "kas.yaml"
    source.write_text(HEAD + checks, encoding="utf-8")
    return source


def test_declared_rules_take_their_defaults_from_what_they_are(tmp_path: Path) -> None:
    checks = "  formulas:\n    - formula: saldo = masuk - keluar\n  sums:\n    - columns: [saldo]\n"
    rules = load_schema(written(tmp_path, checks)).rules
    assert rules.formulas[0].formula.terms == ((1, "masuk"), (-1, "keluar"))
    assert (rules.formulas[0].severity, rules.formulas[0].tolerance) == (Severity.ERROR, 1)
    assert rules.sums[0].columns == ("saldo",)


@pytest.mark.parametrize(
    ("checks", "path", "remedy"),
    [
        ("  formulas:\n    - formula: saldo = masuk + debet\n", "checks.formulas[0].formula", "name a column"),
        ("  formulas:\n    - formula: saldo dari masuk\n", "checks.formulas[0].formula", "a = b + c"),
        ("  formulas:\n    - severity: info\n", "checks.formulas[0]", "add 'formula: ...'"),
        ("  sums:\n    - columns: [saldo]\n      severity: fatal\n", "checks.sums[0].severity", "error, warning"),
        ("  sums:\n    - columns: [saldo]\n      tolerance: satu\n", "checks.sums[0].tolerance", "a number"),
        ("  sums:\n    - columns: [saldo]\n      tolerance: -1\n", "checks.sums[0].tolerance", "zero or a positive"),
        ("  sums:\n    - columns: [saldo]\n      tolerance: NaN\n", "checks.sums[0].tolerance", "zero or a positive"),
        ("  equalities:\n    - with: lain\n      columns: {debet: kredit}\n", "checks.equalities[0].columns", "name a"),
        ("  text_equalities:\n    - {with: a, columns: {saldo: b}, levels: [desa]}\n", "levels[0]", "sub_kegiatan"),
        ("  narrative: {alokasi: masuk}\n", "checks.narrative", "allocation"),
        ("  totals: []\n", "checks", "formulas"),
    ],
)
def test_an_unusable_rule_is_refused_with_place_and_remedy(tmp_path: Path, checks: str, path: str, remedy: str) -> None:
    with pytest.raises(SchemaError) as caught:
        load_schema(written(tmp_path, checks))
    assert path in str(caught.value)
    assert remedy in caught.value.remedy.lower()
