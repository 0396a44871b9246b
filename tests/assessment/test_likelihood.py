"""Terms come from a standard's yardstick, never under five resolved cases, and confidence has its reason."""

import pytest
from factories import a_case, a_document, a_passage, a_threat

from briefing_lib.assessment.likelihood import confidence_in, likelihood_of, term_for, yardstick_of
from briefing_lib.assessment.rates import follow_through_rate
from briefing_lib.errors import UnknownParameter
from briefing_lib.models import Basis, Confidence, Status


@pytest.mark.parametrize(
    ("key", "share", "term", "nearest"),
    [
        ("icd203", 0.03, "almost no chance", False),
        ("icd203", 0.05, "very unlikely", False),
        ("icd203", 0.2, "unlikely", False),
        ("icd203", 0.5, "roughly even chance", False),
        ("icd203", 0.8, "very likely", False),
        ("icd203", 0.0, "almost no chance", True),
        ("icd203", 1.0, "almost certain", True),
        ("phia", 0.0, "a remote chance", False),
        ("phia", 0.07, "a remote chance", True),
        ("phia", 0.09, "highly unlikely", True),
        ("phia", 0.22, "highly unlikely", True),
        ("phia", 0.45, "a realistic possibility", False),
        ("phia", 0.6, "likely", False),
        ("phia", 1.0, "almost certain", False),
    ],
)
def test_a_share_takes_its_band_or_the_nearest(key, share, term, nearest):
    found = term_for(share, terms=yardstick_of(key))
    assert (found.band.term, found.nearest) == (term, nearest)


@pytest.mark.parametrize(("resolved", "has_term"), [(4, False), (5, True)])
def test_there_is_no_term_under_five_resolved_cases(resolved, has_term):
    cases = [a_case(status=Status.NOT_CARRIED_OUT)] * resolved + [a_case(status=Status.PENDING)] * 9
    found = likelihood_of(follow_through_rate(cases), terms=yardstick_of("icd203"))
    assert (found is not None) is has_term


def test_an_unknown_yardstick_lists_the_known_ones():
    with pytest.raises(UnknownParameter, match="icd203, phia"):
        yardstick_of("nato")


def _cases(many, publishers, *, basis=Basis.STATED):
    documents = [
        a_document(f"Report {n} of the strait.", id=f"d{n}", publisher=f"Paper {n % publishers}") for n in range(many)
    ]
    return [
        a_case(status=Status.CARRIED_OUT, basis=basis, threats=(a_threat(passage=a_passage(document)),))
        for document in documents
    ]


@pytest.mark.parametrize(
    ("many", "publishers", "basis", "level"),
    [
        (9, 3, Basis.STATED, Confidence.LOW),
        (10, 2, Basis.STATED, Confidence.LOW),
        (10, 3, Basis.STATED, Confidence.MODERATE),
        (10, 3, Basis.INFERRED, Confidence.LOW),
        (30, 5, Basis.STATED, Confidence.HIGH),
        (30, 4, Basis.STATED, Confidence.MODERATE),
    ],
)
def test_confidence_follows_the_number_of_cases_publishers_and_statements(many, publishers, basis, level):
    trust = confidence_in(_cases(many, publishers, basis=basis))
    assert trust.level is level
    assert (trust.cases, trust.publishers) == (many, publishers)
