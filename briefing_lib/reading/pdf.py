"""PDF files: the text of their pages and their document information, through pypdf."""

from io import BytesIO
from typing import TYPE_CHECKING

from briefing_lib.models import DateRange
from briefing_lib.reading.blocks import ends_sentence
from briefing_lib.reading.extracted import Extracted, Metadata, normalise_text, plain
from briefing_lib.reading.limits import Limits, Unreadable, require
from briefing_lib.reading.publication import parse_published

if TYPE_CHECKING:
    from pypdf import PdfReader


def extract_pdf(data: bytes, limits: Limits) -> Extracted:
    """Return the text of all pages, a blank line between pages, and the document information.

    Raises
    ------
    Unreadable
        It is encrypted, has too many pages, or holds no text (a scan without recognised text).
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(BytesIO(data))
        shut = reader.is_encrypted and not reader.decrypt("")
    except DependencyError:
        # Newer ciphers need the cryptography package; without it such a file stays shut.
        shut = True
    if shut:
        raise Unreadable("encrypted PDF; save it without its password or protection")
    require(len(reader.pages), limits.max_pages, what=f"a PDF of {len(reader.pages):,} pages", option="max_pages")
    _check_content(reader, limits)
    text = _text_of_pages(reader, limits)
    if not text:
        raise Unreadable("no text in this PDF; if it is a scan, run text recognition on it")
    return Extracted(text, _information(reader), created=_created(reader))


def _text_of_pages(reader: "PdfReader", limits: Limits) -> str:
    """Join the pages by a blank line, or by a line end where a sentence runs on to the next page."""
    pieces: list[str] = []
    length = 0
    for page in reader.pages:
        text = normalise_text(page.extract_text()).strip()
        length += len(text)
        require(length, limits.max_characters, what="the text of this PDF", option="max_characters")
        if text:
            runs_on = pieces and text[0].islower() and not ends_sentence(pieces[-1])
            pieces += ["\n" if runs_on else "\n\n", text]
    return "".join(pieces[1:])


def _check_content(reader: "PdfReader", limits: Limits) -> None:
    """Refuse more content than can be interpreted in reasonable time, which the parser does not bound."""
    total = 0
    for page in reader.pages:
        content = page.get_contents()
        size = len(content.get_data()) if content is not None else 0
        require(size, limits.max_page_bytes, what="the content of one page", option="max_page_bytes")
        total += size
        require(total, limits.max_content_bytes, what="the content of its pages", option="max_content_bytes")


def _information(reader: "PdfReader") -> Metadata:
    information = reader.metadata
    if information is None:
        return Metadata()
    return Metadata(title=_said(information.title), author=_said(information.author))


def _said(value: object) -> str | None:
    return (plain(value) or None) if isinstance(value, str) else None


def _created(reader: "PdfReader") -> DateRange | None:
    try:
        return parse_published(reader.metadata.creation_date) if reader.metadata else None
    except ValueError:
        return None
