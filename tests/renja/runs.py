"""What tests of a run share: small documents, and the outputs without what tells seconds."""

import csv
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "renja-contoh.pdf"


def pages_of(path: Path, numbers: list[int]) -> bytes:
    """Return a PDF of these pages, counted from 0, or from the end below 0."""
    with pypdfium2.PdfDocument(path) as document:
        part = pypdfium2.PdfDocument.new()
        part.import_pages(document, [number % len(document) for number in numbers])
        buffer = io.BytesIO()
        part.save(buffer)
    return buffer.getvalue()


def report(out: Path) -> dict[str, dict[str, str]]:
    """Return the rows of a batch report by file name."""
    with (out / "batch.csv").open(encoding="utf-8", newline="") as stream:
        return {Path(row["berkas"]).name: row for row in csv.DictReader(stream)}


def local_files(out: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def remote_files(system, out: str) -> dict[str, bytes]:
    """Return every file below an address."""
    system.invalidate_cache()
    base = system._strip_protocol(out)
    return {path[len(base) + 1 :]: system.cat_file(path) for path in system.find(base)}


def timeless(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the outputs but for what tells seconds."""
    kept = {name: data for name, data in files.items() if not name.startswith((".renja", "batch."))}
    for name in [name for name in kept if name.endswith("manifest.json")]:
        manifest = json.loads(kept[name])
        for told in manifest["pages"]:
            told["seconds"] = 0
        kept[name] = json.dumps(manifest).encode()
    return kept


def convert_in_background(path: Path, out: Path, *more: str) -> subprocess.Popen:
    """Start the command."""
    command = [sys.executable, "-m", "renja", "convert", str(path), "-o", str(out), *more]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def wait_for(condition, seconds=60):
    """Wait until a condition holds; fail when it does not come to hold."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.02)


@contextmanager
def dask_cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """Give the address of a scheduler and its worker processes, which log into ``folder``."""
    log, address_file = folder / "log.txt", folder / "scheduler.json"
    scheduler = _start_dask(
        "dask_scheduler", "--port", "0", "--scheduler-file", str(address_file), "--no-dashboard", log=log
    )
    cluster = [scheduler]
    try:
        wait_for(lambda: address_file.exists() and address_file.stat().st_size > 0)
        address = json.loads(address_file.read_text())["address"]
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
        cluster += [_start_dask("dask_worker", address, *options, log=log) for _ in range(workers)]
        wait_for(lambda: log.read_text().count("Registered to") == workers)
        yield address, cluster[1:]
    finally:
        for process in cluster:
            process.kill()
            process.wait()


def _start_dask(program: str, *arguments: str, log: Path) -> subprocess.Popen:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with log.open("ab") as stream:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{program}", *arguments],
            cwd=ROOT, stdout=stream, stderr=subprocess.STDOUT, env=environment,
        )  # fmt: skip
