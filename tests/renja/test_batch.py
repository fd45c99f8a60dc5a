"""A run over many documents: inputs, resume, report, page groups, workers that die."""

import csv
import io
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import hostile_pdfs
import pypdfium2
import pytest

from export.csv_profile import PLAIN
from extract.finding_codes import finding
from extract.model import BBox, Page, Word
from renja.batch import batch, supervisor
from renja.batch.inputs import expand_inputs
from renja.batch.isolation import Cause, Tell, Worker, WorkerLostError
from renja.batch.messages import Ready
from renja.batch.outcome import Counts, Outcome, Status
from renja.batch.page_journal import PageJournal
from renja.batch.process_limits import Limits
from renja.batch.report import render_batch_csv, render_batch_html
from renja.batch.supervisor import WorkerPool
from renja.batch.tasks import PagesRead, PagesTask
from renja.cli import run
from renja.exit_codes import ExitCode
from renja.page_results import PageResult, PageWatch, read_page_results
from renja.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "renja-contoh.pdf"


@pytest.fixture(scope="module")
def page() -> bytes:
    """Return a one-page PDF with a table."""
    return pages_of(SAMPLE, [-1])


def pages_of(path: Path, numbers: list[int]) -> bytes:
    with pypdfium2.PdfDocument(path) as document:
        part = pypdfium2.PdfDocument.new()
        part.import_pages(document, [number % len(document) for number in numbers])
        buffer = io.BytesIO()
        part.save(buffer)
    return buffer.getvalue()


def report(out: Path) -> dict[str, dict[str, str]]:
    with (out / "batch.csv").open(encoding="utf-8", newline="") as stream:
        return {Path(row["berkas"]).name: row for row in csv.DictReader(stream)}


def timeless(out: Path) -> dict[str, bytes]:
    """Return the outputs but for what tells seconds."""
    files = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    kept = {name: data for name, data in files.items() if not name.startswith((".renja", "batch."))}
    for name in [name for name in kept if name.endswith("manifest.json")]:
        manifest = json.loads(kept[name])
        for told in manifest["pages"]:
            told["seconds"] = 0
        kept[name] = json.dumps(manifest).encode()
    return kept


def test_folders_patterns_and_lists_name_files_once_in_a_fixed_order(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b/dua.pdf", "b/satu.PDF", "b/.sembunyi/tiga.pdf", "b/catatan.txt", "a.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "daftar.txt").write_text("\ufeff# komentar\nb\n\na.pdf\n", encoding="utf-8")
    names = ["b/dua.pdf", "b/satu.PDF"]
    assert [str(path) for path in expand_inputs(["b"]).paths] == names
    assert [str(path) for path in expand_inputs(["b", "b/dua.pdf"]).paths] == names
    assert [str(path) for path in expand_inputs(["@daftar.txt"]).paths] == [*names, "a.pdf"]
    assert [str(path) for path in expand_inputs(["**/*.pdf"]).paths] == ["a.pdf", "b/dua.pdf"]
    assert expand_inputs(["b"]).many
    assert not expand_inputs(["a.pdf"]).many


@pytest.mark.parametrize("argument", ["kosong", "*.pdf", "@tidak-ada.txt"])
def test_an_argument_that_names_no_pdf_is_an_input_error(tmp_path, capsys, monkeypatch, argument):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kosong").mkdir()
    assert run(["convert", argument, "-o", "out"]) == ExitCode.INPUT_UNREADABLE
    assert argument.lstrip("@") in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_second_run_converts_only_what_is_missing_changed_or_forced(tmp_path, page):
    documents, out = tmp_path / "dokumen", tmp_path / "out"
    documents.mkdir()
    for name in ("a", "b"):
        (documents / f"{name}.pdf").write_bytes(page + f"%{name}".encode())

    def statuses(*more: str) -> list[str]:
        assert run(["convert", str(documents), "-o", str(out), *more]) == ExitCode.OK
        return [row["status"] for row in report(out).values()]

    assert statuses() == ["selesai", "selesai"]
    first = timeless(out)
    assert statuses() == ["sudah ada", "sudah ada"]
    (out / "b" / "temuan.csv").unlink()
    assert statuses() == ["sudah ada", "selesai"]
    (documents / "a.pdf").write_bytes(page + b"%lain")
    run(["convert", str(documents), "-o", str(out)])
    assert report(out)["a.pdf"]["nama"] == "a-2"
    (documents / "a.pdf").write_bytes(page + b"%a")
    assert statuses("--raw") == ["selesai", "selesai"]
    assert statuses("--force") == ["selesai", "selesai"]
    assert {name: data for name, data in timeless(out).items() if not name.startswith("a-2")} == first


def test_an_output_edited_by_hand_is_neither_current_nor_overwritten(tmp_path, page):
    (tmp_path / "a.pdf").write_bytes(page)
    command = ["convert", str(tmp_path / "a.pdf"), "-o", str(tmp_path / "out")]
    assert run(command) == ExitCode.OK
    workbook = tmp_path / "out" / "a.xlsx"
    workbook.write_bytes(b"disunting")
    assert run(command) == ExitCode.OUTPUT_EDITED
    assert workbook.read_bytes() == b"disunting"
    assert run([*command, "--force"]) == ExitCode.OK
    assert workbook.read_bytes() != b"disunting"


