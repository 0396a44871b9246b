"""Threats and what came of them, in snippets and documents of all sorts of press → the status and the words for it."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from factories import a_document
from reports import read, snippets, to_document, within

from briefing_lib.assessment import assess
from briefing_lib.extraction import Rules
from briefing_lib.models import Basis, Case, DateRange, Outcome, Status

DAY = date(2022, 2, 15)


def rows() -> list[dict[str, Any]]:
    """Read the snippets; each says what came of the threat in it."""
    return snippets("outcomes")


def known_misses() -> dict[str, str]:
    """Read the snippets and the threats of documents that the rules judge wrong, with the reason."""
    return read("known_misses_outcomes.toml")["misses"]


@cache
def cases_in(text: str) -> tuple[Case, ...]:
    """Judge a snippet as a report of a fixed day, on that day."""
    document = a_document(text, published=DateRange(DAY, DAY), publisher="", title="")
    return assess([Rules().extract(document)], as_of=DAY)


@cache
def outcomes_in(text: str) -> tuple[Outcome, ...]:
    """Extract what a snippet says came of threats."""
    return Rules().extract(a_document(text, published=DateRange(DAY, DAY), publisher="", title="")).outcomes


def marked(key: str, *values: Any) -> Any:
    """Mark a known miss as a strict expected failure."""
    reason = known_misses().get(key)
    return pytest.param(*values, marks=pytest.mark.xfail(reason=reason, strict=True) if reason else ())


def is_quoted(case: Case, text: str, quote: str) -> bool:
    """Tell whether one of a case's outcomes overlaps a quote."""
    start = text.index(quote)
    return any(o.passage.start < start + len(quote) and start < o.passage.end for o in case.outcomes)


@pytest.mark.parametrize("row", [marked(row["text"], row) for row in rows()])
def test_a_snippet_s_threat_has_its_status_and_the_words_that_say_so(row: dict[str, Any]) -> None:
    """The first threat of a snippet is judged as marked, on the marked words."""
    cases = cases_in(row["text"])
    assert cases, "no threat is found"
    assert cases[0].status.value == row["status"], row["why"]
    assert "outcome_quote" not in row or is_quoted(cases[0], row["text"], row["outcome_quote"])


def test_a_status_rests_on_a_statement_or_an_inference_as_marked() -> None:
    """Nine in ten of the snippets judged right have the basis marked."""
    right = [(row["basis"], cases_in(row["text"])[0].basis) for row in rows() if row["text"] not in known_misses()]
    assert len(right) > 40
    assert sum(wanted == given for wanted, given in right) / len(right) >= 0.9


# --- documents --------------------------------------------------------------------------------------------------------


def documents() -> list[tuple[str, dict[str, Any]]]:
    """Read the documents with their threats."""
    return within("documents")


@pytest.mark.parametrize(
    ("name", "row", "threat"),
    [
        marked(f"{name}: {threat['quote']}", name, row, threat)
        for name, row in documents()
        for threat in row.get("threat", ())
    ],
)
def test_a_document_s_threat_has_its_status(name: str, row: dict[str, Any], threat: dict[str, Any]) -> None:
    """Each threat of a document is judged as marked, as of the document's day."""
    document = to_document(row, name=name)
    assert document.published is not None
    assert document.published.end is not None
    start = row["text"].index(threat["quote"])
    end = start + len(threat["quote"])
    cases = assess([Rules().extract(document)], as_of=document.published.end)
    found = [c for c in cases if any(t.passage.start < end and start < t.passage.end for t in c.threats)]
    assert found, "the threat is not found"
    assert found[0].status.value in [threat["status"], *threat.get("also_acceptable", ())]


def test_known_misses_are_rows() -> None:
    """No miss is listed that no snippet or document has."""
    threats = {f"{name}: {threat['quote']}" for name, row in documents() for threat in row.get("threat", ())}
    assert set(known_misses()) <= {row["text"] for row in rows()} | threats


# --- rules, each with its near miss -----------------------------------------------------------------------------------

THREAT = "Ruritania threatened to close the strait to ships from Graustark. "


