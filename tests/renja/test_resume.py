"""A second run does only what is missing; a run that was killed leaves nothing half done."""

import os
import pickle

from runs import SAMPLE, convert_in_background, local_files, pages_of, report, timeless, wait_for

from extract.finding_codes import finding
from extract.model import BBox, Page, Word
from renja.batch.page_journal import PageJournal
from renja.cli import run
from renja.exit_codes import ExitCode
from renja.page_results import PageWatch, read_page_results
from renja.page_store import PageResult
from renja.settings import Settings


def test_a_second_run_converts_only_what_is_missing_changed_or_forced(tmp_path, page):
    documents, out = tmp_path / "dokumen", tmp_path / "out"
    documents.mkdir()
    for name in ("a", "b"):
        (documents / f"{name}.pdf").write_bytes(page + f"%{name}".encode())

    def statuses(*more: str) -> list[str]:
        assert run(["convert", str(documents), "-o", str(out), *more]) == ExitCode.OK
        return [row["status"] for row in report(out).values()]

    assert statuses() == ["selesai", "selesai"]
    first = timeless(local_files(out))
    assert statuses() == ["sudah ada", "sudah ada"]
    (out / "b" / "temuan.csv").unlink()
    assert statuses() == ["sudah ada", "selesai"]
    (documents / "a.pdf").write_bytes(page + b"%lain")
    run(["convert", str(documents), "-o", str(out)])
    assert report(out)["a.pdf"]["nama"] == "a-2"
    (documents / "a.pdf").write_bytes(page + b"%a")
    assert statuses("--raw") == ["selesai", "selesai"]
    assert statuses("--force") == ["selesai", "selesai"]
    assert {name: data for name, data in timeless(local_files(out)).items() if not name.startswith("a-2")} == first


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
    whole = timeless(local_files(out))
    record = out / ".renja" / "results" / "a.json"
    record.write_text(record.read_text().replace('"complete": true', '"complete": false'))
    (out / "a" / "manifest.json").unlink()
    (out / "a" / ".renja-x1y2.tmp").write_bytes(b"setengah")
    (record.parent / ".renja-x1y2.tmp").write_bytes(b"setengah")
    assert run(command) == ExitCode.OK
    assert not list(out.rglob("*.tmp"))
    assert timeless(local_files(out)) == whole


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
    assert timeless(local_files(out)) == timeless(local_files(tmp_path / "sekali"))
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
