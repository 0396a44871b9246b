"""What a model is shown and answers in these tests, and how it is read."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Any

from factories import a_document

from briefing_lib.extraction import Extraction, Rules, extractor_named
from briefing_lib.models import DateRange, Document

DAY = DateRange(date(2021, 3, 5), date(2021, 3, 5))
TEXT = (
    "Pyongyang threatened on Monday to close the strait by April 1 unless the tariff is lifted.\n\n"
    "Its envoy Ada Brandt spoke. The Harbour League said it would sue Osterhaven.\n\n"
    "On Thursday North Korea dropped that threat.\nShips sailed\nas before."
)
STRAIT = {
    "quote": "Pyongyang threatened on Monday to close the strait by April 1 unless the tariff is lifted",
    "act": "close the strait",
    "sender": "Pyongyang",
    "speaker": "Ada Brandt",
    "target": "Osterhaven",
    "kind": "compellent",
    "mode": "restrict",
    "modality": "conditional",
    "condition": "unless the tariff is lifted",
    "deadline": "by April 1",
    "issued": "on Monday",
}
SUIT = {
    "quote": "it would sue Osterhaven",
    "act": "sue Osterhaven",
    "sender": "The Harbour League",
    "target": "Osterhaven",
}
DROPPED = {
    "quote": "North Korea dropped that threat",
    "status": "withdrawn",
    "stated": True,
    "act": "",
    "actor": "North Korea",
    "target": "",
    "mode": "restrict",
    "when": "On Thursday",
    "threat": 0,
}


def a_text(text: str = TEXT, **fields: Any) -> Document:
    """A document of a day."""
    return a_document(text, **{"published": DAY, "title": "", "publisher": "", "path": "strait.txt"} | fields)


def read_by(model: str, document: Document | None = None) -> Extraction:
    """What a model finds in a document."""
    return extractor_named(f"llm:{model}").extract(document or a_text())


def strings_in(value: object) -> Iterator[str]:
    """Every text in a record, all the way down, but for those of the document itself."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings_in(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, Document):
        for one in dataclasses.fields(value):
            yield from strings_in(getattr(value, one.name))


def assert_of_the_rules(found: Extraction, said: str) -> None:
    """The rules' result, marked as not to be kept, with one note of ours."""
    rules = Rules().extract(a_text())
    assert rules.threats
    assert (found.threats, found.outcomes, found.lasting) == (rules.threats, rules.outcomes, False)
    (note,) = found.notes
    assert said in note
    assert note.endswith("; the rules' result stands")
    assert not {"secret", "script", "STRAIT", "cannot help"} & set(note.split())
