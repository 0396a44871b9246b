"""Files as they came → documents and passages."""

from briefing_lib.reading.dates import DateMention, find_dates, resolve_date
from briefing_lib.reading.limits import Limits
from briefing_lib.reading.publication import parse_day, parse_published
from briefing_lib.reading.segmentation import paragraphs
from briefing_lib.reading.sources import iter_sources, read_sources
from briefing_lib.reading.toml_files import parse_toml, place_in, read_toml_text, unlike

__all__ = [
    "DateMention",
    "Limits",
    "find_dates",
    "iter_sources",
    "paragraphs",
    "parse_day",
    "parse_published",
    "parse_toml",
    "place_in",
    "read_sources",
    "read_toml_text",
    "resolve_date",
    "unlike",
]
