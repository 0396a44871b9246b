"""Sources at a URL give what the same files give on this machine, to the byte."""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_lib.errors import BadDate, SourcesNotFound, UrlUnavailable
from briefing_lib.pipeline import follow_through
from briefing_lib.presentation import to_csv, to_json
from briefing_lib.reading import content_digests, origin_at, read_sources, state_of
from briefing_lib.reading.origins import remote
from remote import ENGLISH, SECRET, a_server

KINDS = ("file", "memory", "http", "s3")
DAY = date(2021, 12, 31)
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_STORE", "off")


@pytest.mark.parametrize("at_url", KINDS, indirect=True)
def test_records_skipped_reasons_and_table_are_those_of_a_folder(at_url: str, straits: Path) -> None:
    here, there = read_sources(straits), read_sources(at_url)
    assert there == here
    skipped = {"records.jsonl, line 3", "large.txt", "empty.txt", "picture.png", "orphan.toml"}
    assert {one.path for one in here.skipped} == skipped
    assert len(here.documents) == 6
    mine, theirs = (follow_through(place, as_of=DAY) for place in (straits, at_url))
    assert (to_csv(theirs), to_json(theirs)) == (to_csv(mine), to_json(mine))
    assert len(mine.cases) == 3


@pytest.mark.parametrize("at_url", KINDS, indirect=True)
def test_what_is_in_the_record_of_a_run_is_what_a_folder_gives(at_url: str, straits: Path) -> None:
    """But for a remote file over the limit, which is not fetched to be hashed."""
    unread = {} if at_url.startswith("file") else {"large.txt": ""}
    assert content_digests(at_url) == content_digests(straits) | unread


@pytest.mark.parametrize("at_url", KINDS, indirect=True)
@pytest.mark.parametrize("name", ["report.md", "records.jsonl", "page.html"])
def test_one_document_is_read_with_what_stands_beside_it(at_url: str, straits: Path, name: str) -> None:
    here, there = read_sources(straits / name), read_sources(f"{at_url.rstrip('/')}/{name}")
    assert there == here
    assert here.documents


@pytest.mark.parametrize("at_url", ["memory", "http", "s3"], indirect=True)
def test_decisions_at_a_url_are_applied_and_none_is_added_there(at_url: str, straits: Path) -> None:
    import fsspec

    from briefing_lib.assessment.deciding import Signature, decide
    from briefing_lib.assessment.decisions import BadDecisions, add_decision
    from briefing_lib.models import DecisionKind

    found = follow_through(straits, as_of=DAY)
    signed = Signature("A. Analyst", datetime(2021, 12, 31, tzinfo=UTC), "told twice")
    made = decide(found, found.cases[0].id, DecisionKind.REJECT, signed)
    path = add_decision(straits, made)
    if not at_url.startswith("http"):
        fs, place = fsspec.url_to_fs(at_url)
        fs.put_file(path.as_posix(), f"{place}/{path.name}")
    assert [case.id for case in follow_through(at_url, as_of=DAY).rejected] == [found.cases[0].id]
    with pytest.raises(BadDecisions, match="copy the folder here"):
        add_decision(at_url, made)


