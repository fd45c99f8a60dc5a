from decimal import Decimal

import pytest

from normalize.fold import fold_header
from normalize.headers.money_unit import unit_factor


@pytest.mark.parametrize(
    "header",
    [
        "Pagu Indikatif (Rp.000)",
        "Pagu Indikatif (Rp. 000,-)",
        "Pagu (dalam ribuan)",
        "Pagu Indikatif (ribu rupiah)",
        "Kebutuhan Dana (Rp. Ribu)",
        "Kebutuhan Dana Rp Ribuan",
        "Anggaran (dalam ribu)",
        "Pagu (x Rp 1.000)",
    ],
)
def test_thousands_in_the_header_are_a_unit(header: str) -> None:
    assert unit_factor([header]) == 1000


@pytest.mark.parametrize(
    "header", ["Pagu (jutaan Rupiah)", "Pagu Indikatif (juta)", "Pagu (Rp Juta)", "Pagu (Rp. Jt)", "Dana (Juta Rp.)"]
)
def test_millions_in_the_header_are_a_unit(header: str) -> None:
    assert unit_factor([header]) == 1_000_000


def test_milliards_in_the_header_are_a_unit() -> None:
    assert unit_factor(["Anggaran", "(miliar rupiah)"]) == Decimal(10) ** 9


@pytest.mark.parametrize(
    "header",
    ["Pagu Indikatif (Rp. )", "Dana Desa 50 juta rupiah per nagari", "Lembar seribu", "Target (ribu orang)", "Rp."],
)
def test_other_wording_is_no_unit_of_money(header: str) -> None:
    assert unit_factor([header]) == 1


def test_unit_is_no_wording_of_a_header() -> None:
    assert fold_header("Pagu Indikatif (ribu rupiah)") == fold_header("Pagu Indikatif")
    assert fold_header("Kebutuhan Dana (Rp. Juta)") == fold_header("Kebutuhan Dana")
