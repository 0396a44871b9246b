"""Where a briefing's files go, and how they get there: made beside their place, then moved in at once."""

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from briefing_lib.errors import NotThere
from briefing_lib.writing import flush, flush_folder

_AT_FDCWD = -100  # fcntl.h: paths are relative to the working folder
_EXCHANGE = 2  # Linux RENAME_EXCHANGE and macOS RENAME_SWAP
_OLD = ".old"
_STAGED = ".making-"


def destination(output: Path, *, collection: str, as_of: date) -> Path:
    """Return the folder of a collection's briefing as of a day."""
    return output / collection / as_of.isoformat()


def no_briefing(path: Path, error: OSError) -> NotThere:
    """Return the error that a folder holds no rendered briefing, with those that stand below it."""
    folder = path.parent
    held = (one.parent for pattern in ("*/run.json", "*/*/run.json") for one in folder.glob(pattern))
    below = sorted(one for one in held if one.suffix != failed_place(one).suffix)
    meant = f", such as {below[-1]}" if below else ""
    return NotThere(f"{folder}: no {path.name} ({error.strerror}); give the folder of a rendered briefing{meant}")


def failed_place(place: Path) -> Path:
    """Return the folder beside a briefing's place that keeps what a failed run left."""
    return place.with_name(f"{place.name}.failed")


@contextmanager
def staging(place: Path) -> Iterator[Path]:
    """Give an empty folder on the same disk as a place, gone afterwards unless it was moved.

    Whoever calls this holds the folder that the place is in: what killed runs left there is put right or taken away.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    _recover(place)
    for left in place.parent.glob(f".{place.name}{_STAGED}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{place.name}{_STAGED}", dir=place.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def move_in(folder: Path, place: Path) -> None:
    """Put a finished folder in a place; what stood there before is gone.

    On Linux and macOS there is no moment at which the place is empty or mixed. Elsewhere there are two renames, and
    the next run repairs what a crash between them left.
    """
    _flush(folder)
    folder.chmod(0o755)  # mkdtemp's folder is private; a briefing is for sharing
    if not place.exists():
        folder.rename(place)
    elif not _exchanged(folder, place):
        old = _old_of(place)
        place.rename(old)
        folder.rename(place)
        shutil.rmtree(old, ignore_errors=True)
    flush_folder(place.parent)


def _old_of(place: Path) -> Path:
    return place.with_name(f".{place.name}{_OLD}")


def _recover(place: Path) -> None:
    """Bring back what stood in a place if a run died between the two renames."""
    old = _old_of(place)
    if not old.exists():
        return
    if place.exists():
        shutil.rmtree(old, ignore_errors=True)
    else:
        old.rename(place)


def _exchanged(one: Path, other: Path) -> bool:
    """Swap two folders in one step, where the system and its file system can."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        first, second = os.fsencode(one), os.fsencode(other)
        if sys.platform == "linux":
            return bool(library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _EXCHANGE) == 0)
        if sys.platform == "darwin":
            return bool(library.renamex_np(first, second, _EXCHANGE) == 0)
    except (OSError, AttributeError, TypeError):
        # An old C library, or Windows: the two renames do.
        return False
    return False


def _flush(folder: Path) -> None:
    """Have the files on the disk before their names are."""
    for path in folder.rglob("*"):
        if path.is_file():
            flush(path)
    flush_folder(folder)
