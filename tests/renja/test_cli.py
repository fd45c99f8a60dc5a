import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from renja.cli import COMMANDS, run
from renja.exit_codes import ExitCode

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "renja-contoh.pdf"


@pytest.fixture
def prose(tmp_path) -> Path:
    path = tmp_path / "prosa.pdf"
    canvas = Canvas(str(path), invariant=1)
    canvas.drawString(72, 720, "Bab I Pendahuluan, tanpa tabel apa pun.")
    canvas.save()
    return path


def encrypted(path: Path) -> Path:
    canvas = Canvas(str(path), encrypt="rahasia")
    canvas.drawString(72, 720, "rahasia")
    canvas.save()
    return path


def truncated(path: Path) -> Path:
    canvas = Canvas(str(path), invariant=1)
    for _ in range(30):
        canvas.drawString(72, 720, "terpotong")
        canvas.showPage()
    canvas.save()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    return path


def holding(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


BAD_INPUTS = {
    "missing": (lambda p: p, ExitCode.INPUT_UNREADABLE),
    "empty": (lambda p: holding(p, b""), ExitCode.EMPTY_FILE),
    "not a pdf": (lambda p: holding(p, b"PK\x03\x04 word"), ExitCode.NOT_A_PDF),
    "encrypted": (encrypted, ExitCode.ENCRYPTED_PDF),
    "truncated": (truncated, ExitCode.TRUNCATED_PDF),
}


@pytest.mark.parametrize(("make", "code"), BAD_INPUTS.values(), ids=BAD_INPUTS.keys())
@pytest.mark.parametrize("command", ["convert", "inspect"])
def test_bad_input_has_its_own_code_one_message_and_no_output(tmp_path, capsys, command, make, code):
    path = make(tmp_path / "masukan.pdf")
    out = tmp_path / "out"
    arguments = [command, str(path)] + (["-o", str(out)] if command == "convert" else [])
    assert run(arguments) == code
    said = capsys.readouterr().err
    assert str(path) in said
    assert "->" in said
    assert "Traceback" not in said
    assert len(said.splitlines()) == 2
    assert not out.exists()


def test_every_failure_has_a_code_of_its_own():
    codes = [code for _, code in BAD_INPUTS.values()]
    assert len(set(codes)) == len(codes)
    assert len({int(code) for code in ExitCode}) == len(list(ExitCode))


def test_a_document_without_known_tables_gets_a_manifest_and_says_so(tmp_path, capsys, prose):
    out = tmp_path / "out"
    assert run(["convert", str(prose), "-o", str(out)]) == ExitCode.NO_KNOWN_TABLE
    manifest = json.loads((out / "prosa" / "manifest.json").read_text())
    assert [page["number"] for page in manifest["pages"]] == [1]
    assert manifest["tables"] == []
    assert not (out / "prosa.xlsx").exists()
    assert "no table of a known kind" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["convert", "inspect"])
def test_pages_the_document_does_not_have_are_a_usage_error(tmp_path, capsys, prose, command):
    out = tmp_path / "out"
    arguments = [command, str(prose), "--pages", "7-9"] + (["-o", str(out)] if command == "convert" else [])
    assert run(arguments) == ExitCode.USAGE
    assert "no page 7-9" in capsys.readouterr().err
    assert not out.exists()


def test_a_kind_that_was_asked_for_and_is_not_there_is_named(tmp_path, capsys):
    path = first_table_page(tmp_path)
    assert run(["inspect", str(path), "--tables", "iv_2"]) == ExitCode.NO_KNOWN_TABLE
    assert "iv_2" in capsys.readouterr().err


