"""The time from threat to outcome is Kaplan and Meier's, with open cases censored."""

from datetime import date, timedelta

import pytest
from factories import a_case, a_day

from briefing_lib.assessment.durations import time_to_outcome
from briefing_lib.models import DateRange, Status

MADE = date(2021, 1, 1)
AS_OF = MADE + timedelta(days=100)


def ended(days, status=Status.CARRIED_OUT):
    day = MADE + timedelta(days=days)
    return a_case(status=status, issued=a_day(MADE.isoformat()), status_date=DateRange(day, day))


def still_open(days, status=Status.PENDING):
    made = AS_OF - timedelta(days=days)
    return a_case(status=status, issued=DateRange(made, made))


def test_the_curve_is_that_of_the_textbook():
    """Remission times of 21 patients on 6-MP (Freireich 1963; Kleinbaum and Klein 2012, table 2.1), and one at 6.

    Shares and median are theirs; the intervals are Greenwood's on the log-log scale, as statsmodels gives them too.
    """
    times = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    a_tenth = ended(6, Status.WITHDRAWN)
    found = time_to_outcome([*map(ended, times), *map(still_open, censored), a_tenth], as_of=AS_OF)
    assert found is not None
    expected = {
        6: (18 / 22, 0.585348, 0.927566),
        7: (18 / 22 * 16 / 17, 0.532466, 0.897329),
        10: (0.718717, 0.476655, 0.863097),
        13: (0.658824, 0.410074, 0.822546),
        16: (0.598930, 0.349797, 0.778676),
        22: (0.513369, 0.256209, 0.721469),
        23: (0.427807, 0.180437, 0.656378),
    }
    assert [step.day for step in found.steps] == list(expected)
    for step in found.steps:
        assert (step.share, step.low, step.high) == pytest.approx(expected[step.day], abs=2e-5)
    assert (found.ended, found.open, found.longest, found.median) == (10, 12, 35, 23)


def test_under_ten_ends_there_is_no_curve():
    assert time_to_outcome([ended(5)] * 9 + [still_open(50)] * 20, as_of=AS_OF) is None


def test_unclear_and_undated_cases_are_left_out():
    cases = [ended(5)] * 10 + [a_case(status=Status.UNCLEAR), a_case(status=Status.CARRIED_OUT, issued=None)]
    found = time_to_outcome(cases, as_of=AS_OF)
    assert found is not None
    assert (found.ended, found.open, found.median) == (10, 0, 5)
