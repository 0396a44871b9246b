"""Prose whose numbers say that they were computed: what a template interpolates is marked up, what it types is not.

A check of the finished page (``briefing_lib.publishing.checking``) can then refuse a digit that somebody typed into a
sentence, where it would stay the same while the record changes.
"""

import re
from datetime import date

from markupsafe import Markup, escape

from briefing_lib.models import DateRange
from briefing_lib.presentation.markup import tag
from briefing_lib.wording import count_of, in_words, number, per_cent

Value = str | int | float | date | DateRange
_FRACTIONS = "half|halves|thirds?|quarters?"
_COUNTS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    "(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|dozens?|twice"
)
NUMBER = re.compile(rf"\d+|\b(?:none|one|{_COUNTS}|{_FRACTIONS})\b", re.IGNORECASE)
_COUNTED = "threat|case|outcome|document|source|publisher|quote|sender|target|day|week|month|year"
# In prose that people write "one" is mostly no count and "two sides" no finding: only what counts the record is meant.
COUNT_OF_THE_RECORD = re.compile(
    rf"\d|\b(?:none|one|{_COUNTS}|{_FRACTIONS})\s+(?:of|in|out of)\b|\b(?:{_COUNTS})\s+(?:\w+\s+)?(?:{_COUNTED})s?\b",
    re.IGNORECASE,
)
HALF = 0.5
_FIRST_LETTER = re.compile(r"((?:<[^<>]*>)*)(\w)")


def prose(template: str, **values: Value) -> Markup:
    """Return a sentence with its values marked up as computed.

    A count becomes ``<data value="3">three</data>``, a share from 0 to 1 ``<data value="0.3333">33%</data>``, a day
    ``<time>``, a text with a number in it (a name, say) ``<data>`` that holds it. A text without one is only escaped,
    and markup is taken as it is.

    Examples
    --------
    >>> prose("{done} of {of} by {name}", done=1, of=3, name="Ruritania").striptags()
    'one of three by Ruritania'
    """
    return Markup(template).format(**{name: computed(value) for name, value in values.items()})


def computed(value: Value) -> Markup:
    """Return one value in words, marked up as computed."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, int):
        return tag("data", number(value), value=value)
    if isinstance(value, float):
        return tag("data", per_cent(value), value=f"{value:.4f}")
    if isinstance(value, date):
        return tag("time", in_words(value), datetime=value.isoformat())
    text = value if isinstance(value, str) else in_words(value)
    return tag("data", text, value=text) if NUMBER.search(text) else escape(text)


def count(many: int, noun: str, plural: str = "") -> Markup:
    """Return a count with its noun, the count marked up as computed: "no threats", "one threat", "12 threats"."""
    words, _, rest = count_of(many, noun, plural).partition(" ")
    return tag("data", words, value=many) + Markup(" ") + escape(rest)


def fits(value: str, words: str) -> bool:
    """Tell whether the words of a ``<data>`` are what its value gives."""
    if re.fullmatch(r"\d+", value):
        known = {number(int(value)), f"{int(value):,}", *(["no"] if int(value) == 0 else [])}
    elif re.fullmatch(r"[01]\.\d{4}", value):
        known = {per_cent(float(value)), *(["half"] if float(value) == HALF else [])}
    else:
        known = {value}
    return words in known or words.lower() in known


def sentence_case(text: Markup) -> Markup:
    """Return markup with its first letter in upper case."""
    return Markup(_FIRST_LETTER.sub(lambda found: f"{found[1]}{found[2].upper()}", text, count=1))


def in_a_row(parts: list[Markup]) -> Markup:
    """Return the parts as prose: "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return Markup("").join(parts)
    return Markup("{} and {}").format(Markup(", ").join(parts[:-1]), parts[-1])
