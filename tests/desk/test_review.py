"""An analyst's decision reaches the case that it is about, and nothing else."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from factories import a_case, a_day, a_document, a_follow_through, a_passage, a_threat, an_outcome

from briefing_lib.assessment import judging
from briefing_lib.assessment.corrections import FIELDS, corrected, value_of
from briefing_lib.assessment.deciding import Signature, decide
from briefing_lib.assessment.review import review
from briefing_lib.errors import UnknownParameter
from briefing_lib.models import DecisionKind, Status
from briefing_lib.presentation.case_table import case_table
from briefing_lib.presentation.reviews import decisions_text, review_words
from briefing_lib.publishing.prose_rules import mixed_sentences, typed_numbers

DAY = date(2021, 6, 30)
FIRST = a_document("Ruritania threatened to close the strait.", id="first")
SECOND = a_document("Ruritania vowed again to close the strait. It then closed it.", id="second")
THIRD = a_document("Ruritania threatened to expel the envoys.", id="third")
STRAIT = a_case(
    id="ruritania-1",
    threats=(
        a_threat(passage=a_passage(FIRST)),
        a_threat(passage=a_passage(SECOND, "Ruritania vowed again to close the strait.")),
    ),
    outcomes=(an_outcome(passage=a_passage(SECOND, "It then closed it.")),),
)
ENVOYS = a_case(id="ruritania-2", act="expel the envoys", threats=(a_threat(passage=a_passage(THIRD)),))
CASES = (STRAIT, ENVOYS)


def a_decision(kind, case="ruritania-1", *, found=None, minute=0, by="mira", **options):
    at = datetime(2021, 7, 1, 12, minute, tzinfo=UTC)
    table = found or a_follow_through(*CASES, as_of=DAY)
    return decide(table, case, DecisionKind(kind), Signature(by, at, "it says so"), **options)


def reviewed(*decisions, cases=CASES, as_of=DAY):
    return review(cases, decisions, as_of=as_of, judge=judging((), as_of=as_of))


def by_id(result):
    return {case.id: case for case in result.cases}


def test_a_confirmed_case_says_so_and_is_otherwise_as_it_was():
    done = reviewed(a_decision("confirm"))
    case = by_id(done)["ruritania-1"]
    assert case.review.confirmed
    assert replace(case, review=None) == STRAIT
    assert by_id(done)["ruritania-2"] is ENVOYS


def test_a_rejected_case_is_out_of_the_table_and_kept_aside():
    done = reviewed(a_decision("reject"))
    assert list(by_id(done)) == ["ruritania-2"]
    assert [case.id for case in done.rejected] == ["ruritania-1"]


def test_a_correction_keeps_what_the_machine_had_said():
    done = reviewed(a_decision("correct", fields={"status": "suspended", "target": "Freedonia"}))
    case = by_id(done)["ruritania-1"]
    assert (case.status, case.target.name) == (Status.SUSPENDED, "Freedonia")
    assert {one.field: one.machine for one in case.review.overruled} == {"status": "pending", "target": "Graustark"}


def test_a_field_corrected_twice_still_names_what_the_machine_had_said():
    first = a_decision("correct", fields={"status": "suspended"})
    seen = a_follow_through(*reviewed(first).cases, as_of=DAY)
    second = a_decision("correct", found=seen, minute=1, fields={"status": "withdrawn"})
    (one,) = by_id(reviewed(second, first))["ruritania-1"].review.overruled
    assert (one.machine, one.now) == ("pending", "withdrawn")


VALUES = {
    "sender": "Sylvania", "target": "", "speaker": "the envoy", "act": "close the port", "kind": "vague",
    "mode": "ban", "modality": "possible", "condition": "unless it pays", "demand": "pay", "deadline": "2021-09",
    "issued": "2021-03-01/2021-03-09", "status": "carried_out", "basis": "stated", "status_date": "2021", "confidence":
    "high",
}  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_can_be_corrected(field):
    case = corrected(STRAIT, [(field, VALUES[field])], actors={})
    assert value_of(case, field) != value_of(STRAIT, field)
    assert value_of(corrected(case, [(field, value_of(STRAIT, field))], actors={}), field) == value_of(STRAIT, field)


@pytest.mark.parametrize(
    ("fields", "named"),
    [({"colour": "red"}, "sender"), ({"status": "done"}, "carried_out"), ({"issued": "June"}, "2020-06"),
     ({"sender": ""}, "reject")],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_with_what_can(fields, named):
    with pytest.raises(UnknownParameter, match=named):
        a_decision("correct", fields=fields)


def test_a_merge_makes_one_case_of_all_mentions_and_judges_it_anew():
    done = reviewed(a_decision("merge", "ruritania-2", into="ruritania-1"))
    (case,) = done.cases
    assert case.id == "ruritania-1"
    assert len(case.threats) == 3
    assert case.status is Status.CARRIED_OUT
    assert review_words(case) == "merged by analyst; machine had cases apart"


def test_a_split_parts_the_mentions_and_judges_both_anew():
    done = reviewed(a_decision("split", parts=["vowed again", "then closed"]))
    rest, part = (case for case in done.cases if case.id != "ruritania-2")
    assert [one.passage.document.id for one in rest.threats] == ["first"]
    assert [one.passage.document.id for one in part.threats] == ["second"]
    assert (rest.outcomes, part.status) == ((), Status.CARRIED_OUT)
    assert rest.id != part.id
    assert rest.review == part.review
    assert review_words(part) == "split by analyst; machine had one case"


def test_a_split_that_leaves_one_side_empty_is_refused():
    with pytest.raises(UnknownParameter, match="either side"):
        a_decision("split", parts=["then closed"])


def test_the_order_of_the_decisions_does_not_matter():
    many = [
        a_decision("confirm", minute=3),
        a_decision("correct", minute=1, fields={"mode": "ban"}),
        a_decision("correct", minute=1, by="jon", fields={"mode": "arrest"}),
        a_decision("merge", "ruritania-2", minute=5, into="ruritania-1"),
    ]
    wanted = reviewed(*many)
    for seed in range(8):
        assert reviewed(*random.Random(seed).sample(many, len(many))) == wanted
    assert [one.decision.by for one in wanted.unfit] == ["mira"]


def test_times_of_other_zones_are_put_in_order():
    early = replace(a_decision("confirm"), at="2021-07-01T13:00:00+02:00")
    late = replace(a_decision("reject"), at="2021-07-01T12:30:00+00:00")
    assert reviewed(late, early).unfit == ()


def test_a_decision_on_a_later_table_is_not_seen():
    assert reviewed(a_decision("reject"), as_of=date(2021, 6, 29)).cases == CASES


GONE = replace(STRAIT, threats=STRAIT.threats[:1])
FURTHER = replace(STRAIT, threats=(*STRAIT.threats, *ENVOYS.threats))
RENAMED = replace(STRAIT, id="ruritania-9")
MOVED = replace(STRAIT, status=Status.WITHDRAWN, status_date=a_day("2021-06-01"))


@pytest.mark.parametrize(
    ("kind", "now", "reason", "options"),
    [
        ("confirm", (), "in no case", {}),
        ("confirm", (GONE,), "no longer has the words", {}),
        ("confirm", (RENAMED,), "now in ruritania-9", {}),
        ("confirm", (MOVED,), "status of ruritania-1 was 'pending' and is now 'withdrawn'", {}),
        ("correct", (MOVED,), "status of ruritania-1", {"fields": {"status": "suspended"}}),
        ("reject", (FURTHER,), "further words", {}),
        ("merge", (STRAIT,), "no case ruritania-2", {"into": "ruritania-2"}),
        ("split", (GONE,), "no longer has the words", {"parts": ["vowed again"]}),
    ],
)
def test_a_decision_that_no_longer_fits_is_listed_and_touches_nothing(kind, now, reason, options):
    done = reviewed(a_decision(kind, **options), cases=(*now,))
    assert done.cases == now
    (unfit,) = done.unfit
    assert reason in unfit.reason


def test_a_correction_that_the_machine_has_come_to_by_itself_overrules_nothing():
    done = reviewed(a_decision("correct", fields={"status": "withdrawn"}), cases=(MOVED,))
    assert done.unfit == ()
    assert by_id(done)["ruritania-1"].review.overruled == ()


def test_two_who_decide_against_each_other_are_told():
    done = reviewed(a_decision("confirm", minute=2), a_decision("reject", minute=1, by="jon"))
    assert [one.reason for one in done.unfit] == ["ruritania-1 was rejected by jon"]


@pytest.mark.parametrize(
    ("kind", "options"),
    [("confirm", {"fields": {"status": "pending"}}), ("correct", {}), ("merge", {}), ("split", {}),
     ("merge", {"into": "ruritania-1"}), ("confirm", {"case": "ruritania-"}), ("confirm", {"case": "3"}),
     ("confirm", {"by": " "})],
)  # fmt: skip
def test_what_is_missing_or_does_not_go_together_is_refused(kind, options):
    with pytest.raises(UnknownParameter):
        a_decision(kind, **options)


def test_a_case_may_be_named_by_its_row():
    assert a_decision("confirm", "2").case == "ruritania-2"


def test_what_analysts_say_in_numbers_and_likelihood_is_theirs_and_breaks_no_rule_of_the_page():
    signed = Signature("mira 2", datetime(2021, 7, 1, tzinfo=UTC), "2 of three say so; likely, with low confidence")
    table = a_follow_through(*CASES, as_of=DAY)
    made = (
        decide(
            table, "ruritania-1", DecisionKind.CORRECT, signed, fields={"status": "suspended", "deadline": "2021-09"}
        ),
        decide(table, "ruritania-2", DecisionKind.REJECT, signed),
    )
    unfit = reviewed(a_decision("confirm"), cases=()).unfit
    done = reviewed(*made)
    found = a_follow_through(*done.cases, rejected=done.rejected, unfit=unfit, as_of=DAY)
    page = BeautifulSoup(str(case_table(found).html), "html.parser")
    said = page.get_text()
    for words in (
        "One case taken out",
        "One decision of analysts does not fit",
        "machine had said pending",
        "2 of three",
    ):
        assert words in said
    assert [*map(str, (*typed_numbers(page), *mixed_sentences(page)))] == []
    assert "taken out by an analyst: Ruritania: expel the envoys (mira 2, 1 July 2021: 2 of" in decisions_text(found)
