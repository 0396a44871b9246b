"""The collection that ships: what the suite makes of it, as of any day."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from briefing_lib.models import Case, FollowThrough, Status
from briefing_lib.pipeline import follow_through

SEEDS = Path(__file__).parent.parent / "seeds" / "north-korea"


@cache
def as_of(day: str) -> FollowThrough:
    """Read the shipped collection as of a day, once a session."""
    return follow_through(SEEDS, as_of=date.fromisoformat(day))


def cases_about(day: str, *words: str) -> list[Case]:
    """Find the cases by North Korea whose evidence holds one of the words."""
    return [
        case
        for case in as_of(day).cases
        if case.sender.name == "North Korea"
        and any(word in mention.passage.quote() for mention in case.threats for word in words)
    ]


@pytest.mark.parametrize(
    ("day", "words", "status"),
    [
        ("2020-06-24", ("Guam",), Status.NOT_CARRIED_OUT),
        ("2020-06-24", ("Christmas",), Status.NOT_CARRIED_OUT),
        ("2020-06-24", ("guard posts", "Mount Kumgang"), Status.SUSPENDED),
        ("2020-06-24", ("withdraw from the liaison office", "out of the liaison office"), Status.CARRIED_OUT),
        ("2020-06-18", ("guard posts", "two places"), Status.PENDING),
        ("2019-12-10", ("Christmas",), Status.PENDING),
    ],
)
def test_each_known_threat_has_its_status_as_of_the_day(day: str, words: tuple[str, ...], status: Status) -> None:
    """Every case that the words belong to has the status, and there is at least one."""
    found = cases_about(day, *words)
    assert found
    assert {case.status for case in found} == {status}


@pytest.mark.parametrize("day", ["2017-08-12", "2019-12-10", "2020-06-18"])
def test_nothing_published_later_is_used(day: str) -> None:
    """No document, threat or outcome is younger than the day (no look-ahead)."""
    table = as_of(day)
    limit = date.fromisoformat(day)
    passages = [m.passage for case in table.cases for m in (*case.threats, *case.outcomes)]
    ends = [d.published.end for d in (*table.documents, *(p.document for p in passages)) if d.published]
    assert ends
    assert all(end is not None and end <= limit for end in ends)
    assert table.later > 0


def test_each_quote_is_its_document_s_text() -> None:
    """Each piece of evidence is a span of a document that is listed, and no boilerplate."""
    table = as_of("2020-06-24")
    documents = {document.id: document for document in table.documents}
    for case in table.cases:
        for mention in (*case.threats, *case.outcomes):
            passage = mention.passage
            document = documents[passage.document.id]
            assert document.text[passage.start : passage.end] == passage.quote() != ""
            assert not any(b.start < passage.end and passage.start < b.end for b in document.boilerplate)


def test_nobody_s_retelling_makes_a_second_case() -> None:
    """The year-end limit, told of in three notes, is one case."""
    limits = [case for case in as_of("2020-06-24").cases if case.deadline_words and "2019" in str(case.deadline)]
    assert len(limits) == 1
    assert len({mention.passage.document.id for mention in limits[0].threats}) == 3