@pytest.mark.parametrize("at_url", ["http", "s3"], indirect=True)
def test_each_document_is_fetched_once(at_url: str, straits: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the day is the newest of the sources, as in a notebook that is given none."""
    from briefing_lib import briefing

    opened: list[str] = []
    whole = remote.RemoteOrigin.open
    monkeypatch.setattr(
        remote.RemoteOrigin, "open", lambda origin, file: opened.append(file.path) or whole(origin, file)
    )
    found = briefing.follow_through(at_url)
    assert found.as_of == date(2021, 5, 4)
    assert {one.path for one in found.documents} <= set(opened)
    assert len(opened) == len(set(opened))


def test_a_day_is_asked_for_where_no_document_has_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, "utf-8")
    with pytest.raises(BadDate, match="carries a publication date; say as_of, such as 2020-06-24"):
        follow_through(tmp_path, as_of=None)


# --- what goes wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "error", "said"),
    [
        ("gs://bucket/folder", UrlUnavailable, "gs:// needs the package gcsfs, which is not installed"),
        ("az://container/folder", UrlUnavailable, "cannot be used: Install adlfs"),
        ("nosuch://there", UrlUnavailable, "Protocol not known: nosuch"),
        ("zip://a.txt::s3://bucket/a.zip", UrlUnavailable, "a chain of URLs"),
        ("s3://", UrlUnavailable, "names nothing"),
        ("file://elsewhere/folder", UrlUnavailable, "a file of another machine"),
        ("file:///no/such/folder", SourcesNotFound, "there is no folder or file"),
        ("memory://nothing/there", SourcesNotFound, "there is nothing at 'memory://nothing/there'"),
        ("http://127.0.0.1:9/folder/", UrlUnavailable, "nothing answers there; is the address right"),
        ("http://127.0.0.1:9/a\n.txt", UrlUnavailable, "control characters"),
        ("memory://", UrlUnavailable, "names nothing"),
    ],
)
def test_a_url_that_cannot_be_used_is_told_in_a_line(
    url: str, error: type[Exception], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(error) as raised:
        read_sources(url)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_bucket_or_folder_that_is_not_there_is_told(bucket: str) -> None:
    for url in ("s3://no-such-bucket/folder", f"{bucket}/no/such/folder"):
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


# --- web servers ------------------------------------------------------------------------------------------------------

TEXT = ENGLISH.encode()
PAGES = {
    "/docs/": b"""<a href="?C=N;O=D">Name</a> <a href="../">up</a> <a href="/other/c.txt">c</a> <a href="./a.txt">a</a>
        <a href="/docs/b%20b.txt">b</a> <a href="https://elsewhere.example/d.txt">d</a> <a href=".git/">git</a>
        <a href="..%2f..%2fetc.txt">e</a> <a href="%2e%2e/f.txt">f</a> <a href="sub/">sub</a> <a href="a.txt#top">g</a>
        <a href="gone/">gone</a> <a href="./">this</a> <a href="s%0Am.txt">m</a>""",
    "/docs/sub/": b"""<a href="../sub/">this again</a> <a href="x.txt">x</a>""",
    "/docs/a.txt": TEXT,
    "/docs/b%20b.txt": TEXT,
    "/docs/sub/x.txt": TEXT,
}


def of_pages(asked: list[str]) -> Callable[[str], tuple[int, str, bytes]]:
    def answer(path: str) -> tuple[int, str, bytes]:
        asked.append(path)
        return (
            (200, "text/html" if path.endswith("/") else "text/plain", PAGES[path]) if path in PAGES else (404, "", b"")
        )

    return answer


def test_links_of_a_page_lead_to_files_below_it_only() -> None:
    asked: list[str] = []
    with a_server(of_pages(asked)) as url:
        reading = read_sources(f"{url}/docs")
    assert [document.id for document in reading.documents] == ["a", "b b", "sub/x"]
    assert {one.path: one.reason.partition(":")[0] for one in reading.skipped} == {
        "gone": "the folder cannot be read",
        r"s\nm.txt": "its name holds control or bidirectional characters; rename it",
    }
    assert set(asked) == {*PAGES, "/docs/gone/"}


def test_folders_without_end_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MOST_FOLDERS", 20)

    def answer(path: str) -> tuple[int, str, bytes]:
        return 200, "text/html", b'<a href="deeper/">deeper</a>'

    with a_server(answer) as url, pytest.raises(UrlUnavailable, match="links more than 20 folders"):
        read_sources(f"{url}/docs/")


def test_a_file_over_the_limit_is_not_fetched_whole(straits: Path, web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a web server no size is known beforehand: the stream is given up once it is over the limit."""
    fetched: list[int] = []
    whole = remote._Told.readinto

    def counting(self: remote._Told, buffer: bytearray) -> int:
        fetched.append(whole(self, buffer))
        return fetched[-1]

    monkeypatch.setattr(remote._Told, "readinto", counting)
    (straits / "large.txt").write_text(ENGLISH * 300_000, "utf-8")
    reasons = {one.path: one.reason for one in read_sources(f"{web}/straits/").skipped}
    assert "raise max_bytes" in reasons["large.txt"]
    assert sum(fetched) < (straits / "large.txt").stat().st_size / 10


def test_of_an_object_over_the_limit_nothing_is_fetched(
    straits: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import s3fs

    place = f"{bucket}/{os.urandom(4).hex()}"
    s3fs.S3FileSystem().put_file((straits / "large.txt").as_posix(), f"{place}/large.txt")
    s3fs.S3FileSystem().pipe_file(f"{place}/sources.toml", b"[limits]\nmax_bytes = 5000\n")
    opened: list[str] = []
    whole = remote.RemoteOrigin.open
    monkeypatch.setattr(
        remote.RemoteOrigin, "open", lambda origin, file: opened.append(file.path) or whole(origin, file)
    )
    assert "raise max_bytes" in read_sources(place).skipped[0].reason
    assert content_digests(place)["large.txt"] == ""
    assert set(opened) == {"sources.toml"}


def test_a_key_that_would_become_another_on_the_way_is_never_opened(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = f"{bucket.removeprefix('s3://')}/{os.urandom(4).hex()}"
    keys = ("docs/a.txt", "docs/../up.txt", "docs//empty.txt", "docs/./same.txt", "docs/.hidden.txt", "docs/sub/")
    listed = {f"{place}/{key}": {"name": f"{place}/{key}", "size": 200, "ETag": key} for key in keys}
    import s3fs

    monkeypatch.setattr(s3fs.S3FileSystem, "find", lambda *_, **__: listed)
    files = {file.path: file for file in origin_at(f"s3://{place}/docs").files()}
    assert {path for path, file in files.items() if file.key} == {"a.txt"}
    assert {path for path, file in files.items() if "rename it" in file.problem} == {
        "../up.txt",
        "/empty.txt",
        "./same.txt",
    }


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


# --- whether anything changed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("at_url", ["memory", "s3"], indirect=True)
def test_a_change_shows_without_a_fetch(at_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    fs, place = fsspec.url_to_fs(at_url)
    before = state_of(at_url)
    with monkeypatch.context() as patch:
        patch.setattr(remote, "io", None)
        assert state_of(at_url) == before
    fs.pipe_file(f"{place}/report.md", b"Another text.")
    fs.pipe_file(f"{place}/new.txt", b"A new text.")
    fs.rm_file(f"{place}/page.html")
    after = state_of(at_url)
    assert {name for name in {*before, *after} if before.get(name) != after.get(name)} == {
        "report.md", "new.txt", "page.html"
    }  # fmt: skip


def test_where_a_server_tells_nothing_the_content_does() -> None:
    pages = {"/docs/": b'<a href="a.txt">a</a>', "/docs/a.txt": TEXT}

    def answer(path: str) -> tuple[int, str, bytes]:
        return (
            (200, "text/html" if path.endswith("/") else "text/plain", pages[path]) if path in pages else (404, "", b"")
        )

    with a_server(answer) as url:
        before = state_of(f"{url}/docs/")
        assert state_of(f"{url}/docs/") == before == content_digests(f"{url}/docs/")
        pages["/docs/a.txt"] = TEXT[::-1]
        assert state_of(f"{url}/docs/") != before


# --- names, processes, start-up ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("s3://bucket/reports/straits", "straits"),
        ("s3://bucket/reports/straits/", "straits"),
        ("s3://bucket", "bucket"),
        ("s3://bucket/a%20b", "a%20b"),
        ("http://127.0.0.1:9/reports/a%20b/", "a b"),
        ("http://127.0.0.1:9/a%2f..%2fb/", "b"),
        ("http://127.0.0.1:9/a%5c..%5c/", "a"),
        ("http://127.0.0.1:9/", "127.0.0.1"),
        ("http://127.0.0.1:9/a%3cb%3a/", "a-b-"),
        ("memory://Straits", "Straits"),
        ("memory://x/../..", "x"),
    ],
)
def test_a_collection_is_named_for_the_last_part_of_its_url(url: str, name: str) -> None:
    """By a name that is safe for a folder of outputs."""
    assert remote.last_name_of(url) == name


def test_another_process_gets_a_url_and_no_credentials(bucket: str, straits: Path) -> None:
    import s3fs

    place = f"{bucket}/{os.urandom(4).hex()}"
    s3fs.S3FileSystem(secret=SECRET, key="tests").put(f"{straits.as_posix()}/", place, recursive=True)
    origin = origin_at(place)
    assert origin.files()
    carried = pickle.dumps(origin.from_elsewhere())
    assert len(carried) < 500
    assert SECRET.encode() not in carried


def test_a_run_over_a_folder_imports_no_driver(straits: Path) -> None:
    code = (
        "import sys\nfrom datetime import date\nfrom briefing_lib import cli\nfrom briefing_lib.pipeline import *\n"
        f"follow_through({str(straits)!r}, as_of=date(2021, 12, 31))\n"
        "print(sorted({'fsspec', 's3fs', 'aiohttp', 'botocore', 'distributed'} & set(sys.modules)))"
    )
    path = os.pathsep.join([str(ROOT / "tests" / "guard"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": path}
    )
    assert done.stdout == "[]\n"


# --- any input --------------------------------------------------------------------------------------------------------

WORDS = st.text("ab/.%@:?#&=\\ -_1é\n", max_size=12)
USERS = WORDS.filter(lambda text: "/" not in text)  # which ends what can be a user


@settings(max_examples=200, deadline=None)
@given(
    scheme=st.sampled_from(["s3", "https", "memory", "ftp"]),
    user=WORDS.filter(lambda text: "/" not in text),
    rest=WORDS,
)
def test_no_url_carries_a_secret_on(scheme: str, user: str, rest: str) -> None:
    """Whatever stands around it, a password is in no URL that is taken and in no error."""
    for url in (f"{scheme}://{user}:{SECRET}@host/{rest}", f"{scheme}://host/{rest}?{user}={SECRET}"):
        with pytest.raises(UrlUnavailable) as raised:
            origin_at(url)
        assert SECRET not in str(raised.value)
        assert "\n" not in str(raised.value)


@settings(max_examples=200, deadline=None)
@given(link=WORDS)
def test_no_link_leads_out_of_its_folder(link: str) -> None:
    path = remote._path_of_link(f"https://host/docs/{link}", "https://host/docs/")
    if path is not None:
        parts = path.split("/")
        assert not {"", ".", ".."} & set(parts)
        assert not any(set("\\/") & set(part) for part in parts)


@settings(max_examples=200, deadline=None)
@given(rest=WORDS)
def test_any_url_names_a_folder_that_can_be_made_here(rest: str) -> None:
    name = remote.last_name_of(f"https://host/{rest}")
    assert name.strip(". ")
    assert not set('<>:"/\\|?*\n') & set(name)
