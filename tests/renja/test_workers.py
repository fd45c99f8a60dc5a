"""Workers that are slow, killed or defective, and what becomes of their documents."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import hostile_pdfs
import pytest
from runs import SAMPLE, convert_in_background, pages_of, wait_for

from extract.page_image import PagePose
from renja.batch import supervisor
from renja.batch.alone import do_alone
from renja.batch.isolation import Cause, Tell, Worker, WorkerLostError
from renja.batch.messages import Ready
from renja.batch.outcome import Outcome, Status
from renja.batch.process_limits import Limits
from renja.batch.run import exit_code
from renja.batch.supervisor import WorkerPool
from renja.batch.tasks import PagesRead, PagesTask, Pictures, PicturesTask
from renja.cli import run
from renja.exit_codes import ExitCode
from renja.settings import Settings


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


def test_inspect_and_review_pictures_survive_a_page_that_never_ends(tmp_path, capsys):
    path = tmp_path / "lama.pdf"
    path.write_bytes(hostile_pdfs.form_loop())
    assert run(["inspect", str(path), "--timeout", "3"]) == ExitCode.NO_KNOWN_TABLE
    said = capsys.readouterr().err
    assert "page 1 could not be read" in said
    assert "tidak selesai dalam 3 detik" in said
    pictures = do_alone(PicturesTask(path, (PagePose(1),)), Pictures, Limits(seconds=3))
    assert pictures.images == ()


def test_inspect_reports_a_defect_with_its_traceback(tmp_path, page, capsys, monkeypatch):
    (tmp_path / "a.pdf").write_bytes(page)
    really = Worker.perform
    monkeypatch.setattr(Worker, "perform", lambda self, task, tell: really(self, replace(task, settings=None), tell))
    assert run(["inspect", str(tmp_path / "a.pdf")]) == ExitCode.INTERNAL
    said = capsys.readouterr().err
    assert "TypeError" in said
    assert "Please report it" in said


def test_a_page_lost_to_a_defect_is_told_by_the_exit_code_and_tried_again(tmp_path, capsys, monkeypatch):
    path, out = tmp_path / "a.pdf", tmp_path / "out"
    path.write_bytes(pages_of(SAMPLE, [8, 9, 10]))
    really = Worker.perform
    with monkeypatch.context() as broken:
        broken.setattr(
            Worker,
            "perform",
            lambda self, task, tell: really(self, replace(task, given_up={2: "cacat program (KeyError)"}), tell),
        )
        assert run(["convert", str(path), "-o", str(out)]) == ExitCode.PAGES_LOST
    told = capsys.readouterr()
    assert "could not be read: 2" in told.err
    assert "a.xlsx" in told.err + told.out
    assert "cacat program (KeyError)" in (out / "a" / "temuan.csv").read_text(encoding="utf-8")
    assert run(["convert", str(path), "-o", str(out)]) == ExitCode.OK
    assert "current" not in capsys.readouterr().out


def test_a_failed_document_outweighs_lost_pages_before_it():
    lost = Outcome(Status.CONVERTED, "a", code=ExitCode.PAGES_LOST)
    failed = Outcome(Status.FAILED, code=ExitCode.NOT_A_PDF)
    assert exit_code([lost, None, failed]) is ExitCode.NOT_A_PDF
    assert exit_code([None, lost]) is ExitCode.PAGES_LOST
    assert exit_code([None]) is ExitCode.OK


def test_the_command_loads_no_reader_before_its_workers_start():
    loaded = "import sys, renja.cli, renja.commands.convert; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"numpy", "yaml", "xlsxwriter", "pypdfium2", "normalize.model", "extract.model", "export.outputs"}
    assert "renja.batch.isolation" in modules
    assert not heavy & set(modules)
