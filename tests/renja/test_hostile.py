"""Hostile and broken files end in a report, never in a hang, a crash of the command, or a file outside the folder."""

import io
import os
import sys
import time
from pathlib import Path

import hostile_pdfs
import pypdfium2
import pytest

from renja.cli import run
from renja.exit_codes import ExitCode

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "renja-contoh.pdf"

HARMLESS_SECONDS = 90
"""For one hostile file on a busy machine."""


@pytest.fixture(scope="module")
def good() -> bytes:
    """Return a one-page PDF with a table."""
    with pypdfium2.PdfDocument(SAMPLE) as document:
        part = pypdfium2.PdfDocument.new()
        part.import_pages(document, [len(document) - 1])
        buffer = io.BytesIO()
        part.save(buffer)
    return buffer.getvalue()


QUICK = ("xref_loop", "page_tree_loop", "page_of_200_inches", "page_of_a_mile")
SLOW = ("decompression_bomb", "image_of_200_megapixels", "lines_100_000", "texts_100_000", "form_loop")


@pytest.mark.parametrize("name", [*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)])
def test_a_hostile_file_is_reported_and_the_good_one_after_it_converted(tmp_path, capsys, good, name):
    bad = tmp_path / "a.pdf"
    bad.write_bytes(getattr(hostile_pdfs, name)())
    (tmp_path / "b.pdf").write_bytes(good)
    out = tmp_path / "out"
    started = time.monotonic()
    code = run(["convert", str(bad), str(tmp_path / "b.pdf"), "-o", str(out), "--timeout", "40", "--memory", "1500"])
    assert time.monotonic() - started < HARMLESS_SECONDS
    assert code in {ExitCode.NO_KNOWN_TABLE, ExitCode.TRUNCATED_PDF, ExitCode.LIMIT_EXCEEDED, ExitCode.EMPTY_FILE}
    assert (out / "b.xlsx").exists()
    said = capsys.readouterr().err
    assert str(bad) in said
    assert "Traceback" not in said


@pytest.mark.slow
def test_a_page_that_kills_its_reader_is_a_finding_and_the_other_pages_are_converted(tmp_path, good):
    merged = pypdfium2.PdfDocument.new()
    for data in (good, hostile_pdfs.form_loop(), good):
        merged.import_pages(pypdfium2.PdfDocument(data))
    path = tmp_path / "campur.pdf"
    merged.save(path)
    out = tmp_path / "out"
    assert run(["convert", str(path), "-o", str(out), "--memory", "1500"]) == ExitCode.PAGES_LOST
    findings = (out / "campur" / "temuan.csv").read_text(encoding="utf-8").splitlines()
    assert [line for line in findings if "RJ-PDF-002" in line and ",2," in line]
    assert (out / "campur.xlsx").exists()


NAMES = {
    "dots": "..pdf",
    "parent": "..\\..\\jahat.pdf",
    "reserved": "CON.pdf",
    "trailing dot": "laporan..pdf",
    "semicolon and quote": "a;b'\"c,=1+1.pdf",
    "newline": "satu\ndua.pdf",
    "escape": "\x1b[31mmerah.pdf",
    "right to left": "\u202efdp.pdf",
    "longest": "p" * 251 + ".pdf",
    "longest of wide letters": "日" * 83 + ".pdf",
    "not UTF-8": os.fsdecode(b"\xff\xfe\xe9.pdf"),
    "option": "-o.pdf",
    "pattern": "a[1]*?.pdf",
    "list": "@daftar.pdf",
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses to create most of these names")
def test_names_of_any_kind_give_outputs_inside_the_folder_and_nowhere_else(tmp_path, capsys, good):
    folder = tmp_path / "masuk"
    folder.mkdir()
    for number, name in enumerate(NAMES.values()):
        (folder / name).write_bytes(good + b"%% %d" % number)
    out = tmp_path / "out"
    before = {path for path in tmp_path.rglob("*") if out not in path.parents}
    assert run(["convert", str(folder), "-o", str(out)]) == ExitCode.OK
    after = {path for path in tmp_path.rglob("*") if out not in path.parents}
    assert after - before == {out}
    workbooks = [path.name for path in out.glob("*.xlsx")]
    assert len(workbooks) == len(NAMES)
    assert all(len(name.encode()) < 200 and not set('<>:"/\\|?*\n\x1b') & set(name) for name in workbooks)
    assert not any(name.split(".")[0].upper() == "CON" for name in workbooks)
    assert (out / "batch.csv").read_text(encoding="utf-8").count("selesai") == len(NAMES)
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_links_to_files_are_read_once_and_loops_of_folders_are_not_walked(tmp_path, good):
    folder = tmp_path / "masuk"
    folder.mkdir()
    (tmp_path / "asli.pdf").write_bytes(good)
    (folder / "tautan.pdf").symlink_to(tmp_path / "asli.pdf")
    (folder / "lingkar").symlink_to(folder)
    (folder / "putus.pdf").symlink_to(tmp_path / "tidak-ada.pdf")
    out = tmp_path / "out"
    assert run(["convert", str(folder), "-o", str(out)]) == ExitCode.INPUT_UNREADABLE
    assert [path.name for path in out.glob("*.xlsx")] == ["tautan.xlsx"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_an_output_that_is_a_link_is_replaced_and_its_goal_left_alone(tmp_path, good):
    precious = tmp_path / "penting.txt"
    precious.write_text("jangan disentuh")
    (tmp_path / "a.pdf").write_bytes(good)
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.xlsx").symlink_to(precious)
    run(["convert", str(tmp_path / "a.pdf"), "-o", str(out)])
    assert precious.read_text() == "jangan disentuh"


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounting a small disk needs root on Linux")
def test_a_full_disk_is_one_message_and_leaves_no_half_file(tmp_path, capsys, good):
    (tmp_path / "a.pdf").write_bytes(good)
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.system(f"mount -t tmpfs -o size=64k tmpfs {disk} 2>/dev/null") != 0:  # noqa: S605 - our own path
        pytest.skip("this machine does not let root mount a tmpfs")
    try:
        assert run(["convert", str(tmp_path / "a.pdf"), "-o", str(disk / "out")]) == ExitCode.OUTPUT_NOT_WRITABLE
        left = [path for path in (disk / "out").rglob("*") if path.is_file() and ".renja" not in path.parts]
    finally:
        os.system(f"umount {disk}")  # noqa: S605 - our own path
    assert left == []
    said = capsys.readouterr().err
    assert "No space left" in said
    assert "Traceback" not in said


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_refused_before_reading(tmp_path, capsys, good):
    (tmp_path / "a.pdf").write_bytes(good)
    out = tmp_path / "out"
    out.mkdir(mode=0o500)
    assert run(["convert", str(tmp_path / "a.pdf"), "-o", str(out)]) == ExitCode.OUTPUT_NOT_WRITABLE
    assert "no permission" in capsys.readouterr().err
