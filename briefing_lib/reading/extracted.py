"""What a format's reader hands on: the text of a document, and what its file says of itself."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing_lib.models import DateRange


@dataclass(frozen=True, slots=True)
class Metadata:
    """What one place says of a document; None where it says nothing."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: DateRange | None = None
    url: str | None = None
    licence: str | None = None
    language: str | None = None
    grade: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of one document and its own metadata.

    ``created`` is when the file was made, which stands in for the publication date only where nothing else tells it.
    """

    text: str
    metadata: Metadata = Metadata()
    created: DateRange | None = None
    notes: tuple[str, ...] = field(default=())


# Control and format characters (bidirectional overrides, zero-width marks) reorder or hide what a reader sees
# (Unicode Technical Report 36); halves of surrogate pairs cannot be written to any file.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONGEST_VALUE = 1_000


def plain(value: str) -> str:
    """Return a line of metadata without control, format or surrogate characters, its white space collapsed."""
    spaced = "".join(" " if character.isspace() else character for character in value[:_LONGEST_VALUE])
    kept = (character for character in spaced if unicodedata.category(character) not in _UNSEEN)
    return " ".join("".join(kept).split())


def normalise_text(text: str) -> str:
    r"""Return the text with ``\n`` as its only line ending, no byte order mark, and nothing else changed.

    Halves of surrogate pairs, which cannot be written to any file, become U+FFFD, one for one.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text) if _has_halves(text) else text


def _has_halves(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def is_deceptive_name(name: str) -> bool:
    """Tell whether a file's name holds control, bidirectional or undecodable characters."""
    return any(unicodedata.category(c) in {"Cc", "Cs"} or c in _BIDIRECTIONAL for c in name)


def shown(path: str) -> str:
    """Return a path as it can be printed anywhere: what cannot be seen or encoded is escaped."""
    if not is_deceptive_name(path):
        return path
    return "".join(c.encode("unicode_escape").decode() if is_deceptive_name(c) else c for c in path)


def first_text(values: Mapping[str, object], *names: str) -> str | None:
    """Return the first of the named values that is text with something in it."""
    for name in names:
        value = values.get(name)
        if isinstance(value, str) and plain(value):
            return plain(value)
    return None
