"""A folder of files → documents in order of publication, and what was left out with the reason."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from pathlib import Path, PurePosixPath

from briefing_lib.errors import SourcesNotFound
from briefing_lib.models import Document, Reading, Skipped
from briefing_lib.reading.documents import ReadFiles, Wanted, read_files, settled
from briefing_lib.reading.extracted import Metadata, shown
from briefing_lib.reading.files import Collection, find_collection
from briefing_lib.reading.formats import is_single
from briefing_lib.reading.limits import Limits
from briefing_lib.reading.metadata import CONFIGURATION, read_configuration
from briefing_lib.reading.origins import File, Origin

# The collection's own files of configuration; other `.toml` files stand beside a document.
_CONFIGURATION = frozenset({CONFIGURATION, "actors.toml", "words.toml", "decisions.toml"})


def read_sources(sources: str | Path | Origin, *, limits: Limits | None = None, by: ReadFiles = read_files) -> Reading:
    """Read a collection's folder, or one document.

    Parameters
    ----------
    sources
        A folder, read with its subfolders, or one file; or a URL of either that fsspec knows (docs/remote-sources.md).
    limits
        What one file may cost; as ``sources.toml`` says where None.
    by
        What reads the files: this process, or the workers of a cluster.

    Returns
    -------
    Reading
        Documents in order of publication date, then id; those without a date last. The same files give the same
        reading, wherever they are.

    Raises
    ------
    SourcesNotFound
        There is no such folder or file, or the folder holds nothing to read.
    UrlUnavailable
        It is a URL, and nothing answers, access is denied, or no driver is installed.
    BadMetadata
        ``sources.toml`` is malformed. A malformed sidecar only skips its document.

    Examples
    --------
    >>> [document.title for document in read_sources("seeds/example").documents]  # doctest: +SKIP
    ['Strait closed']
    """
    collection = find_collection(sources)
    documents: list[Document] = []
    skipped: list[Skipped] = []
    for item in _items_of(collection, limits, by):
        if isinstance(item, Document):
            documents.append(item)
        else:
            skipped.append(item)
    if not documents and not skipped:
        place = str(collection.origin)
        raise SourcesNotFound(f"no document in {place!r}; put .txt, .md, .html, .pdf, .docx or .jsonl files there")
    return Reading(tuple(sorted(documents, key=_order)), tuple(skipped), name=collection.origin.name)


def iter_sources(sources: str | Path | Origin, *, limits: Limits | None = None) -> Iterator[Document | Skipped]:
    """Yield each document of a collection in order of path, and what was left out, holding few files at a time.

    Takes and raises what `read_sources` does, but for a folder without documents, which yields nothing.
    """
    return _items_of(find_collection(sources), limits, read_files)


def _order(document: Document) -> tuple[date, str]:
    published = document.published
    return (published.start if published and published.start else date.max), document.id


def _items_of(collection: Collection, limits: Limits | None, by: ReadFiles) -> Iterator[Document | Skipped]:
    configuration = read_configuration(collection.origin)
    paths = tuple(file.path for file in collection.documents)
    ids = _ids_of_files(paths)
    wanted = [
        Wanted(file, ids[file.path], configuration.documents.get(file.path, Metadata()), _sidecar(file, collection))
        for file in collection.documents
    ]
    found = by(collection.origin, wanted, limits or configuration.limits)
    return chain(
        settled(chain.from_iterable(found), set(ids.values())),
        collection.skipped,
        _unmatched(collection, paths, configuration.documents),
    )


def _sidecar(file: File, collection: Collection) -> File | None:
    beside = _beside(file.path)
    return None if beside in _CONFIGURATION else collection.beside.get(beside)


def _beside(path: str) -> str:
    return PurePosixPath(path).with_suffix(".toml").as_posix()


def _unmatched(collection: Collection, paths: tuple[str, ...], configured: Mapping[str, Metadata]) -> Iterator[Skipped]:
    """Report metadata that belongs to no document: most often a misspelt name."""
    if not collection.whole:
        return
    for sidecar in sorted(collection.beside.keys() - set(map(_beside, paths)) - _CONFIGURATION):
        yield Skipped(sidecar, "metadata beside no document: no file of that name with a suffix that is read")
    for named in sorted(configured.keys() - set(paths)):
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
