"""How the command speaks: exit codes, one line for an error, progress on a terminal only, no escape codes from data."""

import errno
import json
import os
import re
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any, NoReturn, TextIO

from briefing_lib.errors import (
    BadDate,
    BriefingError,
    NotThere,
    PdfUnavailable,
    SourcesNotFound,
    UnknownParameter,
)


class Exit(IntEnum):
    """What the command's exit code says; documented in docs/exit-codes.md."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NO_PDF = 3
    UNCHANGED = 4
    INTERRUPTED = 130
    TERMINATED = 143


MOST_NOTES = 20
# Everything that moves a cursor, rings, colours or turns the direction of writing: C0 but tab and line feed, DEL, C1
# and Unicode's bidirectional controls (TR 36, section 3).
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_ASKED_WRONGLY = (BadDate, NotThere, SourcesNotFound, UnknownParameter)


def exit_code(error: BriefingError | OSError) -> Exit:
    """Return the exit code that an error stands for; one of the system, such as a full disk, is a failed run."""
    if isinstance(error, _ASKED_WRONGLY):
        return Exit.USAGE
    return Exit.NO_PDF if isinstance(error, PdfUnavailable) else Exit.FAILED


def neutral(text: str) -> str:
    r"""Return a text with control characters written out (``\x1b``), so that no document steers a terminal."""
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def neutral_json(value: Any) -> str:
    r"""Return JSON that is safe to show: the same value, with control characters as ``\u`` escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say(text: str) -> None:
    """Print to standard output."""
    _print(text, sys.stdout)


def tell(text: str, *, colour: str = "") -> None:
    """Print one line to standard error, on a terminal with the name that it begins with in bold and in a colour."""
    line = " ".join(neutral(text).split())
    name, colon, rest = line.partition(": ")
    _print(f"{styled(name + colon, sys.stderr, colour=colour)}{rest}", sys.stderr)


def styled(text: str, stream: TextIO, *, colour: str = "") -> str:
    """Return a text in bold and in a colour, or as it is where the stream shows none (https://no-color.org)."""
    if not _moves(stream) or os.environ.get("NO_COLOR"):
        return text
    from typer import style

    return style(text, fg=colour or None, bold=True)


def _moves(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal that understands control sequences."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def tell_all(notes: Sequence[str]) -> None:
    """Print notes to standard error, the first of many."""
    for note in notes[:MOST_NOTES]:
        tell(f"briefing: {note}")
    if len(notes) > MOST_NOTES:
        tell(f"briefing: and {len(notes) - MOST_NOTES} more such notes")


def _print(text: str, stream: Any) -> None:
    """Print what the stream's encoding can hold, and write out the rest."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    stream.flush()


@contextmanager
def told(*, debug: bool) -> Iterator[None]:
    """Tell an error that somebody can act on in one line, and end with its exit code.

    So for an interruption, and for a scheduler's request to end, after what was begun has been cleared away. Anything
    else is a defect of ours, of which the line says where it stands but not its words: they may be a document's.
    """
    signal.signal(signal.SIGTERM, _terminated)
    try:
        yield
    except KeyboardInterrupt as error:
        tell("briefing: interrupted", colour="red")
        raise SystemExit(Exit.INTERRUPTED) from error
    except BrokenPipeError:
        # Whoever read our output has enough of it; the command line's library ends quietly.
        raise
    except (BriefingError, OSError) as error:
        if debug:
            sys.stderr.write(neutral(traceback.format_exc()))
        tell(f"briefing: {_in_words(error)}", colour="red")
        raise SystemExit(exit_code(error)) from error
    except Exception as error:
        if _is_of_the_command_line(error):
            raise
        if debug:
            sys.stderr.write(neutral(traceback.format_exc()))
        tell(f"briefing: {_of_a_defect(error)}", colour="red")
        raise SystemExit(Exit.FAILED) from error


def end_at_once_where_work_goes_on(code: object) -> None:
    """End a process that failed or was stopped while a thread that nobody waits for is at work.

    Python would unwind such a thread as it ends, and where that is within a library's own code the process aborts
    (CPython's issue 87135). All that had to be cleared away is by then.
    """
    if code and any(thread.daemon for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else Exit.FAILED)


def _is_of_the_command_line(error: Exception) -> bool:
    import typer

    return isinstance(error, typer.Exit | typer.Abort)


def _of_a_defect(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "out of memory; free some, or lower the limits of a file under [limits] in sources.toml"
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"a defect: {type(error).__name__}{where}; run it with --debug and report what that shows"


def _terminated(*_: object) -> NoReturn:
    tell("briefing: told to end", colour="red")
    raise SystemExit(Exit.TERMINATED)


_ROOM = "; make room there, or write elsewhere with --output"
_RIGHT = "; get the right to write there, or write elsewhere with --output"
# What to do where the system will not let us.
_NEXT = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _ROOM),
    **dict.fromkeys((errno.EACCES, errno.EPERM), "; get the right to it, or name another place"),
    errno.EROFS: _RIGHT,
}


def _in_words(error: BriefingError | OSError) -> str:
    if isinstance(error, BriefingError):
        return "; ".join((str(error), *getattr(error, "__notes__", ())))
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or type(error).__name__}{_NEXT.get(error.errno or 0, '')}"


class Progress:
    """A line on standard error that says what is going on, drawn over and over; silent where nobody looks."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown and _moves(sys.stderr)

    def show(self, text: str) -> None:
        """Replace the line."""
        if self.shown:
            sys.stderr.write(f"\r\x1b[2K{neutral(text)}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


@contextmanager
def progress(*, shown: bool) -> Iterator[Progress]:
    """Give a line of progress that is gone afterwards."""
    line = Progress(shown=shown)
    try:
        yield line
    finally:
        line.clear()


def shown(path: Path) -> str:
    """Return a path as a person would write it from the working folder."""
    try:
        return neutral(str(path.relative_to(Path.cwd())))
    except ValueError:
        return neutral(str(path))
