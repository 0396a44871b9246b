"""Dates counted from the day of publication: "on Wednesday", "last week", "two months ago", "within 48 hours"."""

import re
from calendar import monthrange
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]

from briefing_lib.models import DateRange, Precision
from briefing_lib.reading.calendar_words import NUMBERS, VAGUE_NUMBERS, WEEKDAYS, Anchor, Rule
from briefing_lib.reading.publication import a_month, a_year, one_day

_OFFSETS = {
    "day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "day after tomorrow": 2,
}  # fmt: skip
# "A few" and "several" are read as up to this many, the most that the words are commonly used for.
_FEW = 7
# For how many days of a new period "the end of" it, with nothing that looks ahead, is the end of the one before.
_JUST_ENDED = {"week": 1, "month": 3, "year": 31}
# How far back "recent" goes, and how far ahead "coming" does.
_RECENT = {
    "hour": relativedelta(days=1),
    "day": relativedelta(days=7),
    "week": relativedelta(weeks=5),
    "month": relativedelta(months=6),
    "year": relativedelta(years=5),
}


def _named_day(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    return one_day(anchor.day + timedelta(_OFFSETS[" ".join(match["named"].casefold().split()) or "today"]))


def _unknown(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    """Leave what hangs on another event unresolved, rather than take the date that it is counted from."""
    return None


def _weekday(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    which = " ".join((match["which"] or "").casefold().split())
    behind = (anchor.day.weekday() - WEEKDAYS[match["weekday"].casefold()]) % 7
    if which in {"last", "past", "this past"}:
        return one_day(anchor.day - timedelta(behind or 7))
    if which in {"next", "coming", "this coming"}:
        return one_day(anchor.day + timedelta(7 - behind))
    if anchor.future or which == "this":
        return one_day(anchor.day + timedelta(-behind % 7))
    return one_day(anchor.day - timedelta(behind))


def _period(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    which, unit = match["which"].casefold(), match["period"].casefold()
    steps = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}[which]
    whole = _period_around(anchor.day, unit, steps)
    if match["half"] is None or whole.start is None or whole.end is None:
        return whole
    earlier = match["half"].casefold() in {"earlier", "early"}
    if steps:
        return whole
    start, end = (whole.start, anchor.day) if earlier else (anchor.day, whole.end)
    return DateRange(start, end, Precision.RANGE)


def _period_around(day: date, unit: str, steps: int) -> DateRange:
    """Return the calendar week (from Monday), weekend, month or year that holds a day, or one some steps away."""
    if unit == "year":
        return a_year(day.year + steps)
    if unit == "month":
        moved = day.replace(day=1) + relativedelta(months=steps)
        return a_month(moved.year, moved.month)
    monday = day - timedelta(day.weekday() - 7 * steps)
    if unit == "weekend":
        return DateRange(monday + timedelta(5), monday + timedelta(6), Precision.RANGE)
    return DateRange(monday, monday + timedelta(6), Precision.WEEK)


def _ago(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    unit, count = match["unit"].casefold(), _count(match)
    if count is None:
        return DateRange(anchor.day - _length(unit, _FEW), anchor.day - _length(unit, 2), Precision.RANGE)
    day = anchor.day - _length(unit, count)
    return one_day(day) if unit in {"hour", "day"} else _period_around(day, unit, 0)


def _recent(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    return DateRange(anchor.day - _RECENT[match["unit"].casefold()], anchor.day, Precision.RANGE)


def _coming(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    return DateRange(anchor.day, anchor.day + _RECENT[match["unit"].casefold()], Precision.RANGE)


def _stretch(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    unit = match["unit"].casefold()
    length = _length(unit, _count(match) or _FEW)
    if match["which"].casefold() in {"past", "last", "previous"}:
        return DateRange(anchor.day - length, anchor.day, Precision.RANGE)
    return DateRange(anchor.day, anchor.day + length, Precision.RANGE)


def _within(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    """Read a bare stretch of time by its preposition: all of it for "within", its far end for "in"."""
    unit, count = match["unit"].casefold(), _count(match)
    end = anchor.day + _length(unit, count or _FEW)
    if "within" in anchor.leads or (count is None and "in" in anchor.leads):
        return DateRange(anchor.day, end, Precision.RANGE)
    if "in" not in anchor.leads:
        return None
    return one_day(end) if unit in {"hour", "day"} else _period_around(end, unit, 0)


def _count(match: re.Match[str]) -> int | None:
    """Return the number that the words say; None where they say few, several, or nothing."""
    words = " ".join((match["number"] or "").casefold().split())
    if not words:
        return None if match["unit_end"] else 1
    return None if words in VAGUE_NUMBERS else NUMBERS.get(words) or int(words)


def _length(unit: str, count: int) -> relativedelta:
    # Part of a day counts as a day: 36 hours from some hour of one day may end on the second day after it.
    return relativedelta(days=-(-count // 24)) if unit == "hour" else relativedelta(**{f"{unit}s": count})


def _end_of(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    which, period = (match["which"] or "").casefold(), match["period"].casefold()
    is_end = match["edge"].casefold() == "end"
    steps = {"last": -1, "next": 1}.get(which, -1 if is_end and not which and _has_just_ended(period, anchor) else 0)
    whole = _period_around(anchor.day, period, steps)
    edge = whole.end if is_end else whole.start
    return one_day(edge) if edge else None


def _has_just_ended(period: str, anchor: Anchor) -> bool:
    """Tell whether "the end of the year" looks back, as it does in the first days of the next."""
    start = _period_around(anchor.day, period, 0).start
    return not anchor.future and start is not None and (anchor.day - start).days < _JUST_ENDED[period]


def _year_end(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    year = anchor.day.year - _has_just_ended("year", anchor)
    return one_day(date(year, 12, 31))


def _day_of_month(match: re.Match[str], anchor: Anchor) -> DateRange | None:
    """Return the nearest day of that number: ahead where that is meant, otherwise the latest."""
    wanted = int(match["day"])
    step = 1 if anchor.future else -1
    for months in range(3):
        first = anchor.day.replace(day=1) + relativedelta(months=step * months)
        if wanted <= monthrange(first.year, first.month)[1]:
            day = first.replace(day=wanted)
            if (day - anchor.day).days * step >= 0:
                return one_day(day)
    return None


_UNITS = r"(?P<unit>hour|day|week|month|year)(?P<unit_end>s?)"
_HOUR_OF_DAY = r"(?: (?:morning|afternoon|evening|night|midnight|noon))?"
_TIME = r"(?:(?:midnight|noon|midday|\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\.?|GMT|UTC|hours)?)(?: local time)? (?:on )?)?"
# "On the 16th" is a day; "the 16th meeting" is not, so only the end of a phrase may follow.
_NO_NOUN = (
    r"(?= of (?:this|last|next) month|\s{0,4}(?:[^\w\s]|\Z)"
    r"|\s{1,4}(?:and|but|or|to|that|when|at|in|as|it|he|she|they|the|a|an|its|his|her|their)\b)"
)
_ANOTHER_EVENT = (
    r"(?:day|night|week|month|year)s? (?:before|after|following)"
    r"(?: (?:Christmas(?: Day)?|WEEKDAY|MONTH DAY(?:,? YEAR)?|yesterday|tomorrow))?"
)
_WHICH_DAY = r"(?:(?P<which>last|next|this past|this coming|this|past|coming) )?"
_WHICH_PERIOD = r"(?P<which>this|last|next|previous|current|coming)"
_WHICH_STRETCH = r"(?P<which>past|last|previous|next|coming|following)"
RELATIVE_RULES = (
    Rule(rf"(?P<named>{'|'.join(_OFFSETS)}){_HOUR_OF_DAY}", _named_day),
    Rule(_ANOTHER_EVENT, _unknown),
    Rule(r"this (?P<named>)(?:morning|afternoon|evening)", _named_day),
    Rule(rf"{_TIME}{_WHICH_DAY}WEEKDAY{_HOUR_OF_DAY}", _weekday),
    Rule(
        rf"(?:(?P<half>earlier|early|later|late) )?{_WHICH_PERIOD} (?P<period>weekend|week|month|year)",
        _period,
    ),
    Rule(rf"NUMBER {_UNITS} ago", _ago),
    Rule(r"recent UNIT", _recent),
    Rule(r"coming UNIT", _coming),
    Rule(
        rf"{_WHICH_STRETCH} (?:NUMBER )?{_UNITS}",
        _stretch,
        leads=("in", "over", "within", "during", "for", "throughout"),
    ),
    Rule(rf"NUMBER {_UNITS}", _within, leads=("within", "in")),
    Rule(rf"(?P<number>){_UNITS}", _within, leads=("within",)),
    Rule(
        r"(?P<edge>end|beginning|start) of (?:the |(?P<which>this|last|next) )(?P<period>week|month|year)",
        _end_of,
    ),
    Rule(r"year(?:-|['’]s )end", _year_end),
    Rule(
        rf"(?P<day>[1-9]|[12]\d|3[01])(?:st|nd|rd|th){_NO_NOUN}",
        _day_of_month,
        leads=("on", "by", "until", "before", "since", "from"),
    ),
)
