"""The store itself: what was read and what was extracted, each under all that decides on it."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from briefing_lib.extraction import Extraction
from briefing_lib.models import Document
from briefing_lib.reading import Found
from briefing_lib.store.as_read import found_from_bytes, found_to_bytes
from briefing_lib.store.database import Database
from briefing_lib.store.serialising import Unusable, from_bytes, key_of, to_bytes

PLACE, OFF = "BRIEFING_STORE", "off"
# Keys looked up in one statement; SQLite takes at least 999 values.
_AT_ONCE = 500
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
    """What is kept of a document, and the mark of the threats that what it has unread was weighed against."""

    extraction: Extraction
    weighed: str = ""


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
        self._database.put("readings", self._read)
        self._read = []

    # --- what was extracted -------------------------------------------------------------------------------------------

    def find(self, documents: Iterable[Document], version: str) -> Iterator[Kept | None]:
        """Yield what is kept of each document for an extractor's version, or None, in order."""
        batch: list[Document] = []
        for document in documents:
            batch.append(document)
            if len(batch) == _AT_ONCE:
                yield from self._find(batch, version)
                batch = []
        yield from self._find(batch, version)

    def keep(self, found: Iterable[Kept], version: str) -> None:
        """Keep extractions, all of them or none; those that do not last are left out."""
        lasting = (one for one in found if one.extraction.lasting)
        self._database.put(
            "extractions",
            (
                (key_of(one.extraction.document, version), version, to_bytes(one.extraction), one.weighed)
                for one in lasting
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

    def _find(self, documents: list[Document], version: str) -> Iterator[Kept | None]:
        keys = [key_of(document, version) for document in documents]
        marks = ",".join("?" * len(keys))
        # Only the marks are put in; the keys go beside the statement.
        query = f"SELECT key, payload, weighed FROM extractions WHERE key IN ({marks})"
        held = {key: (payload, weighed) for key, payload, weighed in self._database.rows(query, keys)}
        for document, key in zip(documents, keys, strict=True):
            row = held.get(key)
            yield None if row is None else self._to_kept(row, document)

    def _to_kept(self, row: tuple[bytes, str], document: Document) -> Kept | None:
        data, weighed = row
        try:
            return Kept(from_bytes(data, document), weighed)
        except Unusable as error:
            self._database.begin_anew(str(error))
            return None

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
