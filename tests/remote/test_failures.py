"""What cannot be used at a URL is told in a line, and nothing secret with it."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from briefing_lib.errors import SourcesNotFound, UrlUnavailable
from briefing_lib.reading import origin_at, read_sources, state_of
from remote import ROOT, SECRET, a_server


@pytest.mark.parametrize(
    ("url", "error", "said"),
    [
        ("az://container/folder", UrlUnavailable, "cannot be used: Install adlfs"),
        ("nosuch://there", UrlUnavailable, "Protocol not known: nosuch"),
        ("zip://a.txt::s3://bucket/a.zip", UrlUnavailable, "a chain of URLs"),
        ("s3://", UrlUnavailable, "names nothing"),
        ("file://elsewhere/folder", UrlUnavailable, "a file of another machine"),
        ("file:///no/such/folder", SourcesNotFound, "there is no folder or file"),
        ("memory://nothing/there", SourcesNotFound, "there is nothing at 'memory://nothing/there'"),
        ("http://127.0.0.1:9/folder/", UrlUnavailable, "nothing answers there; is the address right"),
        ("http://127.0.0.1:9/folder/a.txt", UrlUnavailable, "nothing answers there; is the address right"),
        ("http://127.0.0.1:9/a\n.txt", UrlUnavailable, "control characters"),
        ("memory://", UrlUnavailable, "names nothing"),
    ],
)
def test_a_url_that_cannot_be_used_is_told_in_a_line(url: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error) as raised:
        read_sources(url)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_bucket_folder_or_document_that_is_not_there_is_told(bucket: str, gs_bucket: str) -> None:
    places = [f"{home}/no/such/{name}" for home in (bucket, gs_bucket) for name in ("folder", "document.txt")]
    for url in ("s3://no-such-bucket/folder", "gs://no-such-bucket/folder", *places):
        with pytest.raises(SourcesNotFound, match=f"there is nothing at '{url}'; give a folder of documents"):
            read_sources(url)


def test_one_document_that_is_not_there_is_skipped(web: str) -> None:
    [skipped] = read_sources(f"{web}/straits/none.txt").skipped
    assert skipped.reason == "cannot be opened: it is not there"


@pytest.mark.parametrize(
    ("answer", "said"), [(401, "access is denied; give credentials"), (403, "access is denied"), (500, "answers 500")]
)
def test_a_server_that_refuses_is_told(answer: int, said: str) -> None:
    with a_server(lambda path: (answer, "text/html", b"")) as url, pytest.raises(UrlUnavailable, match=said):
        read_sources(f"{url}/folder/")


@pytest.mark.parametrize(
    "url",
    [
        f"https://user:{SECRET}@127.0.0.1/folder/",
        f"https://{SECRET}@127.0.0.1/folder/",
        f"s3://key:{SECRET}@bucket/folder",
        f"s3://key:with/slash/{SECRET}@bucket/folder",
        f"https://127.0.0.1/folder/a.txt?X-Amz-Signature={SECRET}",
        f"https://127.0.0.1/folder/a.txt#{SECRET}",
        f"https://user:{SECRET}@127.0.0.1:x/folder",
    ],
)
def test_a_secret_in_a_url_is_refused_and_not_repeated(url: str) -> None:
    for use in (read_sources, origin_at, state_of):
        with pytest.raises(UrlUnavailable, match="leave them out: credentials go into the configuration") as raised:
            use(url)
        assert SECRET not in str(raised.value)


def test_what_a_driver_says_of_a_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it raises comes as few words of ours."""
    import fsspec

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError(f"no entry for key {SECRET}")

    monkeypatch.setattr(fsspec.get_filesystem_class("memory"), "find", refuse)
    with pytest.raises(UrlUnavailable, match="its driver gave RuntimeError") as raised:
        read_sources("memory://folder")
    assert SECRET not in str(raised.value)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_run_is_stopped_while_a_server_keeps_it_waiting(stop: signal.Signals, tmp_path: Path) -> None:
    """The server answers after more time than the test has."""
    asked, released = threading.Event(), threading.Event()

    def answer(path: str) -> tuple[int, str, bytes]:
        if path.endswith(".txt"):
            asked.set()
            released.wait(120)
        return 200, "text/html", b'<a href="a.txt">a</a> <a href="b.txt">b</a>'

    path = os.pathsep.join([str(ROOT / "tests" / "guard"), str(ROOT)])
    with a_server(answer) as url:
        command = [sys.executable, "-m", "briefing_lib.cli", "table", f"{url}/docs/"]
        run = subprocess.Popen(command, stderr=subprocess.PIPE, cwd=tmp_path, env={**os.environ, "PYTHONPATH": path})
        assert asked.wait(60)
        run.send_signal(stop)
        _, told = run.communicate(timeout=60)
        released.set()
    assert run.returncode == 128 + stop
    assert told.count(b"\n") == 1
