"""The store itself: one SQLite file, with one writer at a time, that is whole after a kill at any moment."""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from briefing_lib.errors import BriefingError
from briefing_lib.extraction import Extraction
from briefing_lib.models import Document
from briefing_lib.store.serialising import SCHEMA, Unusable, from_bytes, key_of, to_bytes

if TYPE_CHECKING:
    from filelock import BaseFileLock

PLACE, OFF = "BRIEFING_STORE", "off"
# Tells our files from other SQLite files (PRAGMA application_id): "Brie".
_APPLICATION = 0x42726965
# Milliseconds that a run waits for another one to finish a write.
_PATIENCE = 60_000
# Keys looked up in one statement; SQLite takes at least 999 values.
_AT_ONCE = 500
_TABLE = (
    "CREATE TABLE IF NOT EXISTS extractions (key BLOB PRIMARY KEY, version TEXT NOT NULL,"
    " payload BLOB NOT NULL, weighed TEXT NOT NULL) WITHOUT ROWID"
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds: its file, its size in bytes, and how many documents for each extractor's version."""

    path: Path
    size: int
    documents: Mapping[str, int]


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
    """Extractions by document and extractor.

    Nothing that goes wrong with the file stops a run: a damaged or foreign one is set aside under another name and
    begun anew, and where none can be kept, everything is extracted again; each with a line on standard error.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._connection = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was kept stays."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

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
        rows = [
            (key_of(one.extraction.document, version), version, to_bytes(one.extraction), one.weighed)
            for one in found
            if one.extraction.lasting
        ]
        if self._connection is None or not rows:
            return
        try:
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO extractions VALUES (?, ?, ?, ?)", rows)
        except sqlite3.Error as error:
            self._give_up(error)

    @contextmanager
    def turn(self, documents: Iterable[Document], version: str) -> Iterator[None]:
        """Let one run at a time extract the same documents: who comes second finds them here.

        A run that dies gives up its turn; the system sees to it.
        """
        if self._connection is None:
            yield
            return
        digest = hashlib.sha256(b"".join(key_of(document, version) for document in documents)).hexdigest()[:32]
        with self._lock(f".{digest}"):
            yield

    def contents(self) -> Contents:
        """Return what the store holds."""
        counted: list[tuple[str, int]] = []
        if self._connection is not None:
            query = "SELECT version, count(*) FROM extractions GROUP BY version ORDER BY version"
            counted = self._connection.execute(query).fetchall()
        size = sum(path.stat().st_size for path in self._files() if path.is_file())
        return Contents(self.path, size, dict(counted))

    def clear(self) -> None:
        """Take out everything.

        Raises
        ------
        BriefingError
            Another run holds the file.
        """
        if self._connection is None:
            return
        try:
            with self._connection:
                self._connection.execute("DELETE FROM extractions")
            self._connection.execute("VACUUM")
        except sqlite3.Error as error:
            raise BriefingError(f"the store {self.path} cannot be cleared: {error}; try again") from error

    def _find(self, documents: list[Document], version: str) -> Iterator[Kept | None]:
        keys = [key_of(document, version) for document in documents]
        held = self._rows(keys)
        for document, key in zip(documents, keys, strict=True):
            row = held.get(key)
            yield None if row is None else self._read(row, document)

    def _rows(self, keys: list[bytes]) -> dict[bytes, tuple[bytes, str]]:
        if self._connection is None or not keys:
            return {}
        marks = ",".join("?" * len(keys))
        try:
            # Only the marks are put in; the keys go beside the statement.
            query = f"SELECT key, payload, weighed FROM extractions WHERE key IN ({marks})"
            rows = self._connection.execute(query, keys)
            return {bytes(key): (bytes(payload), str(weighed)) for key, payload, weighed in rows}
        except (sqlite3.Error, TypeError) as error:
            self._begin_anew(str(error))
            return {}

    def _read(self, row: tuple[bytes, str], document: Document) -> Kept | None:
        data, weighed = row
        try:
            return Kept(from_bytes(data, document), weighed)
        except Unusable as error:
            self._begin_anew(str(error))
            return None

    # --- the file -------------------------------------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection | None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._lock():  # two runs that begin a store at once would each find the other's half made
                return self._connect()
        except _Foreign as reason:
            return self._set_aside(str(reason))
        except (sqlite3.OperationalError, OSError) as error:
            self._give_up(error)
        except sqlite3.DatabaseError as error:
            return self._set_aside(str(error))
        return None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_PATIENCE / 1000, check_same_thread=False)
        try:
            # What a foreign file defines is never run.
            connection.execute("PRAGMA trusted_schema = OFF")
            with closing(connection.execute("PRAGMA application_id")) as cursor:
                (application,) = cursor.fetchone()
            empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
            if not empty:
                self._require_ours(connection, application)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            if empty:
                with connection:
                    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                    connection.execute(f"PRAGMA user_version = {SCHEMA}")
                    connection.execute(_TABLE)
        except BaseException:
            connection.close()
            raise
        return connection

    def _require_ours(self, connection: sqlite3.Connection, application: int) -> None:
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        if application != _APPLICATION:
            raise _Foreign("it is no store of this program's")
        if schema != SCHEMA:
            raise _Foreign(f"another version of this program made it (format {schema})")
        names = connection.execute("SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").fetchall()
        if names != [("table", "extractions")]:
            raise _Foreign("it holds what this program did not put there")

    def _begin_anew(self, reason: str) -> None:
        self.close()
        self._connection = self._set_aside(reason)

    def _set_aside(self, reason: str) -> sqlite3.Connection | None:
        aside = next(
            place
            for n in range(1, 1_000_000)
            if not (place := self.path.with_name(f"{self.path.name}.{n}.bad")).exists()
        )
        try:
            self.path.replace(aside)
            for beside in self._files():
                beside.unlink(missing_ok=True)
            _tell(f"the store {self.path} cannot be used ({reason}); it is now {aside.name}, and a new one is begun")
            return self._connect()
        except (OSError, sqlite3.Error, _Foreign) as error:
            self._give_up(error)
            return None

    def _give_up(self, error: Exception) -> None:
        self.close()
        _tell(f"nothing can be kept in the store {self.path} ({error}); everything is read anew")

    def _lock(self, of: str = "") -> "BaseFileLock":
        """Return a lock that the system frees where its holder dies."""
        from filelock import FileLock

        return FileLock(self.path.with_name(f"{self.path.name}{of}.lock"))

    def _files(self) -> list[Path]:
        return [self.path, *(self.path.with_name(f"{self.path.name}-{end}") for end in ("wal", "shm"))]


class _Foreign(Exception):
    """The file is an SQLite file that this version did not make."""


def _tell(text: str) -> None:
    sys.stderr.write(f"briefing: {text}\n")
