"""What the tests of the store share: texts, what is found in them, and a run that has nothing to go by."""

from datetime import date
from pathlib import Path

import pytest
from factories import a_document

from briefing_lib.extraction import Extraction, Rules
from briefing_lib.models import DateRange, FollowThrough, PassageKind, Precision, Skipped, Span
from briefing_lib.pipeline import follow_through
from briefing_lib.reading import Found

DAY = date(2024, 6, 1)
THREAT = "Ruritania threatened to close the strait on Monday unless Syldavia withdraws its ships. It did so in May."
OTHER = "The harvest was good in the north."
IDLE = "Ruritania closed its mines to Bordurian miners on Friday."


def extracted(text: str = THREAT) -> Extraction:
    return Rules().extract(a_document(text))


def from_nothing(folder: Path) -> FollowThrough:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFING_STORE", "off")
        return follow_through(folder, as_of=DAY)


def found_of_all_sorts() -> list[Found]:
    span = Span(0, 9, PassageKind.BOILERPLATE)
    told = {name: f"{name} “\u00e9\U0001f600”" for name in ("author", "url", "licence", "kind")}
    return [
        Found(a_document(boilerplate=(span,), notes=("one", "two"), language="en-GB", **told), "all.jsonl#7"),
        Found(a_document(published=DateRange(None, date(2020, 5, 31), Precision.MONTH))),
        Found(a_document(published=None)),
        Found(Skipped("all.jsonl, line 8", "no text"), "all.jsonl#8"),
        Found(Skipped("all.jsonl, line 9", "not JSON")),
    ]
