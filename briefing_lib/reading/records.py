"""``.jsonl`` files: one document a line, read line by line so that the file may be larger than memory."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from briefing_lib.reading.extracted import Extracted, normalise_text, plain
from briefing_lib.reading.limits import Limits, Unreadable, require
from briefing_lib.reading.metadata import metadata_from, unread_date

# Some dozens of reports are read, and kept, at once.
_BYTES_AT_ONCE, _LINES_AT_ONCE = 64_000, 500


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a ``.jsonl`` file: its number from 1, its bytes, and its document or why there is none."""

    number: int
    line: bytes
    id: str = ""
    extracted: Extracted | None = None
    problem: str = ""


def blocks_of(file: BinaryIO, limits: Limits) -> Iterator[tuple[int, list[bytes]]]:
    """Yield the lines of a file some at a time, each time with the number of the first of them.

    What is added at the end of a file changes the last block alone.
    """
    block: list[bytes] = []
    first, length = 1, 0
    for line in _lines(file, limits):
        block.append(line)
        length += len(line)
        if length >= _BYTES_AT_ONCE or len(block) == _LINES_AT_ONCE:
            yield first, block
            first, length, block = first + len(block), 0, []
    if block:
        yield first, block


def read_records(lines: Iterable[bytes], first: int, limits: Limits) -> Iterator[Record]:
    """Yield each line's document, or its problem; ``first`` is the number of the first line. Blank lines are none."""
    return (_read_record(number, line, limits) for number, line in enumerate(lines, first) if line.strip())


def _lines(file: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """Yield the lines of a file; of a line over the limit, one byte more than the limit."""
    while line := file.readline(limits.max_bytes + 1):
        rest = line
        while len(rest) > limits.max_bytes and not rest.endswith(b"\n"):
            rest = file.readline(limits.max_bytes + 1)
        yield line


def _read_record(number: int, line: bytes, limits: Limits) -> Record:
    try:
        require(len(line.rstrip(b"\r\n")), limits.max_bytes, what="the line", option="max_bytes")
        return _parse_record(number, line)
    except Unreadable as reason:
        return Record(number, line, problem=str(reason))


def _parse_record(number: int, line: bytes) -> Record:
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(f"byte {error.start:,} is not UTF-8, which JSON is written in") from error
    except RecursionError as error:
        raise Unreadable("nested too deeply") from error
    except ValueError as error:
        raise Unreadable(f"not JSON: {error}") from error
    if not isinstance(values, dict):
        raise Unreadable("not a JSON object; write id, text, title, date and source between braces")
    text = values.get("text")
    if not isinstance(text, str) or not text.strip():
        raise Unreadable("no text; give the document's text as a string named text")
    given = values.get("id")
    name = plain(str(given)) if isinstance(given, (str, int)) else ""
    return Record(number, line, name, Extracted(normalise_text(text), metadata_from(values), notes=unread_date(values)))
