"""The same run over a Dask cluster: a real scheduler and real workers, one of which is killed, give the same bytes."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from renja.batch.outcome import Outcome
from renja.batch.process_limits import Limits
from renja.batch.supervisor import run_here
from renja.batch.tasks import CountTask
from renja.cli import run
from renja.exit_codes import ExitCode
from renja.settings import Settings
from samples.quirks import make_document

pytest.importorskip("distributed", reason="comes with the extra `cluster`")

ROOT = Path(__file__).resolve().parents[2]
SEED = 71
DOCUMENTS = 12
START_SECONDS = 60


def test_a_scheduler_that_does_not_answer_is_named(tmp_path, capsys, monkeypatch):
    from renja.batch import executors  # noqa: PLC0415 - needs the extra

    monkeypatch.setattr(executors, "CONNECT_SECONDS", 1)
    (tmp_path / "a.pdf").touch()
    arguments = ["convert", str(tmp_path / "a.pdf"), "-o", str(tmp_path / "out")]
    assert run([*arguments, "--executor", "dask", "--scheduler", "tcp://127.0.0.1:1"]) == ExitCode.CLUSTER_UNAVAILABLE
    said = capsys.readouterr().err
    assert "tcp://127.0.0.1:1" in said
    assert "dask scheduler" in said


@pytest.mark.parametrize("more", [["--executor", "dask"], ["--scheduler", "tcp://127.0.0.1:1"]])
def test_executor_and_scheduler_go_together(tmp_path, more):
    (tmp_path / "a.pdf").touch()
    assert run(["convert", str(tmp_path / "a.pdf"), "-o", str(tmp_path / "out"), *more]) == ExitCode.USAGE


def start(*arguments: str, log: Path) -> subprocess.Popen:
    command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=ROOT, stdout=log.open("ab"), stderr=subprocess.STDOUT, env=environment)


def wait_for(condition, seconds=START_SECONDS):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.1)


def outputs(out: Path) -> dict[str, bytes]:
    files = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    kept = {name: data for name, data in files.items() if not name.startswith((".renja", "batch."))}
    for name in [name for name in kept if name.endswith("manifest.json")]:
        manifest = json.loads(kept[name])
        for page in manifest["pages"]:
            page["seconds"] = 0
        kept[name] = json.dumps(manifest).encode()
    return kept


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_writes_the_same_bytes_as_this_machine(tmp_path):
    documents = tmp_path / "dokumen"
    for number in range(DOCUMENTS):
        make_document(SEED + number, frozenset(), documents)
    assert run(["convert", str(documents), "-o", str(tmp_path / "sini")]) == ExitCode.OK

    log = tmp_path / "log.txt"
    address_file = tmp_path / "scheduler.json"
    cluster = [start("dask_scheduler", "--port", "0", "--scheduler-file", str(address_file), "--no-dashboard", log=log)]
    try:
        wait_for(lambda: address_file.exists() and address_file.stat().st_size > 0)
        address = json.loads(address_file.read_text())["address"]
        workers = [
            start("dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", log=log) for _ in range(3)
        ]
        cluster += workers
        wait_for(lambda: log.read_text().count("Registered to") == 3)
        out = tmp_path / "sana"
        command = [sys.executable, "-m", "renja", "convert", str(documents), "-o", str(out), "--executor", "dask"]
        told = tmp_path / "told.txt"
        converting = subprocess.Popen(
            [*command, "--scheduler", address], cwd=ROOT, stdout=told.open("wb"), stderr=subprocess.STDOUT
        )
        wait_for(lambda: len(list(out.glob("*.xlsx"))) >= 2)
        workers[0].kill()
        assert converting.wait(timeout=300) == ExitCode.OK, told.read_text() + log.read_text()[-3000:]
    finally:
        for process in cluster:
            process.kill()
            process.wait()
    assert outputs(out) == outputs(tmp_path / "sini")
    assert (out / "batch.csv").read_text(encoding="utf-8").count("selesai") == DOCUMENTS


def test_a_machine_with_another_program_refuses_the_task(tmp_path):
    task = CountTask(tmp_path / "a.pdf", Settings())
    answer = run_here(task, Limits(), "sidik jari lain")
    assert isinstance(answer, Outcome)
    assert answer.code == ExitCode.CLUSTER_UNAVAILABLE
    assert "another version" in answer.message