def test_an_output_folder_that_is_a_file_is_refused_before_reading(tmp_path, capsys, prose):
    out = tmp_path / "out"
    out.write_text("x")
    assert run(["convert", str(prose), "-o", str(out / "lebih" / "dalam")]) == ExitCode.OUTPUT_NOT_WRITABLE
    assert str(out) in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["convert"],
        ["convert", "a.pdf"],
        ["convert", "a.pdf", "-o", "out", "--pages", "0"],
        ["convert", "a.pdf", "-o", "out", "--tables", "tidak_ada"],
        ["convert", "a.pdf", "-o", "out", "--format", "docx"],
        ["convert", "a.pdf", "-o", "out", "--dpi", "7"],
        ["convrt"],
    ],
)
def test_a_wrong_command_line_is_a_usage_error(arguments, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == ExitCode.USAGE
    assert "Error:" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_unknown_schema_key_says_where_to_look(capsys):
    assert run(["schema", "show", "tidak_ada"]) == ExitCode.SCHEMA_INVALID
    assert "renja schema list" in capsys.readouterr().err


def test_a_broken_schema_folder_names_its_file(tmp_path, capsys):
    holding(tmp_path / "rusak.yaml", b"name: [")
    assert run(["schema", "list", "--schema-dir", str(tmp_path)]) == ExitCode.SCHEMA_INVALID
    assert "rusak.yaml" in capsys.readouterr().err


def test_a_broken_schema_folder_is_told_before_any_document_is_read(tmp_path, capsys):
    holding(tmp_path / "rusak.yaml", b"name: [")
    out = tmp_path / "out"
    assert run(["convert", str(SAMPLE), "-o", str(out), "--schema-dir", str(tmp_path)]) == ExitCode.SCHEMA_INVALID
    assert "rusak.yaml" in capsys.readouterr().err
    assert not out.exists()


def test_schema_list_and_show_print_the_declared_kinds(capsys):
    assert run(["schema", "list"]) == ExitCode.OK
    assert "iii_1" in capsys.readouterr().out
    assert run(["schema", "show", "iii_1"]) == ExitCode.OK
    assert "pagu_indikatif" in capsys.readouterr().out


def test_the_help_of_the_group_names_every_command_module():
    modules = {path.stem for path in (ROOT / "renja" / "commands").glob("*.py")} - {"__init__"}
    assert modules == set(COMMANDS)


def first_table_page(tmp_path) -> Path:
    """Return a one-page PDF cut from the sample, so that a real conversion stays quick."""
    with pypdfium2.PdfDocument(SAMPLE) as document:
        last = len(document)
        part = pypdfium2.PdfDocument.new()
        part.import_pages(document, [last - 1])
        buffer = io.BytesIO()
        part.save(buffer)
    return holding(tmp_path / "satu.pdf", buffer.getvalue())


def test_a_real_page_becomes_the_same_files_twice(tmp_path, capsys):
    path = first_table_page(tmp_path)
    written = []
    for out in (tmp_path / "a", tmp_path / "b"):
        assert run(["convert", str(path), "-o", str(out)]) == ExitCode.OK
        files = {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}
        for timed in ("satu/manifest.json", ".renja/results/satu.json"):  # hold the seconds
            files.pop(timed)
        written.append(files)
    assert written[0] == written[1]
    assert "satu.xlsx" in written[0]
    assert "1 table, " in capsys.readouterr().out


def test_inspect_writes_nothing_and_names_table_and_page(tmp_path, capsys):
    path = first_table_page(tmp_path)
    assert run(["inspect", str(path)]) == ExitCode.OK
    said = capsys.readouterr().out
    assert "p. 1" in said
    assert "sure" in said
    assert [p.name for p in tmp_path.iterdir()] == ["satu.pdf"]


def test_every_file_is_tried_and_the_first_failure_gives_the_code(tmp_path, capsys):
    good = first_table_page(tmp_path)
    bad = [holding(tmp_path / "kosong.pdf", b""), holding(tmp_path / "lain.pdf", b"x")]
    out = tmp_path / "out"
    assert run(["convert", str(bad[0]), str(good), str(bad[1]), "-o", str(out)]) == ExitCode.EMPTY_FILE
    assert (out / "satu.xlsx").exists()
    said = capsys.readouterr().err
    assert all(str(path) in said for path in bad)


def test_files_of_one_name_from_two_folders_do_not_overwrite_each_other(tmp_path):
    first = first_table_page(tmp_path)
    (tmp_path / "lain").mkdir()
    second = holding(tmp_path / "lain" / first.name, first.read_bytes())
    out = tmp_path / "out"
    assert run(["convert", str(first), str(second), "-o", str(out)]) == ExitCode.OK
    assert sorted(p.name for p in out.glob("satu*")) == ["satu", "satu-2", "satu-2.xlsx", "satu.xlsx"]


def test_the_installed_command_shows_help_quickly_and_version():
    command = Path(sys.executable).parent / "renja"
    started = time.perf_counter()
    shown = subprocess.run([command, "--help"], capture_output=True, text=True, check=True)
    elapsed = time.perf_counter() - started
    assert all(name in shown.stdout for name in COMMANDS)
    assert elapsed < 2, "the 0.3 s promise, with room for a busy machine"
    assert subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout.startswith("renja")


def test_help_imports_no_reader():
    heavy = ("pdfplumber", "pypdfium2", "numpy", "pandas", "xlsxwriter", "openpyxl", "camelot", "onnxruntime")
    code = (
        "import sys; from renja.cli import cli; cli.main(['--help'], standalone_mode=False); "
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert shown.stdout.splitlines()[-1] == "[]"
