"""Google's storage: what opens it, what is said where nothing does, and what is asked of it."""

import gzip
import os
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import fsspec
import pytest

from briefing_lib.errors import UrlUnavailable
from briefing_lib.reading import content_digests, read_sources
from briefing_lib.reading.origins.drivers import file_system
from remote import SECRET, a_server, run_briefing

READ = (
    "2021-03-30-strait.txt",
    "2021-05-04 ü 100%25 #1.txt",
    "page.html",
    "records.jsonl",
    "report.md",
    "report.toml",
    "sources.toml",
)
AS_OF = ("--as-of", "2021-12-31")


@pytest.mark.parametrize("at_url", ["gs"], indirect=True)
def test_the_command_reads_and_writes_with_a_key_from_the_environment(
    at_url: str, straits: Path, gs_environment: dict[str, str], tmp_path: Path
) -> None:
    """To the byte what it makes of a folder, and with no word from the driver."""
    tables = f"{at_url}-tables"
    there, here = (
        run_briefing("table", place, *AS_OF, "--format", "csv", "--parquet", to, here=tmp_path, environment=given)
        for place, to, given in ((at_url, tables, gs_environment), (str(straits), str(tmp_path / "tables"), {}))
    )
    assert (there.returncode, there.stderr.replace(tables, "X")) == (
        0,
        here.stderr.replace(str(tmp_path / "tables"), "X"),
    )
    assert there.stdout == here.stdout
    assert there.stdout.count("\n") == 4
    fs, root = fsspec.url_to_fs(tables)
    fs.invalidate_cache()
    written = {name.removeprefix(f"{root}/"): fs.cat_file(name) for name in fs.find(root)}
    files = (path for path in (tmp_path / "tables").rglob("*") if path.is_file())
    assert written == {path.relative_to(tmp_path / "tables").as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("at_url", ["gs"], indirect=True)
@pytest.mark.parametrize("key", [None, "no-such-key.json"])
def test_without_credentials_it_is_told_in_a_line(
    at_url: str, straits: Path, key: str | None, gs_environment: dict[str, str], tmp_path: Path
) -> None:
    given = {name: value for name, value in gs_environment.items() if name != "GOOGLE_APPLICATION_CREDENTIALS"}
    given |= {"GOOGLE_APPLICATION_CREDENTIALS": str(tmp_path / key)} if key else {}
    for words in (("table", at_url), ("table", f"{at_url}/report.md"), ("table", str(straits), "--parquet", at_url)):
        done = run_briefing(*words, *AS_OF, here=tmp_path, environment=given)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(f"briefing: {words[-1]!r}: access is denied; give credentials by fsspec's conf")
        assert done.stderr.count("\n") == 1


def test_the_driver_that_is_not_installed_is_named(tmp_path: Path) -> None:
    (tmp_path / "gcsfs.py").write_text("raise ImportError\n", "utf-8")
    done = run_briefing("table", "gs://bucket/folder", here=tmp_path, environment={})
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "briefing: 'gs://bucket/folder' cannot be used: gs:// needs the package gcsfs, which is not installed; "
        "pip install 'briefing-lib[remote]'\n"
    )


@pytest.mark.parametrize(
    ("answer", "said"),
    [(403, "access is denied; give credentials by"), (400, "the server answers 400; is the address")],
)
def test_what_it_refuses_is_told(answer: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Google's storage has its errors, and with none of its words."""
    monkeypatch.setitem(fsspec.config.conf, "gs", {"token": "anon"})
    body = f'{{"error": {{"code": {answer}, "message": "{SECRET}"}}}}'.encode()
    with a_server(lambda _: (answer, "application/json", body)) as url:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", url)
        with pytest.raises(UrlUnavailable, match=said) as raised:
            read_sources(f"gs://{os.urandom(4).hex()}/folder")
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize("at_url", ["gs"], indirect=True)
def test_each_object_is_fetched_by_one_request_and_none_over_the_limit(at_url: str) -> None:
    from remote.gs_server import Handler

    Handler.asked.clear()
    read_sources(at_url)
    asked = Counter(unquote(path.partition("?")[0]).rpartition("/")[2] for path in Handler.asked)
    # The list of objects, and what is read: of the documents, those that can be, and what stands beside them.
    assert asked == Counter(["o", *READ])


@pytest.mark.parametrize("at_url", ["gs"], indirect=True)
def test_what_is_stored_compressed_is_skipped_and_not_read_in_part(at_url: str) -> None:
    """The driver would read as many bytes of the text as it has compressed, and say nothing."""
    fs, place = fsspec.url_to_fs(at_url)
    packed = gzip.compress(b"Ruritania threatened to close the strait. " * 100)
    fs.pipe_file(f"{place}/packed.txt", packed, fixed_key_metadata={"content_encoding": "gzip"})
    for url in (at_url, f"{at_url}/packed.txt"):
        reasons = {one.path: one.reason for one in read_sources(url).skipped}
        assert reasons["packed.txt"].startswith("stored compressed (Content-Encoding), of which a part")
    assert "packed.txt" not in content_digests(at_url)


def test_the_driver_asks_by_http_though_somebody_imported_it_before(
    gs_bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By gRPC it would try for a minute at each file where gRPC finds no way."""
    from gcsfs.core import GCSFileSystem
    from gcsfs.extended_gcsfs import ExtendedGcsFileSystem

    for protocol in ("gs", "gcs"):
        fsspec.register_implementation(protocol, ExtendedGcsFileSystem, clobber=True)
    assert type(file_system(gs_bucket)[0]) is GCSFileSystem
    assert fsspec.get_filesystem_class("gcs") is GCSFileSystem
