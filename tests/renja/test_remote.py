"""Inputs and outputs behind URLs give the bytes of a local run; what goes wrong there is named with what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from runs import ROOT, SAMPLE, local_files, remote_files, timeless

from renja.batch import batch
from renja.batch.outcome import Outcome, Status
from renja.batch.publish import publish, record_name
from renja.batch.result_record import ResultRecord, render_record, write_record
from renja.cli import run
from renja.exit_codes import ExitCode
from renja.failures import InputTooLargeError, OutputLockedError, RemoteOutputError
from renja.remote import fetch as fetching
from renja.remote import lease
from renja.remote.address import RemoteAddress, location
from renja.remote.folder import RemoteFolder

fsspec = pytest.importorskip("fsspec", reason="comes with the extra `remote`")


@pytest.fixture
def memory():
    """Return fsspec's memory, empty."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    yield system
    system.store.clear()


@pytest.mark.parametrize(
    ("url", "told", "name"),
    [
        ("s3://ember/a/Renja Dinas.pdf", "s3://ember/a/Renja Dinas.pdf", "Renja Dinas.pdf"),
        ("https://u:rahasia@host/a%20b.pdf?X-Amz-Signature=rahasia", "https://host/a%20b.pdf", "a b.pdf"),
        ("ftp://u:rahasia@host/a.pdf", "ftp://host/a.pdf", "a.pdf"),
        ("s3://ember/..", "s3://ember/..", "dokumen.pdf"),
        ("https://host/..%2f..%2fjahat.pdf", "https://host/..%2f..%2fjahat.pdf", "jahat.pdf"),
        ("s3://ember/" + "p" * 300 + ".pdf", "s3://ember/" + "p" * 300 + ".pdf", "p" * 196 + ".pdf"),
    ],
)
def test_an_address_tells_no_secret_and_its_copy_has_a_safe_name(url, told, name):
    address = location(url)
    assert isinstance(address, RemoteAddress)
    assert str(address) == os.fspath(address) == told
    assert "rahasia" not in repr(address)
    assert address.private_name == name


@pytest.mark.parametrize(
    ("text", "path"),
    [("file:///a/b%20c.pdf", "/a/b c.pdf"), ("C:/a.pdf", "C:/a.pdf"), ("a.pdf", "a.pdf"), ("@a", "@a")],
)
@pytest.mark.skipif(sys.platform == "win32", reason="paths of other systems")
def test_file_urls_and_drives_are_paths(text, path):
    assert location(text) == Path(path)


