"""Dates that carry their own calendar: "June 16, 2020", "16 June", "October 1958", "the 1990s", "mid-August"."""

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta

from briefing_lib.models import DateRange, Precision
from briefing_lib.reading.calendar_words import MONTHS, ORDINALS, Anchor, Rule
from briefing_lib.reading.publication import a_month, a_year, one_day

# News leaves out the year of a day that is near: one this many days ahead is meant rather than last year's.
_NEAR_AHEAD = 31
_LEADS = ("in", "since", "during", "by", "until", "till", "before", "after", "from", "around", "throughout", "through")
_HOLIDAYS = {"christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "new year": (1, 1)} | {
    "new year's day": (1, 1), "new year's eve": (12, 31), "new year day": (1, 1), "new year eve": (12, 31),
}  # fmt: skip


def _month_of(match: re.Match[str]) -> int:
    return MONTHS[match["month"].rstrip(".").casefold()]


def _day_of_year(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    start = date(int(match["year"]), _month_of(match), int(match["day"]))
    return _to_last(start, match)


def _iso_day(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    return one_day(date(int(match["year"]), int(match["month_number"]), int(match["day"])))


def _day_near(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    start = nearest_day(_month_of(match), int(match["day"]), anchor)
    return _to_last(start, match) if start else None


def _to_last(start: date, match: re.Match[str]) -> DateRange | None:
    """Extend a day to the last one of a range such as 16-18, where the words give one."""
    last = match.groupdict().get("last")
    if not last:
        return one_day(start)
    end = start.replace(day=int(last))
    return DateRange(start, end, Precision.RANGE) if start < end else None


def nearest_day(month: int, day: int, anchor: Anchor) -> date | None:
    """Return the day of a month and day without a year: ahead where that is meant or near, otherwise the latest."""
    candidates = [
        date(year, month, day)
        for year in range(anchor.day.year - 4, anchor.day.year + 5)
        if date.min.year <= year <= date.max.year and day <= calendar.monthrange(year, month)[1]
    ]
    ahead = next((d for d in candidates if d >= anchor.day), None)
    behind = next((d for d in reversed(candidates) if d <= anchor.day), None)
    if ahead and (
        anchor.future or behind is None or ahead - anchor.day <= timedelta(_NEAR_AHEAD) < anchor.day - behind
    ):
        return ahead
    return behind


def _month(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    groups = match.groupdict()
    month = _month_of(match)
    year = (
        int(groups["year"])
        if groups.get("year")
        else _year_of_month(month, anchor, (groups.get("which") or "").casefold())
    )
    return _part_of_month(a_month(year, month), (groups.get("part") or "").casefold())


def _month_of_relative_year(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    steps = {"last": -1, "this": 0, "next": 1}[match["which_year"].casefold()]
    return a_month(anchor.day.year + steps, _month_of(match))


def _year_of_month(month: int, anchor: Anchor, which: str) -> int:
    """Return the year of a month without one: the latest that has begun, unless another is meant."""
    year, current = anchor.day.year, anchor.day.month
    if which == "this":
        return year
    if which == "last":
        return year if month < current else year - 1
    if which == "next":
        return year if month > current else year + 1
    if anchor.future:
        return year if month >= current else year + 1
    return year if month <= current else year - 1


def _part_of_month(whole: DateRange, part: str) -> DateRange | None:
    """Cut a month into its first ten days, its second ten, and the rest."""
    if not part or whole.start is None or whole.end is None:
        return whole
    first = whole.start
    if part == "end of":
        return one_day(whole.end)
    if part in {"early", "beginning of", "start of"}:
        return DateRange(first, first.replace(day=10), Precision.RANGE)
    if part in {"mid", "middle of"}:
        return DateRange(first.replace(day=11), first.replace(day=20), Precision.RANGE)
    return DateRange(first.replace(day=21), whole.end, Precision.RANGE)


def _year(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    return part_of_year(int(match["year"]), (match.groupdict().get("part") or "").casefold())


def part_of_year(year: int, part: str) -> DateRange:
    """Cut a year into thirds for "early", "mid" and "late"; "end of" is its last day."""
    if part == "end of":
        return one_day(date(year, 12, 31))
    if part in {"early", "beginning of", "start of"}:
        return DateRange(date(year, 1, 1), date(year, 4, 30), Precision.RANGE)
    if part in {"mid", "middle of"}:
        return DateRange(date(year, 5, 1), date(year, 8, 31), Precision.RANGE)
    return DateRange(date(year, 9, 1), date(year, 12, 31), Precision.RANGE) if part else a_year(year)


def _season(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    """Return a season of the northern half as meteorologists cut the year; a winter may be either end of its year."""
    year, first = int(match["year"]), {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}.get(match["season"].casefold())
    if first is None:
        return a_year(year)
    return DateRange(date(year, first, 1), a_month(year, first + 2).end, Precision.RANGE)


def _decade(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    first = int(match["decade"])
    return DateRange(date(first, 1, 1), date(first + 9, 12, 31), Precision.RANGE)


def _quarter(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    year, number = int(match["year"]), ORDINALS[match["ordinal"].casefold()]
    last = a_month(year, 3 * number).end
    return DateRange(date(year, 3 * number - 2, 1), last, Precision.QUARTER)


def _holiday(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    name = " ".join(match["holiday"].casefold().replace("’", "'").split())
    month, day = _HOLIDAYS[name]
    groups = match.groupdict()
    if groups.get("year"):
        return one_day(date(int(groups["year"]), month, day))
    ahead = (groups.get("which") or "").casefold() in {"this", "next"}
    found = nearest_day(month, day, replace(anchor, future=anchor.future or ahead))
    return one_day(found) if found else None


_WEEKDAY_BEFORE = r"(?:WEEKDAY,? (?:the )?)?"
_LAST_DAY = r"(?:\s?[-–]\s?(?P<last>[12]?\d|3[01])(?:st|nd|rd|th|))?"
ABSOLUTE_RULES = (
    Rule(r"(?P<year>\d{4})-(?P<month_number>\d{2})-(?P<day>\d{2})", _iso_day),
    Rule(rf"{_WEEKDAY_BEFORE}MONTH DAY{_LAST_DAY},?(?: of)? YEAR", _day_of_year),
    Rule(rf"{_WEEKDAY_BEFORE}DAY{_LAST_DAY}(?: of)? MONTH,? YEAR", _day_of_year),
    Rule(rf"{_WEEKDAY_BEFORE}MONTH DAY{_LAST_DAY}", _day_near),
    Rule(rf"{_WEEKDAY_BEFORE}DAY{_LAST_DAY}(?: of)? MONTH", _day_near),
    Rule(r"PART(?:-| )MONTH(?:,?(?: of)? YEAR)?", _month),
    Rule(r"MONTH,?(?: of)? YEAR", _month),
    Rule(r"MONTH,?(?: of)? (?P<which_year>last|this|next) year", _month_of_relative_year),
    Rule(r"MONTH", _month, leads=_LEADS),
    Rule(r"(?P<which>last|next|this) MONTH", _month),
    Rule(r"PART(?:-| )YEAR", _year),
    Rule(r"(?P<season>spring|summer|autumn|fall|winter)(?: of)? YEAR", _season),
    Rule(r"YEAR", _year, leads=_LEADS),
    Rule(r"(?P<decade>(?:1[5-9]|20)\d0)s", _decade),
    Rule(r"(?P<ordinal>first|second|third|fourth) quarter(?: of)? YEAR", _quarter),
    Rule(r"Q(?P<ordinal>[1-4]) YEAR", _quarter),
    Rule(r"(?P<holiday>Christmas (?:Day|Eve)|New Year['’]?s? (?:Day|Eve))(?:,? YEAR)?", _holiday),
    Rule(r"(?P<which>last|next|this) (?P<holiday>Christmas)", _holiday),
    Rule(
        r"(?P<holiday>Christmas)(?: YEAR)?(?! (?:present|gift|tree|card|party|message|truce|bombing))",
        _holiday,
        leads=("by", "before", "until", "till", "at", "on", "over", "after", "since", "around"),
    ),
)  # fmt: skip
