"""Which files of a collection are documents, and their bytes: nothing outside the folder, nothing but regular files."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from briefing_lib.errors import SourcesNotFound
from briefing_lib.models import Skipped
from briefing_lib.reading.extracted import is_deceptive_name
from briefing_lib.reading.limits import Limits, Unreadable, require


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder of source documents, or one file of it.

    ``paths`` are relative to ``folder``, with ``/`` between parts, sorted; ``skipped`` is what cannot be a document.
    ``whole`` is False where one file was asked for and its neighbours were not looked at.
    """

    name: str
    folder: Path
    paths: tuple[str, ...]
    sidecars: frozenset[str]
    skipped: tuple[Skipped, ...]
    whole: bool = True


def find_collection(path: str | Path) -> Collection:
    """List the files that a path stands for.

    Raises
    ------
    SourcesNotFound
        There is no such folder or file.
    """
    root = Path(path)
    try:
        if root.is_dir():
            return _list_folder(root)
        if root.exists():
            return _list_file(root)
    except (OSError, ValueError) as error:
        raise SourcesNotFound(f"{str(root)!r} cannot be read: {error}") from error
    raise SourcesNotFound(f"there is no folder or file {str(root)!r}; give a folder of documents, or one document")


def _list_file(path: Path) -> Collection:
    if not path.is_file():
        reason = "not a regular file"
        return Collection(path.stem, path.parent, (), frozenset(), (Skipped(shown(path.name), reason),), whole=False)
    sidecar = path.with_suffix(".toml").name
    beside = frozenset({sidecar}) if (path.parent / sidecar).is_file() else frozenset()
    return Collection(path.stem, path.parent, (path.name,), beside, (), whole=False)


def _list_folder(root: Path) -> Collection:
    paths: list[str] = []
    links: list[str] = []
    skipped: list[Skipped] = []
    for relative, problem in _walk(root):
        if problem == _LINK:
            links.append(relative)
        elif problem:
            skipped.append(Skipped(shown(relative), problem))
        else:
            paths.append(relative)
    for relative in links:
        problem = _problem_of_link(root, relative, frozenset(paths))
        if problem:
            skipped.append(Skipped(shown(relative), problem))
        else:
            paths.append(relative)
    sidecars = frozenset(path for path in paths if path.lower().endswith(".toml"))
    documents = tuple(sorted(path for path in paths if path not in sidecars and not _is_readme(path)))
    return Collection(root.resolve().name, root, documents, sidecars, tuple(sorted(skipped, key=lambda s: s.path)))


_LINK = "a link"


def _walk(root: Path) -> Iterator[tuple[str, str]]:
    """Yield each path under a folder, relative to it, with what keeps it from being read."""
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
        except OSError as error:
            yield folder, f"the folder cannot be read: {error.strerror}"
            continue
        for entry in entries:
            relative = f"{folder}/{entry.name}" if folder else entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append(relative)
            else:
                yield relative, _problem_of_entry(entry)


def _problem_of_entry(entry: "os.DirEntry[str]") -> str:
    if is_deceptive_name(entry.name):
        return "its name holds control or bidirectional characters; rename it"
    if entry.is_symlink():
        return _LINK
    return "" if entry.is_file(follow_symlinks=False) else "not a regular file"


def _problem_of_link(root: Path, relative: str, listed: frozenset[str]) -> str:
    """Say why a symbolic link is not followed, or nothing where it leads to an unlisted file of the collection."""
    try:
        target = (root / relative).resolve(strict=True)
        inside = target.relative_to(root.resolve()).as_posix()
    except (OSError, RuntimeError):
        return "a link that leads nowhere"
    except ValueError:
        return "a link that leaves the collection; copy the file into the folder to have it read"
    if not target.is_file():
        return "a link to something that is not a regular file"
    return f"a link to {shown(inside)}, which is read under its own name" if inside in listed else ""


def _is_readme(path: str) -> bool:
    return PurePosixPath(path).stem.casefold() == "readme"


def shown(path: str) -> str:
    """Return a path as it can be printed anywhere: what cannot be seen or encoded is escaped."""
    if not is_deceptive_name(path):
        return path
    return "".join(c.encode("unicode_escape").decode() if is_deceptive_name(c) else c for c in path)


def read_bytes(path: Path, limits: Limits) -> bytes:
    """Return the bytes of a regular file, opened once so that a file that changes is read as it was at one moment.

    Raises
    ------
    Unreadable
        It is no regular file, cannot be opened, or is over the limit.
    """
    try:
        # Without blocking: a pipe that took the file's place must not hang the run.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Unreadable("not a regular file")
            data = file.read(limits.max_bytes + 1)
    except OSError as error:
        raise Unreadable(f"cannot be opened: {error.strerror}") from error
    require(len(data), limits.max_bytes, what="the file", option="max_bytes")
    if not data.strip():
        raise Unreadable("empty")
    return data
