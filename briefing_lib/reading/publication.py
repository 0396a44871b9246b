"""Dates that metadata and users give: a day, a month or a year, each with its precision."""

import calendar
import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from briefing_lib.errors import BadDate
from briefing_lib.models import DateRange, Precision

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:?\d{2}.{0,40}")
_TIME_OF_DAY = re.compile(r",? (?:at )?\d{1,2}:\d{2}\b.{0,30}\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


def one_day(day: date) -> DateRange:
    """Return the range that is one day."""
    return DateRange(day, day)


def a_month(year: int, month: int) -> DateRange:
    """Return the range that is one calendar month."""
    last = calendar.monthrange(year, month)[1]
    return DateRange(date(year, month, 1), date(year, month, last), Precision.MONTH)


def a_year(year: int) -> DateRange:
    """Return the range that is one calendar year."""
    return DateRange(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def parse_day(text: str) -> date:
    """Return the day that a user names, such as ``2020-06-24``.

    Raises
    ------
    BadDate
        It is no calendar day in year-month-day order.
    """
    parsed = _parse_iso(text.strip())
    if parsed is None or parsed.precision is not Precision.DAY or parsed.start is None:
        raise BadDate(f"{text!r} is no calendar day; write it as year-month-day, such as 2020-06-24")
    return parsed.start


def parse_published(value: object) -> DateRange | None:
    """Return the dates that a value of metadata means, or None where it is no date.

    A TOML or YAML date, a date with a time (its time is left out), or a string: ``2020-06-24``, ``2020-06`` and
    ``2020``, a time stamp as of ISO 8601 or RFC 5322, or a date in words with its year ("24 June 2020").
    """
    if isinstance(value, datetime):
        return one_day(value.date())
    if isinstance(value, date):
        return one_day(value)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or len(value) > 100:
        return None
    text = value.strip()
    return _parse_iso(text) or _parse_words(_TIME_OF_DAY.sub("", text)) or _parse_header(text)


def _parse_iso(text: str) -> DateRange | None:
    stamp = _STAMP.fullmatch(text)
    match = _ISO.fullmatch(stamp.group(1) if stamp else text) or _COMPACT.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if month is None or year is None:
            return a_year(year or 0)
        return a_month(year, month) if day is None else one_day(date(year, month, day))
    except (ValueError, calendar.IllegalMonthError):
        return None


def _parse_words(text: str) -> DateRange | None:
    from briefing_lib.reading.dates import absolute_date

    return absolute_date(text)


def _parse_header(text: str) -> DateRange | None:
    """Read the form of mail and feeds: Wed, 24 Jun 2020 10:00:00 GMT."""
    try:
        return one_day(parsedate_to_datetime(text).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