def test_a_run_killed_between_two_output_files_is_taken_back_and_done_again_under_the_same_name(tmp_path, page):
    (tmp_path / "a.pdf").write_bytes(page)
    out = tmp_path / "out"
    command = ["convert", str(tmp_path / "a.pdf"), "-o", str(out)]
    assert run(command) == ExitCode.OK
    whole = timeless(out)
    record = out / ".renja" / "results" / "a.json"
    record.write_text(record.read_text().replace('"complete": true', '"complete": false'))
    (out / "a" / "manifest.json").unlink()
    (out / "a" / ".renja-x1y2.tmp").write_bytes(b"setengah")
    assert run(command) == ExitCode.OK
    assert timeless(out) == whole


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
        outs.append(timeless(out))
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


def convert_in_background(path: Path, out: Path, *more: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "renja", "convert", str(path), "-o", str(out), *more]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send to another process")
def test_ctrl_c_ends_the_workers_reports_what_was_done_and_has_its_own_code(tmp_path):
    documents, out = tmp_path / "dokumen", tmp_path / "out"
    documents.mkdir()
    for number in range(5):
        (documents / f"{number}.pdf").write_bytes(SAMPLE.read_bytes() + b"%% %d" % number)
    interrupted = convert_in_background(documents, out)
    wait_for((out / "1.xlsx").exists)
    interrupted.send_signal(signal.SIGINT)
    assert interrupted.wait(timeout=30) == ExitCode.INTERRUPTED
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


@pytest.mark.skipif(sys.platform == "win32", reason="looks processes up in /proc")
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_workers_die_with_their_parent(tmp_path):
    out = tmp_path / "out"
    parent = convert_in_background(SAMPLE, out)
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    threads = Path(f"/proc/{parent.pid}/task")

    def workers() -> list[int]:
        return [int(pid) for thread in threads.iterdir() for pid in (thread / "children").read_text().split()]

    assert children.exists()
    wait_for(workers)
    alive = workers()
    parent.kill()
    parent.wait()
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in alive), seconds=10)


def test_a_page_that_takes_too_long_is_given_up_and_named(tmp_path, capsys):
    path = tmp_path / "lama.pdf"
    path.write_bytes(hostile_pdfs.form_loop())
    out = tmp_path / "out"
    assert run(["convert", str(path), "-o", str(out), "--timeout", "4"]) == ExitCode.NO_KNOWN_TABLE
    assert "1 pages could not be read" in capsys.readouterr().err
    assert "tidak selesai dalam 4 detik" in (out / "lama" / "temuan.csv").read_text(encoding="utf-8")


KILLED = Cause("the worker was ended by SIGKILL", "prosesnya mati (SIGKILL)", certain=False)
CRASHED = Cause("the worker was ended by SIGSEGV", "prosesnya mati (SIGSEGV)", certain=True)


def pool_of(monkeypatch, *ends: Cause | None, page: int | None) -> tuple[WorkerPool, list]:
    """Return a pool whose workers are lost for these causes, one after the other; None is a task done."""
    left = list(ends)
    tasks = []

    class Fragile:
        alive = True
        tasks_done = 1

        def __init__(self, limits: Limits) -> None:
            """Start nothing."""

        def perform(self, task: PagesTask, tell: Tell) -> PagesRead:
            tell(Ready())
            tasks.append(task)
            cause = left.pop(0)
            if cause:
                raise WorkerLostError(cause, page=page, stage="tables")
            return PagesRead()

        def kill(self) -> None:
            """End nothing."""

        close = kill

    monkeypatch.setattr(supervisor, "Worker", Fragile)
    return WorkerPool(Limits()), tasks


TASK = PagesTask(Path("a.pdf"), Settings(), (1, 2, 3), Path("j"))


def unheard(_message: object) -> None:
    """Tell nobody."""


def test_a_worker_killed_from_outside_is_replaced_and_the_page_tried_again(monkeypatch):
    pool, tasks = pool_of(monkeypatch, KILLED, KILLED, None, page=2)
    assert pool.run(TASK, unheard) == PagesRead()
    assert [task.given_up for task in tasks] == [{}, {}, {}]


@pytest.mark.parametrize("ends", [(KILLED, KILLED, KILLED, None), (CRASHED, None)])
def test_a_page_that_ends_its_worker_every_time_is_given_up_and_the_others_go_on(monkeypatch, ends):
    pool, tasks = pool_of(monkeypatch, *ends, page=2)
    answer = pool.run(TASK, unheard)
    assert isinstance(answer, PagesRead)
    assert answer.given_up == {2: ends[0].sebab}
    assert tasks[-1].given_up == {2: ends[0].sebab}


