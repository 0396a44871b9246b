"""A good answer becomes records of the document, and goes the way of every table."""

from datetime import date
from pathlib import Path

import pytest

from briefing_lib.models import Kind, Modality, Mode, Status
from briefing_lib.pipeline import follow_through
from language_model.conftest import Endpoint
from language_model.sample_answers import DROPPED, STRAIT, SUIT, TEXT, a_text, read_by


@pytest.mark.parametrize("model", ["here", "plain", "simple", "whole"])
def test_an_answer_becomes_records_of_the_document(endpoint: Endpoint, model: str) -> None:
    """Streamed or whole, with the form of the answer sent apart or in words."""
    endpoint.answers(threats=[STRAIT, SUIT], outcomes=[DROPPED])
    found = read_by(model)
    strait, suit = found.threats
    assert strait.passage.quote() == STRAIT["quote"]
    assert (strait.sender.name, strait.sender.surface, strait.speaker) == ("North Korea", "Pyongyang", "Ada Brandt")
    assert (strait.kind, strait.mode, strait.modality) == (Kind.COMPELLENT, Mode.RESTRICT, Modality.CONDITIONAL)
    assert (strait.act, strait.condition) == ("close the strait", "unless the tariff is lifted")
    assert strait.deadline_words == "by April 1"
    assert strait.deadline
    assert strait.deadline.end == date(2021, 4, 1)
    assert strait.issued
    assert strait.issued.end == date(2021, 3, 1)
    assert strait.terms == ("close", "strait")
    assert suit.sender.name == "Harbour League"
    assert suit.target
    assert suit.target.name == "Osterhaven"
    (dropped,) = found.outcomes
    assert (dropped.status, dropped.stated, dropped.refers_to) == (Status.WITHDRAWN, True, strait)
    assert dropped.on
    assert dropped.on.end == date(2021, 3, 4)
    assert (found.notes, found.lasting) == ((), True)


def test_what_is_found_goes_the_way_of_every_table(endpoint: Endpoint, tmp_path: Path) -> None:
    """The case has the status that the outcome gives it, and the table names its extractor."""
    (tmp_path / "2021-03-05-strait.txt").write_text(TEXT, encoding="utf-8")
    endpoint.answers(threats=[STRAIT], outcomes=[DROPPED])
    found = follow_through(tmp_path, as_of=date(2021, 3, 31), extractor="llm:here")
    (case,) = found.cases
    assert (case.sender.name, case.status) == ("North Korea", Status.WITHDRAWN)
    assert (found.extractor, found.notes) == ("llm:here", ())


def test_a_line_break_is_a_blank_to_the_model_and_stays_in_the_document(endpoint: Endpoint) -> None:
    """A quote over two lines is found, and is the document's own."""
    endpoint.answers(threats=[STRAIT | {"quote": "Ships sailed as before"}])
    (threat,) = read_by("here").threats
    assert threat.passage.quote() == "Ships sailed\nas before"


def test_whoever_speaks_for_a_state_is_not_the_sender(endpoint: Endpoint) -> None:
    """The minister utters it, the state threatens; a capital, and a name given otherwise, stand for the state alone."""
    text = "Tehran's oil minister said it would close the strait. Iran has said so before, Reuters reported."
    said = {"quote": "it would close the strait", "act": "close the strait"}
    senders = ["Tehran's oil minister", "Tehran", "Iran", "Reuters", "it", "Iceland", ""]
    endpoint.answers(threats=[said | {"sender": sender} for sender in senders])
    found = read_by("here", a_text(text))
    assert [(one.sender.name, one.speaker) for one in found.threats] == [("Iran", "Tehran's oil minister")]
    assert set(found.notes) == {
        "llm:here: threats of nobody whom the document names, dropped: 4",
        "llm:here: further values that are no words of the document, left out: 1",
        "llm:here: told twice: 2",
    }
