"""The fictitious plans are consistent: what a parent prints is the sum of what its children print."""

import json
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from samples.content.forms import FormOptions
from samples.content.forms_evaluasi import table_ii_1
from samples.content.forms_matrix import table_ii_3, table_iii_1
from samples.content.model import code_segments
from samples.content.notation import NOTATIONS
from samples.content.plan import AGENCIES, make_plan

EXPECTED = Path(__file__).parents[2] / "samples" / "expected"
SEEDS = range(6)
DEPTH = {"bidang_urusan": 2, "program": 3, "kegiatan": 5}


def some_plan(seed):
    random = Random(seed)  # noqa: S311 - a seeded document, not a secret
    return make_plan(random, random.choice(sorted(AGENCIES)), 2024, programs=3, kegiatan=3, sub=3)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("column", ["pagu_indikatif", "prakiraan_pagu"])
def test_every_parent_of_iii_1_is_the_sum_of_its_sub_kegiatan(seed, column):
    rows = table_iii_1(some_plan(seed), FormOptions(NOTATIONS["id"])).rows
    leaves = {row.cells["kode"]: row.values[column] or 0 for row in rows if row.level == "sub_kegiatan"}
    for row in rows:
        if row.level in DEPTH:
            below = sum(amount for kode, amount in leaves.items() if kode.startswith(row.cells["kode"] + "."))
            assert (row.values[column] or 0) == below
    assert rows[-1].level == "total"
    assert rows[-1].values[column] == sum(leaves.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_thousands_of_ii_3_still_add_up_after_rounding(seed):
    options = FormOptions(NOTATIONS["id"], unit=1000)
    rows = table_ii_3(some_plan(seed), options).rows
    for column in ("awal_pagu", "hasil_kebutuhan_dana"):
        total = sum(row.values[column] or 0 for row in rows if row.level == "sub_kegiatan")
        assert rows[-1].values[column] == total
        printed = rows[-1].cells[column].replace(".", "")
        assert Decimal(printed) * 1000 == total


@pytest.mark.parametrize("seed", SEEDS)
def test_columns_12_13_and_14_of_e81_follow_their_formulas(seed):
    random = Random(seed)  # noqa: S311 - a seeded document, not a secret
    for row in table_ii_1(some_plan(seed), FormOptions(NOTATIONS["en"]), random).rows:
        money = {key: value or Decimal(0) for key, value in row.values.items()}
        quarters = sum(money[f"triwulan_{quarter}_rp"] for quarter in range(1, 5))
        assert money["realisasi_renja_rp"] == quarters
        assert money["realisasi_renstra_akhir_rp"] == money["realisasi_renstra_rp"] + quarters
        if row.level == "sub_kegiatan":
            exact = 100 * money["realisasi_renstra_akhir_rp"] / money["target_renstra_rp"]
            assert abs(money["tingkat_capaian_rp"] - exact) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("code", "parts", "segments"),
    [
        ("2.07", 5, ["2", "07"]),
        ("2.07.01.2.01", 5, ["2", "07", "01", "2.01"]),
        ("2.07.01.2.01.0001", 5, ["2", "07", "01", "2.01", "0001"]),
        ("2.07.01.2.01.0001", 6, ["2", "07", "01", "2", "01", "0001"]),
    ],
)
def test_a_code_is_cut_at_its_levels(code, parts, segments):
    assert code_segments(code, parts) == segments


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("id", "1.234.000"),
        ("id_sen", "1.234.000,00"),
        ("id_strip", "Rp 1.234.000,-"),
        ("en_sen", "1,234,000.00"),
    ],
)
def test_every_notation_prints_the_same_amount_its_own_way(name, printed):
    assert NOTATIONS[name].money(1_234_000) == printed
    assert NOTATIONS[name].money(0) == "-"
    assert NOTATIONS[name].money(None) == ""


@pytest.mark.parametrize(
    "path", sorted(EXPECTED.glob("*/truth/*.json")), ids=lambda path: f"{path.parts[-3]}-{path.stem}"
)
def test_truth_values_exist_exactly_where_a_figure_is_printed(path):
    for row in json.loads(path.read_text(encoding="utf-8"))["rows"]:
        for key, value in row["values"].items():
            if value is not None:
                assert any(character.isdigit() for character in row["cells"][key])
