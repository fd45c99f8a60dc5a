"""A batch whose workers and whose parent are killed again and again ends as an undisturbed one does.

`make chaos` runs it at full size: 200 documents, a worker killed every 10 s, the parent killed 5 times.
"""

import csv
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from random import Random

import pytest

from samples.quirks import draw_quirks, make_document

psutil = pytest.importorskip("psutil", reason="comes with the extra `cluster`")

pytestmark = pytest.mark.slow

DOCUMENTS = int(os.environ.get("RENJA_CHAOS_DOCUMENTS", "24"))
WORKER_KILL_SECONDS = float(os.environ.get("RENJA_CHAOS_WORKER_KILL_SECONDS", "3"))
PARENT_KILLS = int(os.environ.get("RENJA_CHAOS_PARENT_KILLS", "2"))
SEED = 20260808
BROKEN_EVERY = 20
DEATH_SECONDS = 5
"""An orphan must be gone by then."""


def make_documents(folder: Path) -> set[str]:
    """Write the documents and return the names of the broken ones."""
    broken = set()
    for number in range(DOCUMENTS):
        random = Random(SEED + number)  # noqa: S311 - seeded, not secret
        pdf, _ = make_document(SEED + number, draw_quirks(random, random.randint(0, 3)), folder)
        pdf = pdf.rename(folder / f"{number:03}.pdf")
        if number % BROKEN_EVERY == BROKEN_EVERY // 2:
            broken.add(pdf.name)
            data = pdf.read_bytes()
            match len(broken) % 3:
                case 0:
                    pdf.write_bytes(b"")
                case 1:
                    pdf.write_bytes(data[: len(data) // 3])
                case 2:
                    pdf.write_bytes(b"bukan PDF")
    return broken


def start(documents: Path, out: Path, log: Path) -> subprocess.Popen:
    command = [sys.executable, "-m", "renja", "convert", str(documents), "-o", str(out), "--jobs", "2"]
    return subprocess.Popen(command, stdout=log.open("ab"), stderr=subprocess.STDOUT)


def workers_of(run: subprocess.Popen) -> list:
    try:
        return psutil.Process(run.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


class WorkerKiller(threading.Thread):
    """Kills a random worker of the current run at intervals, and notes how much memory workers and parent took."""

    def __init__(self, random: Random) -> None:
        """Take what chooses the victims."""
        super().__init__(daemon=True)
        self.run_now: subprocess.Popen | None = None
        self.kills = 0
        self.parent_memory: list[int] = []
        self.worker_memory: list[int] = []
        self._random = random
        self._stop_now = threading.Event()

    def run(self) -> None:
        due = time.monotonic() + WORKER_KILL_SECONDS
        while not self._stop_now.wait(0.5):
            if self.run_now is None or self.run_now.poll() is not None:
                continue
            workers = workers_of(self.run_now)
            try:
                self.parent_memory.append(psutil.Process(self.run_now.pid).memory_info().rss)
                self.worker_memory += [worker.memory_info().rss for worker in workers]
                if workers and time.monotonic() >= due:
                    self._random.choice(workers).kill()
                    self.kills += 1
                    due = time.monotonic() + WORKER_KILL_SECONDS
            except psutil.NoSuchProcess:
                continue

    def finish(self) -> None:
        self._stop_now.set()
        self.join()


def assert_gone(processes: list) -> None:
    _, alive = psutil.wait_procs(processes, timeout=DEATH_SECONDS)
    assert not alive, f"orphans: {alive}"


def outputs(out: Path) -> dict[str, bytes]:
    """Return every output file, the seconds left out."""
    files = {}
    for path in out.rglob("*"):
        name = str(path.relative_to(out))
        if not path.is_file() or name.startswith((".renja", "batch.")):
            continue
        files[name] = path.read_bytes()
        if path.name == "manifest.json":
            manifest = json.loads(files[name])
            for page in manifest["pages"]:
                page["seconds"] = 0
            files[name] = json.dumps(manifest).encode()
    return files


def told(out: Path) -> dict[str, tuple[str, str]]:
    """Return status (current is as good as converted) and code of each document in the report."""
    with (out / "batch.csv").open(encoding="utf-8", newline="") as stream:
        return {
            Path(row["berkas"]).name: (row["status"].replace("sudah ada", "selesai"), row["kode"])
            for row in csv.DictReader(stream)
        }


def test_a_batch_under_fire_ends_as_an_undisturbed_one(tmp_path):
    documents = tmp_path / "dokumen"
    broken = make_documents(documents)
    log = tmp_path / "log.txt"

    started = time.monotonic()
    start(documents, tmp_path / "tenang", log).wait()
    quiet_seconds = time.monotonic() - started

    random = Random(SEED)  # noqa: S311 - as above
    killer = WorkerKiller(random)
    killer.start()
    parent_kills = 0
    started = time.monotonic()
    while parent_kills < PARENT_KILLS:
        run = start(documents, tmp_path / "kacau", log)
        killer.run_now = run
        try:
            run.wait(timeout=random.uniform(0.5, 1.0) * quiet_seconds / (PARENT_KILLS + 1))
        except subprocess.TimeoutExpired:
            workers = workers_of(run)
            run.kill()
            run.wait()
            parent_kills += 1
            assert_gone(workers)
        else:
            break
    run = start(documents, tmp_path / "kacau", log)
    killer.run_now = run
    run.wait()
    killer.finish()
    chaos_seconds = time.monotonic() - started

    quiet, chaos = told(tmp_path / "tenang"), told(tmp_path / "kacau")
    assert {name for name, (status, _) in quiet.items() if status == "gagal"} == broken
    assert chaos == quiet
    assert outputs(tmp_path / "kacau") == outputs(tmp_path / "tenang")
    assert not list((tmp_path / "kacau").rglob("*.tmp"))
    assert not list((tmp_path / "kacau" / ".renja" / "pages").glob("*/*"))
    assert killer.kills > 0
    assert parent_kills == PARENT_KILLS
    parent, worker = (max(memory) >> 20 for memory in (killer.parent_memory, killer.worker_memory))
    summary = (
        f"{DOCUMENTS} documents, {len(broken)} broken: undisturbed {quiet_seconds:.0f} s; with {killer.kills} workers "
        f"and {parent_kills} parents killed {chaos_seconds:.0f} s; parent at most {parent} MB, worker {worker} MB"
    )
    print(summary)  # noqa: T201 - `make chaos` shows it
