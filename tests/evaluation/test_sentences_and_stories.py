"""Single sentences, and statuses from day to day."""

from datetime import date

import pytest

from briefing_lib.models import Status

FIRST = "Ruritania will close the strait."
LATER = "The strait, which it had threatened to close, is closed."


def test_sentences_are_counted_by_label(gold, found):
    """Label threat against not; intent is aside, and dontcare is ignored."""
    gold.sentences(("A", "threat", 1), ("B", "threat", 2), ("C", "not", 3), ("D", "intent", 4), ("E", "dontcare", 5))
    for text in "ACDE":
        found.add(text, text)
    score = found.score(gold).sentences
    assert (score.by_sentence.hits, score.by_sentence.false_positives, score.by_sentence.misses) == (1, 1, 1)
    assert (score.sentences, score.intent.value) == (3, 1)
    assert [one.quote for one in score.misses] == ["B"]
    assert [one.quote for one in score.false_positives] == ["C"]


def test_a_cluster_counts_once(gold, found):
    """It is predicted to be a threat if at least half of its sentences are."""
    gold.sentences(("A", "threat", 1), ("B", "threat", 1), ("C", "not", 2), ("D", "not", 2), ("E", "not", 2))
    for text in "AC":
        found.add(text, text)
    score = found.score(gold).sentences
    assert score.clusters == 2
    assert (score.by_sentence.hits, score.by_sentence.misses, score.by_sentence.false_positives) == (1, 1, 1)
    assert (score.by_cluster.hits, score.by_cluster.misses, score.by_cluster.false_positives) == (1, 0, 0)


def test_two_mentions_in_a_sentence_are_one_hit(gold, found):
    """The sentence is what counts."""
    gold.sentences(("AB", "threat", 1))
    found.add("AB", "A")
    found.add("AB", "B")
    assert found.score(gold).sentences.by_sentence.hits == 1


@pytest.fixture
def strait(gold):
    """A story of two days, the second told a week later, with a third document between."""
    gold.document("a", FIRST, published="2021-03-01")
    gold.document("b", "Nothing new.", published="2021-03-04")
    gold.document("c", LATER, published="2021-03-08")
    gold.story(
        "strait",
        ["a", "b", "c"],
        {
            "id": "s1",
            "act": "close the strait",
            "quotes": {"a": [FIRST], "c": [LATER]},
            "status_as_of": {"2021-03-01": "pending", "2021-03-08": "carried_out"},
            "also_acceptable_as_of": {"2021-03-08": ["partly_carried_out"]},
        },
    )
    return gold


def test_each_day_sees_only_what_was_out_by_then(strait, found):
    """On the first day the later document is not handed over."""
    seen = {}

    def assess(extractions, *, as_of):
        seen[as_of] = [one.document.id for one in extractions]
        return ()

    found.assess = assess
    found.score(strait, only="stories")
    assert seen == {date(2021, 3, 1): ["a"], date(2021, 3, 4): ["a", "b"], date(2021, 3, 8): ["a", "b", "c"]}


def test_always_pending_is_right_on_the_first_day_only(strait, found):
    """Half of the points given, two of three document days: between two points the earlier status holds."""
    found.add("a", FIRST)
    score = found.score(strait).stories
    assert (score.status.numerator, score.status.denominator) == (1, 2)
    assert (score.status_each_day.numerator, score.status_each_day.denominator) == (2, 3)
    assert (score.status_not_pending.numerator, score.status_not_pending.denominator) == (0, 1)


def test_a_status_that_is_also_acceptable_is_right(strait, found):
    """As of the day that it is given for."""
    found.add("a", FIRST)
    found.status = lambda case, on: Status.PARTLY_CARRIED_OUT if on >= date(2021, 3, 8) else Status.PENDING
    assert found.score(strait).stories.status.value == 1


def test_a_case_that_is_not_found_is_wrong(strait, found):
    """At every point."""
    score = found.score(strait).stories
    assert (score.found.value, score.status.value) == (0, 0)
    assert {one.predicted for one in score.mismatches} == {""}


def test_the_case_with_more_of_the_quotes_is_the_story_threat(strait, found):
    """A second case on one of the quotes does not take its place."""
    found.add("c", LATER, case="stray")
    found.add("a", FIRST, case="whole")
    found.add("c", LATER, case="whole")
    days = {"whole": Status.CARRIED_OUT, "stray": Status.PENDING}
    found.status = lambda case, on: days[case] if on >= date(2021, 3, 8) else Status.PENDING
    assert found.score(strait).stories.status.value == 1


def test_each_document_is_extracted_once(strait, found):
    """The documents' part and the stories' part share the reading."""
    calls = []
    extract = found.extract
    found.extract = lambda document: calls.append(document.id) or extract(document)
    found.score(strait)
    assert sorted(calls) == ["a", "b", "c"]
