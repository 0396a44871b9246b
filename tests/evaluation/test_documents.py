"""Rows of single documents: which is which, and what is counted."""

from datetime import date

import pytest
from factories import a_day, an_actor

from briefing_lib.evaluation.documents import DUPLICATE, END_OF_TIME, MERGED, NOT_FOUND, NOTHING
from briefing_lib.models import DateRange, Kind, Precision, Status

ONE = "Ruritania will close the strait."
TWO = "Ruritania vowed to expel the envoys."
THREE = "The storm threatens the coast."
FOUR = "Ruritania may yet regret it."
FIVE = "It rained all day."
TEXT = f"{ONE} {TWO} {THREE} {FOUR} {FIVE}"


@pytest.fixture
def two(gold, gold_threat):
    """A document with two threats, a tempting sentence that is none, and a borderline one."""
    gold.document(
        "a",
        TEXT,
        threats=[
            gold_threat(TEXT, ONE, id="t1"),
            gold_threat(TEXT, TWO, id="t2", act="expel the envoys", status="carried_out"),
        ],
        not_threats=[THREE],
        borderline=[FOUR],
    )
    return gold


def test_figures_come_out_as_computed_by_hand(two, found):
    """One of two found and one false positive: P 1/2, R 1/2, F1 1/2."""
    found.add("a", ONE)
    found.add("a", THREE)
    score = found.score(two).documents
    assert (score.strict.hits, score.strict.false_positives, score.strict.misses) == (1, 1, 1)
    assert (score.strict.precision.value, score.strict.recall.value, score.strict.f1.value) == (0.5, 0.5, 0.5)
    assert (score.strict.f1.numerator, score.strict.f1.denominator) == (2, 4)


def test_a_row_in_the_borderline_is_ignored(two, found):
    """It is no false positive."""
    found.add("a", FOUR)
    score = found.score(two).documents
    assert (score.ignored, score.strict.false_positives) == (1, 0)


def test_a_hit_on_what_is_no_threat_counts_twice(two, found):
    """As a false positive with the annotator's reason, and in the rate of such quotes hit."""
    found.add("a", THREE)
    score = found.score(two).documents
    assert score.not_threats_hit.value == 1
    assert "denial" in score.false_positives[0].reason


def test_a_row_where_the_gold_has_nothing_is_a_false_positive(two, found):
    """Its reason says so."""
    found.add("a", FIVE)
    assert [one.reason for one in found.score(two).documents.false_positives] == [NOTHING]


@pytest.mark.parametrize(("shared", "is_match"), [(15, False), (16, True), (32, True)])
def test_half_of_the_shorter_quote_has_to_be_shared(gold, found, gold_threat, shared, is_match):
    """ONE has 32 characters: 16 of a row of the same length are enough, 15 are not."""
    text = f"{ONE} And so on and so forth without end."
    assert len(ONE) == 32
    gold.document("a", text, threats=[gold_threat(text, ONE)])
    found.add("a", text[32 - shared : 64 - shared])
    assert bool(found.score(gold).documents.strict.hits) is is_match


def test_an_alternative_quote_is_a_match(gold, found, gold_threat):
    """A hit on any of a row's quotes is a hit."""
    gold.document("a", TEXT, threats=[gold_threat(TEXT, ONE, alternatives=[TWO])])
    found.add("a", TWO)
    assert found.score(gold).documents.strict.hits == 1


def test_a_second_row_for_one_threat_is_a_duplicate(two, found):
    """It is a false positive in the strict count and none in the lenient one."""
    found.add("a", ONE, case="first")
    found.add("a", ONE, case="second")
    score = found.score(two).documents
    assert (score.duplicates, score.strict.false_positives, score.lenient.false_positives) == (1, 1, 0)
    assert [one.reason for one in score.false_positives] == [DUPLICATE]


def test_one_row_for_two_threats_is_one_match_and_a_miss_that_says_so(two, found):
    """A row that runs two threats together finds one of them."""
    found.add("a", ONE, case="both")
    found.add("a", TWO, case="both")
    score = found.score(two).documents
    assert (score.strict.hits, score.strict.misses) == (1, 1)
    assert [one.reason for one in score.misses] == [MERGED]


def test_a_threat_that_no_row_quotes_is_a_miss_that_says_so(two, found):
    """Both are."""
    assert {one.reason for one in found.score(two).documents.misses} == {NOT_FOUND}


