"""What every origin of files is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol, Self


@dataclass(frozen=True, slots=True)
class File:
    """One file of an origin.

    Attributes
    ----------
    path
        Relative to the collection's folder, with ``/`` between parts.
    key
        What the origin itself calls it; empty where it may not be opened at all.
    size
        Bytes, or None where the origin does not say before the file is read.
    mark
        Changes when the content does: an entity tag, or size and time of change. Empty where the origin gives none.
    problem
        Why it cannot be read; empty where it can.
    """

    path: str
    key: str = ""
    size: int | None = None
    mark: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched of a file: how many bytes, and their SHA-256, in hex, where that is all of it, else nothing."""

    length: int
    sha256: str = ""


class Origin(Protocol):
    """A collection's folder, or one file and what stands beside it; as text, its path or URL.

    What cannot be reached raises an OSError whose ``strerror`` says why; no message holds a name, password or query
    of a URL.
    """

    @property
    def name(self) -> str:
        """The collection's name: that of its folder, or of its file without the suffix."""
        ...

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder, and not one file."""
        ...

    @property
    def is_remote(self) -> bool:
        """Whether getting at a file costs more than reading it: files are fetched side by side, and never in vain."""
        ...

    def exists(self) -> bool:
        """Tell whether there is anything."""
        ...

    def files(self) -> Sequence[File]:
        """Return the files, in order of path; hidden ones and their folders are left out.

        Of a single file: the file, then its sidecar and the ``sources.toml`` beside it, as far as there are any.

        Raises
        ------
        SourcesNotFound
            There is no such folder or file.
        UrlUnavailable
            It is a URL, and nothing answers, access is denied, or no driver is installed.
        """
        ...

    def own(self, name: str) -> File | None:
        """Return a file of the collection's own, such as ``actors.toml``, or None where it has none.

        Raises
        ------
        BadMetadata
            It is a link to somewhere else.
        """
        ...

    def open(self, file: File) -> BinaryIO:
        """Open a file to read; what is no regular file raises ``Unreadable``."""
        ...

    def mark_of(self, file: File) -> str:
        """Return a file's mark as it is now, which may take a request; empty where the origin gives none."""
        ...

    def fetched(self, file: File) -> Fetched | None:
        """Return what was fetched of a file by this object so far, or None where nothing was or it need not know."""
        ...

    def from_elsewhere(self) -> Self:
        """Return the same for another process, perhaps on another machine: small, and without credentials."""
        ...


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file of the collection's own, as what reads such files takes it."""

    origin: Origin
    file: File

    @property
    def name(self) -> str:
        """What an error calls it."""
        return self.file.path

    def open(self) -> BinaryIO:
        """Open it to read."""
        return self.origin.open(self.file)
