"""Files → documents, each with what is known of it; wherever there is work to be done, since all of it is passed in."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from briefing_lib.errors import BadMetadata
from briefing_lib.models import Document, Skipped
from briefing_lib.reading.boilerplate import find_boilerplate
from briefing_lib.reading.extracted import Extracted, Metadata, shown
from briefing_lib.reading.files import in_order, read_bytes
from briefing_lib.reading.formats import RECORDS, extract, known_suffix
from briefing_lib.reading.language import is_english
from briefing_lib.reading.limits import Limits, Unopened, Unreadable, require
from briefing_lib.reading.lookalikes import first_lookalike
from briefing_lib.reading.memory import Found, Memory, Recollection
from briefing_lib.reading.metadata import merge, metadata_of_name, read_sidecar
from briefing_lib.reading.origins import File, Origin, OwnFile
from briefing_lib.reading.records import Record, blocks_of, read_records

_ENGLISH = frozenset({"en", "eng", "english"})
_UNDATED = "no publication date is given: relative dates stay unresolved; add `published` to sources.toml"
# A file of nothing but bad lines must not make a report as long as itself.
_MOST_BAD_LINES = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to read: the id that its document gets, what is known of it, and the metadata beside it."""

    file: File
    identity: str
    given: Metadata
    sidecar: File | None


# What reads files: for each, in order, what is found in it. All of one is taken before the next is asked for.
ReadFiles = Callable[[Origin, Sequence[Wanted], Limits], Iterable[Iterable[Found]]]


def read_files(
    origin: Origin, wanted: Sequence[Wanted], limits: Limits, *, memory: Memory | None = None
) -> Iterator[Iterator[Found]]:
    """Yield what is found in each file, in order, holding no more than a few files at a time.

    Parameters
    ----------
    memory
        Where what is found in the same bytes is kept; None to read everything.
    """
    fetched = in_order(partial(_fetched, origin, limits), wanted, origin=origin)
    for one, content in zip(wanted, fetched, strict=True):
        yield _found_in(origin, one, content, limits, memory)


def _fetched(origin: Origin, limits: Limits, one: Wanted) -> tuple[Metadata, bytes] | Unreadable:
    """Return what stands beside a file and its bytes, which a file of records has none of yet; or why there is none."""
    try:
        suffix = known_suffix(one.file.path)
        beside = _beside(origin, one.sidecar)
        return beside, b"" if suffix == RECORDS else read_bytes(origin, one.file, limits)
    except Unreadable as reason:
        return reason


def _beside(origin: Origin, sidecar: File | None) -> Metadata:
    if sidecar is None:
        return Metadata()
    try:
        return read_sidecar(OwnFile(origin, sidecar))
    except BadMetadata as error:
        kind = Unopened if isinstance(error.__cause__, OSError) else Unreadable
        raise kind(f"the metadata beside it cannot be used: {error}") from error


def _found_in(
    origin: Origin,
    one: Wanted,
    content: tuple[Metadata, bytes] | Unreadable,
    limits: Limits,
    memory: Memory | None,
) -> Iterator[Found]:
    path = one.file.path
    try:
        if isinstance(content, Unreadable):
            raise content
        beside, data = content
        given, suffix = merge(one.given, beside), known_suffix(path)
        recollection = Recollection(memory, path, one.identity, given, limits)
        if suffix == RECORDS:
            yield from _records_in(origin, one.file, given, limits, recollection)
            return

        def read() -> list[Found]:
            named = metadata_of_name(PurePosixPath(path).stem)
            return [Found(_document(extract(data, suffix, limits), (given, named), (one.identity, path), data))]

        yield from recollection.of([data], read)
    except Unreadable as reason:
        yield Found(Skipped(shown(path), str(reason)), opened=not isinstance(reason, Unopened))


