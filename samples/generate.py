"""Generate the sample documents with their expected CSVs and truth.

    python -m samples.generate [--seed N] [--only NAME ...] [--out DIR]

The same seed gives the same bytes with the same version of the printer. Chromium and LibreOffice are needed only for
the samples they print.
"""

from __future__ import annotations

import argparse
import zlib
from pathlib import Path
from random import Random

from samples.documents import SAMPLES, Sample, tables_of
from samples.truth import write_expected, write_truth

SAMPLES_DIR = Path(__file__).resolve().parent
DEFAULT_SEED = 2024


def generate(sample: Sample, seed: int, out: Path) -> Path:
    """Write ``<name>.pdf``, ``expected/<name>/tabel_*.csv`` and ``expected/<name>/truth/*.json`` under ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    blocks = sample.build(Random(seed ^ zlib.crc32(sample.name.encode())))
    pdf = out / f"{sample.name}.pdf"
    sample.print(pdf, blocks)
    tables = tables_of(blocks)
    expected = out / "expected" / sample.name
    write_expected(tables, expected)
    write_truth(tables, expected / "truth")
    return pdf


def main() -> None:
    """Parse the command line and generate."""
    parser = argparse.ArgumentParser(description="Generate sample Renja PDFs with exact expected CSVs.")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--only", nargs="*", metavar="NAME", help="only these samples")
    parser.add_argument("--out", type=Path, default=SAMPLES_DIR)
    arguments = parser.parse_args()
    names = {sample.name for sample in SAMPLES}
    unknown = set(arguments.only or ()) - names
    if unknown:
        parser.error(f"unknown sample {', '.join(sorted(unknown))}; choose from {', '.join(sorted(names))}")
    for sample in SAMPLES:
        if not arguments.only or sample.name in arguments.only:
            print(generate(sample, arguments.seed, arguments.out))


if __name__ == "__main__":
    main()
