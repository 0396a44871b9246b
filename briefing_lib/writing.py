"""One file, written whole or not at all."""

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PART = re.compile(r"\..+\.part-(\d+)-\w+")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give an empty file beside a path, for the caller to fill; it takes the path's place, or is gone where that fails.

    What is filled is on the disk before it has its name. What killed processes left is taken away. A link is followed,
    and a file keeps its permissions.

    Raises
    ------
    OSError
        There is no such folder, or it cannot be written to.
    """
    place = path.resolve()
    if not place.parent.is_dir():
        # The name of the part that could not be made would mean nothing to whoever named the file.
        raise FileNotFoundError(errno.ENOENT, "no such folder; make it, or name another", str(path.parent))
    _sweep(place)
    handle, name = tempfile.mkstemp(prefix=f".{place.name}.part-{os.getpid()}-", dir=place.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(place.stat().st_mode & 0o777 if place.exists() else 0o644)
        flush(part)
        part.replace(place)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    flush_folder(place.parent)


def write_whole(path: Path, text: str) -> None:
    r"""Write a text as UTF-8, lines ended by ``\n``, in place of what a file held before."""
    with whole(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def flush(path: Path) -> None:
    """Have a file's content on the disk.

    Raises
    ------
    OSError
        The disk is full, or failed.
    """
    with path.open("rb+") as file:
        try:
            os.fsync(file.fileno())
        except OSError as error:
            # Some file systems (of networks, of containers) know no such request.
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise


def flush_folder(folder: Path) -> None:
    """Have a folder's names on the disk, where the system can do that (Windows cannot)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(place: Path) -> None:
    from psutil import pid_exists

    for left in place.parent.glob(f".{_literal(place.name)}.part-*"):
        owner = _PART.fullmatch(left.name)
        if owner and not pid_exists(int(owner[1])):
            with suppress(OSError):
                left.unlink()


def _literal(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)
