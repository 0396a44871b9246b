"""Files of this machine: nothing outside the folder, nothing but regular files."""

import errno
import os
import stat
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from briefing_lib.errors import BadMetadata, SourcesNotFound
from briefing_lib.reading.extracted import is_deceptive_name, shown
from briefing_lib.reading.limits import Unreadable
from briefing_lib.reading.origins.origin import File

_LINK = "a link"
DECEPTIVE = "its name holds control or bidirectional characters; rename it"


def not_found(path: Path) -> SourcesNotFound:
    """Return the error that nothing is at a path, with the collection of that name, if there is one."""
    here = Path.cwd()
    named = path.relative_to(here) if path.is_relative_to(here) else path
    near = Path("seeds", path.name)
    meant = f"did you mean {near.as_posix()!r}? " if near.is_dir() else ""
    return SourcesNotFound(
        f"there is no folder or file {str(named)!r}; {meant}give a folder of documents, one document, or a URL"
    )


@dataclass(frozen=True, slots=True)
class LocalOrigin:
    """A folder or a file of this machine.

    ``by_mark``: a file is opened only if it is the one that was listed, on another machine perhaps.
    """

    path: Path
    by_mark: bool = False
    is_remote = False

    def __str__(self) -> str:
        return str(self.path)

    @property
    def name(self) -> str:
        """The name of the folder, or of the file without its suffix."""
        place = self.path.resolve()
        return (place.stem if place.is_file() else place.name) or "sources"

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.path.is_dir()

    def exists(self) -> bool:
        """Tell whether there is anything."""
        return self.path.exists()

    def files(self) -> list[File]:
        """Return the files in order of path.

        Raises
        ------
        SourcesNotFound
            There is no such folder or file.
        """
        try:
            if self.path.is_dir():
                return sorted(_listed(self.path), key=lambda file: file.path)
            if self.path.exists():
                return list(self._one_file())
        except (OSError, ValueError) as error:
            raise SourcesNotFound(f"{str(self.path)!r} cannot be read: {error}") from error
        raise not_found(self.path)

    def own(self, name: str) -> File | None:
        """Return a file of the collection's own, or None where it has none.

        Raises
        ------
        BadMetadata
            It is a link to somewhere else.
        """
        folder = self._folder()
        path = folder / name
        if not path.is_file():
            return None
        if not path.resolve().is_relative_to(folder.resolve()):
            raise BadMetadata(f"{name} is a link that leaves the collection; copy the file into the folder")
        return File(name, key=name)

    def open(self, file: File) -> BinaryIO:
        """Open a regular file, once, so that one that changes is read as it was at one moment.

        Raises
        ------
        Unreadable
            It is no regular file.
        """
        # Without blocking: a pipe that took the file's place must not hang the run.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self._folder() / file.key, flags)
        opened = open(descriptor, "rb")  # noqa: PTH123, SIM115 - a descriptor, not a path; whoever asked closes it
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            opened.close()
            raise Unreadable("not a regular file")
        if self.by_mark and _mark(found) != file.mark:
            opened.close()
            raise OSError(errno.ESTALE, "it is not the file that was listed")
        return opened

    def mark_of(self, file: File) -> str:
        """Return nothing: here the content itself is looked at."""
        return ""

    def fetched(self, file: File) -> None:
        """Return nothing: here the content itself is looked at."""

    def from_elsewhere(self) -> "LocalOrigin":
        """Return it by its full path: another machine may hold another file there."""
        return LocalOrigin(self.path.absolute(), by_mark=True)

    def _folder(self) -> Path:
        return self.path if self.path.is_dir() else self.path.parent

    def _one_file(self) -> Iterator[File]:
        named = self.path.name
        if not self.path.is_file():
            yield File(named, problem="not a regular file")
            return
        yield _regular(self.path, named)
        for beside in (self.path.with_suffix(".toml"), self.path.with_name("sources.toml")):
            if beside.name != named and beside.is_file():
                yield _regular(beside, beside.name)


def _listed(root: Path) -> Iterator[File]:
    links: list[str] = []
    seen: set[str] = set()
    for file in _walk(root):
        if file.problem == _LINK:
            links.append(file.path)
            continue
        if not file.problem:
            seen.add(file.path)
        yield file
    for relative in links:
        yield _link(root, relative, seen)


def _walk(root: Path) -> Iterator[File]:
    """Yield each file under a folder with what keeps it from being read."""
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
        except OSError as error:
            yield File(folder, problem=f"the folder cannot be read: {error.strerror}")
            continue
        for entry in entries:
            relative = f"{folder}/{entry.name}" if folder else entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append(relative)
            else:
                yield _file_of(entry, relative)


def _file_of(entry: "os.DirEntry[str]", relative: str) -> File:
    if is_deceptive_name(entry.name):
        return File(relative, key=relative, problem=DECEPTIVE)
    if entry.is_symlink():
        return File(relative, problem=_LINK)
    if not entry.is_file(follow_symlinks=False):
        return File(relative, problem="not a regular file")
    return _regular(entry, relative)


def _regular(found: "os.DirEntry[str] | Path", relative: str) -> File:
    try:
        state = found.stat()
    except OSError:
        # Gone since it was listed, as whoever opens it will tell.
        return File(relative, key=relative)
    return File(relative, key=relative, size=state.st_size, mark=_mark(state))


def _mark(found: os.stat_result) -> str:
    return f"{found.st_size} {found.st_mtime_ns}"


def _link(root: Path, relative: str, listed: Set[str]) -> File:
    """Return a symbolic link as the file that it leads to, or with what keeps it from being followed."""
    try:
        target = (root / relative).resolve(strict=True)
        inside = target.relative_to(root.resolve()).as_posix()
    except (OSError, RuntimeError):
        return File(relative, problem="a link that leads nowhere")
    except ValueError:
        return File(
            relative, problem="a link that leaves the collection; copy the file into the folder to have it read"
        )
    if not target.is_file():
        return File(relative, problem="a link to something that is not a regular file")
    if inside in listed:
        problem = f"a link to {shown(inside)}, which is read under its own name"
        return File(relative, key=relative, problem=problem)
    return _regular(root / relative, relative)
