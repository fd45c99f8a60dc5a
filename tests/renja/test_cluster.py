"""The same run over a Dask cluster: a real scheduler and real workers, one of which is killed, give the same bytes."""

from pathlib import Path

import pytest
from runs import convert_in_background, dask_cluster, local_files, timeless, wait_for

from renja.batch.errands import run_here
from renja.batch.outcome import Outcome
from renja.batch.process_limits import Limits
from renja.batch.tasks import CountTask
from renja.cli import run
from renja.exit_codes import ExitCode
from renja.settings import Settings
from samples.quirks import make_document

pytest.importorskip("distributed", reason="comes with the extra `cluster`")

ROOT = Path(__file__).resolve().parents[2]
SEED = 71
DOCUMENTS = 12


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


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_writes_the_same_bytes_as_this_machine(tmp_path):
    documents = tmp_path / "dokumen"
    for number in range(DOCUMENTS):
        make_document(SEED + number, frozenset(), documents)
    assert run(["convert", str(documents), "-o", str(tmp_path / "sini")]) == ExitCode.OK

    with dask_cluster(tmp_path, workers=3) as (address, workers):
        out = tmp_path / "sana"
        converting = convert_in_background(documents, out, "--executor", "dask", "--scheduler", address)
        wait_for(lambda: len(list(out.glob("*.xlsx"))) >= 2)
        workers[0].kill()
        told = converting.communicate(timeout=300)
        assert converting.returncode == ExitCode.OK, told
    assert timeless(local_files(out)) == timeless(local_files(tmp_path / "sini"))
    assert (out / "batch.csv").read_text(encoding="utf-8").count("selesai") == DOCUMENTS


def test_a_machine_with_another_program_refuses_the_task(tmp_path):
    task = CountTask(tmp_path / "a.pdf", Settings())
    answer = run_here(task, Limits(), "sidik jari lain")
    assert isinstance(answer, Outcome)
    assert answer.code == ExitCode.CLUSTER_UNAVAILABLE
    assert "another version" in answer.message
