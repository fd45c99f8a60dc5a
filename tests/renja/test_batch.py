"""A run over many documents: report, order, page groups, the lock, Ctrl-C."""

import csv
import io
import json
import signal
import sys
import time
from pathlib import Path

import pytest
from runs import SAMPLE, convert_in_background, local_files, pages_of, report, timeless, wait_for

from export.csv_profile import PLAIN
from renja.batch import batch
from renja.batch.outcome import Counts, Outcome, Status
from renja.batch.report import render_batch_csv, render_batch_html
from renja.cli import run
from renja.exit_codes import ExitCode


def test_failed_documents_are_lines_of_the_report_and_the_rest_is_converted(tmp_path, page):
    documents, out = tmp_path / "dokumen", tmp_path / "out"
    documents.mkdir()
    (documents / "baik.pdf").write_bytes(page)
    (documents / "kosong.pdf").write_bytes(b"")
    (documents / "bukan.pdf").write_bytes(b"PK")
    log = tmp_path / "log.jsonl"
    assert run(["convert", str(documents), "-o", str(out), "--log-json", str(log)]) == ExitCode.NOT_A_PDF
    rows = report(out)
    assert [(name, row["status"], row["kode"]) for name, row in rows.items()] == [
        ("baik.pdf", "selesai", "0"), ("bukan.pdf", "gagal", "4"), ("kosong.pdf", "gagal", "5"),
    ]  # fmt: skip
    assert int(rows["baik.pdf"]["tabel"]) == 1
    page_text = (out / "batch.html").read_text(encoding="utf-8")
    assert 'href="baik.xlsx"' in page_text
    assert "Berkas kosong" in page_text
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [event["event"] for event in events if event["event"].startswith("run")] == ["run_begun", "run_ended"]
    ended = {Path(event["file"]).name: event["code"] for event in events if event["event"] == "document_ended"}
    assert ended == {"baik.pdf": 0, "bukan.pdf": 4, "kosong.pdf": 5}


def test_fail_fast_begins_nothing_after_a_failure(tmp_path, page):
    documents, out = tmp_path / "dokumen", tmp_path / "out"
    documents.mkdir()
    (documents / "a.pdf").write_bytes(b"")
    for name in "bcde":
        (documents / f"{name}.pdf").write_bytes(page + name.encode())
    run(["convert", str(documents), "-o", str(out), "--fail-fast"])
    told = [row["status"] for row in report(out).values()]
    assert told[0] == "gagal"
    assert told[-1] == "belum dikerjakan"


def test_pages_shared_out_over_workers_give_the_same_bytes_as_one_worker(tmp_path):
    path = tmp_path / "banyak.pdf"
    path.write_bytes(pages_of(SAMPLE, [8, 9, 10, 11, 12, 13]))
    outs = []
    for jobs in ("1", "2"):
        out = tmp_path / jobs
        assert run(["convert", str(path), "-o", str(out), "--jobs", jobs]) == ExitCode.OK
        assert not list((out / ".renja" / "pages").glob("*/*"))
        outs.append(timeless(local_files(out)))
    assert outs[0] == outs[1]


def test_a_large_document_shares_its_pages_out_among_many_documents(tmp_path, monkeypatch, page):
    documents = tmp_path / "dokumen"
    documents.mkdir()
    for name in "abc":
        (documents / f"{name}.pdf").write_bytes(page + name.encode())
    (documents / "besar.pdf").write_bytes(pages_of(SAMPLE, [8, 9, 10]))
    monkeypatch.setattr(batch, "SHARED_BYTES", (documents / "besar.pdf").stat().st_size)
    log = tmp_path / "log.jsonl"
    command = ["convert", str(documents), "-o", str(tmp_path / "out"), "--jobs", "2", "--log-json", str(log)]
    assert run(command) == ExitCode.OK
    begun = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    opened = [Path(event["file"]).name for event in begun if event.get("stage") == "opening"]
    assert opened.count("a.pdf") == 1
    assert opened.count("besar.pdf") == 1 + 3 + 1, "counted, read in three groups, converted"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send to another process")
def test_ctrl_c_ends_the_workers_reports_what_was_done_and_has_its_own_code(tmp_path):
    documents, out = tmp_path / "dokumen", tmp_path / "out"
    documents.mkdir()
    for number in range(5):
        (documents / f"{number}.pdf").write_bytes(SAMPLE.read_bytes() + b"%% %d" % number)
    interrupted = convert_in_background(documents, out)
    record = out / ".renja" / "results" / "1.json"
    wait_for(lambda: record.exists() and '"complete": true' in record.read_text())  # nothing is half written then
    interrupted.send_signal(signal.SIGINT)
    said = interrupted.communicate(timeout=30)
    assert interrupted.returncode == ExitCode.INTERRUPTED, said
    told = [row["status"] for row in report(out).values()]
    assert told[0] == "selesai"
    assert told[-1] == "belum dikerjakan"
    assert not list(out.rglob("*.tmp"))


def test_two_runs_on_one_folder_are_refused_with_a_clear_message(tmp_path, capsys):
    out = tmp_path / "out"
    first = convert_in_background(SAMPLE, out)
    try:
        wait_for((out / ".renja" / "lock").exists)
        time.sleep(0.3)
        assert run(["convert", str(SAMPLE), "-o", str(out)]) == ExitCode.OUTPUT_LOCKED
        assert "another run of renja" in capsys.readouterr().err
    finally:
        first.kill()
        first.wait()
    assert run(["convert", str(SAMPLE), "-o", str(out), "--pages", "1"]) == ExitCode.NO_KNOWN_TABLE


def test_the_report_escapes_what_documents_say():
    outcome = Outcome(Status.FAILED, code=ExitCode.TRUNCATED_PDF, message="<script>alert(1)</script>", counts=Counts())
    name = Path("<img src=x>.pdf")
    told = render_batch_html([name], [outcome], workbooks=True).decode()
    assert "<script>" not in told
    assert "<img" not in told
    rows = list(csv.reader(io.StringIO(render_batch_csv([name, name], [outcome, None], PLAIN).decode())))
    assert [len(row) for row in rows] == [len(rows[0])] * 3
