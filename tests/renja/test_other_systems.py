"""What other systems lack is simulated here: no machine of theirs has been at hand."""

import os
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest
from runs import ROOT

from export import atomic
from export.errors import OutputNotWritableError
from renja.batch import isolation, process_limits, run_lock


def test_windows_has_no_resource_limits_and_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "resource", None)  # importing it would raise
    monkeypatch.setattr(sys, "platform", "win32")
    process_limits.limit_memory(512)
    process_limits.allow_cpu(1)
    assert "--memory is not enforced" in process_limits.limits_notice()


def test_macos_limits_computing_time_and_core_dumps_but_not_memory(monkeypatch):
    limited = []
    usage = SimpleNamespace(ru_utime=2.0, ru_stime=1.0)
    monkeypatch.setitem(
        sys.modules,
        "resource",
        SimpleNamespace(
            RLIMIT_CORE="core", RLIMIT_CPU="cpu", RLIM_INFINITY=-1, RUSAGE_SELF=0,
            getrusage=lambda _: usage, getrlimit=lambda _: (-1, -1),
            setrlimit=lambda what, limits: limited.append((what, limits)),
        ),
    )  # fmt: skip
    monkeypatch.setattr(sys, "platform", "darwin")
    process_limits.limit_memory(512)
    process_limits.allow_cpu(60)
    assert limited == [("core", (0, 0)), ("cpu", (3 + 60 + process_limits.CPU_GRACE_SECONDS, -1))]
    assert "--memory is not enforced" in process_limits.limits_notice()


@pytest.mark.parametrize("code", [1, 0xC0000005, 3])
def test_the_exit_codes_of_windows_are_no_signals_and_are_told_as_they_are(code):
    cause = isolation._cause(code)
    assert str(code) in cause.reason
    assert not cause.certain


def test_signals_a_system_does_not_know_are_told_by_number(monkeypatch):
    def unknown(number: int) -> signal.Signals:
        raise ValueError(number)

    monkeypatch.setattr(isolation.signal, "Signals", unknown)
    assert "-24" in isolation._cause(-24).reason


def test_a_lock_file_that_cannot_be_removed_while_it_is_open_stays_without_harm(tmp_path, monkeypatch):
    really = type(tmp_path).unlink

    def refuse(path, *, missing_ok=False):
        if path.name == run_lock.LOCK_FILE:
            raise PermissionError(13, "used by another process", str(path))
        really(path, missing_ok=missing_ok)

    monkeypatch.setattr(type(tmp_path), "unlink", refuse)
    for _ in range(2):
        with run_lock.locked_output(tmp_path / "out") as state:
            assert state.is_dir()


def test_a_workbook_open_in_excel_is_named_and_no_staged_file_is_left(tmp_path, monkeypatch):
    def refuse(_path, target):
        raise PermissionError(13, "used by another process", str(target))

    monkeypatch.setattr(type(tmp_path), "replace", refuse)
    with pytest.raises(OutputNotWritableError, match=r"a\.xlsx.*used by another process"):
        atomic.write_files(tmp_path, {"a.xlsx": b"1"})
    assert list(tmp_path.iterdir()) == []


def test_a_code_page_that_lacks_letters_does_not_stop_the_command():
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "renja", "convert", "tidak-ada-\u2265.pdf", "-o", "out"]
    told = subprocess.run(command, capture_output=True, env=environment, check=False, cwd=ROOT)
    assert "tidak-ada-\u2265.pdf" in told.stderr.decode("utf-8")
    assert b"Traceback" not in told.stderr