def test_where_a_sentence_serves_two_threats_the_act_decides(gold, found, gold_threat):
    """Each row is paired with the threat of its own act, whatever the order."""
    text = "Ruritania threatened to sue and even to close the strait."
    sue, close = gold_threat(text, text, id="t1", act="sue"), gold_threat(text, text, id="t2", status="carried_out")
    gold.document("a", text, threats=[sue, close])
    found.add("a", text, case="close", act="close the strait")
    found.add("a", text, case="sue", act="sue")
    found.status = lambda case, as_of: Status.CARRIED_OUT if case == "close" else Status.PENDING
    score = found.score(gold).documents
    assert (score.strict.hits, score.status.value) == (2, 1)


def test_as_many_rows_are_paired_as_can_be(gold, found, gold_threat):
    """A row that could be either leaves the one that only one row quotes."""
    gold.document(
        "a", TEXT, threats=[gold_threat(TEXT, ONE, id="t1"), gold_threat(TEXT, TWO, id="t2", act="expel envoys")]
    )
    found.add("a", ONE, case="either", act="close the strait")
    found.add("a", TWO, case="either", act="close the strait")
    found.add("a", ONE, case="only the first", act="something else")
    assert found.score(gold).documents.strict.hits == 2


def test_status_is_right_where_it_is_also_acceptable(gold, found, gold_threat):
    """And stands on the diagonal of the confusion matrix."""
    threats = [gold_threat(TEXT, ONE, status="unclear", also_acceptable=["pending"])]
    gold.document("a", TEXT, threats=threats)
    found.add("a", ONE)
    score = found.score(gold).documents
    assert (score.status.value, score.status_not_pending.value) == (1, 1)
    assert score.confusion == ((Status.PENDING, Status.PENDING, 1),)


def test_always_pending_gets_nothing_where_the_gold_is_not_pending(two, found):
    """The second figure is over the other statuses alone."""
    found.add("a", ONE)
    found.add("a", TWO, act="expel the envoys")
    score = found.score(two).documents
    assert (score.status.value, score.status_not_pending.value) == (0.5, 0)
    assert (Status.CARRIED_OUT, Status.PENDING, 1) in score.confusion


@pytest.mark.parametrize(
    ("bracket", "issued", "is_right"),
    [
        (("2021-03-01", "2021-03-05"), a_day("2021-03-05"), True),
        (("2021-03-01", "2021-03-05"), a_day("2021-03-06"), False),
        ((None, "2021-03-05"), a_day("1999-01-01"), True),
        ((None, "2021-03-05"), a_day("2021-03-06"), False),
        (("2021-03-01", None), a_day("2022-01-01"), True),
        (("2021-03-01", "2021-03-05"), None, False),
        (("2021-03-01", "2021-03-05"), DateRange(None, date(2021, 2, 28), Precision.RANGE), False),
    ],
)
def test_an_issue_date_is_right_if_it_overlaps_the_bracket(gold, found, gold_threat, bracket, issued, is_right):
    """An end that is null is open; no date at all is wrong."""
    threats = [gold_threat(TEXT, ONE, issued=dict(zip(("from", "to"), bracket, strict=True)))]
    gold.document("a", TEXT, threats=threats)
    found.add("a", ONE, issued=issued)
    assert bool(found.score(gold).documents.issued.numerator) is is_right


def test_an_issue_date_is_not_asked_for_where_the_gold_has_none(gold, found, gold_threat):
    """The row is not in the denominator."""
    gold.document("a", TEXT, threats=[gold_threat(TEXT, ONE, issued=None)])
    found.add("a", ONE)
    assert found.score(gold).documents.issued.denominator == 0


def test_a_wrong_field_is_listed_with_what_would_be_right(two, found):
    """One line for each field."""
    found.add("a", ONE, sender="Graustark", target=None, kind=Kind.VAGUE)
    score = found.score(two).documents
    wrong = {one.field: (one.right, one.predicted) for one in score.mismatches}
    assert wrong == {
        "sender": ("Ruritania", "Graustark"),
        "target": ("Graustark", "–"),
        "kind": ("unconditional", "vague"),
    }


def test_a_person_is_right_for_the_state_that_he_acts_for_but_not_by_name(two, found):
    """The second figure tells how much the allowance is worth."""
    found.add("a", ONE, case="one")
    found.case["one"] = {"sender": an_actor("Rudolf Rassendyll", home="Ruritania")}
    score = found.score(two).documents
    assert (score.sender.value, score.sender_by_name.value) == (1, 0)


@pytest.mark.parametrize(("published", "as_of"), [("2021-03-05", date(2021, 3, 5)), (None, END_OF_TIME)])
def test_a_document_is_judged_as_of_its_own_date(gold, found, gold_threat, published, as_of):
    """Or with hindsight where it has none."""
    gold.document("a", TEXT, published=published, threats=[gold_threat(TEXT, ONE)])
    found.add("a", ONE)
    asked = []
    found.status = lambda case, on: asked.append(on) or Status.PENDING
    found.score(gold)
    assert asked == [as_of]
