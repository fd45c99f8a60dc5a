"""Which files the arguments of a run name."""

import pytest

from renja.batch.inputs import expand_inputs
from renja.cli import run
from renja.exit_codes import ExitCode


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
