"""Every seed and some damage to it end quietly at every fuzzed entry point; `make fuzz` is the long run."""

import random
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from fuzz.corpus import seeds, write_seeds
from fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
DAMAGED = 6
"""Damaged copies of each seed."""
RUNS = 300


@pytest.mark.parametrize("target", TARGETS)
def test_seeds_whole_and_damaged_end_in_our_errors_or_in_words_that_are_all_accounted_for(target):
    chance = random.Random(target)  # noqa: S311 - damage that comes out the same each time
    assert seeds()[target]
    for data in seeds()[target].values():
        TARGETS[target](data)
        for _ in range(DAMAGED):
            TARGETS[target](damaged(data, chance))


FOUND = {"digits beyond the 28th were rounded away": ("number", b"-5111111111111111111111111111111 5.000")}
"""Inputs that once ended badly."""


@pytest.mark.parametrize("name", FOUND)
def test_what_the_fuzzer_once_found_ends_well(name):
    target, data = FOUND[name]
    TARGETS[target](data)


def damaged(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(broken))
        broken[at : at + chance.randint(0, 4)] = chance.randbytes(chance.randint(0, 4))
        broken = broken or bytearray(b"\0")
    return bytes(broken)


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is installed by `make fuzz`")
def test_the_fuzzer_finds_nothing_in_a_short_run(tmp_path, target):
    write_seeds(tmp_path / "corpus")
    command = [sys.executable, "-m", "fuzz", target, tmp_path / "corpus" / target, f"-runs={RUNS}", "-seed=1"]
    command += [f"-artifact_prefix={tmp_path}/", "-rss_limit_mb=3000"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
    fuzzer = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=300)
    assert fuzzer.returncode == 0, fuzzer.stderr[-3000:]
    assert f"Done {RUNS} runs" in fuzzer.stderr
