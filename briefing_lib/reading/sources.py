"""A folder of files → documents in order of publication, and what was left out with the reason."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from briefing_lib.errors import BadMetadata, SourcesNotFound
from briefing_lib.models import Document, Reading, Skipped
from briefing_lib.reading.boilerplate import find_boilerplate
from briefing_lib.reading.extracted import Extracted, Metadata
from briefing_lib.reading.files import Collection, find_collection, read_bytes, shown
from briefing_lib.reading.formats import RECORDS, extract, is_single, known_suffix
from briefing_lib.reading.language import is_english
from briefing_lib.reading.limits import Limits, Unreadable, require
from briefing_lib.reading.lookalikes import first_lookalike
from briefing_lib.reading.metadata import CONFIGURATION, merge, metadata_of_name, read_configuration, read_sidecar
from briefing_lib.reading.records import Record, read_records

# The collection's own files of configuration; other `.toml` files stand beside a document.
_CONFIGURATION = frozenset({CONFIGURATION, "actors.toml", "words.toml", "decisions.toml"})
_ENGLISH = frozenset({"en", "eng", "english"})
_UNDATED = "no publication date is given: relative dates stay unresolved; add `published` to sources.toml"


def read_sources(path: str | Path, *, limits: Limits | None = None) -> Reading:
    """Read a collection's folder, or one document.

    Parameters
    ----------
    path
        A folder, read with its subfolders, or one file.
    limits
        What one file may cost; as ``sources.toml`` says where None.

    Returns
    -------
    Reading
        Documents in order of publication date, then id; those without a date last. The same files give the same
        reading.

    Raises
    ------
    SourcesNotFound
        There is no such folder or file, or the folder holds nothing to read.
    BadMetadata
        ``sources.toml`` is malformed. A malformed sidecar only skips its document.

    Examples
    --------
    >>> [document.title for document in read_sources("seeds/example").documents]  # doctest: +SKIP
    ['Strait closed']
    """
    documents: list[Document] = []
    skipped: list[Skipped] = []
    for item in iter_sources(path, limits=limits):
        if isinstance(item, Document):
            documents.append(item)
        else:
            skipped.append(item)
    if not documents and not skipped:
        raise SourcesNotFound(f"no document in {str(path)!r}; put .txt, .md, .html, .pdf, .docx or .jsonl files there")
    return Reading(tuple(sorted(documents, key=_order)), tuple(skipped), name=find_collection(path).name)


def iter_sources(path: str | Path, *, limits: Limits | None = None) -> Iterator[Document | Skipped]:
    """Yield each document of a collection in order of path, and what was left out, holding one file at a time.

    Takes and raises what `read_sources` does, but for a folder without documents, which yields nothing.
    """
    collection = find_collection(path)
    configuration = read_configuration(collection.folder)
    return _Reader(collection, limits or configuration.limits, configuration.documents).read()


def _order(document: Document) -> tuple[date, str]:
    published = document.published
    return (published.start if published and published.start else date.max), document.id


@dataclass(slots=True)
class _Reader:
    """The state of one reading: which ids are taken, which sidecars were used."""

    collection: Collection
    limits: Limits
    configuration: Mapping[str, Metadata]
    taken: set[str] = field(default_factory=set)

    def read(self) -> Iterator[Document | Skipped]:
        ids = _ids_of_files(self.collection.paths)
        self.taken.update(ids.values())
        for relative in self.collection.paths:
            try:
                yield from self._read_file(relative, ids[relative])
            except Unreadable as reason:
                yield Skipped(shown(relative), str(reason))
        yield from self.collection.skipped
        yield from self._unmatched()

    def _read_file(self, relative: str, identity: str) -> Iterator[Document | Skipped]:
        path = self.collection.folder / relative
        suffix = known_suffix(relative)
        given = merge(self.configuration.get(relative, Metadata()), self._sidecar(relative))
        if suffix == RECORDS:
            for record in read_records(path, self.limits):
                yield self._read_record(record, relative, given)
            return
        data = read_bytes(path, self.limits)
        named = metadata_of_name(path.stem)
        yield _document(extract(data, suffix, self.limits), (given, named), (identity, relative), data)

    def _read_record(self, record: Record, relative: str, given: Metadata) -> Document | Skipped:
        where = f"{relative}, line {record.number}"
        if record.extracted is None:
            return Skipped(where, record.problem)
        place = f"{relative}#{record.number}"
        identity = record.id if record.id and record.id not in self.taken else place
        self.taken.add(identity)
        try:
            length = len(record.extracted.text)
            require(length, self.limits.max_characters, what="the text of this line", option="max_characters")
            return _document(record.extracted, (given, Metadata()), (identity, relative), record.line)
        except Unreadable as reason:
            return Skipped(where, str(reason))

    def _sidecar(self, relative: str) -> Metadata:
        beside = PurePosixPath(relative).with_suffix(".toml").as_posix()
        if beside not in self.collection.sidecars or beside in _CONFIGURATION:
            return Metadata()
        try:
            return read_sidecar(self.collection.folder / beside, beside)
        except BadMetadata as error:
            raise Unreadable(f"the metadata beside it cannot be used: {error}") from error

    def _unmatched(self) -> Iterator[Skipped]:
        """Report metadata that belongs to no document: most often a misspelt name."""
        if not self.collection.whole:
            return
        stems = {PurePosixPath(path).with_suffix(".toml").as_posix() for path in self.collection.paths}
        for sidecar in sorted(self.collection.sidecars - stems - _CONFIGURATION):
            yield Skipped(sidecar, "metadata beside no document: no file of that name with a suffix that is read")
        for named in sorted(self.configuration.keys() - set(self.collection.paths)):
            yield Skipped(CONFIGURATION, f"{shown(named)!r} in it names no document of the collection")


def _ids_of_files(paths: tuple[str, ...]) -> dict[str, str]:
    """Give each file the path without its suffix, or with it where that would stand for two files.

    Files of records take no id: each record has its own.
    """
    stems = {path: PurePosixPath(path).with_suffix("").as_posix() for path in paths if is_single(path)}
    uses = Counter(stem.casefold() for stem in stems.values())
    # A file may be named like the path of another: a.txt.md beside a.txt and a.md.
    uses.update(path.casefold() for path in stems)
    return dict.fromkeys(paths, "") | {
        path: stem if uses[stem.casefold()] == 1 else path for path, stem in stems.items()
    }


def _document(extracted: Extracted, beside: tuple[Metadata, Metadata], names: tuple[str, str], data: bytes) -> Document:
    """Make the record of a document from its text and from what is known of it, before and after its own metadata."""
    given, named = beside
    identity, relative = names
    text = extracted.text
    if not text.strip():
        raise Unreadable("empty: it holds no text but its metadata")
    declared = given.language or extracted.metadata.language
    if declared is not None and declared.replace("_", "-").split("-")[0].casefold() not in _ENGLISH:
        raise Unreadable(f"not in English, which is all that is read: its metadata says {declared!r}")
    if declared is None and not is_english(text):
        raise Unreadable('not in English, which is all that is read; if it is, give it language = "en" as metadata')
    known = merge(given, extracted.metadata, named, Metadata(published=extracted.created))
    notes = extracted.notes
    if known.published is None:
        notes = (*notes, _UNDATED)
    elif merge(given, extracted.metadata, named).published is None:
        notes = (*notes, "published: the day on which the file was made, for want of a publication date")
    shown_of_it = {"name": relative, "title": known.title, "publisher": known.publisher, "author": known.author}
    notes = (*notes, *_lookalikes(shown_of_it | {"text": text}))
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
        notes=notes,
    )


def _lookalikes(parts: Mapping[str, str | None]) -> Iterator[str]:
    """Tell of each part in which a word passes for another, as names of impostors do."""
    for part, words in parts.items():
        word = first_lookalike(words or "")
        if word:
            yield f"{word!r} in its {part} mixes letters of alphabets that look alike: it is not what it seems"
