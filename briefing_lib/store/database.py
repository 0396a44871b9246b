"""One SQLite file, with one writer at a time, that is whole after a kill at any moment."""

import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing_lib.errors import BriefingError
from briefing_lib.store.serialising import SCHEMA

if TYPE_CHECKING:
    from filelock import BaseFileLock

# Tells our files from other SQLite files (PRAGMA application_id): "Brie".
_APPLICATION = 0x42726965
# Milliseconds that a run waits for another one to finish a write.
_PATIENCE = 60_000
# Keys looked up in one statement; SQLite takes at least 999 values.
_AT_ONCE = 500
_TABLES = {
    "extractions": "key BLOB PRIMARY KEY, version TEXT NOT NULL, threats INTEGER NOT NULL, outline TEXT NOT NULL,"
    " payload BLOB NOT NULL, weighed TEXT NOT NULL, settled TEXT NOT NULL, telling TEXT NOT NULL",
    "sought": "mark TEXT PRIMARY KEY, threats TEXT NOT NULL",
    "readings": "key BLOB PRIMARY KEY, documents INTEGER NOT NULL, payload BLOB NOT NULL",
}


class Database:
    """The tables of a store, and what becomes of its file.

    Nothing that goes wrong with the file stops a run: a damaged or foreign one is set aside under another name and
    begun anew, and where nothing can be kept, nothing is found; each with a line on standard error.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._connection = self._open()

    @property
    def is_open(self) -> bool:
        """Whether anything can be kept."""
        return self._connection is not None

    def close(self) -> None:
        """Close the file; what was kept stays."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query; none where the file cannot be read, which is then set aside."""
        if self._connection is None:
            return []
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self.begin_anew(str(error))
            return []

    def rows_of(self, query: str, keys: Sequence[bytes]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query that ends where its keys are to follow, for some keys at a time."""
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            # Only the marks are put in; the keys go beside the statement.
            yield from self.rows(f"{query} ({','.join('?' * len(some))})", some)

    def put(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run a statement with each of some rows, all of them or none."""
        rows = list(rows)
        if self._connection is None or not rows:
            return
        try:
            with self._connection:
                self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            self._give_up(error)

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
                for table in _TABLES:
                    self._connection.execute(f"DELETE FROM {table}")
            self._connection.execute("VACUUM")
        except sqlite3.Error as error:
            raise BriefingError(f"the store {self.path} cannot be cleared: {error}; try again") from error

    def size(self) -> int:
        """Return the bytes that the file takes, with what SQLite keeps beside it."""
        return sum(path.stat().st_size for path in self._files() if path.is_file())

    def begin_anew(self, reason: str) -> None:
        """Set the file aside, for a reason that is told, and begin another."""
        self.close()
        self._connection = self._set_aside(reason)

    @contextmanager
    def locked(self, of: str = "") -> Iterator[None]:
        """Hold a lock that the system frees where its holder dies."""
        with self._lock(of):
            yield

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
        # It holds texts of documents, which are not for others; what SQLite puts beside it is as open as it is.
        self.path.touch(mode=0o600)
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
                    for table, columns in _TABLES.items():
                        connection.execute(f"CREATE TABLE {table} ({columns})")
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
        if sorted(names) != [("table", table) for table in sorted(_TABLES)]:
            raise _Foreign("it holds what this program did not put there")

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
        from filelock import FileLock

        return FileLock(self.path.with_name(f"{self.path.name}{of}.lock"))

    def _files(self) -> list[Path]:
        return [self.path, *(self.path.with_name(f"{self.path.name}-{end}") for end in ("wal", "shm"))]


class _Foreign(Exception):
    """The file is an SQLite file that this version did not make."""


def _tell(text: str) -> None:
    sys.stderr.write(f"briefing: {text}\n")