def test_local_folders_import_nothing_of_fsspec(tmp_path, page):
    (tmp_path / "a.pdf").write_bytes(page)
    code = (
        "import sys\nfrom renja.cli import run\n"
        f"assert run(['convert', 'a.pdf', '-o', {(tmp_path / 'out').as_uri()!r}]) == 0\n"
        "assert not {'fsspec', 's3fs', 'botocore'} & set(sys.modules)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "out" / "a.xlsx").exists()


def test_a_remote_run_writes_the_bytes_of_a_local_one_and_a_second_run_does_nothing(tmp_path, memory, page, capsys):
    for folder in ("satu", "dua"):  # two documents of one name
        memory.pipe_file(f"/masuk/{folder}/a.pdf", page + folder.encode())
        (tmp_path / "masuk" / folder).mkdir(parents=True)
        (tmp_path / "masuk" / folder / "a.pdf").write_bytes(page + folder.encode())
    memory.pipe_file("/masuk/.tersembunyi/b.pdf", page)
    memory.pipe_file("/masuk/catatan.txt", b"")
    assert run(["convert", str(tmp_path / "masuk"), "-o", str(tmp_path / "out"), "--jobs", "2"]) == ExitCode.OK
    command = ["convert", "memory://masuk", "-o", "memory://hasil/2026", "--jobs", "2"]
    assert run(command) == ExitCode.OK
    first = remote_files(memory, "memory://hasil/2026")
    assert timeless(first) == timeless(local_files(tmp_path / "out"))
    assert "batch.csv" in first
    assert ".renja/lock" not in first
    capsys.readouterr()
    assert run(command) == ExitCode.OK
    told = capsys.readouterr().out
    assert told.count("current, not converted again") == 2
    assert "memory://hasil/2026/a.xlsx" in told
    assert timeless(remote_files(memory, "memory://hasil/2026")) == timeless(first)


def test_pages_of_one_remote_document_are_shared_out_on_this_machine(tmp_path, memory):
    with pypdfium2.PdfDocument(SAMPLE) as document, pypdfium2.PdfDocument.new() as part:
        part.import_pages(document, [8, 9, 10])
        part.save(tmp_path / "a.pdf")
    memory.pipe_file("/masuk/a.pdf", (tmp_path / "a.pdf").read_bytes())
    assert run(["convert", str(tmp_path / "a.pdf"), "-o", str(tmp_path / "out")]) == ExitCode.OK
    assert run(["convert", "memory://masuk/a.pdf", "-o", "memory://hasil", "--jobs", "2"]) == ExitCode.OK
    assert timeless(remote_files(memory, "memory://hasil")) == timeless(local_files(tmp_path / "out"))


def test_remote_patterns_and_local_outputs_and_local_inputs_and_remote_outputs_mix(tmp_path, memory, page):
    memory.pipe_file("/masuk/a.pdf", page)
    (tmp_path / "b.pdf").write_bytes(page)
    assert run(["convert", "memory://masuk/*.pdf", "-o", str(tmp_path / "out")]) == ExitCode.OK
    assert (tmp_path / "out" / "a.xlsx").exists()
    assert run(["convert", str(tmp_path / "b.pdf"), "-o", "memory://hasil"]) == ExitCode.OK
    assert memory.exists("/hasil/b/manifest.json")


def test_a_remote_output_edited_by_hand_is_not_overwritten_without_force(memory, page):
    memory.pipe_file("/masuk/a.pdf", page)
    command = ["convert", "memory://masuk/a.pdf", "-o", "memory://hasil"]
    assert run([*command, "--raw"]) == ExitCode.OK
    assert memory.exists("/hasil/a/mentah.json")
    memory.pipe_file("/hasil/a.xlsx", b"disunting")
    assert run(command) == ExitCode.OUTPUT_EDITED
    assert memory.cat_file("/hasil/a.xlsx") == b"disunting"
    assert run([*command, "--force"]) == ExitCode.OK
    assert memory.cat_file("/hasil/a.xlsx") != b"disunting"
    assert not memory.exists("/hasil/a/mentah.json"), "what the earlier run wrote beyond this one is gone"


def test_failed_remote_documents_are_told_by_their_address(memory, page, capsys):
    memory.pipe_file("/masuk/a.pdf", b"PK")
    memory.pipe_file("/masuk/b.pdf", page)
    assert run(["convert", "memory://masuk", "memory://tidak-ada.pdf", "-o", "memory://hasil"]) == ExitCode.NOT_A_PDF
    said = capsys.readouterr().err
    assert "memory://masuk/a.pdf: is not a PDF" in said or "memory:///masuk/a.pdf: is not a PDF" in said
    assert "memory://tidak-ada.pdf: cannot be read (there is no such bucket, folder or file)" in said
    report = memory.cat_file("/hasil/batch.csv").decode()
    assert "renja-" not in report, "no copy of ours is named"
    assert report.count("gagal") == 2
    assert report.count("selesai") == 1


def test_a_remote_folder_without_pdfs_is_an_input_error(memory):
    memory.pipe_file("/masuk/catatan.txt", b"x")
    assert run(["convert", "memory://masuk", "-o", "memory://hasil"]) == ExitCode.INPUT_UNREADABLE


def test_a_remote_file_that_never_ends_is_cut_off_at_the_limit(tmp_path, memory, monkeypatch):
    memory.pipe_file("/a.pdf", b"x" * 3000)
    monkeypatch.setattr(fetching, "MAX_FILE_BYTES", 2000)
    monkeypatch.setattr(fetching, "CHUNK_BYTES", 500)
    with pytest.raises(InputTooLargeError):
        fetching.fetch(RemoteAddress("memory://a.pdf"), tmp_path)
    assert (tmp_path / "a.pdf").stat().st_size <= 2000


def test_a_missing_extra_is_named(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert run(["convert", "s3://ember/a.pdf", "-o", "out"]) == ExitCode.INPUT_UNREADABLE
    assert "pip install 'renja-tables[remote]'" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["entah://ember/a.pdf", "https://host/a"])
def test_an_output_address_that_cannot_be_written_is_refused_before_reading(tmp_path, capsys, page, url):
    (tmp_path / "a.pdf").write_bytes(page)
    assert run(["convert", str(tmp_path / "a.pdf"), "-o", url]) == ExitCode.OUTPUT_NOT_WRITABLE
    assert url in capsys.readouterr().err


def test_fail_fast_leaves_fetched_documents_alone(memory, page, monkeypatch):
    monkeypatch.setattr(batch, "QUEUED_PER_SLOT", 4)
    memory.pipe_file("/masuk/a.pdf", b"PK")
    for name in "bcdefgh":
        memory.pipe_file(f"/masuk/{name}.pdf", page + name.encode())
    assert run(["convert", "memory://masuk", "-o", "memory://hasil", "--fail-fast"]) == ExitCode.NOT_A_PDF
    assert memory.cat_file("/hasil/batch.csv").decode().strip().splitlines()[-1].split(",")[2] == "belum dikerjakan"


class TestUnfinished:
    """A run whose connection broke between two uploads."""

    @pytest.fixture
    def written(self, tmp_path) -> Path:
        outcome = Outcome(Status.CONVERTED, "a")
        files = {"a.xlsx": b"buku", "a/temuan.csv": b"t", "a/manifest.json": b"{}"}
        for name, data in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(data)
        digests = dict.fromkeys(files, "0" * 64)
        write_record(tmp_path / ".renja", ResultRecord("a", "1" * 64, "k", True, digests, (), outcome))
        return tmp_path

    @pytest.mark.usefixtures("memory")
    def test_the_manifest_comes_last_and_only_then_the_record_is_closed(self, written, monkeypatch):
        order = []
        really = RemoteFolder.write
        monkeypatch.setattr(
            RemoteFolder, "write", lambda self, name, data: (order.append((name, data)), really(self, name, data))[1]
        )
        publish(RemoteAddress("memory://hasil"), written, written / ".renja", ["a/lama.csv", "a.xlsx"])
        names = [name for name, _ in order]
        assert names[0] == names[-1] == record_name("a")
        assert names[-2] == "a/manifest.json"
        assert json.loads(order[0][1])["complete"] is False
        assert json.loads(order[0][1])["stale"] == ["a/lama.csv"]
        assert json.loads(order[-1][1])["complete"] is True

    def test_the_next_run_takes_back_what_was_uploaded_and_converts_again_under_the_same_name(
        self, memory, page, monkeypatch
    ):
        memory.pipe_file("/masuk/a.pdf", page)
        command = ["convert", "memory://masuk/a.pdf", "-o", "memory://hasil"]
        really = RemoteFolder.write

        def cut_off(self: RemoteFolder, name: str, data: bytes) -> None:
            if name.endswith("manifest.json"):
                raise RemoteOutputError("memory://hasil", "the connection failed", "Check the network.")
            really(self, name, data)

        with monkeypatch.context() as broken:
            broken.setattr(RemoteFolder, "write", cut_off)
            assert run(command) == ExitCode.OUTPUT_NOT_WRITABLE
        assert memory.exists("/hasil/a.xlsx")
        assert not memory.exists("/hasil/a/manifest.json")
        assert run(command) == ExitCode.OK
        assert memory.exists("/hasil/a/manifest.json")
        assert not memory.exists("/hasil/a-2")

    def test_a_record_of_outputs_that_are_gone_is_removed(self, memory, page):
        memory.pipe_file("/masuk/a.pdf", page)
        record = ResultRecord("b", "1" * 64, "k", False, {"b.xlsx": "0" * 64}, (), Outcome(Status.CONVERTED, "b"))
        memory.pipe_file("/hasil/.renja/results/b.json", render_record(record))
        assert run(["convert", "memory://masuk/a.pdf", "-o", "memory://hasil"]) == ExitCode.OK
        assert not memory.exists("/hasil/.renja/results/b.json")


class TestLease:
    """The lock over a remote folder."""

    @pytest.fixture
    def folder(self, memory) -> RemoteFolder:  # noqa: ARG002 - emptied
        return RemoteFolder(RemoteAddress("memory://hasil"))

    def test_a_second_run_is_refused_and_told_who_writes(self, folder, page, memory, capsys):
        memory.pipe_file("/masuk/a.pdf", page)
        with lease.leased(folder, ".renja/lock"):
            assert run(["convert", "memory://masuk/a.pdf", "-o", "memory://hasil"]) == ExitCode.OUTPUT_LOCKED
            assert f"process {os.getpid()}" in capsys.readouterr().err
        assert run(["convert", "memory://masuk/a.pdf", "-o", "memory://hasil"]) == ExitCode.OK

    def test_a_lock_left_behind_is_taken_over_after_its_time(self, folder, monkeypatch):
        lease.Lease(folder, "kunci").take()
        with pytest.raises(OutputLockedError):
            lease.Lease(folder, "kunci").take()
        monkeypatch.setattr(lease, "LEASE_SECONDS", 0.0)
        heir = lease.Lease(folder, "kunci")
        heir.take()
        assert heir.token in (folder.read("kunci") or b"").decode()

    def test_a_holder_whose_lock_was_taken_over_stops_and_does_not_remove_it(self, folder, monkeypatch):
        first = lease.Lease(folder, "kunci")
        first.take()
        monkeypatch.setattr(lease, "LEASE_SECONDS", 0.0)
        lease.Lease(folder, "kunci").take()
        first.renew()
        with pytest.raises(OutputLockedError):
            first.check()
        first.drop()
        assert folder.read("kunci") is not None

    def test_a_renewed_lock_is_held(self, folder):
        mine = lease.Lease(folder, "kunci")
        mine.take()
        before = folder.read("kunci")
        mine.renew()
        mine.check()
        assert folder.read("kunci") != before

    def test_damage_to_the_lock_file_counts_as_left_behind(self, folder):
        folder.write("kunci", b"[rusak")
        lease.Lease(folder, "kunci").take()


def test_names_in_a_strangers_bucket_do_not_leave_the_private_folder(tmp_path, memory):
    memory.pipe_file("/hasil/a/baik.csv", b"1")
    folder = RemoteFolder(RemoteAddress("memory://hasil"))
    folder._system.store["/hasil/a/..\\jahat.csv"] = folder._system.store["/hasil/a/baik.csv"]
    folder.copy(["a"], tmp_path / "sini")
    assert list(local_files(tmp_path)) == ["sini/a/baik.csv"]
