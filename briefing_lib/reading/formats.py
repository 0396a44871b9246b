"""Which formats are read, and by what."""

from collections.abc import Callable
from pathlib import PurePosixPath

from briefing_lib.loggers import silenced
from briefing_lib.reading.extracted import Extracted
from briefing_lib.reading.limits import Limits, Unreadable, require
from briefing_lib.reading.pdf import extract_pdf
from briefing_lib.reading.plain_text import extract_markdown, extract_text
from briefing_lib.reading.web import extract_html
from briefing_lib.reading.word import extract_word

RECORDS = ".jsonl"
_READERS: dict[str, Callable[[bytes, Limits], Extracted]] = {
    ".txt": extract_text,
    ".md": extract_markdown,
    ".html": extract_html,
    ".htm": extract_html,
    ".pdf": extract_pdf,
    ".docx": extract_word,
}
_SUFFIXES = (*_READERS, RECORDS)
# Parsers that log what a document says; a log carries no document text.
_TALKATIVE = ("pypdf", "trafilatura", "htmldate", "charset_normalizer", "courlan", "justext")


def known_suffix(path: str) -> str:
    """Return the suffix that tells a file's format; refuse one that is not read, and list what is."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in _SUFFIXES:
        said = f"a {suffix} file" if suffix else "a file without a suffix"
        raise Unreadable(f"{said} is not read; these are: {', '.join(_SUFFIXES)}")
    return suffix


def is_single(path: str) -> bool:
    """Tell whether a file is of a format that holds one document."""
    return PurePosixPath(path).suffix.lower() in _READERS


def extract(data: bytes, suffix: str, limits: Limits) -> Extracted:
    """Return the text and the metadata in a file's bytes.

    Raises
    ------
    Unreadable
        They cannot be read as that format, hold no text, or are over a limit.
    """
    try:
        with silenced(_TALKATIVE):
            extracted = _READERS[suffix](data, limits)
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(f"damaged or not a {suffix} file: its parser gave {type(error).__name__}") from error
    require(len(extracted.text), limits.max_characters, what="the text of this file", option="max_characters")
    return extracted
