"""A model's answer is held to the document: a span, a listed value, a known name, or nothing."""

import dataclasses
from datetime import date

import pytest

from briefing_lib.models import DateRange, Kind, Modality, Mode
from language_model.conftest import Endpoint
from language_model.sample_answers import DROPPED, STRAIT, a_text, read_by


@pytest.mark.parametrize(
    "quote",
    [
        "Pyongyang threatened on Monday to shut",
        "pyongyang threatened on Monday",
        "Pyongyang threatened on Monday. to close",
        "threatened on Mon",
        "hreatened on Monday",
        "unless the tariff is lifted.\n\nIts envoy Ada Brandt spoke",
        "Pyongyang  threatened on Monday",
        "“Pyongyang threatened on Monday”",
    ],
)
def test_a_quote_that_is_not_there_to_the_letter_is_dropped_and_counted(endpoint: Endpoint, quote: str) -> None:
    """Nothing is repaired: no other case, marks, words, half words, blanks, or two paragraphs at once."""
    endpoint.answers(threats=[STRAIT, STRAIT | {"quote": quote}], outcomes=[DROPPED | {"quote": quote}])
    found = read_by("here")
    assert (len(found.threats), len(found.outcomes)) == (1, 0)
    assert found.notes == ("llm:here: quotes that are not in the document, dropped: 2",)
    assert found.lasting


def test_a_quote_of_one_word_is_dropped(endpoint: Endpoint) -> None:
    """It would be found anywhere."""
    endpoint.answers(threats=[STRAIT | {"quote": "threatened"}], outcomes=[DROPPED])
    assert read_by("here").notes[0] == "llm:here: quotes of less than two words, dropped: 1"


def test_a_quote_that_stands_there_twice_is_the_first(endpoint: Endpoint) -> None:
    """The same words say the same, and the first stands nearest to the headline."""
    text = "Iran said it would close the strait.\n\nIt says so each year.\n\nIran said it would close the strait."
    endpoint.answers(threats=[{"quote": "it would close the strait", "sender": "Iran"}])
    (threat,) = read_by("here", a_text(text)).threats
    assert threat.passage.start == text.index("it would")


def test_boilerplate_is_neither_sent_nor_quoted(endpoint: Endpoint) -> None:
    """What never becomes evidence does not become it so."""
    text = "Iran said it would close the strait.\n\nCopyright 2021 Some Press. All rights reserved.\n\nShips wait."
    endpoint.answers(threats=[{"quote": "All rights reserved", "sender": "Iran"}])
    document = a_text(text)
    start = text.index("Copyright")
    kind = type(document.boilerplate)
    from briefing_lib.models import PassageKind, Span

    marked = dataclasses.replace(
        document, boilerplate=kind((Span(start, text.index("\n\nShips"), PassageKind.BOILERPLATE),))
    )
    assert not read_by("here", marked).threats
    assert "Copyright" not in endpoint.texts()[0]


def test_words_of_a_field_that_are_not_there_are_left_out(endpoint: Endpoint) -> None:
    """The threat stays with its quote; the act is then the quote itself."""
    wrong = dict.fromkeys(("act", "condition", "deadline", "issued", "speaker", "target"), "not in it")
    endpoint.answers(threats=[STRAIT | wrong])
    found = read_by("here")
    (threat,) = found.threats
    assert threat.act == STRAIT["quote"]
    assert (threat.condition, threat.deadline_words, threat.deadline, threat.speaker) == ("", "", None, "")
    assert threat.target is None
    assert threat.issued == DateRange(None, date(2021, 3, 5))
    assert found.notes == ("llm:here: further values that are no words of the document, left out: 6",)


def test_values_that_are_none_are_left_out(endpoint: Endpoint) -> None:
    """Kinds, modes and modalities fall back to the plainest; an outcome without a status is none."""
    endpoint.answers(
        threats=[STRAIT | {"kind": "nasty", "mode": 3, "modality": None}],
        outcomes=[DROPPED | {"status": "pending"}, DROPPED | {"status": "won"}, DROPPED | {"threat": 99}],
    )
    found = read_by("here")
    (threat,) = found.threats
    assert (threat.kind, threat.mode, threat.modality) == (Kind.UNCONDITIONAL, Mode.UNSPECIFIED, Modality.ASSERTED)
    assert [one.refers_to for one in found.outcomes] == [None]
    assert found.notes == (
        "llm:here: entries not of the form asked for, dropped: 2",
        "llm:here: values that are none of those asked for, left out: 3",
    )
