"""What was read: documents, spans of them, dates, and what was left out."""

from dataclasses import dataclass, field
from datetime import date

from briefing_lib.models.terms import PassageKind, Precision


@dataclass(frozen=True, slots=True)
class DateRange:
    """A date as far as it is known: both ends are inclusive days.

    ``start`` is None where only "not after" is known.
    """

    start: date | None
    end: date | None
    precision: Precision = Precision.DAY


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open character offsets into a document's text, and what stands there."""

    start: int
    end: int
    kind: PassageKind


@dataclass(frozen=True, slots=True)
class Document:
    """One source document as it was read.

    Attributes
    ----------
    id
        Unique in the collection: the path relative to it without its suffix, or a record's own ``id``.
    path
        Where it came from, relative to the collection, with ``/`` between parts.
    text
        What the file says, decoded or extracted once. Nothing is cut from it.
    published
        The publication date, or None where nobody says (relative dates then stay unresolved).
    grade
        The Admiralty grade that the collection gives the source, such as ``B2``, or an empty string.
    sha256
        Hex digest of the file's bytes (of the line's, for a record of a ``.jsonl`` file).
    boilerplate
        Spans that never become evidence: captions, prompts, copyright lines, repeated headlines.
    notes
        What the reader should know of the reading, such as a missing date.
    """

    id: str
    path: str
    text: str = field(repr=False)
    sha256: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: DateRange | None = None
    url: str = ""
    licence: str = ""
    language: str = "en"
    grade: str = ""
    kind: str = ""
    boilerplate: tuple[Span, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or record that was not read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a document. ``quote`` is the only maker of quoted text in the suite."""

    document: Document
    start: int
    end: int
    kind: PassageKind = PassageKind.SENTENCE

    def quote(self) -> str:
        """Return exactly what the document says between the offsets."""
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a collection gave: documents in order of publication, and what was left out."""

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...] = ()
    name: str = ""
