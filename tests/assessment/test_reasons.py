"""Each case says in whole sentences why it is one, and why its status is what it is."""

import re
from datetime import date

import pytest
from factories import a_day, a_document, a_passage, a_threat, an_outcome

from briefing_lib.assessment import assess
from briefing_lib.assessment.reasons import LONGEST_TITLE, cited
from briefing_lib.extraction import Extraction
from briefing_lib.models import DateRange, Kind, Mode, Outcome, Status, Threat

NOTICE = a_document(
    "Ruritania warned that it would close the strait.", id="a", title="Strait to close", published=a_day("2021-03-05")
)
REPORT = a_document("The strait is closed.", id="b", title="Strait closed", published=a_day("2021-03-09"))
DENIAL = a_document("The strait stayed open.", id="c", title="", published=a_day("2021-03-09"))


def reasons_of(*mentions: Threat | Outcome, as_of: str = "2021-06-30") -> tuple[str, ...]:
    documents = {mention.passage.document.id: mention.passage.document for mention in mentions}
    extractions = (
        Extraction(
            document,
            tuple(m for m in mentions if isinstance(m, Threat) and m.passage.document is document),
            tuple(m for m in mentions if isinstance(m, Outcome) and m.passage.document is document),
        )
        for document in documents.values()
    )
    (case,) = assess(extractions, as_of=date.fromisoformat(as_of))
    return case.reasons


def a_notice(**fields: object) -> Threat:
    return a_threat(passage=a_passage(NOTICE), reasons=("the verb “warned”",), **fields)


def a_report(status: Status = Status.CARRIED_OUT, document=REPORT, **fields: object) -> Outcome:
    defaults = {"stated": False, "mode": Mode.RESTRICT, "reasons": ("the act “closed”",)}
    return an_outcome(status, passage=a_passage(document), **(defaults | fields))


def test_a_report_of_the_act_is_told_with_its_source_and_the_words_it_shares() -> None:
    told, why = reasons_of(a_notice(), a_report())
    assert told == "The sender threatens on no condition. What shows it: the verb “warned”."
    shared = "with the words “strait” and “closed”"
    assert why == f"“Strait closed” (9 March 2021) reports the same act, {shared} (the act “closed”)."


def test_a_statement_is_told_with_what_it_says() -> None:
    *_, why = reasons_of(a_notice(), a_report(Status.SUSPENDED, stated=True, reasons=("“suspended … plans”",)))
    assert why.endswith(", and says that it is suspended (“suspended … plans”).")


def test_a_retelling_is_told_with_the_words_it_shares_as_it_has_them() -> None:
    again = a_threat(passage=a_passage(a_document("It may be closing straits.", id="b", published=a_day("2021-03-06"))))
    assert "“A report” (6 March 2021) repeats it, with the words “closing” and “straits”." in reasons_of(
        a_notice(), again
    )


@pytest.mark.parametrize(
    ("fields", "as_of", "why"),
    [
        ({}, "2021-06-30", "These sources do not say yet what came of it."),
        ({}, "2023-06-30", "More than a year has passed, and these sources do not say what came of it."),
        ({"deadline": a_day("2021-04-01")}, "2021-03-30", "Its deadline, 1 April 2021, has not passed."),
        (
            {"deadline": a_day("2021-04-01")},
            "2021-06-30",
            "Its deadline, 1 April 2021, passed, and no later source speaks of Ruritania.",
        ),
    ],
)
def test_where_nothing_is_reported_the_reason_is_time(fields: dict[str, DateRange], as_of: str, why: str) -> None:
    assert reasons_of(a_notice(**fields), as_of=as_of)[-1] == why


def test_of_reports_that_differ_the_one_that_decides_is_named() -> None:
    later = a_document("It has suspended the closure.", id="d", title="", published=a_day("2021-05-01"))
    suspended = a_report(Status.SUSPENDED, later, stated=True, on=a_day("2021-05-01"))
    assert reasons_of(a_notice(), a_report(), suspended)[-1] == "Of these reports, that of “d” (1 May 2021) decides."


def test_sources_that_disagree_are_both_named() -> None:
    both = (a_report(stated=True), a_report(Status.NOT_CARRIED_OUT, DENIAL, stated=True))
    assert reasons_of(a_notice(), *both)[-1] == (
        "The sources disagree: “Strait closed” (9 March 2021) says that it was carried out and “c” (9 March 2021) says "
        "that it was not carried out."
    )


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("status", [Status.CARRIED_OUT, Status.NOT_CARRIED_OUT, Status.REVERSED, Status.WITHDRAWN])
def test_every_reason_is_a_sentence_of_its_own(kind: Kind, status: Status) -> None:
    """Whatever the rule: a capital or a quotation mark first, one full stop, at the end."""
    found = reasons_of(a_notice(kind=kind), a_report(status), a_report(status, stated=True))
    assert [why for why in found if not re.fullmatch(r"[A-Z“].*[^.]\.", why)] == []


def test_a_long_title_is_cut() -> None:
    assert len(cited(a_document(title="word " * 99, published=None))) <= LONGEST_TITLE + len("“”")
