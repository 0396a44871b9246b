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
    """Remission times of 21 patients on 6-MP (Freireich 1963; Kleinbaum and Klein 2012, table 2.1), and one at 6."""
    times = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    a_tenth = ended(6, Status.WITHDRAWN)
    found = time_to_outcome([*map(ended, times), *map(still_open, censored), a_tenth], as_of=AS_OF)
    assert found is not None
    expected = {6: 18 / 22, 7: 18 / 22 * 16 / 17}
    shares = {step.day: step.share for step in found.steps}
    assert {day: shares[day] for day in expected} == pytest.approx(expected)
    assert all(step.low < step.share < step.high for step in found.steps)
    assert (found.ended, found.open, found.longest) == (10, 12, 35)


def test_under_ten_ends_there_is_no_curve():
    assert time_to_outcome([ended(5)] * 9 + [still_open(50)] * 20, as_of=AS_OF) is None


def test_unclear_and_undated_cases_are_left_out():
    cases = [ended(5)] * 10 + [a_case(status=Status.UNCLEAR), a_case(status=Status.CARRIED_OUT, issued=None)]
    found = time_to_outcome(cases, as_of=AS_OF)
    assert found is not None
    assert (found.ended, found.open, found.median) == (10, 0, 5)
