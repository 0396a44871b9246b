"""Episodes years apart are each drawn large enough to be read, on a scale that says where it is broken."""

from datetime import date

from factories import a_case, a_day, a_follow_through
from sample_cases import a_collection

from briefing_lib import briefing as show
from briefing_lib.models import Status
from briefing_lib.presentation.figures.broken_scale import broken_scale
from briefing_lib.wording import shortened

AUGUST, JUNE = (date(2017, 8, 9), date(2017, 8, 29)), (date(2020, 6, 4), date(2020, 6, 24))


def test_a_long_time_without_events_is_left_out():
    scale = broken_scale([JUNE, AUGUST], most=4)
    assert [(part.first, part.last) for part in scale.parts] == [AUGUST, JUNE]
    assert scale.at(AUGUST[0]) < scale.at(AUGUST[1]) < 0.5 < scale.at(JUNE[0]) < scale.at(JUNE[1]) < 1


def test_days_keep_their_order_on_the_scale_and_those_in_a_break_lie_at_its_edge():
    scale = broken_scale([JUNE, AUGUST], most=4)
    days = [*AUGUST, date(2018, 5, 1), date(2019, 5, 1), *JUNE]
    places = [scale.at(day) for day in days]
    assert places == sorted(places)
    assert places[2] == places[3] == scale.parts[0].right


def test_what_goes_on_all_the_time_is_not_broken():
    stretches = [AUGUST, (date(2017, 8, 20), date(2020, 1, 1)), JUNE]
    assert len(broken_scale(stretches, most=4).parts) == 2
    assert len(broken_scale(stretches[:2], most=4).parts) == 1
    assert len(broken_scale([AUGUST, JUNE], most=1).parts) == 1


def test_no_more_parts_are_made_than_asked_for():
    days = [(date(year, 1, 1), date(year, 1, 9)) for year in range(2000, 2008)]
    assert len(broken_scale(days, most=3).parts) == 3


def test_the_figure_says_that_its_scale_is_broken_or_not():
    ended = {"status": Status.NOT_CARRIED_OUT, "status_date": a_day("2017-08-29"), "issued": a_day("2017-08-09")}
    broken = a_follow_through(a_case(**ended), a_case(issued=a_day("2020-06-04")), as_of=date(2020, 6, 24))
    assert "The scale is broken" in str(show.timeline_figure(broken).html)
    assert "The scale is broken" not in str(show.timeline_figure(a_collection(8)).html)


def test_a_long_label_is_cut_at_a_word():
    assert shortened("close the Straits of Zenda, to grain ships", 28) == "close the Straits of Zenda…"
    assert shortened("close the strait", 16) == "close the strait"
    assert shortened("withdrawn", 5) == "with…"