@pytest.mark.parametrize(
    ("sequel", "status"),
    [
        # The act itself, as a verb, a noun, begun, or ordered.
        ("On Monday Ruritania closed the strait to ships from Graustark.", Status.CARRIED_OUT),
        ("On Monday Ruritania began closing the strait to them.", Status.CARRIED_OUT),
        ("Ruritania has taken a measure to close the strait.", Status.CARRIED_OUT),
        ("The closure of the strait began on Monday.", Status.CARRIED_OUT),
        ("It did so on Monday.", Status.CARRIED_OUT),
        ("True to its word, Ruritania sent gunboats into the channel on Monday.", Status.CARRIED_OUT),
        # Near misses: planned, wished, rumoured, done before, by another, to another, something else.
        ("Ruritania plans to close the strait on Friday.", Status.PENDING),
        ("Its admirals want to close the strait.", Status.PENDING),
        ("Rumours that Ruritania had closed the strait spread in the ports.", Status.PENDING),
        ("It would do so on Friday, an admiral said.", Status.PENDING),
        ("Strelsau closed the strait of Zenda to ships from Ruritania.", Status.PENDING),
        ("Ruritania opened a school near the strait.", Status.PENDING),
        ("Ruritania debated the closure of the strait on Monday.", Status.PENDING),
        ("It was in the strait on Monday.", Status.PENDING),
        ("It put off a closure.", Status.PENDING),
        # Taken back, put off, forborne.
        ("Ruritania dropped the threat on Monday.", Status.WITHDRAWN),
        ("Ruritania has urged Graustark to drop its claims.", Status.PENDING),
        ("It postponed the closure until May.", Status.SUSPENDED),
        ("It may postpone the closure until May.", Status.PENDING),
        ("It stopped short of doing so.", Status.NOT_CARRIED_OUT),
        ("It refused to close the strait.", Status.NOT_CARRIED_OUT),
        ("Nothing came of it.", Status.NOT_CARRIED_OUT),
        ("The closure never came.", Status.NOT_CARRIED_OUT),
        ("The deadline came and went.", Status.NOT_CARRIED_OUT),
        ("The minister came and went.", Status.PENDING),
        ("Ruritania has often backed down from similar threats.", Status.PENDING),
        # Undone, in part, in dispute.
        ("On Monday Ruritania closed the strait to them. It reopened the strait a week later.", Status.REVERSED),
        ("On Monday Ruritania closed the strait. In May it lifted a levy on wine.", Status.CARRIED_OUT),
        ("The library of the capital reopened a week later.", Status.PENDING),
        ("It carried out the threat only in part.", Status.PARTLY_CARRIED_OUT),
        ("Whether it has done so is in dispute.", Status.UNCLEAR),
    ],
)
def test_what_follows_a_threat_says_what_came_of_it(sequel: str, status: Status) -> None:
    """A sequel and its near misses, after one threat without a condition."""
    assert cases_in(THREAT + sequel)[0].status is status


DEMAND = "Ruritania said it would close the strait unless Graustark released the crew of the trawler. "


@pytest.mark.parametrize(
    ("sequel", "status"),
    [
        ("Graustark released the crew on Monday.", Status.TARGET_COMPLIED),
        ("Graustark gave in on Monday.", Status.TARGET_COMPLIED),
        ("Graustark gave no answer on Monday.", Status.PENDING),
        ("Graustark refused to release the crew.", Status.PENDING),
        ("Graustark did not release the crew.", Status.PENDING),
        ("Graustark may release the crew.", Status.PENDING),
        ("Strelsau released a crew of its own.", Status.PENDING),
        ("Graustark released a film about the strait.", Status.PENDING),
    ],
)
def test_the_target_complies_where_it_does_what_was_asked(sequel: str, status: Status) -> None:
    """What a condition asks for is compared with what the target does afterwards."""
    assert cases_in(DEMAND + sequel)[0].status is status


@pytest.mark.parametrize(
    ("sequel", "status"),
    [
        ("In response to a raid, Turkey bombed a harbour in Greece on Monday.", Status.CARRIED_OUT),
        ("Turkey bombed a harbour in Syria on Monday.", Status.PENDING),
        ("Turkey attacked a convoy on Monday.", Status.PENDING),
        ("Turkey arrested four Greek fishermen on Monday.", Status.PENDING),
    ],
)
def test_a_deterrent_threat_waits_for_what_it_deters(sequel: str, status: Status) -> None:
    """No act of the same sort carries out a threat on a condition, unless the text makes it the answer."""
    text = "Turkey warned Greece that it would bomb its harbours if its border was crossed. "
    assert cases_in(text + sequel)[0].status is status


def test_two_accounts_of_one_moment_leave_it_unclear() -> None:
    """Where one side says it was done and the other that it was not, both are quoted."""
    (case, *_) = cases_in(THREAT + "It has done so, a captain said. Ruritania denied that.")
    assert case.status is Status.UNCLEAR
    assert len(case.outcomes) == 2


def test_a_quarrel_that_ends_in_an_agreement_leaves_the_threat_undone_by_inference() -> None:
    """An essay that goes on to a settlement says, in effect, that the act did not follow."""
    text = "In 1851 Ruritania threatened Graustark with war. The two sides signed a treaty at Zenda in 1852."
    (case,) = cases_in(text)
    assert case.status is Status.NOT_CARRIED_OUT
    assert case.basis is Basis.INFERRED


def test_each_outcome_is_a_span_of_its_document() -> None:
    """Quotes are exact over all snippets."""
    for row in rows():
        for outcome in outcomes_in(row["text"]):
            assert row["text"][outcome.passage.start : outcome.passage.end] == outcome.passage.quote() != ""
