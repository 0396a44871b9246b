"""A rate is a count over a denominator that is named, with its interval."""

import pytest
from factories import a_case

from briefing_lib.assessment.rates import (
    HEADLINE,
    READINGS,
    base_rates,
    count_by_status,
    follow_through_rate,
    interval,
    rates_under_each_reading,
)
from briefing_lib.models import Status


def cases(**counts):
    return [a_case(status=Status(name)) for name, many in counts.items() for _ in range(many)]


def test_the_headline_counts_resolved_cases_alone():
    rate = follow_through_rate(cases(carried_out=1, reversed=1, not_carried_out=2, suspended=3, pending=4, unclear=5))
    assert (rate.done, rate.of, rate.share) == (2, 4, 0.5)


@pytest.mark.parametrize(
    ("name", "done", "of"),
    [
        ("Resolved cases", 2, 4),
        ("Suspended counted as not carried out", 2, 7),
        ("Suspended and pending counted as not carried out so far", 2, 11),
        ("Pending counted as not carried out so far, suspended left out", 2, 8),
        ("Unclear counted as not carried out", 2, 9),
        ("All cases", 2, 16),
        ("Only what was carried out in full and stayed so", 1, 4),
        ("Left out where the target complied", 2, 3),
    ],
)
def test_each_reading_has_its_own_denominator(name, done, of):
    held = cases(carried_out=1, partly_carried_out=1, withdrawn=1, target_complied=1, suspended=3, pending=4, unclear=5)
    (rate,) = [rate for rate in rates_under_each_reading(held) if rate.rule.name == name]
    assert (rate.done, rate.of) == (done, of)


def test_the_headline_is_the_first_reading_and_names_are_unique():
    assert READINGS[0] is HEADLINE
    assert len({rule.name for rule in READINGS}) == len(READINGS)


def test_nothing_counted_is_no_rate_rather_than_zero():
    rate = follow_through_rate(cases(pending=3))
    assert (rate.share, rate.low, rate.high) == (None, None, None)


def test_the_interval_is_wilsons():
    """Newcombe (1998), table I: 1 of 29 gives 0.0061 to 0.1718."""
    assert interval(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_every_status_is_counted_even_where_there_is_none():
    assert count_by_status(cases(pending=2)) == dict.fromkeys(Status, 0) | {Status.PENDING: 2}


def test_base_rates_name_their_population_and_source():
    for rate in base_rates():
        assert rate.population
        assert rate.source
        low, high = rate.interval
        assert 0 <= low < rate.carried_out < high <= 1
