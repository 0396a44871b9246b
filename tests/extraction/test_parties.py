"""Reports of every sort of press and continent → who threatens and against whom, told as the press tells it."""

from typing import Any

import pytest
from reports import documents, known_misses, to_document

from briefing_lib.evaluation.actors import is_same_actor
from briefing_lib.extraction import Rules
from briefing_lib.models import Threat

NOT_FOUND = "the threat is not found"


def found_in(row: dict[str, Any], quote: str) -> Threat | None:
    """Return the first threat of a document that overlaps a quote."""
    start = row["text"].index(quote)
    end = start + len(quote)
    threats = Rules().extract(to_document(row)).threats
    return next((t for t in threats if t.passage.start < end and start < t.passage.end), None)


def marked(field: str) -> list[Any]:
    """Mark each known miss as a strict expected failure; what is not found has neither sender nor target."""
    reasons = known_misses()
    missing = reasons["threat"]
    rows = []
    for row in documents():
        name = row["name"]
        if field != "threat" and name in missing:
            continue
        reason = reasons[field].get(name)
        rows.append(pytest.param(row, id=name, marks=pytest.mark.xfail(reason=reason, strict=True) if reason else ()))
    return rows


@pytest.mark.parametrize("row", marked("threat"))
def test_a_threat_told_in_plain_words_is_found(row: dict[str, Any]) -> None:
    """Whoever makes it, in whatever country."""
    assert found_in(row, row["threats"][0]["quote"]), NOT_FOUND


@pytest.mark.parametrize("row", marked("sender"))
def test_the_sender_is_whom_the_report_means(row: dict[str, Any]) -> None:
    """By name, title, pronoun, organ, capital or noun."""
    wanted = row["threats"][0]
    threat = found_in(row, wanted["quote"])
    assert threat is not None
    assert is_same_actor(wanted["sender"], threat.sender, utterer=threat.speaker), threat.sender


@pytest.mark.parametrize("row", marked("target"))
def test_the_target_is_whom_the_report_means(row: dict[str, Any]) -> None:
    """As object, in the condition, by what is theirs, in the sentences before, or anybody who does something."""
    wanted = row["threats"][0]
    threat = found_in(row, wanted["quote"])
    assert threat is not None
    is_nobody = threat.target is None and "none" in wanted["target"]
    assert is_nobody or is_same_actor(wanted["target"], threat.target), threat.target


def test_known_misses_are_rows() -> None:
    """No miss is listed that no report has."""
    names = {row["name"] for row in documents()}
    assert all(set(misses) <= names for misses in known_misses().values())
