"""The bottom line and the judgements say what the counts say, each with its cases."""

import re
from dataclasses import replace
from datetime import date

import pytest
from factories import a_case, a_follow_through
from sample_cases import a_collection

from briefing_lib.assessment.likelihood import Trust, yardstick_of
from briefing_lib.models import Confidence, Status
from briefing_lib.presentation.front import confidence_sentence, judgement_list, masthead
from briefing_lib.presentation.judgements import bottom_line, key_judgements

DAY = date(2021, 6, 30)
ICD203 = yardstick_of("icd203")


def line_of(*cases, **fields):
    return bottom_line(a_follow_through(*cases, as_of=DAY, **fields)).striptags()


def cases(**counts):
    return [a_case(status=Status(name)) for name, many in counts.items() for _ in range(many)]


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({}, "These sources tell of no threat as of 30 June 2021."),
        (
            {"suspended": 1},
            "The only threat found in these sources, by Ruritania, is suspended as of 30 June 2021: close the strait.",
        ),
        ({"pending": 2}, "Both threats found in these sources, both by Ruritania, are pending as of 30 June 2021."),
        ({"pending": 3}, "All three threats found in these sources, all by Ruritania, are pending as of 30 June 2021."),
        (
            {"carried_out": 1, "not_carried_out": 2},
            "Of the three threats found in these sources, all by Ruritania, one was carried out and two were not "
            "carried out as of 30 June 2021.",
        ),
    ],
)
def test_the_bottom_line_is_one_sentence(counts, sentence):
    assert line_of(*cases(**counts)) == sentence


def test_the_bottom_line_groups_what_would_be_too_much_to_take_in():
    assert bottom_line(a_collection(8)).striptags() == (
        "Of the eight threats found in these sources, by Ruritania, Graustark and Axphain, two were carried out at "
        "least in part, three came to nothing, two are still open and one is unclear as of 30 June 2021."
    )


def test_what_a_judgement_rests_on_is_told_by_act_where_it_is_little():
    """A reader sees which threats came to nothing without looking up the rows."""
    few = judgement_list(a_collection(3), yardstick="icd203").html.striptags()
    assert "Rests on row 1 (not carried out): close the Straits of Zenda to grain ships; row 2 (carried out): " in few
    assert "Rests on row 1: close the Straits of Zenda to grain ships" in few
    many = judgement_list(a_collection(24), yardstick="icd203").html.striptags()
    assert "Rests on rows 1, " in many


def test_every_judgement_names_the_cases_that_it_rests_on():
    for size in (3, 8, 300):
        made = key_judgements(a_collection(size).cases, terms=ICD203)
        assert made
        assert all(judgement.cases for judgement in made)


def test_no_case_gives_no_judgement():
    assert key_judgements((), terms=ICD203) == ()


def test_under_five_resolved_threats_the_count_is_said_and_no_term():
    (judgement, *_) = key_judgements(cases(carried_out=1, not_carried_out=3), terms=ICD203)
    assert "No term of likelihood is given under five resolved threats." in judgement.statement.striptags()
    assert not re.search("likely|chance", judgement.statement)


def test_a_term_stands_with_its_band_and_standard():
    (judgement, *_) = key_judgements(cases(carried_out=2, not_carried_out=4), terms=ICD203)
    assert "it is unlikely that it will be carried out (ICD 203: 20 to 45%)" in judgement.statement.striptags()


@pytest.mark.parametrize("size", [3, 8, 300])
@pytest.mark.parametrize("key", ["icd203", "phia"])
def test_likelihood_and_confidence_never_share_a_sentence(size, key):
    terms = yardstick_of(key)
    words = "|".join(re.escape(band.term) for band in terms.bands)
    for judgement in key_judgements(a_collection(size).cases, terms=terms):
        assert "confidence" not in judgement.statement.lower()
        if judgement.confidence:
            assert not re.search(words, confidence_sentence(judgement.confidence))


@pytest.mark.parametrize(
    ("senders", "named"),
    [
        ("AAA", ", all by A,"),
        ("AAB", ", two of them by A,"),
        ("AABB", ", by A and B, one"),
        ("ABC", ", by A, B and C, one"),
        ("ABCD", ", by four senders, one"),
    ],
)
def test_the_bottom_line_names_who_made_the_threats(senders, named):
    made = [a_case(id=f"{place}", sender=name) for place, name in enumerate(senders)]
    made[0] = replace(made[0], status=Status.WITHDRAWN)
    assert named in line_of(*made)


def test_the_bottom_line_says_of_whom_it_speaks_where_only_some_were_kept():
    """A name that nobody has, mistyped say, does not make the sources tell of no threat."""
    kept, other = a_case(sender="Graustark"), a_case(sender="Ruritania")
    narrowed = {"senders": ("Graustark",), "left_out": (other,)}
    assert line_of(kept, kept, **narrowed) == (
        "Both threats by Graustark found in these sources are pending as of 30 June 2021."
    )
    assert line_of(senders=("Grustark",), targets=("Axphain",), left_out=(other,)) == (
        "These sources tell of no threat by Grustark against Axphain as of 30 June 2021; they tell of threats by "
        "Ruritania."
    )


def test_the_masthead_says_that_only_some_were_kept():
    narrowed = a_follow_through(a_case(), senders=("Ruritania",), left_out=(a_case(sender="Graustark"),))
    assert (
        "threats by Ruritania; one other left out"
        in masthead(narrowed, title="T", marking="TLP:CLEAR").html.striptags()
    )
    assert "Only" not in masthead(a_follow_through(a_case()), title="T", marking="TLP:CLEAR").html


def test_a_count_is_not_said_again_where_all_came_to_the_same():
    same, mixed = cases(not_carried_out=2), cases(not_carried_out=1, withdrawn=1)
    said = [str(one.statement.striptags()) for made in (same, mixed) for one in key_judgements(made, terms=ICD203)]
    lapsed = [text for text in said if "an act did not follow" in text]
    assert lapsed[0].startswith("That an act")
    assert lapsed[1].startswith("One was not carried out and one was withdrawn.")


@pytest.mark.parametrize(
    ("counts", "headline"),
    [
        ({"carried_out": 1, "pending": 2}, "The only resolved threat was carried out, at least in part"),
        ({"withdrawn": 1, "pending": 2}, "The only resolved threat was not carried out"),
        ({"withdrawn": 3}, "None of three resolved threats were carried out, at least in part"),
        ({"carried_out": 1, "withdrawn": 2}, "One of three resolved threats was carried out, at least in part"),
    ],
)
def test_the_first_headline_says_how_many_were_carried_out(counts, headline):
    assert key_judgements(cases(**counts), terms=ICD203)[0].headline.striptags() == headline


@pytest.mark.parametrize(
    ("many", "stated", "said"),
    [(1, 1, "publisher, with an"), (1, 0, "publisher, without an"), (3, 3, "publisher, each with an"),
     (3, 2, "publisher, two of them with an"), (3, 0, "publisher, none of them with an")],
)  # fmt: skip
def test_the_reason_for_a_confidence_counts_what_sources_state(many, stated, said):
    trust = Trust(Confidence.LOW, cases=many, publishers=1, stated=stated)
    assert said in confidence_sentence(trust).striptags()
