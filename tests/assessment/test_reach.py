"""Reading only what can bear on a threat gives the cases that reading everything gives."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from factories import a_document
from reports import snippets

from briefing_lib.assessment import assess
from briefing_lib.assessment.reach import Reach, sought_by
from briefing_lib.evaluation.gold import read_gold
from briefing_lib.extraction import Rules
from briefing_lib.models import DateRange, Document
from briefing_lib.pipeline import kept_of

GOLD = Path(__file__).parents[3] / "shared" / "gold"
DAY = date(2022, 2, 15)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def on(day: date) -> DateRange:
    return DateRange(day, day)


def snippets_in_parts() -> list[list[Document]]:
    """Each snippet as two reports: its first sentence, and ten days later the rest of it."""
    parts = [_SENTENCE.split(row["text"], maxsplit=1) for row in snippets("outcomes")]
    return [
        [a_document(text, id=f"{n}-{k}", published=on(DAY + timedelta(10 * k))) for k, text in enumerate(pair)]
        for n, pair in enumerate(parts)
        if len(pair) > 1
    ]


def snippets_together() -> list[list[Document]]:
    """All of them as one collection, in which any report may bear on any threat."""
    return [[document for pair in snippets_in_parts() for document in pair]]


def annotated() -> list[list[Document]]:
    """The annotated stories, and all annotated documents as one collection, where they are."""
    if not GOLD.is_dir():
        return []
    gold = read_gold(GOLD)
    return [*(list(story.documents) for story in gold.stories), [one.document for one in gold.documents]]


@pytest.mark.parametrize("collections", [snippets_in_parts, snippets_together, annotated])
def test_the_cases_are_those_of_reading_everything(collections) -> None:
    """Threats, statuses, reasons and evidence are the same."""
    rules = Rules()
    for documents in collections():
        whole = [rules.extract(document) for document in documents]
        as_of = DAY + timedelta(30)
        assert assess([one.extraction for one in kept_of(documents, rules)], as_of=as_of) == assess(whole, as_of=as_of)


def reached(threatens: str, reports: str, *, days_later: int = 10) -> bool:
    """Tell whether a report is read for a threat of another document."""
    rules = Rules()
    documents = [
        a_document(threatens, id="a", published=on(DAY)),
        a_document(reports, id="b", published=on(DAY + timedelta(days_later))),
    ]
    threatening, reporting = rules.skim(documents)
    assert threatening.threats
    assert not reporting.threats
    view = Reach(sought_by(threatening.threats), rules.lexicon).seen_from(reporting)
    return view is not None and view.wanted() is not None


THREAT = "Ruritania threatened to close the strait to Syldavian tankers."


def test_the_act_itself_is_read() -> None:
    assert reached(THREAT, "Ruritania closed the strait to tankers on Monday.")


def test_a_statement_about_the_act_is_read() -> None:
    assert reached(THREAT, "Ruritania has put off the closure of the strait.")


def test_another_matter_is_left_unread() -> None:
    assert not reached(THREAT, "The harvest was good, and the mills of Borduria are busy.")


def test_what_was_published_before_the_threat_is_left_unread() -> None:
    assert not reached(THREAT, "Ruritania closed the strait to tankers on Monday.", days_later=-10)
