"""Date expressions: what is found, and which days it means in a document of Wednesday, 24 June 2020."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_lib.errors import BadDate
from briefing_lib.models import Precision
from briefing_lib.reading import find_dates, parse_day, parse_published, resolve_date

PUBLISHED = date(2020, 6, 24)


def days(words: str, **options) -> tuple[str, str, str] | None:
    found = resolve_date(words, published=PUBLISHED, **options)
    return found and (str(found.start), str(found.end), found.precision.value)


@pytest.mark.parametrize(
    ("words", "start", "end", "precision"),
    [
        ("June 16, 2020", "2020-06-16", "2020-06-16", "day"),
        ("16 June 2020", "2020-06-16", "2020-06-16", "day"),
        ("2020-06-16", "2020-06-16", "2020-06-16", "day"),
        ("Tuesday, June 16", "2020-06-16", "2020-06-16", "day"),
        ("May 5-7, 2019", "2019-05-05", "2019-05-07", "range"),
        ("June 16", "2020-06-16", "2020-06-16", "day"),
        ("June 30", "2020-06-30", "2020-06-30", "day"),  # six days ahead is nearer than last year's
        ("Sept. 5", "2019-09-05", "2019-09-05", "day"),
        ("in June 2020", "2020-06-01", "2020-06-30", "month"),
        ("October 1958", "1958-10-01", "1958-10-31", "month"),
        ("in 2017", "2017-01-01", "2017-12-31", "year"),
        ("the 1990s", "1990-01-01", "1999-12-31", "range"),
        ("early 2017", "2017-01-01", "2017-04-30", "range"),
        ("the end of 2019", "2019-12-31", "2019-12-31", "day"),
        ("the first quarter of 2020", "2020-01-01", "2020-03-31", "quarter"),
        ("on Wednesday", "2020-06-24", "2020-06-24", "day"),
        ("Friday", "2020-06-19", "2020-06-19", "day"),
        ("Monday night", "2020-06-22", "2020-06-22", "day"),
        ("next Friday", "2020-06-26", "2020-06-26", "day"),
        ("this Sunday", "2020-06-28", "2020-06-28", "day"),
        ("last Wednesday", "2020-06-17", "2020-06-17", "day"),
        ("today", "2020-06-24", "2020-06-24", "day"),
        ("yesterday", "2020-06-23", "2020-06-23", "day"),
        ("the day before yesterday", "2020-06-22", "2020-06-22", "day"),
        ("tomorrow", "2020-06-25", "2020-06-25", "day"),
        ("last week", "2020-06-15", "2020-06-21", "week"),
        ("this week", "2020-06-22", "2020-06-28", "week"),
        ("next month", "2020-07-01", "2020-07-31", "month"),
        ("last year", "2019-01-01", "2019-12-31", "year"),
        ("last weekend", "2020-06-20", "2020-06-21", "range"),
        ("earlier this month", "2020-06-01", "2020-06-24", "range"),
        ("later this year", "2020-06-24", "2020-12-31", "range"),
        ("in December", "2019-12-01", "2019-12-31", "month"),
        ("in June", "2020-06-01", "2020-06-30", "month"),
        ("in April of last year", "2019-04-01", "2019-04-30", "month"),
        ("December last year", "2019-12-01", "2019-12-31", "month"),
        ("last June", "2019-06-01", "2019-06-30", "month"),
        ("two weeks ago", "2020-06-08", "2020-06-14", "week"),
        ("three days ago", "2020-06-21", "2020-06-21", "day"),
        ("a month ago", "2020-05-01", "2020-05-31", "month"),
        ("a few days ago", "2020-06-17", "2020-06-22", "range"),
        ("in recent days", "2020-06-17", "2020-06-24", "range"),
        ("over the past two weeks", "2020-06-10", "2020-06-24", "range"),
        ("in the next two weeks", "2020-06-24", "2020-07-08", "range"),
        ("within 48 hours", "2020-06-24", "2020-06-26", "range"),
        ("within six months", "2020-06-24", "2020-12-24", "range"),
        ("by the end of the year", "2020-12-31", "2020-12-31", "day"),
        ("by year-end", "2020-12-31", "2020-12-31", "day"),
        ("end of the month", "2020-06-30", "2020-06-30", "day"),
        ("by Friday", "2020-06-26", "2020-06-26", "day"),
        ("by 5 p.m. Friday", "2020-06-26", "2020-06-26", "day"),
        ("by midnight on Saturday", "2020-06-27", "2020-06-27", "day"),
        ("midnight Saturday", "2020-06-20", "2020-06-20", "day"),
        ("by mid-August", "2020-08-11", "2020-08-20", "range"),
        ("on the 16th", "2020-06-16", "2020-06-16", "day"),
        ("by the 16th", "2020-07-16", "2020-07-16", "day"),
        ("Christmas", "2019-12-25", "2019-12-25", "day"),
        ("by Christmas", "2020-12-25", "2020-12-25", "day"),
        ("Christmas Eve", "2019-12-24", "2019-12-24", "day"),
        ("New Year’s Day", "2020-01-01", "2020-01-01", "day"),
        ("before Friday", "None", "2020-06-25", "range"),
    ],
)
def test_words_mean_these_days(words, start, end, precision):
    assert days(words) == (start, end, precision)


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("Friday", "2020-06-26"),
        ("June 16", "2021-06-16"),
        ("in December", "2020-12-01"),
        ("midnight Saturday", "2020-06-27"),
    ],
)
def test_a_plan_looks_ahead(words, start):
    """With ``future`` a day without a year is the next one."""
    resolved = days(words, future=True)
    assert resolved is not None
    assert resolved[0] == start


@pytest.mark.parametrize(
    ("words", "future", "end"),
    [
        ("the end of the year", False, "2019-12-31"),
        ("by the end of the year", False, "2020-12-31"),
        ("the end of the year", True, "2020-12-31"),
        ("the end of this year", False, "2020-12-31"),
        ("the year-end", False, "2019-12-31"),
    ],
)
def test_in_january_the_end_of_the_year_is_behind_unless_it_is_a_limit(words, future, end):
    resolved = resolve_date(words, published=date(2020, 1, 6), future=future)
    assert resolved is not None
    assert str(resolved.end) == end


@pytest.mark.parametrize(
    "words",
    [
        "the day before the anniversary",
        "the week after Christmas",
        "31 June",
        "February 30, 2019",
        "soon",
        "",
        "x" * 5000,
    ],
)
def test_what_cannot_be_told_stays_unresolved(words):
    assert days(words) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The port closed on Friday and opens in July.", ["on Friday", "in July"]),
        ("On Monday, June 15, 2020, it set a limit.", ["On Monday, June 15, 2020"]),
        ("It would go by\nthe end of the year.", ["by\nthe end of the year"]),
        ("They met late last year and in the 1990s.", ["late last year", "in the 1990s"]),
        ("On the 16th the office closed.", ["On the 16th"]),
        ("It gave them until Christmas.", ["until Christmas"]),
        # Near misses: months that are verbs, ordinals that are adjectives, numbers that are not years.
        ("The fleet may march and the sun may set.", []),
        ("On the 16th anniversary they met in the 3rd hall.", []),
        ("It has 2017 ships and flight 1958.", []),
        ("It promised a Christmas present.", []),
        ("It was the worst flood in years, in days of need.", []),
        ("He reads the Fridayite, and Mayor March agrees.", []),
    ],
)  # fmt: skip
def test_dates_are_found_with_their_prepositions(text, words):
    assert [mention.words for mention in find_dates(text)] == words


PIECES = [
    *(
        "by",
        "before",
        "in",
        "on",
        "the",
        "last",
        "next",
        "this",
        "two",
        "a few",
        "several",
        "31",
        "30th",
        "June",
        "Dec.",
    ),
    *(
        "2020",
        "1999",
        "weeks",
        "days",
        "years",
        "ago",
        "within",
        "end of",
        "year",
        "Friday",
        "early",
        "mid",
        "Christmas",
    ),
]


@given(st.text(max_size=200) | st.lists(st.sampled_from([*PIECES, "-", "\n", "."]), max_size=12).map(" ".join))
def test_mentions_are_slices_in_order(text):
    """Each mention is what the text says there, and none overlaps the next."""
    end = 0
    for mention in find_dates(text):
        assert text[mention.start : mention.end] == mention.words
        assert end <= mention.start < mention.end
        end = mention.end


@given(st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join), st.dates(), st.booleans())
def test_resolving_never_raises(words, published, future):
    """Whatever the words and the day, the answer is nothing or a range that runs forward."""
    found = resolve_date(words, published=published, future=future)
    if found is not None:
        assert found.end is not None
        assert found.start is None or found.start <= found.end
        assert found.precision in Precision


@pytest.mark.parametrize(
    ("value", "start", "precision"),
    [
        ("2020-06-24", date(2020, 6, 24), "day"),
        ("2020-06", date(2020, 6, 1), "month"),
        ("2020", date(2020, 1, 1), "year"),
        (2020, date(2020, 1, 1), "year"),
        (date(2020, 6, 24), date(2020, 6, 24), "day"),
        ("24 June 2020", date(2020, 6, 24), "day"),
        ("June 24, 2020 10:30 AM", date(2020, 6, 24), "day"),
        ("2020-06-24T23:30:00+09:00", date(2020, 6, 24), "day"),
        ("Wed, 24 Jun 2020 10:00:00 GMT", date(2020, 6, 24), "day"),
    ],
)
def test_metadata_dates(value, start, precision):
    published = parse_published(value)
    assert published is not None
    assert (published.start, published.precision.value) == (start, precision)


@pytest.mark.parametrize(
    "value", ["", "soon", "24/06/2020", "2020-13", "last week", "within 1000 days", None, True, 3.5, []]
)
def test_what_is_no_metadata_date(value):
    assert parse_published(value) is None


@pytest.mark.parametrize("text", ["tomorrow", "2020-06", "2020-02-30", "", "24.06.2020"])
def test_a_day_on_the_command_line_is_a_calendar_day(text):
    with pytest.raises(BadDate, match="year-month-day"):
        parse_day(text)


def test_a_day_is_parsed():
    assert parse_day("2020-06-24") == PUBLISHED
