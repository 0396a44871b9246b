"""Files as they came → documents and passages."""

from briefing_lib.reading.calendar_words import MONTHS, UNITS, WEEKDAYS
from briefing_lib.reading.dates import DateMention, find_dates, resolve_date
from briefing_lib.reading.digests import content_digests, state_of
from briefing_lib.reading.documents import ReadFiles, Wanted, read_files
from briefing_lib.reading.history import tells_history
from briefing_lib.reading.limits import Limits
from briefing_lib.reading.memory import Found, Memory
from briefing_lib.reading.origins import Origin, OwnFile, named, not_found, origin_at, shown_url, writable
from briefing_lib.reading.publication import parse_day, parse_published
from briefing_lib.reading.segmentation import paragraphs
from briefing_lib.reading.sources import iter_sources, read_sources
from briefing_lib.reading.toml_files import parse_toml, place_in, read_toml_text, unlike

__all__ = [
    "MONTHS",
    "UNITS",
    "WEEKDAYS",
    "DateMention",
    "Found",
    "Limits",
    "Memory",
    "Origin",
    "OwnFile",
    "ReadFiles",
    "Wanted",
    "content_digests",
    "find_dates",
    "iter_sources",
    "named",
    "not_found",
    "origin_at",
    "paragraphs",
    "parse_day",
    "parse_published",
    "parse_toml",
    "place_in",
    "read_files",
    "read_sources",
    "read_toml_text",
    "resolve_date",
    "shown_url",
    "state_of",
    "tells_history",
    "unlike",
    "writable",
]
