"""The catalogue that every room reports from."""

import re

import pytest

from extract.finding_codes import CATALOGUE, finding
from extract.findings import Severity
from normalize.codes import CodeProblem
from normalize.numbers.model import NumberProblem


def test_every_code_names_its_room_and_a_number() -> None:
    assert all(re.fullmatch(r"RJ-[A-Z]+-\d{3}", code) for code in CATALOGUE)


def test_every_entry_says_what_was_found_and_what_to_do() -> None:
    assert all(entry.title and entry.remedy and not entry.title.endswith(".") for entry in CATALOGUE.values())


def test_the_doubts_of_numbers_and_codes_are_in_the_catalogue() -> None:
    assert {str(problem) for problem in (*NumberProblem, *CodeProblem)} <= set(CATALOGUE)


def test_a_finding_takes_severity_and_remedy_from_the_catalogue() -> None:
    made = finding("RJ-NUM-001", "tercetak 390,210,4", page=3, table="ii_1", row=7, column="target_renstra_rp")
    assert made.severity is Severity.ERROR
    assert made.message == ("Angka terpotong atau pemisahnya salah tempat: tercetak 390,210,4. Isi dari dokumen asli.")
    assert (made.page, made.row) == (3, 7)


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="RJ-XXX-999"):
        finding("RJ-XXX-999")
