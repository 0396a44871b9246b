"""``.jsonl`` files: one document a line, read line by line so that the file may be larger than memory."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from briefing_lib.reading.extracted import Extracted, normalise_text, plain
from briefing_lib.reading.limits import Limits, Unreadable, require
from briefing_lib.reading.metadata import metadata_from, unread_date

# A file of nothing but bad lines must not make a report as long as itself.
_MOST_BAD_LINES = 100


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a ``.jsonl`` file: its number from 1, its bytes, and its document or why there is none."""

    number: int
    line: bytes
    id: str = ""
    extracted: Extracted | None = None
    problem: str = ""


def read_records(file: BinaryIO, limits: Limits) -> Iterator[Record]:
    """Yield each line's document; a bad line is yielded with its problem and the others come through."""
    bad = 0
    number = 0
    for number, line in enumerate(_lines(file, limits), 1):
        if not line.strip():
            continue
        record = _read_record(number, line, limits)
        bad += bool(record.problem)
        if not record.problem or bad <= _MOST_BAD_LINES:
            yield record
    if bad > _MOST_BAD_LINES:
        yield Record(number, b"", problem=f"{bad - _MOST_BAD_LINES:,} more lines up to this one cannot be read")


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
