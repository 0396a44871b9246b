"""One run at a time on a collection: the others wait for their turn."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

LOCK = ".lock"
_ONE_BYTE = 1


@contextmanager
def turn(folder: Path, *, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold a folder for this process; wait where another one holds it.

    The system lets go when a process ends, however it ends, so that a killed run blocks nobody. The empty file that
    stands for the folder stays.

    Parameters
    ----------
    on_wait
        Called once if the folder is held by another run.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+b") as file:
        if not _hold(file, wait=False):
            if on_wait:
                on_wait()
            _hold(file, wait=True)
        try:
            yield
        finally:
            _let_go(file)


if sys.platform == "win32":
    import msvcrt

    def _hold(file: IO[bytes], *, wait: bool) -> bool:
        while True:
            try:
                file.seek(0)
                # LK_LOCK tries for ten seconds, then raises.
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, _ONE_BYTE)
            except OSError:
                if not wait:
                    return False
            else:
                return True

    def _let_go(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, _ONE_BYTE)

else:
    import fcntl

    def _hold(file: IO[bytes], *, wait: bool) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def _let_go(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
