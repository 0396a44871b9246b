"""Files as they came → documents and passages."""

from briefing_lib.reading.dates import DateMention, find_dates, resolve_date
from briefing_lib.reading.limits import Limits
from briefing_lib.reading.publication import parse_day, parse_published
from briefing_lib.reading.segmentation import paragraphs
from briefing_lib.reading.sources import iter_sources, read_sources

__all__ = [
    "DateMention",
    "Limits",
    "find_dates",
    "iter_sources",
    "paragraphs",
    "parse_day",
    "parse_published",
    "read_sources",
    "resolve_date",
]
