"""The page → a PDF, by the first engine that is installed: WeasyPrint, else a Chromium."""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout, suppress
from ctypes.util import find_library
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from briefing_lib.errors import PdfUnavailable

CHROMIUM_SECONDS = 120
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "msedge")
CHROMIUM_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# What WeasyPrint opens as it is imported (its text/ffi.py).
_LIBRARIES = ("gobject-2.0", "pango-1.0", "harfbuzz", "fontconfig", "pangoft2-1.0")
WHAT_TO_INSTALL = (
    "install Pango (Debian, Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "macOS: brew install pango; conda: conda install pango) or a Chromium or Chrome"
)


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF and the engine that made it."""

    content: bytes
    engine: str


def to_pdf(html: str) -> Pdf:
    """Print a page that needs nothing from outside itself.

    WeasyPrint's PDF is tagged and the same to the byte for the same page; Chromium's is tagged and carries the time.

    Raises
    ------
    PdfUnavailable
        No engine is installed; the message says what to install. Or the one installed failed.
    """
    weasyprint = import_weasyprint()
    if weasyprint is not None:
        return Pdf(_by_weasyprint(weasyprint, html), f"WeasyPrint {weasyprint.__version__}")
    browser = find_chromium()
    if browser is not None:
        return Pdf(_by_chromium(browser, html), "Chromium")
    raise PdfUnavailable(f"no PDF: neither WeasyPrint's system library nor a Chromium is here; {WHAT_TO_INSTALL}")


def import_weasyprint() -> Any | None:
    """Return the module, or None where it or its system library is missing (which raises OSError)."""
    try:
        # It prints a page of advice when a library is missing; ours is one line.
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            import weasyprint
    except (ImportError, OSError):
        return None
    return weasyprint


def load_ahead() -> None:
    """Import WeasyPrint, in a thread beside other work.

    Where one of its libraries is missing, only what it stands on: the rest tells of that on standard output, which
    `import_weasyprint` keeps quiet, and which no thread may take from the others.
    """
    with suppress(ImportError, OSError):
        import_module("weasyprint" if all(map(find_library, _LIBRARIES)) else "fontTools.subset")


def find_chromium() -> str | None:
    """Return the path of an installed Chromium, Chrome or Edge; ``BRIEFING_CHROMIUM`` names another."""
    named = os.environ.get("BRIEFING_CHROMIUM")
    if named:
        return named
    on_path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    return on_path or next((place for place in CHROMIUM_PLACES if Path(place).exists()), None)


def _by_weasyprint(weasyprint: Any, html: str) -> bytes:
    from weasyprint.urls import URLFetcher

    # Only what the page itself holds: no address is opened and no file is read.
    fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    page = weasyprint.HTML(string=html, base_url=None, url_fetcher=fetcher)
    content: bytes = page.write_pdf(pdf_variant="pdf/ua-1", finisher=_finish)
    return content


def _finish(_document: Any, pdf: Any) -> None:
    """Say of each header cell what it heads, and of each link that it is printed (PDF/UA-1, 7.5 and 7.18)."""
    for one in pdf.objects:
        if not isinstance(one, dict):
            continue
        if one.get("S") == "/TH":
            row = _parent(pdf, one)
            one["A"]["Scope"] = "/Column" if _parent(pdf, row).get("S") == "/THead" else "/Row"
        elif one.get("Subtype") == "/Link":
            one["F"] = 4  # the flag Print (ISO 32000-1, table 165)


def _parent(pdf: Any, element: Any) -> Any:
    return pdf.objects[int(element["P"].split()[0])]


def _by_chromium(browser: str, html: str) -> bytes:
    # Its processes may still write to the profile as they end.
    with tempfile.TemporaryDirectory(prefix="briefing-pdf-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        page, pdf = folder / "page.html", folder / "page.pdf"
        page.write_text(html, encoding="utf-8")
        _run([*_chromium_command(browser, folder), f"--print-to-pdf={pdf}", page.as_uri()])
        if not pdf.is_file():
            raise PdfUnavailable(f"no PDF: {browser} made none; {WHAT_TO_INSTALL}")
        return pdf.read_bytes()


def _chromium_command(browser: str, folder: Path) -> list[str]:
    command = [
        browser,
        "--headless",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={folder / 'profile'}",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
    ]
    # Chromium's sandbox refuses to start as root; the page can run no script (its own policy forbids it).
    return [*command, "--no-sandbox"] if sys.platform == "linux" and os.geteuid() == 0 else command


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=CHROMIUM_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise PdfUnavailable(f"no PDF: {command[0]} failed ({type(error).__name__}); {WHAT_TO_INSTALL}") from error
