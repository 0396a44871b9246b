"""How much of one file is read, so that no file can exhaust the machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one source file may cost. A file over a limit is skipped, with the limit in the reason.

    Settable in the table ``[limits]`` of a collection's ``sources.toml``, by these names.

    The defaults hold a book (a million characters are about 350 printed pages) and keep the worst hostile file
    to minutes, at less than a gigabyte of memory.

    Attributes
    ----------
    max_bytes
        Of a file on disk or at a URL; of one line, in a ``.jsonl`` file, which is read line by line.
    max_characters
        Of the text that a document gives.
    max_pages
        Of a PDF.
    max_page_bytes
        What the content of one page of a PDF may unpack to.
    max_content_bytes
        What the content of all pages of a PDF may unpack to.
    max_expanded_bytes
        What a ``.docx`` may unpack to.
    max_expansion
        How many times larger than the packed file the unpacked ``.docx`` may be.
    """

    max_bytes: int = 20_000_000
    max_characters: int = 1_000_000
    max_pages: int = 2_000
    max_page_bytes: int = 5_000_000
    max_content_bytes: int = 20_000_000
    max_expanded_bytes: int = 100_000_000
    max_expansion: int = 200


class Unreadable(Exception):
    """Why one file or record is not read; it becomes the reason of a ``Skipped`` and never leaves the reading room."""


class Unopened(Unreadable):
    """A file cannot be got at from here, or is not the one that was listed; from elsewhere it may be."""


def require(measured: int, limit: int, *, what: str, option: str) -> None:
    """Refuse a file that is over a limit, and tell how to raise the limit."""
    if measured > limit:
        raise Unreadable(
            f"too large: {what} is more than the limit of {limit:,}; to read it, raise {option} under [limits] in "
            "sources.toml"
        )
