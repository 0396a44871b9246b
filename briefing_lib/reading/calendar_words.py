"""The words that English names days, months and spans of time with, and the shapes of date expressions."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from briefing_lib.models import DateRange

_MONTH_NAMES = (
    *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
    *("september sept sep", "october oct", "november nov", "december dec"),
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_WEEKDAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
WEEKDAYS = {name: number for number, name in enumerate(_WEEKDAY_NAMES.split())}
_NUMBER_NAMES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_OTHER_NUMBERS = {"a": 1, "an": 1, "a couple of": 2, "couple of": 2}
NUMBERS = {name: number for number, name in enumerate(_NUMBER_NAMES.split(), 1)} | _OTHER_NUMBERS
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}
VAGUE_NUMBERS = frozenset({"few", "a few", "several", "some", "many"})
UNITS = ("hour", "day", "week", "month", "year")


def _capitalised(names: Iterable[str]) -> str:
    return "|".join(sorted((name.capitalize() for name in names), key=len, reverse=True))


_FULL_MONTHS = [names.split()[0] for names in _MONTH_NAMES]
_SHORT_MONTHS = [name for name in MONTHS if name not in _FULL_MONTHS]
_NUMBER = "|".join(sorted((*NUMBERS, *VAGUE_NUMBERS), key=len, reverse=True)).replace(" ", r"\s")
# A token in a rule's pattern becomes a named group. Names of days and months must be capitalised in running text
# ("may", "march", "sun" are words), which (?-i:) holds to inside a pattern that is otherwise blind to case.
_TOKENS = {
    "MONTH": rf"(?P<month>(?-i:{_capitalised(_FULL_MONTHS)})\b|(?-i:{_capitalised(_SHORT_MONTHS)})\b\.?)",
    "WEEKDAY": rf"(?P<weekday>(?-i:{_capitalised(WEEKDAYS)}))",
    "DAY": r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|)",
    "YEAR": r"(?P<year>1[5-9]\d\d|20\d\d)",
    "NUMBER": rf"(?P<number>\d{{1,4}}|{_NUMBER})",
    "UNIT": rf"(?P<unit>{'|'.join(UNITS)})s?",
    "PART": r"(?P<part>early|mid|late|beginning of|start of|middle of|end of)",
    " ": r"\s{1,4}",
}
_TOKEN = re.compile("|".join(_TOKENS))
_LEADS = (
    *("on", "in", "by", "until", "till", "before", "prior to", "ahead of", "after", "since", "during", "within"),
    *("from", "around", "about", "over", "at", "as of", "no later than", "not later than", "through", "throughout"),
    *("starting", "beginning", "effective", "for", "late", "early", "earlier", "later", "the"),
)
LEAD = re.compile(rf"({'|'.join(_LEADS).replace(' ', _TOKENS[' '])})\s{{1,4}}", re.IGNORECASE)
LEADS_BEFORE = re.compile(rf"(?<![\w-])(?:{LEAD.pattern}){{1,3}}\Z", re.IGNORECASE)
LONGEST_LEADS = 40


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative words are counted from: the day of publication, whether ahead is meant, and what led them in."""

    day: date
    future: bool = False
    leads: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rule:
    """One shape of date expression.

    Attributes
    ----------
    pattern
        A regular expression in which MONTH, WEEKDAY, DAY, YEAR, NUMBER, UNIT and PART stand for those words and a
        blank for white space. Every repetition in it is bounded.
    resolve
        Gives the dates, or None where they cannot be told.
    leads
        Prepositions, one of which must stand before it in running text; empty where it stands by itself.
    """

    pattern: str
    resolve: Callable[[re.Match[str], Anchor], DateRange | None]
    leads: tuple[str, ...] = ()

    @cached_property
    def in_text(self) -> re.Pattern[str]:
        """The expression as it stands in running text, without its preposition."""
        return re.compile(rf"(?<![\w-])(?:{_spelled(self.pattern)})(?!\w)", re.IGNORECASE)

    @cached_property
    def alone(self) -> re.Pattern[str]:
        """The expression by itself, in any case."""
        return re.compile(_spelled(self.pattern).replace("(?-i:", "(?:"), re.IGNORECASE)


def _spelled(pattern: str) -> str:
    return _TOKEN.sub(lambda token: _TOKENS[token.group()], pattern)
