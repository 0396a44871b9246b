"""A collection's own TOML files, read so that none can exhaust the machine, with errors that name the line."""

import difflib
import tomllib
from collections.abc import Iterable
from pathlib import Path

from briefing_lib.errors import BadMetadata
from briefing_lib.reading.origins import OwnFile

_LINE_END = "\n"
_LARGEST = 2_000_000
# The parser's cost is the square of the parts of a dotted key, and no line of metadata has many.
_MOST_DOTS = 100
_SHOWN = 100  # characters of a key that an error repeats


def read_toml_text(file: Path | OwnFile, shown: str, *, largest: int = _LARGEST) -> str:
    """Return the text of a file, with line breaks as ``LF``.

    Parameters
    ----------
    shown
        What an error calls the file.
    largest
        Bytes.

    Raises
    ------
    BadMetadata
        The file cannot be read, is too large, or is not UTF-8.
    """
    try:
        with file.open("rb") if isinstance(file, Path) else file.open() as opened:
            data = opened.read(largest + 1)
    except OSError as error:
        raise BadMetadata(f"{shown} cannot be read: {error.strerror}") from error
    if len(data) > largest:
        raise BadMetadata(f"{shown} is larger than {largest:,} bytes, too large for a file of metadata")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadMetadata(f"{shown}, line {line}: not UTF-8; save the file as UTF-8") from error


def parse_toml(text: str, shown: str) -> dict[str, object]:
    """Return the tables of a text.

    Raises
    ------
    BadMetadata
        The text is no TOML, or is nested or dotted beyond what any metadata needs.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MOST_DOTS:
            raise BadMetadata(f"{shown}, line {number}: more than {_MOST_DOTS} dots, which no metadata needs")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = f"at line {text.count(_LINE_END) + 1}, the last"
        raise BadMetadata(f"{shown} is not TOML: {str(error).replace('at end of document', where)}") from error
    except (RecursionError, ValueError) as error:
        raise BadMetadata(f"{shown} is no table of metadata: {type(error).__name__}") from error


def line_of(text: str, *keys: str) -> int:
    """Return the line on which the last of the keys stands, each looked for after the one before."""
    position = 0
    for key in keys:
        position = max(text.find(key, position), position)
    return text.count("\n", 0, position) + 1


def place_in(text: str, shown: str, *keys: str) -> str:
    """Return where a key stands, as an error says it: file, line and keys."""
    dotted = "".join(one if one.isprintable() else "?" for one in ".".join(keys))
    return f"{shown}, line {line_of(text, *keys)}" + (f", {dotted[:_SHOWN]}" if dotted else "")


def unlike(word: str, allowed: Iterable[str]) -> str:
    """Return what is wrong with a word that is none of those allowed, and the nearest; nothing where it is one."""
    known = sorted(map(str, allowed))
    if word in known:
        return ""
    near = difflib.get_close_matches(word, known, n=1)
    meant = f"did you mean {near[0]}? " if near else ""
    return f"{word[:_SHOWN]!r} is none that there is; {meant}It may be {', '.join(known)}"
