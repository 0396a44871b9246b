"""Web servers list no files but link them, and need not tell whether a file changed."""

from collections.abc import Callable

import pytest

from briefing_lib.errors import UrlUnavailable
from briefing_lib.reading import content_digests, read_sources, state_of
from briefing_lib.reading.origins import remote
from remote import ENGLISH, a_server

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
