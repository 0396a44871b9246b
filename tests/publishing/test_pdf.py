import os
import shutil
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from briefing_lib.errors import PdfUnavailable
from briefing_lib.publishing import pdf

PAGE = '<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><h1>Words</h1>{}</body></html>'


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and the paths that somebody asked it for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def chromium() -> str:
    """An installed Chromium; in CI there must be one."""
    browser = pdf.find_chromium()
    if browser is None and not os.environ.get("CI"):
        pytest.skip("no Chromium is installed")
    assert browser is not None, "CI must install a Chromium"
    return browser


def test_weasyprint_makes_a_tagged_pdf_that_is_the_same_each_time() -> None:
    first, second = pdf.to_pdf(PAGE), pdf.to_pdf(PAGE)
    assert first.engine.startswith("WeasyPrint")
    assert first.content == second.content
    assert b"/MarkInfo" in first.content or b"/ObjStm" in first.content


def test_weasyprint_asks_for_nothing_outside_the_page(asked: tuple[str, list[str]], tmp_path: Path) -> None:
    address, paths = asked
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>secret</text></svg>", encoding="utf-8")
    body = f"<img src='{address}/a.png'><p style='background: url({address}/b.png)'>x</p><img src='{secret.as_uri()}'>"
    assert pdf.to_pdf(PAGE.format(body)).content.startswith(b"%PDF-")
    assert paths == []


def test_where_weasyprint_is_missing_a_chromium_prints(monkeypatch: pytest.MonkeyPatch, chromium: str) -> None:
    monkeypatch.setattr(pdf, "import_weasyprint", lambda: None)
    made = pdf.to_pdf(PAGE)
    assert made.engine == "Chromium"
    assert made.content.startswith(b"%PDF-")


def test_where_both_are_missing_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "import_weasyprint", lambda: None)
    monkeypatch.setattr(pdf, "find_chromium", lambda: None)
    with pytest.raises(PdfUnavailable, match=r"apt-get install libpango.*brew install pango.*Chromium"):
        pdf.to_pdf(PAGE)


def test_a_browser_that_fails_or_makes_nothing_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "import_weasyprint", lambda: None)
    for browser in ("no-such-browser", shutil.which("true") or sys.executable):
        monkeypatch.setenv("BRIEFING_CHROMIUM", browser)
        with pytest.raises(PdfUnavailable, match="no PDF"):
            pdf.to_pdf(PAGE)


def test_a_missing_library_counts_as_a_missing_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """WeasyPrint raises OSError for it as it is imported, not ImportError."""

    class Finder:
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    assert pdf.import_weasyprint() is None


@pytest.mark.parametrize(("found", "loaded"), [("libfound.so", "weasyprint"), (None, "fontTools.subset")])
def test_where_a_library_is_missing_weasyprint_is_not_loaded_ahead(
    monkeypatch: pytest.MonkeyPatch, found: str | None, loaded: str
) -> None:
    """It prints a page of advice, and a thread cannot keep that from standard output."""
    imported: list[str] = []
    monkeypatch.setattr(pdf, "find_library", lambda name: found if name == "pango-1.0" else "libother.so")
    monkeypatch.setattr(pdf, "import_module", imported.append)
    pdf.load_ahead()
    assert imported == [loaded]
