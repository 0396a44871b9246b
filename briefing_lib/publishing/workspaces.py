"""A run's own folder outside its outputs, for the kernel's sockets and settings; none is left behind for long."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from os import getpid
from pathlib import Path

# Short, since a socket's path may have a hundred characters; the number is that of the process it belongs to.
_NAME = "briefing-{pid}-"
_PATTERN = re.compile(r"briefing-(\d+)-\w+")


@contextmanager
def workspace() -> Iterator[Path]:
    """Give a private, empty folder that is gone afterwards, and take away those of runs that were killed."""
    _sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=_NAME.format(pid=getpid()), ignore_cleanup_errors=True) as name:
        yield Path(name)


def _sweep(folder: Path) -> None:
    # Jupyter's own dependency: os.kill(pid, 0), the usual way to ask, ends the process on Windows.
    from psutil import pid_exists

    for path in folder.glob("briefing-*"):
        owner = _PATTERN.fullmatch(path.name)
        if owner and not path.is_symlink() and not pid_exists(int(owner[1])):
            # Another user's cannot be taken away, and need not.
            shutil.rmtree(path, ignore_errors=True)
