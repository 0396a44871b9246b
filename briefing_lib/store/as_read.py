"""What was found in a file ↔ bytes: JSON, packed, so that a store that somebody else made can run no code."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from briefing_lib.models import Document, Skipped
from briefing_lib.reading import Found
from briefing_lib.store.serialising import Unusable, are_texts, dates_row, to_dates, to_span

# News is packed to 42%, in a third of the time that the default takes for 37%.
_LEVEL = 1
# Of what was left out: its path and the reason.
_SKIPPED = 2
_FIELDS = tuple(field.name for field in fields(Document))
_TEXT, _PUBLISHED, _BOILERPLATE = map(_FIELDS.index, ("text", "published", "boilerplate"))


def found_to_bytes(found: Sequence[Found]) -> bytes:
    """Return what was found, as bytes."""
    written = json.dumps([_row(one) for one in found], separators=(",", ":"), ensure_ascii=False)
    return zlib.compress(written.encode(errors="surrogatepass"), _LEVEL)


def found_from_bytes(data: bytes) -> list[Found]:
    """Return what was found.

    Raises
    ------
    Unusable
        The bytes are not what `found_to_bytes` wrote.
    """
    try:
        return [_to_found(row) for row in json.loads(zlib.decompress(data))]
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise Unusable(f"what was read cannot be used: {error}") from error


def _row(found: Found) -> list[Any]:
    item = found.item
    if isinstance(item, Skipped):
        return [found.place, found.opened, item.path, item.reason]
    told = {
        "published": dates_row(item.published),
        "boilerplate": [[span.start, span.end, span.kind] for span in item.boilerplate],
    }
    return [found.place, found.opened, *(told.get(name, getattr(item, name)) for name in _FIELDS)]


def _to_found(row: Sequence[Any]) -> Found:
    place, opened, *rest = row
    if not isinstance(place, str) or not isinstance(opened, bool):
        raise TypeError("what is nothing found")
    return Found(_to_skipped(*rest) if len(rest) == _SKIPPED else _to_document(rest), place, opened)


def _to_skipped(path: str, reason: str) -> Skipped:
    if not are_texts((path, reason)):
        raise TypeError("what is no reason")
    return Skipped(path, reason)


def _to_document(row: list[Any]) -> Document:
    *texts, boilerplate, notes = row
    published = texts.pop(_PUBLISHED)
    if len(row) != len(_FIELDS) or not are_texts((*texts, *notes)):
        raise TypeError("what is no document")
    row[_PUBLISHED] = to_dates(published)
    row[_BOILERPLATE:] = tuple(to_span(one, texts[_TEXT]) for one in boilerplate), tuple(notes)
    return Document(*row)
