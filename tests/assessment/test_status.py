"""One threat's mentions and outcomes → its status as of a day, and why."""

from datetime import date, timedelta
from typing import Any

import pytest
from factories import a_day, a_document, a_passage, a_threat, an_outcome

from briefing_lib.assessment.status import OPEN_FOR, Judgement, judge
from briefing_lib.assessment.strands import Strand
from briefing_lib.models import Basis, Confidence, DateRange, Outcome, Precision, Status, Threat

AS_OF = date(2021, 4, 1)


def judged(*outcomes: Outcome, threat: Threat | None = None, **when: Any) -> Judgement:
    """Judge one threat with its outcomes."""
    return judge(Strand([threat or a_threat()], list(outcomes)), **({"as_of": AS_OF} | when))


def an_act(status: Status, day: str, *, stated: bool = True, name: str = "later", place: int = 0) -> Outcome:
    """An outcome of a day, in a document of that day, at a place of it."""
    document = a_document("x" * 900, id=name, published=a_day(day))
    passage = a_passage(document)
    moved = type(passage)(document, place, place + 20, passage.kind)
    return an_outcome(status, stated=stated, on=a_day(day), passage=moved)


@pytest.mark.parametrize("status", [Status.CARRIED_OUT, Status.SUSPENDED, Status.WITHDRAWN, Status.TARGET_COMPLIED])
def test_what_a_source_states_is_the_status(status: Status) -> None:
    """A statement is the status, stated."""
    verdict = judged(an_act(status, "2021-03-09"))
    assert (verdict.status, verdict.basis) == (status, Basis.STATED)


def test_a_report_is_an_inference_of_low_confidence() -> None:
    """An act that nobody ties to the threat."""
    verdict = judged(an_act(Status.CARRIED_OUT, "2021-03-09", stated=False))
    assert (verdict.basis, verdict.confidence) == (Basis.INFERRED, Confidence.LOW)


def test_the_latest_outcome_holds() -> None:
    """Suspended, then done."""
    first, then = an_act(Status.SUSPENDED, "2021-03-09"), an_act(Status.CARRIED_OUT, "2021-03-20", name="b")
    assert judged(first, then).status is Status.CARRIED_OUT


def test_a_status_is_as_old_as_its_first_report() -> None:
    """A later report that gives no day of its own does not make the act younger; another status in between does."""
    first, then = an_act(Status.CARRIED_OUT, "2021-03-08"), an_act(Status.CARRIED_OUT, "2021-03-14", name="c")
    between = an_act(Status.SUSPENDED, "2021-03-10", name="b")
    assert judged(first, then).on == a_day("2021-03-08")
    assert judged(first, between, then).on == a_day("2021-03-14")


def test_a_statement_stands_against_a_report_that_is_no_later() -> None:
    """A statement of the same day wins; a report of a later day does."""
    said = an_act(Status.NOT_CARRIED_OUT, "2021-03-09")
    assert (
        judged(said, an_act(Status.CARRIED_OUT, "2021-03-09", stated=False, place=800)).status is Status.NOT_CARRIED_OUT
    )
    assert judged(said, an_act(Status.CARRIED_OUT, "2021-03-10", stated=False)).status is Status.CARRIED_OUT


@pytest.mark.parametrize("undone", [Status.WITHDRAWN, Status.REVERSED])
def test_what_was_done_and_taken_back_is_reversed(undone: Status) -> None:
    """Taken back after it was done; taken back before, it is withdrawn."""
    done = an_act(Status.CARRIED_OUT, "2021-03-09", stated=False)
    assert judged(done, an_act(undone, "2021-03-20", name="b")).status is Status.REVERSED
    assert judged(an_act(Status.WITHDRAWN, "2021-03-06"), done).status is Status.CARRIED_OUT


def test_suspended_is_not_cancelled() -> None:
    """A suspension after the act is a suspension, no reversal."""
    done = an_act(Status.CARRIED_OUT, "2021-03-09")
    assert judged(done, an_act(Status.SUSPENDED, "2021-03-20", name="b")).status is Status.SUSPENDED


def test_documents_of_one_day_that_disagree_leave_it_unclear() -> None:
    """Two documents of one day; of two days, the later holds; so does one document that goes on."""
    yes, no = an_act(Status.CARRIED_OUT, "2021-03-09", name="a"), an_act(Status.NOT_CARRIED_OUT, "2021-03-09", name="b")
    verdict = judged(yes, no)
    assert verdict.status is Status.UNCLEAR
    assert "disagree" in verdict.reasons[0]
    assert judged(yes, an_act(Status.NOT_CARRIED_OUT, "2021-03-10", name="b")).status is Status.NOT_CARRIED_OUT
    far = an_act(Status.NOT_CARRIED_OUT, "2021-03-09", name="a", place=800)
    assert judged(yes, far).status is Status.NOT_CARRIED_OUT


def test_two_accounts_in_one_sentence_leave_it_unclear() -> None:
    """What one side says was done, the other denies in the same breath."""
    yes = an_act(Status.CARRIED_OUT, "2021-03-09", place=0)
    no = an_act(Status.NOT_CARRIED_OUT, "2021-03-09", place=30)
    assert judged(yes, no).status is Status.UNCLEAR


def test_an_essay_tells_things_in_their_order() -> None:
    """Where a document carries no day, what it tells last came last, whatever year a sentence names."""
    year = DateRange(date(2008, 1, 1), date(2008, 12, 31), Precision.YEAR)
    document = a_document("x" * 900, id="essay", published=year)
    passage = a_passage(document)

    def told(status: Status, place: int, on: DateRange | None) -> Outcome:
        return an_outcome(status, on=on, passage=type(passage)(document, place, place + 20, passage.kind))

    first = told(Status.SUSPENDED, 100, year)
    then = told(Status.CARRIED_OUT, 500, a_day("1832-11-15"))
    assert judged(first, then).status is Status.CARRIED_OUT


@pytest.mark.parametrize(
    ("as_of", "last_seen", "status"),
    [
        (date(2021, 3, 20), None, Status.PENDING),
        (date(2021, 4, 1), date(2021, 3, 31), Status.NOT_CARRIED_OUT),
        (date(2021, 4, 1), date(2021, 3, 10), Status.UNCLEAR),
        (date(2021, 4, 1), None, Status.UNCLEAR),
    ],
)
def test_a_deadline_that_passed_counts_where_the_sources_kept_covering(
    as_of: date, last_seen: date | None, status: Status
) -> None:
    """Absence of coverage is unclear, never not carried out."""
    threat = a_threat(deadline=a_day("2021-03-25"), deadline_words="by 25 March")
    assert judged(threat=threat, as_of=as_of, last_seen=last_seen).status is status


def test_a_threat_without_a_deadline_stays_open_for_a_year() -> None:
    """Then these sources do not say what came of it."""
    issued = date(2021, 3, 5)
    assert judged(as_of=issued + OPEN_FOR).status is Status.PENDING
    assert judged(as_of=issued + OPEN_FOR + timedelta(days=1)).status is Status.UNCLEAR
