"""What changed since an earlier table: new, closed, moved and gone, with the quote that moved it."""

from dataclasses import replace

from factories import a_case, a_follow_through, an_outcome

from briefing_lib.assessment.changes import ChangeKind, changes_since
from briefing_lib.models import Status
from briefing_lib.presentation import to_json


def earlier(*cases):
    return to_json(a_follow_through(*cases))


def test_nothing_changed_is_nothing():
    case = a_case()
    assert changes_since(earlier(case), [case]) == ()


def test_a_case_that_was_not_there_is_new():
    (change,) = changes_since(earlier(), [a_case()])
    assert (change.kind, change.before) == (ChangeKind.NEW, None)


def test_an_open_case_that_is_resolved_is_closed_by_the_quote_that_is_new():
    outcome = an_outcome(Status.CARRIED_OUT)
    now = a_case(status=Status.CARRIED_OUT, outcomes=(outcome,))
    (change,) = changes_since(earlier(a_case()), [now])
    assert (change.kind, change.before, change.moved_by) == (ChangeKind.CLOSED, Status.PENDING, outcome)


def test_a_status_that_moved_without_a_new_quote_says_that_none_moved_it():
    now = a_case(status=Status.NOT_CARRIED_OUT)
    (change,) = changes_since(earlier(a_case()), [now])
    assert (change.kind, change.moved_by) == (ChangeKind.CLOSED, None)


def test_a_resolved_case_that_is_open_again_is_moved():
    (change,) = changes_since(earlier(a_case(status=Status.CARRIED_OUT)), [a_case(status=Status.SUSPENDED)])
    assert change.kind is ChangeKind.MOVED


def test_a_case_whose_id_changed_is_known_by_its_threat_quote():
    case = a_case()
    assert changes_since(earlier(case), [replace(case, id="ruritania-2021-ffffff")]) == ()


def test_a_case_that_is_no_longer_found_is_gone():
    (change,) = changes_since(earlier(a_case()), [])
    assert change.kind is ChangeKind.GONE
    assert change.label == "Ruritania to Graustark: close the strait"
