"""A short run of the fuzzer; `make fuzz` is the long one."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNS = 300


@pytest.mark.slow
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is installed by `make fuzz`")
def test_mutated_pdfs_end_in_our_errors_or_in_pages_whose_every_word_is_accounted_for(tmp_path):
    corpus = tmp_path / "corpus"
    environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
    subprocess.run([sys.executable, ROOT / "fuzz" / "corpus.py", corpus], check=True, env=environment)
    command = [sys.executable, ROOT / "fuzz" / "fuzz_pages.py", corpus, f"-runs={RUNS}", "-seed=1"]
    command += [f"-artifact_prefix={tmp_path}/", "-rss_limit_mb=3000"]
    fuzzer = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=300)
    assert fuzzer.returncode == 0, fuzzer.stderr[-3000:]
    assert f"Done {RUNS} runs" in fuzzer.stderr
