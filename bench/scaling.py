"""Two worker processes against one on 20 documents: ``python -m bench.scaling`` prints times and efficiency.

Every figure is the best of the repeats: other load on the machine only ever adds to it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.report import Pair

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "bappeda-libreoffice.pdf"
DOCUMENTS = 20
JOBS = (1, 2)
IN_PROCESS = """
import sys
from bench.own import convert
work = convert()
for path in sys.argv[1:]:
    work(path)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took, its child processes included."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system."""


@dataclass(frozen=True, slots=True)
class Scaling:
    """The best runs of each kind."""

    in_process: Cost
    """The same documents one after the other in one process, no supervisor."""
    batch: dict[int, Cost]
    """By number of workers."""

    @property
    def pair(self) -> Pair:
        """The wall clock of one worker and of two."""
        return Pair(DOCUMENTS, self.batch[1].wall, self.batch[2].wall)

    def lines(self) -> Iterator[str]:
        """Yield the result for people."""
        yield f"in one process, no supervisor: {self.in_process.wall:6.2f} s, {self.in_process.cpu:6.2f} CPU s"
        for jobs, cost in self.batch.items():
            more = (cost.cpu / self.in_process.cpu - 1) * 100
            yield f"--jobs {jobs}: {cost.wall:6.2f} s, {cost.cpu:6.2f} CPU s ({more:+.1f} % CPU)"
        one, two = self.batch[1], self.batch[2]
        yield f"two against one: {one.wall / two.wall:.2f}x by the clock (efficiency {one.wall / two.wall / 2:.0%})"
        yield f"                 {one.cpu / two.cpu:.0%} by CPU seconds, which other load disturbs less"


def scale(source: Path, work: Path, *, repeats: int = 1) -> Scaling:
    """Convert copies of ``source`` in this many ways, in turn."""
    folder = work / "documents"
    folder.mkdir()
    for number in range(DOCUMENTS):
        # A comment behind the end makes each copy a document of its own.
        (folder / f"dokumen-{number:02}.pdf").write_bytes(source.read_bytes() + f"\n% {number}\n".encode())
    pdfs = sorted(map(str, folder.glob("*.pdf")))
    plain: list[Cost] = []
    batch: dict[int, list[Cost]] = {jobs: [] for jobs in JOBS}
    for repeat in range(repeats):
        plain.append(_run([sys.executable, "-c", IN_PROCESS, *pdfs]))
        for jobs in JOBS:
            out = work / f"out-{jobs}-{repeat}"
            arguments = ["convert", *pdfs, "-o", str(out), "--jobs", str(jobs)]
            batch[jobs].append(_run([sys.executable, "-m", "renja", *arguments]))
            print(f"batch   --jobs {jobs}: {batch[jobs][-1].wall:.1f} s", flush=True)
    return Scaling(_best(plain), {jobs: _best(costs) for jobs, costs in batch.items()})


def _run(command: Sequence[str]) -> Cost:
    before, started = os.times(), time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=environment)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(time.perf_counter() - started, cpu)


def _best(costs: Sequence[Cost]) -> Cost:
    return Cost(min(cost.wall for cost in costs), min(cost.cpu for cost in costs))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.scaling")
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print("\n".join(scale(SAMPLE, Path(folder), repeats=asked.repeats).lines()))


if __name__ == "__main__":
    main()
