"""The committed samples are what the generator makes, and the README names every one."""

import csv
import json
from pathlib import Path

import pypdfium2
import pytest

from samples.documents import SAMPLES
from samples.generate import DEFAULT_SEED, generate
from samples.truth import truth_to_csv

SAMPLES_DIR = Path(__file__).parents[2] / "samples"
DRAWN = [sample for sample in SAMPLES if sample.printer == "ReportLab"]
MAX_TOTAL_BYTES = 6_000_000


def text_layer(path):
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return pages


def csvs(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("tabel_*.csv")}


@pytest.mark.parametrize("sample", DRAWN, ids=lambda sample: sample.name)
def test_the_same_seed_gives_the_committed_text_layer_and_csvs(sample, tmp_path):
    pdf = generate(sample, DEFAULT_SEED, tmp_path)
    assert text_layer(pdf) == text_layer(SAMPLES_DIR / pdf.name)
    assert csvs(tmp_path / "expected" / sample.name) == csvs(SAMPLES_DIR / "expected" / sample.name)


def test_another_seed_gives_another_document(tmp_path):
    pdf = generate(DRAWN[-1], DEFAULT_SEED + 1, tmp_path)
    assert text_layer(pdf) != text_layer(SAMPLES_DIR / pdf.name)


@pytest.mark.parametrize("pdf", sorted(SAMPLES_DIR.glob("*.pdf")), ids=lambda path: path.stem)
def test_every_sample_is_listed_in_the_readme_and_has_expected_csvs(pdf):
    assert f"`{pdf.name}`" in (SAMPLES_DIR / "README.md").read_text(encoding="utf-8")
    assert csvs(SAMPLES_DIR / "expected" / pdf.stem)


def test_the_samples_stay_small():
    assert sum(pdf.stat().st_size for pdf in SAMPLES_DIR.glob("*.pdf")) < MAX_TOTAL_BYTES


@pytest.mark.parametrize("folder", sorted((SAMPLES_DIR / "expected").iterdir()), ids=lambda path: path.name)
def test_expected_csvs_say_what_the_truth_says(folder, tmp_path):
    for path in (folder / "truth").glob("*.json"):
        truth_to_csv(json.loads(path.read_text(encoding="utf-8")), tmp_path)
    assert csvs(tmp_path) == csvs(folder)


def test_number_columns_of_expected_csvs_are_plain_decimals():
    with (SAMPLES_DIR / "expected" / "renja-contoh" / "tabel_lampiran.csv").open(encoding="utf-8") as file:
        amounts = [row["pagu_indikatif"] for row in csv.DictReader(file) if row["pagu_indikatif"]]
    assert amounts
    assert all(amount.isdigit() for amount in amounts)
