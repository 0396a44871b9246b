"""Date expressions in running text, and the days they mean."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefing_lib.models import DateRange, Precision
from briefing_lib.reading.absolute_dates import ABSOLUTE_RULES
from briefing_lib.reading.calendar_words import LEAD, LEADS_BEFORE, LONGEST_LEADS, Anchor, Rule
from briefing_lib.reading.relative_dates import RELATIVE_RULES

_RULES = (*ABSOLUTE_RULES, *RELATIVE_RULES)
# After these a day without a year lies ahead: they set a limit.
_AHEAD = frozenset({"by", "until", "till", "before", "within", "prior to", "no later than", "not later than"})
_BEFORE = frozenset({"before", "prior to", "ahead of"})
_HAS_YEAR = re.compile(r"\d{4}")
_LONGEST_EXPRESSION = 80
_MOST_LEADS = 4


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression with its preposition: half-open character offsets, and the words between them."""

    start: int
    end: int
    words: str


def find_dates(text: str) -> Iterator[DateMention]:
    """Yield the date expressions of a text in order; of two that overlap, the one that begins first, then the longer.

    A limit: expressions that hang on another event ("the day before the summit", "a week later") are not found.

    Examples
    --------
    >>> [mention.words for mention in find_dates("The port closed on Friday, in the third week of June 2020.")]
    ['on Friday', 'June 2020']
    """
    last = 0
    for start, negative_end in sorted(_spans(text)):
        if start >= last:
            last = -negative_end
            yield DateMention(start, last, text[start:last])


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where expressions start, with their prepositions, and their ends as negative numbers: longest first."""
    for rule in _RULES:
        for match in rule.in_text.finditer(text):
            start = match.start()
            before = LEADS_BEFORE.search(text, max(0, start - LONGEST_LEADS), start)
            leads = _leads_of(before.group()) if before else frozenset()
            if not rule.leads or leads.intersection(rule.leads):
                yield (before.start() if before else start), -match.end()


def _leads_of(words: str) -> frozenset[str]:
    return frozenset(" ".join(match.group(1).casefold().split()) for match in LEAD.finditer(words))


def resolve_date(words: str, *, published: date | None, future: bool = False) -> DateRange | None:
    """Return the days that an expression means in a document of a certain date, both ends inclusive.

    Parameters
    ----------
    words
        A date expression, with or without its preposition, such as ``DateMention.words``.
    published
        The day of publication, which relative words are counted from; without one only full dates resolve.
    future
        Whether days without a year lie ahead (in a plan or a threat) rather than behind. "By", "until", "before" and
        "within" mean that by themselves.

    Returns
    -------
    DateRange or None
        None where the words are no date expression, or hang on something else ("the day before the summit"). "By" and
        "until" give the day that they name; "before" everything up to the day ahead of it, with no start.

    Examples
    --------
    >>> resolve_date("last week", published=date(2021, 3, 5))
    DateRange(start=datetime.date(2021, 2, 22), end=datetime.date(2021, 2, 28), precision=<Precision.WEEK: 'week'>)
    """
    if published is None:
        return absolute_date(words)
    return _resolve_led(words, Anchor(published, future), _RULES)


def absolute_date(text: str) -> DateRange | None:
    """Return the days of an expression that carries its own year; None for any other."""
    # Ahead of every year, so that nothing but a year of its own can give a date.
    return _resolve_led(text, Anchor(date.max), ABSOLUTE_RULES) if _HAS_YEAR.search(text) else None


def _resolve_led(words: str, anchor: Anchor, rules: Sequence[Rule]) -> DateRange | None:
    """Take prepositions off the words until what is left is a date expression."""
    core = " ".join(words[: _LONGEST_EXPRESSION + 1].split()).strip(" ,;:.")
    if len(core) > _LONGEST_EXPRESSION:
        return None
    for _ in range(_MOST_LEADS):
        rule = next((rule for rule in rules if rule.alone.fullmatch(core)), None)
        if rule is not None:
            ahead = replace(anchor, future=anchor.future or bool(anchor.leads & _AHEAD))
            found = _resolve(rule, core, ahead)
            return _up_to(found) if found and anchor.leads & _BEFORE else found
        lead = LEAD.match(core)
        if lead is None:
            return None
        anchor = replace(anchor, leads=anchor.leads | _leads_of(lead.group()))
        core = core[lead.end() :]
    return None


def _up_to(dates: DateRange) -> DateRange | None:
    if dates.start is None or dates.start == date.min:
        return None
    return DateRange(None, date.fromordinal(dates.start.toordinal() - 1), Precision.RANGE)


def _resolve(rule: Rule, core: str, anchor: Anchor) -> DateRange | None:
    match = rule.alone.fullmatch(core)
    try:
        return rule.resolve(match, anchor) if match else None
    except (ValueError, OverflowError):
        # A day that the calendar does not have, such as 31 June, or a year beyond its ends.
        return None
