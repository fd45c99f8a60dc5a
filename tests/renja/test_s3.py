"""The same over a server that speaks S3, on this machine."""

import logging
import os
import urllib.request

import pytest
from runs import dask_cluster, local_files, remote_files, timeless

from renja.cli import run
from renja.exit_codes import ExitCode


@pytest.fixture(scope="module")
def endpoint():
    server = pytest.importorskip("moto.server", reason="comes with the extra `dev`")
    pytest.importorskip("s3fs", reason="comes with the extra `remote`")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def s3(endpoint, monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "kunci")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "rahasia")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    s3fs = pytest.importorskip("s3fs")
    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem()
    system.mkdir("ember")
    yield system
    system.rm("ember", recursive=True)
    s3fs.S3FileSystem.clear_instance_cache()


def test_a_bucket_gives_the_bytes_of_a_local_run_and_is_current_afterwards(tmp_path, s3, page, capsys):
    (tmp_path / "masuk").mkdir()
    for name in ("a", "b dengan spasi"):
        data = page + name.encode()
        (tmp_path / "masuk" / f"{name}.pdf").write_bytes(data)
        s3.pipe_file(f"ember/masuk/{name}.pdf", data)
    assert run(["convert", str(tmp_path / "masuk"), "-o", str(tmp_path / "out")]) == ExitCode.OK
    command = ["convert", "s3://ember/masuk", "-o", "s3://ember/hasil", "--jobs", "2"]
    assert run(command) == ExitCode.OK, capsys.readouterr().err
    first = remote_files(s3, "s3://ember/hasil")
    assert timeless(first) == timeless(local_files(tmp_path / "out"))
    assert ".renja/lock" not in first
    capsys.readouterr()
    assert run(command) == ExitCode.OK
    assert capsys.readouterr().out.count("current, not converted again") == 2
    s3.rm_file("ember/hasil/a/temuan.csv")
    assert run(command) == ExitCode.OK
    assert timeless(remote_files(s3, "s3://ember/hasil")) == timeless(first)


@pytest.mark.parametrize("place", ["input", "output"])
@pytest.mark.usefixtures("s3")
def test_a_bucket_that_does_not_exist_is_named(tmp_path, page, capsys, place):
    (tmp_path / "a.pdf").write_bytes(page)
    given = ("s3://tiada/a.pdf", str(tmp_path / "out")) if place == "input" else ("a.pdf", "s3://tiada/hasil")
    source = given[0] if place == "input" else str(tmp_path / "a.pdf")
    code = run(["convert", source, "-o", given[1]])
    assert code == (ExitCode.INPUT_UNREADABLE if place == "input" else ExitCode.OUTPUT_NOT_WRITABLE)
    said = capsys.readouterr().err
    assert "s3://tiada/" in said
    assert "no such bucket" in said
    assert "Check the address" in said


def test_missing_credentials_are_named(s3, monkeypatch, capsys):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    type(s3).clear_instance_cache()
    assert run(["convert", "s3://ember/a.pdf", "-o", "s3://ember/hasil"]) == ExitCode.INPUT_UNREADABLE
    said = capsys.readouterr().err
    assert "no credentials were found" in said
    assert "AWS_ACCESS_KEY_ID" in said


@pytest.fixture
def deny_after(endpoint):
    """Return a function after which the server grants so many requests and denies all others."""

    def ask(requests: str) -> None:
        request = urllib.request.Request(  # noqa: S310 - http
            f"{endpoint}/moto-api/reset-auth", requests.encode(), {"Content-Type": "text/plain"}
        )
        urllib.request.urlopen(request).close()  # noqa: S310 - as above

    yield lambda number: ask(str(number))
    ask("inf")


def test_denied_access_is_named(s3, tmp_path, page, capsys, deny_after):
    s3.pipe_file("ember/masuk/a.pdf", page)
    (tmp_path / "a.pdf").write_bytes(page)
    deny_after(0)
    assert run(["convert", "s3://ember/masuk/a.pdf", "-o", str(tmp_path / "out")]) == ExitCode.INPUT_UNREADABLE
    assert run(["convert", str(tmp_path / "a.pdf"), "-o", "s3://ember/hasil"]) == ExitCode.OUTPUT_NOT_WRITABLE
    said = capsys.readouterr().err
    assert said.count("access was denied") == 2
    assert said.count("what they may do there") == 2
    deny_after("inf")


@pytest.mark.parametrize("granted", [4, 8, 12])
def test_a_run_that_loses_its_rights_on_the_way_fails_and_goes_on_later(
    s3, tmp_path, page, capsys, deny_after, granted
):
    (tmp_path / "a.pdf").write_bytes(page)
    command = ["convert", str(tmp_path / "a.pdf"), "-o", "s3://ember/hasil"]
    deny_after(granted)
    assert run(command) == ExitCode.OUTPUT_NOT_WRITABLE
    assert "access was denied" in capsys.readouterr().err
    deny_after("inf")
    s3.rm_file("ember/hasil/.renja/lock")  # it would run out by itself
    assert run(command) == ExitCode.OK
    assert run(["convert", str(tmp_path / "a.pdf"), "-o", str(tmp_path / "out")]) == ExitCode.OK
    assert timeless(remote_files(s3, "s3://ember/hasil")) == timeless(local_files(tmp_path / "out"))


def test_a_server_that_does_not_answer_is_named_with_the_way_on(s3, monkeypatch, capsys):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    type(s3).clear_instance_cache()
    monkeypatch.setattr(type(s3), "retries", 1)
    assert run(["convert", "s3://ember/a.pdf", "-o", "s3://ember/hasil"]) == ExitCode.INPUT_UNREADABLE
    said = capsys.readouterr().err
    assert "the connection failed" in said
    assert "AWS_ENDPOINT_URL" in said


@pytest.mark.slow
def test_a_cluster_reads_and_writes_a_bucket_with_the_same_bytes(tmp_path, s3, page):
    pytest.importorskip("distributed", reason="comes with the extra `cluster`")
    (tmp_path / "masuk").mkdir()
    for name in "abcd":
        (tmp_path / "masuk" / f"{name}.pdf").write_bytes(page + name.encode())
        s3.pipe_file(f"ember/masuk/{name}.pdf", page + name.encode())
    assert run(["convert", str(tmp_path / "masuk"), "-o", str(tmp_path / "out")]) == ExitCode.OK
    with dask_cluster(tmp_path, workers=2) as (address, _):
        command = ["convert", "s3://ember/masuk", "-o", "s3://ember/hasil", "--executor", "dask"]
        assert run([*command, "--scheduler", address]) == ExitCode.OK
    assert timeless(remote_files(s3, "s3://ember/hasil")) == timeless(local_files(tmp_path / "out"))