def _records_in(
    origin: Origin, file: File, given: Metadata, limits: Limits, recollection: Recollection
) -> Iterator[Found]:
    bad = last = 0
    try:
        with origin.open(file) as opened:
            for first, lines in blocks_of(opened, limits):
                last = first + len(lines) - 1
                for found in recollection.of(lines, partial(_found_in_lines, lines, first, file, given, limits), first):
                    is_bad = isinstance(found.item, Skipped) and not found.place
                    bad += is_bad
                    if not is_bad or bad <= _MOST_BAD_LINES:
                        yield found
    except OSError as error:
        raise Unopened(f"cannot be read: {error.strerror}") from error
    if bad > _MOST_BAD_LINES:
        more = f"{bad - _MOST_BAD_LINES:,} more lines up to this one cannot be read"
        yield Found(Skipped(f"{file.path}, line {last}", more))


def _found_in_lines(lines: Sequence[bytes], first: int, file: File, given: Metadata, limits: Limits) -> list[Found]:
    return [_found_of(record, file.path, given, limits) for record in read_records(lines, first, limits)]


def _found_of(record: Record, path: str, given: Metadata, limits: Limits) -> Found:
    where = f"{path}, line {record.number}"
    if record.extracted is None:
        return Found(Skipped(where, record.problem))
    place = f"{path}#{record.number}"
    try:
        length = len(record.extracted.text)
        require(length, limits.max_characters, what="the text of this line", option="max_characters")
        names = (record.id or place, path)
        return Found(_document(record.extracted, (given, Metadata()), names, record.line), place)
    except Unreadable as reason:
        return Found(Skipped(where, str(reason)), place)


def settled(found: Iterable[Found], taken: set[str]) -> Iterator[Document | Skipped]:
    """Yield what was found, each record under its own id where no other document has it; ``taken`` grows by them."""
    for one in found:
        item = one.item
        if one.place and isinstance(item, Document):
            if item.id in taken:
                item = replace(item, id=one.place)
            taken.add(item.id)
        yield item


def _document(extracted: Extracted, beside: tuple[Metadata, Metadata], names: tuple[str, str], data: bytes) -> Document:
    """Make the record of a document from its text and from what is known of it, before and after its own metadata."""
    given, named = beside
    identity, relative = names
    text = extracted.text
    if not text.strip():
        raise Unreadable("empty: it holds no text but its metadata")
    _require_english(text, given.language or extracted.metadata.language)
    said = merge(given, extracted.metadata, named)
    known = merge(said, Metadata(published=extracted.created))
    shown_of_it = {"name": relative, "title": known.title, "publisher": known.publisher, "author": known.author}
    return Document(
        id=identity,
        path=relative,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        title=known.title or "",
        publisher=known.publisher or "",
        author=known.author or "",
        published=known.published,
        url=known.url or "",
        licence=known.licence or "",
        language=known.language or "en",
        grade=known.grade or "",
        kind=known.kind or "",
        boilerplate=find_boilerplate(text, title=known.title or "", markdown=relative.lower().endswith(".md")),
        notes=(*extracted.notes, *_on_its_day(said, known), *_lookalikes(shown_of_it | {"text": text})),
    )


def _require_english(text: str, declared: str | None) -> None:
    if declared is not None and declared.replace("_", "-").split("-")[0].casefold() not in _ENGLISH:
        raise Unreadable(f"not in English, which is all that is read: its metadata says {declared!r}")
    if declared is None and not is_english(text):
        raise Unreadable('not in English, which is all that is read; if it is, give it language = "en" as metadata')


def _on_its_day(said: Metadata, known: Metadata) -> Iterator[str]:
    """Tell where a day is missing, or is no more than that of the file."""
    if known.published is None:
        yield _UNDATED
    elif said.published is None:
        yield "published: the day on which the file was made, for want of a publication date"


def _lookalikes(parts: Mapping[str, str | None]) -> Iterator[str]:
    """Tell of each part in which a word passes for another, as names of impostors do."""
    for part, words in parts.items():
        word = first_lookalike(words or "")
        if word:
            yield f"{word!r} in its {part} mixes letters of alphabets that look alike: it is not what it seems"
