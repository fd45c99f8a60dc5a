import gc
import hashlib
import io
import tracemalloc
import weakref
import zipfile

from documents import conversion, finding, plan_records, plan_table

from export.atomic import write_files
from export.csv_profile import PLAIN, PROFILES, csv_chunks, render_csv
from export.options import OutputOptions
from export.outputs import reading_of
from export.rendered_files import IN_MEMORY, RenderedFiles
from export.review.record_file import record_chunks
from export.sheets import data_sheet, workbook
from export.sheets.flat_rows import FlatRow
from export.sheets.long_workbook import ROWS_AT_HAND

SAME = 1.2
"""Ratio of two peaks up to which memory counts as independent of length."""


def test_files_are_read_back_whole_however_they_were_added(tmp_path):
    long = [bytes([number]) * 1000 for number in range(256)] * (IN_MEMORY // 256_000 + 2)
    files = RenderedFiles()
    files.add("a/satu.bin", long)
    files.add("a/dua.bin", [b"dua"])
    assert list(files) == ["a/satu.bin", "a/dua.bin"]
    assert files["a/satu.bin"] == b"".join(long)
    assert files.size("a/satu.bin") == sum(map(len, long))
    assert files.sha256("a/dua.bin") == hashlib.sha256(b"dua").hexdigest()
    write_files(tmp_path, files)
    assert (tmp_path / "a" / "satu.bin").read_bytes() == b"".join(long)
    assert (tmp_path / "a" / "dua.bin").read_bytes() == b"dua"


def test_a_csv_in_chunks_is_the_csv_in_one_piece():
    rows = [["x" * 100, number] for number in range(5_000)]
    for profile in PROFILES.values():
        chunks = list(csv_chunks(["teks", "angka"], rows, profile))
        assert len(chunks) > 1
        assert b"".join(chunks) == render_csv(["teks", "angka"], rows, profile)
        assert b"".join(chunks).decode(profile.encoding).count("teks") == 1


def test_rendering_a_record_takes_no_more_memory_for_more_records():
    short, long = (reading_of(conversion(plan_table(plan_records() * times)), OutputOptions()) for times in (20, 400))
    assert len(long.document.tables[0].records) == 20 * len(short.document.tables[0].records)
    peaks = []
    for reading in (short, short, long):  # the first run fills caches
        tracemalloc.start()
        size = sum(len(chunk) for chunk in record_chunks(reading))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert size > 10 * peaks[2]
    assert peaks[2] <= SAME * peaks[1]


def test_rendering_a_csv_takes_no_more_memory_for_more_rows():
    peaks = []
    for count in (20_000, 200_000):
        tracemalloc.start()
        for _ in csv_chunks(["a", "b"], ((finding().code, number) for number in range(count)), PLAIN):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] <= SAME * peaks[0]


def parts_of(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_a_workbook_whose_cells_were_packed_is_the_workbook_made_in_memory(monkeypatch):
    read = conversion(plan_table(plan_records() * 40)).document
    made = []
    for limit in (0, 10_000):
        monkeypatch.setattr(workbook, "IN_MEMORY_RECORDS", limit)
        made.append(parts_of(b"".join(workbook.workbook_chunks(read, (), ()))))
    assert made[0] == made[1]


def test_the_sheets_of_a_long_document_hold_the_cells_of_few_rows(monkeypatch):
    held = []

    def closed(book):
        held.append([len(sheet.table) for sheet in book.worksheets()])
        close(book)

    close = workbook.LongWorkbook.close
    monkeypatch.setattr(workbook.LongWorkbook, "close", closed)
    monkeypatch.setattr(workbook, "IN_MEMORY_RECORDS", 0)
    read = conversion(plan_table(plan_records() * 40)).document
    assert sum(1 for _ in workbook.workbook_chunks(read, (), ()))
    assert len(read.tables[0].records) > ROWS_AT_HAND
    assert max(held[0]) <= ROWS_AT_HAND


def test_the_flat_rows_of_a_long_document_are_not_held_together(monkeypatch):
    alive = []

    def watched(document):
        for row in flat_rows(document):
            alive.append(sum(isinstance(item, FlatRow) for item in gc.get_objects()))
            yield row

    flat_rows = data_sheet.flat_rows
    monkeypatch.setattr(data_sheet, "flat_rows", watched)
    read = conversion(plan_table(plan_records() * 10)).document
    assert sum(1 for _ in workbook.workbook_chunks(read, (), ()))
    assert len(alive) > 20
    assert max(alive) <= 3


def test_the_sheets_of_a_long_document_are_gone_when_its_other_files_are_written(monkeypatch):
    made = []

    def closed(book):
        made.append(weakref.ref(book))
        close(book)

    close = workbook.LongWorkbook.close
    monkeypatch.setattr(workbook.LongWorkbook, "close", closed)
    monkeypatch.setattr(workbook, "IN_MEMORY_RECORDS", 0)
    assert next(workbook.workbook_chunks(conversion().document, (), ()))
    assert made[0]() is None
