"""What is fetched of sources at a URL: each file once, and nothing in vain."""

import os
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from briefing_lib.pipeline import follow_through
from briefing_lib.reading import content_digests, origin_at, read_sources, state_of
from briefing_lib.reading.origins import remote
from remote import ENGLISH, a_server, of_folder

DAY = date(2021, 12, 31)
pytestmark = pytest.mark.usefixtures("nothing_kept")


def test_each_file_is_fetched_once_for_table_and_digests(straits: Path) -> None:
    """The settings that several stages ask for too, and what is given up over the limit."""
    (straits / "decisions.toml").write_text("", "utf-8")
    fetched: list[str] = []
    with a_server(of_folder(straits), fetched=fetched) as url:
        origin = origin_at(f"{url}/straits/")
        found = follow_through(origin, as_of=DAY)
        digests = content_digests(origin)
    assert len(found.documents) == 6
    assert digests == content_digests(straits) | {"large.txt": ""}
    assert {name: fetched.count(name) for name in fetched} == dict.fromkeys(
        [f"/straits/{quote(name)}" for name in digests] + ["/straits/"], 1
    )


def test_of_what_was_read_in_part_the_digest_is_of_all_of_it(straits: Path, web: str) -> None:
    origin = origin_at(f"{web}/straits/report.md")
    with origin.open(origin.files()[0]) as opened:
        opened.raw.readinto(bytearray(10))
    assert content_digests(origin)["report.md"] == content_digests(straits)["report.md"]


@pytest.mark.parametrize("at_url", ["http", "s3", "gs"], indirect=True)
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


@pytest.mark.parametrize("at_url", ["memory", "s3", "gs"], indirect=True)
def test_a_change_shows_without_a_fetch(at_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    fs, place = fsspec.url_to_fs(at_url)
    before = state_of(at_url)
    with monkeypatch.context() as patch:
        patch.setattr(remote.RemoteOrigin, "open", None)
        assert state_of(at_url) == before
    fs.pipe_file(f"{place}/report.md", b"Another text.")
    fs.pipe_file(f"{place}/new.txt", b"A new text.")
    fs.rm_file(f"{place}/page.html")
    after = state_of(at_url)
    assert {name for name in {*before, *after} if before.get(name) != after.get(name)} == {
        "report.md", "new.txt", "page.html"
    }  # fmt: skip
