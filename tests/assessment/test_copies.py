"""Copies of one report are one source; two reports of one event are two."""

import random

import pytest
from factories import a_case, a_day, a_document, a_passage, a_threat

from briefing_lib.assessment.copies import originals_of
from briefing_lib.assessment.likelihood import publishers_of

WORDS = [f"word{n}" for n in range(400)]


def a_story(seed: int, words: int = 300) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(words))


WIRE = a_story(1)


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        (WIRE, True),
        (WIRE.upper().replace(" ", "\n"), True),
        (f"STRELSAU (Wire) — {WIRE}\n\nReporting by R. Hentzau", True),
        (WIRE[: len(WIRE) // 2], True),
        (a_story(2), False),
        (f"{WIRE[: len(WIRE) // 4]} {a_story(3)}", False),
        ("", False),
    ],
)
def test_nearly_the_same_text_is_a_copy(text, copied):
    found = originals_of([a_document(WIRE, id="wire"), a_document(text, id="other")])
    assert found == {"wire": "wire", "other": "wire" if copied else "other"}


def test_the_first_in_order_is_the_original_of_all():
    documents = [a_document(WIRE + f" edition {name}", id=name) for name in ("a", "b", "c")]
    assert originals_of(documents) == {"a": "a", "b": "a", "c": "a"}


def test_the_same_words_a_month_later_tell_of_another_event():
    days = ("2021-03-05", "2021-03-19", "2021-04-05")
    documents = [a_document(WIRE, id=day, published=a_day(day)) for day in days]
    assert originals_of(documents) == dict(zip(days, ("2021-03-05", "2021-03-05", "2021-04-05"), strict=True))


def test_a_text_without_a_day_may_be_a_copy_of_any():
    found = originals_of([a_document(WIRE, id="a"), a_document(WIRE, id="b", published=None)])
    assert found["b"] == "a"


def test_short_texts_are_copies_only_word_for_word():
    documents = [a_document(text, id=text) for text in ("It will close the strait.", "It will close the port.", "no")]
    assert originals_of(documents) == {document.id: document.id for document in documents}
    assert originals_of([a_document("Same words.", id="a"), a_document("same, words", id="b")])["b"] == "a"


def test_reprints_are_one_publisher_for_confidence():
    reprints = [a_document(f"{WIRE}.", id=f"d{n}", publisher=f"Paper {n}") for n in range(3)]
    cases = [a_case(threats=(a_threat(passage=a_passage(document)),)) for document in reprints]
    assert publishers_of(cases) == {"Paper 0"}


def test_documents_that_name_no_publisher_are_no_publishers_for_confidence():
    """A folder without metadata may be of one paper or of fifty."""
    documents = [a_document(f"{WIRE} {n}.", id=f"d{n}", publisher="Courier" if n == 0 else "") for n in range(3)]
    cases = [a_case(threats=(a_threat(passage=a_passage(document)),)) for document in documents]
    assert publishers_of(cases) == {"Courier"}
    assert publishers_of(cases[1:]) == frozenset()
