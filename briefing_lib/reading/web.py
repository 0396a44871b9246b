"""HTML pages: their main text and what their meta tags say, through trafilatura."""

from briefing_lib.reading.decoding import decode
from briefing_lib.reading.extracted import Extracted, Metadata, normalise_text, plain
from briefing_lib.reading.limits import Limits, Unreadable
from briefing_lib.reading.publication import parse_published

# Fixed, because trafilatura's own bounds follow the clock, and declared dates only: its wider search guesses from
# any date in the page.
_DATES = {"original_date": True, "extensive_search": False, "min_date": "1900-01-01", "max_date": "2100-01-01"}

_LONGEST_PREAMBLE = 10_000


def extract_html(data: bytes, limits: Limits) -> Extracted:
    """Return the main text of a page, a blank line between its blocks, and its metadata.

    Raises
    ------
    Unreadable
        There is no article text in it.
    """
    from trafilatura import bare_extraction, html2txt

    markup, notes = _markup(data)
    if b"<html" not in data[:_LONGEST_PREAMBLE].lower():
        # The extractor takes a fragment for something else than HTML.
        markup = f"<html><body>{markup}</body></html>" if isinstance(markup, str) else markup
    page = bare_extraction(
        markup,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=dict(_DATES),
    )
    text = getattr(page, "text", "") or html2txt(markup)
    lines = [line.strip() for line in normalise_text(text or "").split("\n")]
    text = "\n\n".join(line for line in lines if line)
    if not text:
        raise Unreadable("no text in this page; save the article as text if its page builds it by script")
    return Extracted(text, _page_metadata(page), notes=notes)


def _markup(data: bytes) -> tuple[bytes | str, tuple[str, ...]]:
    """Decode what is UTF-8 or marked; leave a page that declares another encoding to the parser."""
    if b"charset" in data[:2_000].lower():
        try:
            return data.decode("utf-8-sig"), ()
        except UnicodeDecodeError:
            return data, ()
    return decode(data)


def _page_metadata(page: object) -> Metadata:
    if page is None:
        return Metadata()
    said = {name: getattr(page, name, None) for name in ("title", "sitename", "author", "url", "license")}
    clean = {name: plain(value) or None for name, value in said.items() if isinstance(value, str)}
    return Metadata(
        title=clean.get("title"),
        publisher=clean.get("sitename"),
        author=clean.get("author"),
        published=parse_published(getattr(page, "date", None)),
        url=clean.get("url"),
        licence=clean.get("license"),
    )
