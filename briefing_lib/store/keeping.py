"""The store itself: what was read and what was extracted, each under all that decides on it."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

from briefing_lib.extraction import Extraction
from briefing_lib.installed import digest_of
from briefing_lib.models import Document
from briefing_lib.reading import Found
from briefing_lib.store.as_read import found_from_bytes, found_to_bytes
from briefing_lib.store.database import Database
from briefing_lib.store.serialising import Unusable, from_bytes, from_outlines, key_of, outline_of, to_bytes, to_places

PLACE, OFF = "BRIEFING_STORE", "off"
_NOTHING = "[]"  # JSON
_OUTLINES = "SELECT key, threats, outline, settled, telling FROM extractions WHERE key IN"
# Whether a row is settled is asked again: another run may have put another in its place.
_PAYLOADS = "SELECT key, payload, weighed, settled, telling FROM extractions WHERE key IN"
# Bytes of what was read that are put in at once.
_ENOUGH = 1_000_000


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds.

    Attributes
    ----------
    size
        Bytes of its file.
    documents
        How many documents were extracted, by the extractor's version.
    read
        How many documents are kept as they were read.
    """

    path: Path
    size: int
    documents: Mapping[str, int]
    read: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a document.

    Attributes
    ----------
    weighed
        The mark of the threats that what it has unread was weighed against.
    settled
        True where what bears on no threat of the collection is left out of the extraction.
    """

    extraction: Extraction
    weighed: str = ""
    settled: bool = False


def store_of_user() -> "Store | None":
    """Return the store that the environment names, else the one in the user's cache; None where it is switched off.

    ``BRIEFING_STORE`` is the path of a file, or ``off``.
    """
    named = os.environ.get(PLACE, "")
    if named.lower() == OFF:
        return None
    if named:
        return Store(Path(named))
    from platformdirs import user_cache_path

    return Store(user_cache_path("briefing-lib", appauthor=False) / "extractions.sqlite3")


class Store:
    """Documents by the bytes that they were read from, and extractions by document and extractor.

    Nothing that goes wrong with its file stops a run: see `Database`.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path)
        self._read: list[tuple[bytes, int, bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was kept stays."""
        self._put_read()
        self._database.close()

    # --- what was read ------------------------------------------------------------------------------------------------

    def recall(self, key: bytes) -> Sequence[Found] | None:
        """Return what was found in the bytes of a key, or None (`briefing_lib.reading.Memory`)."""
        for (payload,) in self._database.rows("SELECT payload FROM readings WHERE key = ?", (key,)):
            try:
                return found_from_bytes(payload)
            except Unusable as error:
                self._database.begin_anew(str(error))
        return None

    def remember(self, key: bytes, found: Sequence[Found]) -> None:
        """Keep what was found in the bytes of a key; at the latest, when the store is closed."""
        self._read.append((key, sum(isinstance(one.item, Document) for one in found), found_to_bytes(found)))
        if sum(len(payload) for *_, payload in self._read) >= _ENOUGH:
            self._put_read()

    def _put_read(self) -> None:
        self._database.put("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", self._read)
        self._read = []

    # --- what was extracted -------------------------------------------------------------------------------------------

    def find(self, documents: Sequence[Document], version: str, *, in_full: bool = False) -> list[Kept | None]:
        """Return what is kept of each document for an extractor's version, or None, in order.

        Of those that are settled (`settle`) for the very threats that the documents are known to hold, only what bears
        on one of these, names and notes are returned, unless asked for in full.
        """
        keys = [key_of(document, version) for document in documents]
        by_key = dict(zip(keys, documents, strict=True))
        rows = list(self._database.rows_of(_OUTLINES, list(by_key)))
        mark = None if in_full else _mark(key for key, threats, *_ in rows if threats)
        idle = {key: outline for key, threats, outline, *rest in rows if rest == [mark, _NOTHING] and not threats}
        try:
            outlines = from_outlines(idle.values(), map(by_key.__getitem__, idle))
            found = {key: Kept(one, settled=True) for key, one in zip(idle, outlines, strict=True)}
            found |= self._unpacked({key: by_key[key] for key in by_key.keys() - idle.keys()}, mark)
        except Unusable as error:
            self._database.begin_anew(str(error))
            found = {}
        return [found.get(key) for key in keys]

    def _unpacked(self, by_key: Mapping[bytes, Document], mark: str | None) -> Iterator[tuple[bytes, Kept]]:
        """Yield what is kept of documents, of those that are settled what bears on a threat, under their keys."""
        for key, payload, weighed, settled, telling in self._database.rows_of(_PAYLOADS, list(by_key)):
            places = to_places(telling) if settled == mark else None
            yield key, Kept(from_bytes(payload, by_key[key], telling=places), weighed, settled=places is not None)

    def keep(self, found: Iterable[Kept], version: str) -> None:
        """Keep extractions, all of them or none; those that do not last are left out."""
        lasting = ((one.extraction, one.weighed) for one in found if one.extraction.lasting)
        self._database.put(
            "INSERT OR REPLACE INTO extractions VALUES (?, ?, ?, ?, ?, ?, '', '')",
            (
                (key_of(one.document, version), version, len(one.threats), outline_of(one), to_bytes(one), weighed)
                for one, weighed in lasting
            ),
        )

    def weigh(self, documents: Iterable[Document], version: str, mark: str) -> None:
        """Keep that what documents have unread was weighed against more threats, and nothing in it bears on them."""
        self._database.put(
            "UPDATE extractions SET weighed = ?, settled = '', telling = '' WHERE key = ?",
            ((mark, key_of(document, version)) for document in documents),
        )

    def keep_sought(self, mark: str, threats: Iterable[str]) -> None:
        """Keep what the threats seek that a mark stands for, by the mark of each (`Reach.marks`)."""
        self._database.put("INSERT OR REPLACE INTO sought VALUES (?, ?)", [(mark, " ".join(threats))])

    def sought_by(self, mark: str) -> frozenset[str]:
        """Return the marks of what the threats seek that a mark stands for; none where it is not known."""
        rows = self._database.rows("SELECT threats FROM sought WHERE mark = ?", (mark,))
        return frozenset(one for (threats,) in rows for one in threats.split())

    def settle(self, kept: Sequence[Kept], telling: Mapping[str, Set[tuple[int, int]]], version: str) -> None:
        """Keep of documents which passages bear on a threat that any of them holds.

        Whatever is added to the collection, it stays so until there are other threats.

        Parameters
        ----------
        kept
            All that is kept of the collection.
        telling
            Offsets of the passages, by the ids of their documents.
        """
        mark = _mark(key_of(one.extraction.document, version) for one in kept if one.extraction.threats)
        documents = ((one.extraction.document, one.weighed) for one in kept if not one.settled)
        self._database.put(
            # Not where another run has read other passages meanwhile.
            "UPDATE extractions SET settled = ?, telling = ? WHERE key = ? AND weighed = ?",
            (
                (mark, json.dumps(sorted(telling.get(document.id, ()))), key_of(document, version), weighed)
                for document, weighed in documents
            ),
        )

    @contextmanager
    def turn(self, documents: Iterable[Document], version: str) -> Iterator[None]:
        """Let one run at a time extract the same documents: who comes second finds them here.

        A run that dies gives up its turn; the system sees to it.
        """
        if not self._database.is_open:
            yield
            return
        digest = hashlib.sha256(f"{version}\n".encode())
        digest.update("\n".join(document.sha256 for document in documents).encode())
        with self._database.locked(f".{digest.hexdigest()[:32]}"):
            yield

    # --- the whole ----------------------------------------------------------------------------------------------------

    def contents(self) -> Contents:
        """Return what the store holds."""
        query = "SELECT version, count(*) FROM extractions GROUP BY version ORDER BY version"
        counted = dict(self._database.rows(query))
        [(read,)] = self._database.rows("SELECT total(documents) FROM readings") or [(0,)]
        return Contents(self._database.path, self._database.size(), counted, int(read))

    def clear(self) -> None:
        """Take out everything.

        Raises
        ------
        BriefingError
            Another run holds the file.
        """
        self._database.clear()


def _mark(threatening: Iterable[bytes]) -> str:
    """Return a digest of all that decides which outcomes bear on a threat, but for the outcomes themselves."""
    digest = hashlib.sha256(_code().encode())
    for key in sorted(threatening):
        digest.update(key)
    return digest.hexdigest()[:32]


@lru_cache(maxsize=1)
def _code() -> str:
    return digest_of("assessment")
