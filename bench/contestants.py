"""Who takes part in the benchmark, in which environment, and one measured run of each."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

BENCH = Path(__file__).parent
PEERS_PYTHON = BENCH / ".venv" / "bin" / "python"
TIMEOUT_SECONDS = 300
"""A run that takes longer is shown as failing."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """One program, or one way of using it."""

    key: str
    title: str
    module: str
    function: str
    distribution: str
    """Whose version is told; empty for this project."""

    @property
    def is_peer(self) -> bool:
        """Whether it runs in the peers' environment."""
        return self.module == "peers"


CONVERT = Contestant("convert", "Renja Tables, whole conversion (xlsx + CSV)", "own", "convert", "renja-tables")
EXTRACT = Contestant("extract", "Renja Tables, extraction alone", "own", "extract", "renja-tables")
FLOOR = Contestant("floor", "PDFium floor (character boxes and path segments only)", "own", "pdfium_floor", "pypdfium2")
PDFPLUMBER = Contestant("pdfplumber", "pdfplumber `extract_tables`", "peers", "pdfplumber_tables", "pdfplumber")
CAMELOT = Contestant("camelot", "camelot lattice (raster)", "peers", "camelot_raster", "camelot-py")
CONTESTANTS = (
    FLOOR,
    EXTRACT,
    CONVERT,
    PDFPLUMBER,
    Contestant("camelot-vector", "camelot lattice (`engine='vector'`)", "peers", "camelot_vector", "camelot-py"),
    CAMELOT,
    Contestant("tabula", "tabula-py lattice", "peers", "tabula_lattice", "tabula-py"),
    Contestant("img2table", "img2table", "peers", "img2table_ruled", "img2table"),
    Contestant("pymupdf", "PyMuPDF `find_tables`", "peers", "pymupdf_tables", "pymupdf"),
)


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took; a failed one says why."""

    seconds: float = 0.0
    """Wall clock."""
    cpu: float = 0.0
    """Seconds of processor time, child processes included."""
    megabytes: float = 0.0
    """Peak resident memory."""
    tables: int = 0
    failure: str = ""


def absence(contestant: Contestant) -> str:
    """Return why a contestant cannot take part here; empty when it can."""
    if contestant.key == "tabula" and shutil.which("java") is None:
        return "no Java on this machine"
    if contestant.is_peer and not PEERS_PYTHON.exists():
        return "bench/.venv could not be made"
    return ""


def run_once(contestant: Contestant, pdf: Path) -> Run:
    """Run a contestant on a document in a process of its own."""
    python = PEERS_PYTHON if contestant.is_peer else Path(sys.executable)
    command = [str(python), str(BENCH / "measure.py"), contestant.module, contestant.function, str(pdf)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Run(failure=f"longer than {TIMEOUT_SECONDS} s")
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        return Run(failure=lines[-1][:120] if lines else f"ended with {done.returncode}")
    return Run(**json.loads(done.stdout.strip().splitlines()[-1]))