def test_a_document_that_ends_its_worker_outside_any_page_fails_with_the_cause(monkeypatch):
    pool, _ = pool_of(monkeypatch, KILLED, KILLED, KILLED, page=None)
    answer = pool.run(TASK, unheard)
    assert isinstance(answer, Outcome)
    assert answer.code == ExitCode.WORKER_DIED
    assert "SIGKILL" in answer.message
    assert len(answer.notes) == 3


def test_a_worker_that_is_killed_is_named_by_its_signal():
    worker = Worker(Limits())
    worker.kill()
    with pytest.raises(WorkerLostError) as lost:
        worker.perform(TASK, unheard)
    worker.close()
    assert "SIGKILL" in lost.value.cause.reason
    assert not lost.value.cause.certain


def test_a_defect_of_the_program_is_told_with_its_traceback_and_the_batch_goes_on(tmp_path, page, capsys, monkeypatch):
    for name in ("a", "b"):
        (tmp_path / f"{name}.pdf").write_bytes(page + name.encode())
    really = Worker.perform

    def defective(self: Worker, task: Any, tell: Tell) -> Any:
        broken = task.path.name == "a.pdf" and hasattr(task, "options")
        return really(self, replace(task, options=None) if broken else task, tell)

    monkeypatch.setattr(Worker, "perform", defective)
    code = run(["convert", str(tmp_path / "a.pdf"), str(tmp_path / "b.pdf"), "-o", str(tmp_path / "out")])
    assert code == ExitCode.INTERNAL
    said = capsys.readouterr().err
    assert "AttributeError" in said
    assert "Traceback" in said
    assert (tmp_path / "out" / "b.xlsx").exists()


def read_page(number: int, seconds: float) -> PageResult:
    word = Word("Rp1.000", BBox(0.1, 1 / 3, 2.0, 3.0), confidence=0.5)
    return PageResult(number, Page(number, 595.0, 842.0, (word,), ()), (finding("RJ-OCR-003", page=number),), seconds)


def test_a_journal_gives_back_exactly_what_was_put_once_it_was_worth_it(tmp_path):
    journal = PageJournal(tmp_path / "j", unsaved_seconds=2)
    journal.put(read_page(1, 1.5))
    assert journal.get(1) is None
    journal.put(read_page(2, 1.0))
    assert [journal.get(number) for number in (1, 2, 3)] == [read_page(1, 1.5), read_page(2, 1.0), None]
    journal.clear()
    assert not (tmp_path / "j").exists()


def test_pages_in_the_store_and_pages_given_up_are_not_read(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pages_of(SAMPLE, [0, 1, 2]))
    journal = PageJournal(tmp_path / "j", unsaved_seconds=0)
    kept = PageResult(1, None, (finding("RJ-PDF-001", "disimpan", page=1),), 9.0)
    journal.put(kept)
    begun = []
    watch = PageWatch(journal, begun.append, {2: "mati"})
    first, second, third = read_page_results(path, Settings(), watch)
    assert first == kept
    assert "mati" in second.findings[0].message
    assert journal.get(2) is None
    assert third.page is not None
    assert journal.get(3) == third
    assert begun == [1, 2, 3]


def test_a_run_killed_in_the_middle_of_a_document_leaves_its_pages_to_the_next(tmp_path):
    out = tmp_path / "out"
    pages = out / ".renja" / "pages"
    first = convert_in_background(SAMPLE, out, "--jobs", "2")
    try:
        wait_for(lambda: len(list(pages.glob("*/*/*.pickle"))) >= 2)
    finally:
        first.kill()
        first.wait()
    assert not (out / "renja-contoh.xlsx").exists()
    assert run(["convert", str(SAMPLE), "-o", str(out)]) == ExitCode.OK
    assert run(["convert", str(SAMPLE), "-o", str(tmp_path / "sekali")]) == ExitCode.OK
    assert timeless(out) == timeless(tmp_path / "sekali")
    assert not list(pages.glob("*/*"))


def test_a_journal_that_was_tampered_with_is_not_run_and_counts_as_missing(tmp_path):
    folder = tmp_path / "j"
    folder.mkdir()
    ran = tmp_path / "ran"

    class Evil:
        def __reduce__(self):
            return os.system, (f"touch {ran}",)

    (folder / "page_0001.pickle").write_bytes(pickle.dumps(Evil()))
    (folder / "page_0002.pickle").write_bytes(pickle.dumps(read_page(2, 1))[:-20])
    (folder / "page_0003.pickle").write_bytes(pickle.dumps(read_page(4, 1)))
    journal = PageJournal(folder)
    assert [journal.get(number) for number in (1, 2, 3)] == [None] * 3
    assert not ran.exists()


def test_the_report_escapes_what_documents_say(tmp_path):
    outcome = Outcome(Status.FAILED, code=ExitCode.TRUNCATED_PDF, message="<script>alert(1)</script>", counts=Counts())
    name = Path("<img src=x>.pdf")
    told = render_batch_html([name], [outcome], tmp_path).decode()
    assert "<script>" not in told
    assert "<img" not in told
    rows = list(csv.reader(io.StringIO(render_batch_csv([name, name], [outcome, None], PLAIN).decode())))
    assert [len(row) for row in rows] == [len(rows[0])] * 3
